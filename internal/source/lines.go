package source

import (
	"bytes"
	"strings"
)

// Lines returns the function that gives line n (from 1) of a file of the site
// in folder dir, for the excerpts under problems. It reads each file once, and
// has no line of one that is not there, or too large to be an article.
func Lines(dir string) func(file string, n int) (line string, ok bool) {
	files := map[string][]string{}
	return func(file string, n int) (string, bool) {
		lines, known := files[file]
		if !known {
			lines = readLines(dir, file)
			files[file] = lines
		}
		if n < 1 || n > len(lines) {
			return "", false
		}
		return lines[n-1], true
	}
}

func readLines(dir, file string) []string {
	src, err := ReadFile(dir, file)
	if err != nil {
		return nil
	}
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	return strings.Split(strings.ReplaceAll(string(src), "\r\n", "\n"), "\n")
}
