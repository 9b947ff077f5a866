package article

import (
	"testing"

	"bantin/internal/strictyaml"
)

func FuzzReadData(f *testing.F) {
	for _, s := range []string{
		"a: 1\nb: [x, {c: d}]\n", "a: &x [*x]\n", "a: &x {b: 1}\nc: {<<: *x}\n", "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n", "- a\n- b\n", "a: b: c\n", "!!binary x\n", "? [a]\n: b\n", "\x00", "a: 2026-01-02\n",
		`{"a": [1, null, true, "x"]}`, "a = 1\n[b]\nc = 2026-01-02T03:04:05Z\n[[d]]\ne = 'x'\n", "a.b.c = [[1], ['x']]\n", "a = 1e400\n",
	} {
		for _, ext := range []string{".yaml", ".toml", ".json"} {
			f.Add([]byte(s), ext)
		}
	}
	f.Fuzz(func(t *testing.T, src []byte, ext string) {
		n, err := ReadData(src, ext)
		if err != nil || n == nil {
			return
		}
		nodes := 0
		var count func(n *strictyaml.Node, depth int)
		count = func(n *strictyaml.Node, depth int) {
			if n == nil {
				return
			}
			if nodes++; nodes > maxNodes+1 || depth > 10_000 {
				t.Fatalf("%d bytes became over %d values, %d deep", len(src), nodes, depth)
			}
			for _, item := range n.Items {
				count(item, depth+1)
			}
			for _, e := range n.Entries {
				count(e.Value, depth+1)
			}
		}
		count(n, 0)
	})
}
