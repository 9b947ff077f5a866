package strictyaml

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"bantin/internal/testsize"
)

// What is kept of a block for long must not keep the block.
func TestAnyValueDoesNotPinItsBlock(t *testing.T) {
	testsize.SkipShort(t, "the race detector takes memory of its own")
	for name, block := range map[string]string{
		"the small reader": "big: " + strings.Repeat("chữ ", 8<<10) + "\nextra:\n  khóa: giá trị\n  b: [x, \"y\"]\n",
		"the library":      "big: |\n  " + strings.Repeat("chữ ", 8<<10) + "\nextra: {khóa: giá trị, b: [x, 'y', {c: d}]}\n",
		"comments":         strings.Repeat("# chú thích\n", 4<<10) + "extra: {khóa: giá trị}\n",
	} {
		const n = 200
		kept := make([]any, n)
		heap := func() uint64 {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			return m.HeapAlloc
		}
		before := heap()
		for i := range kept {
			root, problems := Parse(fmt.Appendf(nil, "n: %d\n%s", i, block), "a.md", 1)
			if problems != nil {
				t.Fatal(problems)
			}
			kept[i] = root.Get("extra").Any()
		}
		if each := (heap() - before) / n; each > 4<<10 {
			t.Errorf("%s: %d bytes are kept for each", name, each)
		}
		runtime.KeepAlive(kept)
	}
}
