// Package wordpress imports the export of a WordPress site (WXR, an extension of
// RSS 2.0): posts and pages with what belongs to them.
//
// The export is read twice, as a stream: first attachments, authors and blocks
// that are used again, then the posts, which name those by number. Memory
// follows the number of attachments, not the length of the export.
package wordpress

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// maxElement is how many bytes an element may have: more than any post.
const maxElement = 32 << 20

// post is an item of an export, as it stands there.
type post struct {
	id                     string
	title, link            string
	creator                string
	date, dateGMT          string // 2020-03-11 19:02:00, the second in UTC
	pubDate                string
	content, excerpt       string
	kind, status, password string
	name                   string // the slug
	sticky                 bool
	attachment             string // the address of an attachment
	parent                 string // the number of the post that an attachment belongs to
	comments               int    // that readers could see
	categories             []category
	meta                   []meta
}

type category struct{ domain, name string }

type meta struct{ key, value string }

// value returns the first value of a custom field.
func (p *post) value(key string) string {
	for _, m := range p.meta {
		if m.key == key {
			return m.value
		}
	}
	return ""
}

// visitor takes what an export holds.
type visitor struct {
	channel func(name, text string)
	author  func(login, name string)
	item    func(*post) error
}

// readExport reads an export and calls v with what it finds. What XML forbids,
// and WordPress exports all the same, is left out before the parser sees it.
func readExport(r io.Reader, v visitor) error {
	limit := &limited{r: &filter{r: r}}
	d := xml.NewDecoder(limit)
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = charset.NewReaderLabel
	depth := 0
	for {
		limit.until = d.InputOffset() + maxElement
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			if depth > 0 {
				return fmt.Errorf("the export ends in the middle: %w", io.ErrUnexpectedEOF)
			}
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch {
			case t.Name.Local == "item":
				p, err := readPost(d, limit)
				if err != nil {
					return err
				}
				if err := v.item(p); err != nil {
					return err
				}
			case t.Name.Local == "author" && t.Name.Space != "":
				fields, err := children(d, limit)
				if err != nil {
					return err
				}
				if v.author != nil {
					v.author(fields["author_login"], fields["author_display_name"])
				}
			case depth == 2 && v.channel != nil:
				text, err := textOf(d, limit)
				if err != nil {
					return err
				}
				v.channel(t.Name.Local, text)
			default:
				depth++
			}
		case xml.EndElement:
			depth--
		}
	}
}

// readPost reads an item up to its end.
func readPost(d *xml.Decoder, limit *limited) (*post, error) {
	p := &post{}
	start := d.InputOffset()
	for {
		limit.until = d.InputOffset() + maxElement
		if d.InputOffset()-start > 2*maxElement {
			return nil, errTooLarge
		}
		token, err := d.Token()
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.EndElement:
			return p, nil
		case xml.StartElement:
			if err := readField(p, t, d, limit); err != nil {
				return nil, err
			}
		}
	}
}

// readField reads one element of an item. Names are told apart by their space,
// which every version of the format gives another address: content:encoded and
// excerpt:encoded share a local name.
func readField(p *post, t xml.StartElement, d *xml.Decoder, limit *limited) error {
	switch t.Name.Local {
	case "comment":
		fields, err := children(d, limit)
		if fields["comment_approved"] == "1" {
			p.comments++
		}
		return err
	case "postmeta":
		fields, err := children(d, limit)
		if err == nil && len(p.meta) < 1000 {
			p.meta = append(p.meta, meta{fields["meta_key"], fields["meta_value"]})
		}
		return err
	}
	text, err := textOf(d, limit)
	if err != nil {
		return err
	}
	wp := strings.Contains(t.Name.Space, "wordpress.org/export") || t.Name.Space == "wp"
	switch {
	case t.Name.Local == "encoded" && strings.Contains(t.Name.Space, "excerpt"):
		p.excerpt = text
	case t.Name.Local == "encoded":
		p.content = text
	case t.Name.Local == "creator":
		p.creator = text
	case t.Name.Local == "category" && !wp && len(p.categories) < 1000:
		c := category{name: text}
		for _, a := range t.Attr {
			if a.Name.Local == "domain" {
				c.domain = a.Value
			}
		}
		p.categories = append(p.categories, c)
	case !wp:
		switch t.Name.Local {
		case "title":
			p.title = text
		case "link":
			p.link = strings.TrimSpace(text)
		case "pubDate":
			p.pubDate = strings.TrimSpace(text)
		}
	default:
		text = strings.TrimSpace(text)
		switch t.Name.Local {
		case "post_id":
			p.id = text
		case "post_date":
			p.date = text
		case "post_date_gmt":
			p.dateGMT = text
		case "post_name":
			p.name = text
		case "post_type":
			p.kind = text
		case "status":
			p.status = text
		case "post_parent":
			p.parent = text
		case "post_password":
			p.password = text
		case "is_sticky":
			p.sticky = text == "1"
		case "attachment_url":
			p.attachment = text
		}
	}
	return nil
}

// textOf reads the text of an element up to its end.
func textOf(d *xml.Decoder, limit *limited) (string, error) {
	var b strings.Builder
	for depth := 0; ; {
		limit.until = d.InputOffset() + maxElement
		token, err := d.Token()
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			if depth == 0 {
				return b.String(), nil
			}
			depth--
		case xml.CharData:
			if b.Len()+len(t) > maxElement {
				return "", errTooLarge
			}
			b.Write(t)
		}
	}
}

// children reads the texts of an element's children, by their local names.
func children(d *xml.Decoder, limit *limited) (map[string]string, error) {
	fields := map[string]string{}
	for {
		limit.until = d.InputOffset() + maxElement
		token, err := d.Token()
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.EndElement:
			return fields, nil
		case xml.StartElement:
			text, err := textOf(d, limit)
			if err != nil {
				return nil, err
			}
			if len(fields) < 100 {
				fields[t.Name.Local] = text
			}
		}
	}
}

var errTooLarge = errors.New("an element is larger than any post")

// limited fails once more has been read than one element may have.
type limited struct {
	r           io.Reader
	read, until int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.read > l.until+(1<<20) { // the decoder reads ahead
		return 0, errTooLarge
	}
	n, err := l.r.Read(p)
	l.read += int64(n)
	return n, err
}

// filter leaves out control characters, which XML forbids and exports hold, and
// puts U+FFFD in the place of broken UTF-8.
type filter struct {
	r    io.Reader
	buf  [32 << 10]byte
	in   []byte // read, not yet looked at
	out  []byte // looked at, not yet given
	kept [64 << 10]byte
	err  error
}

func (f *filter) Read(p []byte) (int, error) {
	for len(f.out) == 0 {
		if f.err != nil && len(f.in) == 0 {
			return 0, f.err
		}
		f.fill()
	}
	n := copy(p, f.out)
	f.out = f.out[n:]
	return n, nil
}

func (f *filter) fill() {
	rest := copy(f.buf[:], f.in)
	n := 0
	if f.err == nil {
		n, f.err = f.r.Read(f.buf[rest:])
	}
	f.in = f.buf[:rest+n]
	out := f.kept[:0]
	for len(f.in) > 0 {
		if !utf8.FullRune(f.in) && f.err == nil && len(out) < len(f.kept)-8 {
			break
		}
		r, size := utf8.DecodeRune(f.in)
		switch {
		case r == utf8.RuneError && size == 1:
			out = utf8.AppendRune(out, utf8.RuneError)
		case r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF:
		default:
			out = append(out, f.in[:size]...)
		}
		f.in = f.in[size:]
		if len(out) > len(f.kept)-8 {
			break
		}
	}
	f.out = out
}
