package main

import (
	"bantin/internal/language"
	"bantin/internal/messages"
)

// say returns what the program says at the terminal beside problems, in the
// language lang.
func say(lang, key string, args ...string) string {
	return language.Fill(messages.In(lang).Terminal[key], args...)
}
