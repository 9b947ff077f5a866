package main

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// ours are the commands that are not cobra's.
func ours(t *testing.T) []*cobra.Command {
	t.Helper()
	var list []*cobra.Command
	for _, c := range newRootCommand(&env{}).Commands() {
		if c.Name() != "help" && c.Name() != "completion" {
			list = append(list, c)
		}
	}
	if len(list) < 7 {
		t.Fatalf("there are %d commands only", len(list))
	}
	return list
}

func TestEveryHelpHasTwoExamplesAndTheExitCodes(t *testing.T) {
	for _, c := range ours(t) {
		examples := strings.Split(c.Example, "\n")
		if len(examples) < 2 {
			t.Errorf("%s has %d examples", c.Name(), len(examples))
		}
		for _, example := range examples {
			if !strings.HasPrefix(example, "  bantin ") {
				t.Errorf("%s: the example %q does not begin with the program", c.Name(), example)
			}
		}
		if !strings.HasSuffix(c.Long, exitCodes) {
			t.Errorf("the help of %s does not end in the exit codes", c.Name())
		}
	}
}

func TestEveryMessageIsInBothLanguages(t *testing.T) {
	for key, text := range words {
		if text[0] == "" || text[1] == "" {
			t.Errorf("%s: %q", key, text)
		}
		for _, place := range []string{"{0}", "{1}", "{2}"} {
			if strings.Contains(text[0], place) && !strings.Contains(text[1], place) {
				t.Errorf("%s: %s is told in Vietnamese only", key, place)
			}
		}
	}
}
