package testsize

import "time"

var start = time.Now()

// processTime is time by the clock.
func processTime() time.Duration { return time.Since(start) }
