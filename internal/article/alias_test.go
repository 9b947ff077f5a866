package article

import "testing"

func TestAMendedAliasIsFine(t *testing.T) {
	for alias, want := range map[string]string{
		"https://cu.vn/a/../b.html#c": "/b.html",
		`\\may-chu\tin`:               "/tin",
		"tin/%2e%2e/100%?a=1#b":       "/100%25?a=1",
		"/a%0Ab":                      "/ab",
		"/a/./b/?x=/../y":             "/a/b/?x=/../y",
		"http://cu.vn":                "/",
	} {
		mended, fault := alias, aliasURL
		for fault != "" {
			fault, mended = mendAlias(mended)
		}
		if mended != want {
			t.Errorf("%q is mended to %q, want %q", alias, mended, want)
		}
	}
}
