package render_test

import (
	"testing"

	"bantin/internal/site"
)

func TestEachRedirectIsOneRule(t *testing.T) {
	tests := map[string]struct {
		rule site.RedirectRule
		want string
	}{
		"a page":              {site.RedirectRule{From: "/tin/cu.html", To: "/tin-tuc/moi/"}, "/tin/cu.html /tin-tuc/moi/ 301\n"},
		"a parameter":         {site.RedirectRule{From: "/tin.aspx", Query: []string{"id=7"}, To: "/moi/"}, "/tin.aspx id=7 /moi/ 301\n"},
		"two parameters":      {site.RedirectRule{From: "/tin.aspx", Query: []string{"id=7", "muc=a"}, To: "/moi/"}, "/tin.aspx id=7 muc=a /moi/ 301\n"},
		"below a folder":      {site.RedirectRule{From: "/cu/", To: "/moi/", Prefix: true}, "/cu /moi/ 301\n/cu/* /moi/:splat 301\n"},
		"below a name":        {site.RedirectRule{From: "/cu", To: "/moi/", Prefix: true}, "/cu /moi/ 301\n/cu/* /moi/:splat 301\n"},
		"a section's query":   {site.RedirectRule{From: "/muc.aspx", Query: []string{"id=1"}, To: "/moi/", Prefix: true}, "/muc.aspx id=1 /moi/ 301\n"},
		"another host":        {site.RedirectRule{From: "/cu/", To: "https://khac.example/a/"}, "/cu/ https://khac.example/a/ 301\n"},
		"letters and spaces":  {site.RedirectRule{From: "/%C4%90%E1%BB%A9c%20Th%E1%BB%8D", Query: []string{"q=Đức Thọ"}, To: "/moi/"}, "/%C4%90%E1%BB%A9c%20Th%E1%BB%8D q=%C4%90%E1%BB%A9c%20Th%E1%BB%8D /moi/ 301\n"},
		"what is not encoded": {site.RedirectRule{From: "/Đ a\n", To: "/moi/"}, "/%C4%90%20a%0A /moi/ 301\n"},
	}
	for name, test := range tests {
		if got := string(bytesOf(t, site.Redirects{Rules: []site.RedirectRule{test.rule}})); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestRedirectsKeepTheirOrder(t *testing.T) {
	v := site.Redirects{Rules: []site.RedirectRule{
		{From: "/a/b/", To: "/2/", Prefix: true},
		{From: "/a/", To: "/1/", Prefix: true},
	}}
	want := "/a/b /2/ 301\n/a/b/* /2/:splat 301\n/a /1/ 301\n/a/* /1/:splat 301\n"
	if got := string(bytesOf(t, v)); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
