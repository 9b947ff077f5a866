package render

import "testing"

func FuzzATemplateOfASiteIsParsedOrRefused(f *testing.F) {
	for _, s := range []string{"", "{{", "{{.X}}", "{{template \"byline.html\" .}}", "{{range .}}{{else}}", "{{define \"a\"}}{{template \"a\" .}}{{end}}{{template \"a\" .}}", "{{printf \"%999999999d\" 1}}", "<p {{.}}>", "<script>{{.}}", "<a href=\"{{.}}{{", "{{t \"x\" .}}", "{{/*", "\x00{{`", "{{block \"x\" .}}{{end}}"} {
		f.Add(s, "read-more: x\n")
	}
	f.Add("{{.Title}}", "a: [b]\n\tc\n")
	f.Add("{{.Title}}", "date: '{x}'\nread-more: \"{0} {9}\"\n")
	defaults := defaultFiles(f)
	f.Fuzz(func(t *testing.T, template, words string) {
		files := map[string][]byte{}
		for name, data := range defaults {
			files[name] = data
		}
		files["byline.html"], files["vi.yaml"] = []byte(template), append(append([]byte{}, defaults["vi.yaml"]...), words...)
		set, problems := Parse(files, "vi")
		if (set == nil) != problems.HasErrors() {
			t.Errorf("a set: %v, errors: %v", set != nil, problems.HasErrors())
		}
		for _, p := range problems {
			if p.Pos.File == "" || p.Message("vi") == "" {
				t.Errorf("a problem without a place or words: %+v", p)
			}
		}
	})
}
