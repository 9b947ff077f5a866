package deploy

import (
	"maps"
	"strings"
	"testing"
)

// FuzzAManifestOfTheTargetIsReadOrRefused takes the lines of a part, which a
// stranger who can write to the target can seal as we do.
func FuzzAManifestOfTheTargetIsReadOrRefused(f *testing.F) {
	_, keys := partFiles(map[string]entry{"index.html": {size: 7}, "a/b.html": {headers: "x", class: 1}})
	for _, key := range keys {
		if key != "" {
			f.Add("part " + key + "\n")
		}
	}
	data, _ := partFiles(map[string]entry{"tin/đ.html": {size: 7}})
	for _, part := range data {
		if lines, ok := unsealed(part, partHeader); ok {
			f.Add(strings.Join(lines, "\n") + "\n")
		}
	}
	f.Add("00000000000000000000000000000000 1 - 0 ../../etc/passwd\n")
	f.Add("00000000000000000000000000000000 -1 - 255 a b c\n\n")
	f.Add("later .bantin-later-x\npart .bantin-deploy-part-zz-x\npart x\n")
	f.Fuzz(func(t *testing.T, text string) {
		if text != "" && !strings.HasSuffix(text, "\n") {
			text += "\n"
		}
		var lines []string
		for line := range strings.Lines(text) {
			lines = append(lines, line)
		}
		into := map[string]entry{}
		if decodePart(sealed(partHeader, lines), into) {
			again := map[string]entry{}
			data, _ := partFiles(into)
			for _, part := range data {
				if part != nil && !decodePart(part, again) {
					t.Errorf("what is written is not read: %q", part)
				}
			}
			if !maps.Equal(into, again) {
				t.Errorf("%v became %v", into, again)
			}
		}
		for name := range into {
			if !cleanKey(name) || isPrivate(name) || strings.Contains("/"+name+"/", "/../") {
				t.Errorf("%q was let through", name)
			}
		}
		var r remote
		if (&deployment{}).decodeRoot(strings.Split(text, "\n"), &r) {
			for _, key := range append(r.parts[:], r.laterAt) {
				if key != "" && (!isPrivate(key) || !cleanKey(key)) {
					t.Errorf("%q was let through", key)
				}
			}
		}
		_ = decodePart([]byte(text), map[string]entry{}) // torn
	})
}
