package build

import (
	"fmt"
	"sync"

	"bantin/internal/digest"
)

// Whatever the tests of this package build, a page that has the key of an earlier
// one at its place must have its view, too.
func init() {
	var views sync.Map // path and key -> digest of the view
	checkKey = func(m *model, n int, key digest.Digest) {
		p := m.pages[n]
		view := digest.Value(m.site.View(p, m.digests))
		earlier, stood := views.LoadOrStore(p.Path+key.String(), view)
		if stood && earlier != view {
			panic(fmt.Sprintf("%s has another view under the key of an earlier one: site.Inputs leaves something out", p.Path))
		}
	}
}
