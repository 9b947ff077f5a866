package savedpage

import (
	"testing"

	"bantin/internal/importer"
)

func FuzzReadProfile(f *testing.F) {
	for _, s := range []string{"title: '.bai h1'\nmonth_first: true\n", "title: '['\nbody: ':has('\n", "drop: 'a:nth-child(999999999999999999999n+1)'\n", "title: ':not(:not(:not(a)))'\n", "body: \"*[x='\\\\\"\n", "month_first: vâng\nx: y\n"} {
		f.Add([]byte(s), []byte("<html><body><div class=bai><h1>Tin</h1><p>Một câu.</p></div></body></html>"))
	}
	f.Fuzz(func(t *testing.T, src, page []byte) {
		p, problems, err := ReadProfile(src, "profile.yaml")
		if err != nil || problems.HasErrors() || p == nil {
			return
		}
		_, _ = Parse(page, importer.Input{Name: "a.html", Shown: "a.html"}, p, hanoi)
	})
}
