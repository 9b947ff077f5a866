package publish

import "testing"

func makePipe(t *testing.T, _ string) { t.Skip("no pipes here") }
