package main

import "testing"

func TestTargetsAreFoundInTheirFolders(t *testing.T) {
	got := targetsIn([]byte("cmd/x/a_test.go:func FuzzA(f *testing.F) {\ninternal/deep/er/b_test.go:func FuzzB(f *testing.F) {\n"))
	if len(got) != 2 || got[0] != (target{"cmd/x", "FuzzA"}) || got[1] != (target{"internal/deep/er", "FuzzB"}) {
		t.Errorf("got %v", got)
	}
}
