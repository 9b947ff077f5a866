package desk

import (
	"bytes"
	"encoding/json"
	"testing"

	"bantin/internal/article"
)

// FuzzWhatAWindowSendsIsWrittenOrRefused composes an article of any bytes with any
// request.
func FuzzWhatAWindowSendsIsWrittenOrRefused(f *testing.F) {
	const sound = "---\ntitle: Tin\ndate: 1/2/2026\ntags: [a, 'b']\nimage: {file: a.jpg, alt: x}\n---\n\nMột câu.\n"
	for _, request := range []string{
		`{"path":"tin/a.md","changes":[],"text":"\nMột câu.\n"}`, `{"path":"tin/a.md","changes":[{"path":["title"],"value":"a: b\n---\nc"}],"text":"x"}`,
		`{"path":"tin/a.md","changes":[{"path":["image","alt"],"value":null},{"path":["tags"],"value":["x",["y"]]}],"text":"---\n"}`,
		`{"path":"a","changes":[{"path":["extra","a","b","c"],"value":{"d":{"e":"\u0000"}}}],"text":"\r"}`, `{"path":"a","raw":true,"text":"---\n"}`,
		`{"changes":[{"path":[""],"value":1}]}`, `{"changes":[{"path":["title"],"value":[[[[[[[[[["x"]]]]]]]]]]}]}`, `{"changes":[{"path":["title","x"],"value":"y"}]}`,
	} {
		f.Add([]byte(sound), []byte(request))
		f.Add([]byte("\xef\xbb\xbf"+sound[:20]), []byte(request))
	}
	f.Fuzz(func(t *testing.T, src, request []byte) {
		var e edited
		if json.Unmarshal(request, &e) != nil {
			return
		}
		keys := article.KeysOf("tin/a.md")
		e.Path = "tin/a.md"
		now, err := compose(bytes.Clone(src), &e, keys, "vi")
		if err != nil {
			return
		}
		if e.Raw {
			return
		}
		if _, _, _, problems := article.Open(e.Path, now); problems.HasErrors() {
			t.Errorf("%q with %s became %q, which is not read: %s", src, request, now, problems[0].Message("en"))
		}
		// What is sent again changes nothing more.
		again, err := compose(bytes.Clone(now), &e, keys, "vi")
		if err != nil || !bytes.Equal(again, now) {
			t.Errorf("%q with %s became %q, and then %q, %v", src, request, now, again, err)
		}
	})
}
