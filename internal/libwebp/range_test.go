package libwebp

import "testing"

func TestBothRangesOfSamplesAreOneAnothersInverse(t *testing.T) {
	for _, c := range []struct {
		name         string
		narrow, wide *[256]byte
		least, most  int // of the narrow range
	}{
		{"brightness", &narrowLuma, &wideLuma, 16, 235},
		{"colour", &narrowChroma, &wideChroma, 16, 240},
	} {
		for v := range 256 {
			n := int(c.narrow[v])
			if n < c.least || n > c.most {
				t.Errorf("%s %d becomes %d", c.name, v, n)
			}
			if back := int(c.wide[n]); back < v-1 || back > v+1 {
				t.Errorf("%s %d comes back as %d", c.name, v, back)
			}
			if v >= c.least && v <= c.most && int(c.narrow[c.wide[v]]) != v {
				t.Errorf("%s %d of a WebP comes back as %d", c.name, v, c.narrow[c.wide[v]])
			}
		}
		if lowest, highest := c.wide[0], c.wide[255]; lowest != 0 || highest != 255 {
			t.Errorf("%s outside the range becomes %d and %d", c.name, lowest, highest)
		}
	}
}
