package importer

import (
	"encoding/base64"
	"strings"

	"bantin/internal/percent"
	"bantin/internal/picture"
)

// maxInline is how many bytes of pictures one text may hold within itself.
const maxInline = 48 << 20

// isInline tells whether a picture stands within the text (RFC 2397).
func isInline(ref string) bool {
	return len(ref) > 5 && strings.EqualFold(ref[:5], "data:")
}

// decodeInline returns the bytes of a picture that stands within the text, and
// the ending of its name, by what it is and not by what it is called. Those of
// a pixel or two only hold a place, or count visits: they are none.
func decodeInline(ref string) (data []byte, ext string, ok bool) {
	head, body, found := strings.Cut(ref[5:], ",")
	if !found || len(body) > maxInline*4/3+4 {
		return nil, "", false
	}
	body = percent.Decoded(body)
	if !strings.HasSuffix(strings.ToLower(strings.TrimSpace(head)), ";base64") {
		data = []byte(body)
	} else {
		body = strings.TrimRight(WithoutSpaces(body), "=")
		data = make([]byte, base64.RawStdEncoding.DecodedLen(len(body)))
		n, err := base64.RawStdEncoding.Decode(data, []byte(body))
		if err != nil {
			return nil, "", false
		}
		data = data[:n]
	}
	h, err := picture.ReadHeader(data)
	if err != nil || h.Width < 3 && h.Height < 3 {
		return nil, "", false
	}
	return data, h.Format.Extensions()[0], true
}

// inline puts a picture that stands within the text beside the article, and
// returns its name there.
func (p *place) inline(ref string) (name string, ok bool) {
	data, ext, ok := decodeInline(ref)
	if !ok {
		return "", false
	}
	key := "data:" + digestOf(data)
	if name, twice := p.placed[key]; twice {
		return name, true
	}
	if p.inlined += len(data); p.inlined > maxInline {
		return "", false
	}
	name = p.free("anh" + ext)
	p.names[name], p.placed[key] = true, name
	p.rec.Files = append(p.rec.Files, copied{Name: name, Data: data})
	return name, true
}
