package main

import (
	"path/filepath"
	"testing"

	"bantin/internal/messages/messagestest"
	"bantin/internal/testsize"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"bantin": main, "bantin-endless": endless, "bantin-third": third})
}

// TestTheProgramDoesWhatItsScriptsSay runs testdata/script/*.txtar, one file
// for each command, at 08:00 on 15/03/2026 in Hà Nội.
func TestTheProgramDoesWhatItsScriptsSay(t *testing.T) {
	files, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(files) < 20 {
		t.Fatal(len(files), err)
	}
	testscript.Run(t, testscript.Params{
		Files: files[:testsize.Size(1, len(files))], // build.txtar has what runs side by side
		Setup: func(e *testscript.Env) error {
			e.Setenv("SOURCE_DATE_EPOCH", "1773536400")
			return nil
		},
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}

// third is the program with one more language of messages.
func third() {
	messagestest.Register()
	main()
}
