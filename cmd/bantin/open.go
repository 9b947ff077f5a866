package main

import (
	"fmt"
	"os/exec"
	"runtime"
)

// openBrowser shows an address in the browser of whoever sits here.
func openBrowser(url string) error {
	command := browserCommand(runtime.GOOS, url)
	c := exec.Command(command[0], command[1:]...)
	if err := c.Start(); err != nil {
		return fmt.Errorf("open the browser: %w", err)
	}
	return c.Process.Release()
}

// browserCommand returns the command that opens an address on a system.
func browserCommand(system, url string) []string {
	switch system {
	case "windows":
		return []string{"rundll32", "url.dll,FileProtocolHandler", url}
	case "darwin":
		return []string{"open", url}
	}
	return []string{"xdg-open", url}
}
