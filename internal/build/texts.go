package build

import (
	"bytes"
	"html/template"
	"unsafe"
)

// shownText is the text of an article for all that shows it, converted when the
// first of them asks.
type shownText struct {
	run       *run
	article   int
	memory    *bytes.Buffer // of html
	html      template.HTML
	prose     *bytes.Buffer // memory of words, nil until it is wanted
	converted bool
}

// HTML returns the text, which lasts as long as its memory is not used again.
func (t *shownText) HTML() (html template.HTML, err error) {
	if !t.converted {
		if s := t.run.model.search; s != nil && s.wantsWords(t.article) {
			t.prose = t.run.model.buffer()
		}
		t.html, err = t.run.convert(t.memory, t.article, t.prose)
		t.converted = err == nil
	}
	return t.html, err
}

// Words returns the words of the text of an article whose words are wanted, which
// last as long as HTML's text.
func (t *shownText) Words() (string, error) {
	if _, err := t.HTML(); err != nil {
		return "", err
	}
	return lent(t.prose.Bytes()), nil
}

// release gives the memory of the text back.
func (t *shownText) release() {
	t.run.model.buffers.Put(t.memory)
	if t.prose != nil {
		t.run.model.buffers.Put(t.prose)
	}
}

// lent returns bytes as a string that lasts as long as they are not used again.
func lent(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// convert turns the text of article i into HTML, in the memory of out, and
// notes what it tells; and writes its words to prose, unless that is nil.
func (r *run) convert(out *bytes.Buffer, i int, prose *bytes.Buffer) (html template.HTML, err error) {
	m := r.model
	err = r.withSource(i, func(src []byte) error {
		a, k := m.articles[i], m.stateOf(i)
		text := src[a.BodyStart:]
		if a.BodyLine == 0 {
			text = nil // where it begins is not known
		}
		body := m.converter.Convert(out, a, text, m.site.Resolver(i))
		if k.Text == nil {
			facts := body.Facts // a pointer into body would keep its HTML
			k.Text = &facts
		}
		if prose != nil {
			prose.Grow(len(src))
			prose.Write(body.AppendWords(prose.AvailableBuffer()))
		}
		html = template.HTML(lent(body.HTML)) // as long as out
		return nil
	})
	return html, err
}
