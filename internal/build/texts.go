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
	words     []byte // if the index of the search needs them
	converted bool
}

// HTML returns the text, which lasts as long as its memory is not used again.
func (t *shownText) HTML() (html template.HTML, err error) {
	if !t.converted {
		var words *[]byte
		if s := t.run.model.search; s != nil && s.wantsWords(t.article) {
			words = &t.words
		}
		t.html, err = t.run.convert(t.memory, t.article, words)
		t.converted = err == nil
	}
	return t.html, err
}

// Words returns the words of the text of an article whose words are wanted.
func (t *shownText) Words() ([]byte, error) {
	_, err := t.HTML()
	return t.words, err
}

// convert turns the text of article i into HTML, in the memory of out, and
// notes what it tells; and gives its words to who wants them.
func (r *run) convert(out *bytes.Buffer, i int, words *[]byte) (html template.HTML, err error) {
	m := r.model
	err = r.withSource(i, func(src []byte) error {
		a, k := m.articles[i], m.stateOf(i)
		body := m.converter.Convert(out, a, src[a.BodyStart:], m.site.Resolver(i))
		if k.Text == nil {
			facts := body.Facts // a pointer into body would keep its HTML
			k.Text = &facts
		}
		if words != nil {
			*words = body.AppendWords(make([]byte, 0, len(src)))
		}
		html = template.HTML(unsafe.String(unsafe.SliceData(body.HTML), len(body.HTML))) // which lasts as long as out
		return nil
	})
	return html, err
}
