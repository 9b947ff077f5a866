// Package licenses holds the licences of what the program contains and others
// wrote, which whoever passes the program on must pass on with it.
package licenses

import _ "embed"

// ThirdParty is a text in English: each licence once, below the names and
// versions of what is under it. It is made by go run ./internal/tools/licenses.
//
//go:embed third-party.txt
var ThirdParty string
