package build

import (
	"os"
	"sync"
	"testing"

	"bantin/internal/digest"
	"bantin/internal/picture"
)

// TestMain draws each brand once: hundreds of builds without a cache would spend a
// third of their time on one picture. The key names all that a brand is drawn from.
func TestMain(m *testing.M) {
	type drawn struct {
		set   *picture.Set
		files [][]byte
	}
	var mu sync.Mutex
	kept := map[digest.Digest]drawn{}
	drawBrand = func(b picture.Brand, key digest.Digest) (*picture.Set, [][]byte, error) {
		mu.Lock()
		defer mu.Unlock()
		if d, ok := kept[key]; ok {
			set := *d.set
			return &set, d.files, nil
		}
		set, files, err := b.Make(key)
		if err == nil {
			kept[key] = drawn{set, files}
			own := *set
			set = &own
		}
		return set, files, err
	}
	os.Exit(m.Run())
}
