package strictfs

import "testing"

func makeFIFO(t *testing.T, _, _ string) { t.Skip("no FIFO here") }
