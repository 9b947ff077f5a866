//go:build !race

package testsize

// underRace tells whether the race detector is on.
const underRace = false
