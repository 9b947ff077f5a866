package vietnamese

import (
	"testing"
	"unicode/utf8"
)

func FuzzOldFontsGiveText(f *testing.F) {
	for _, s := range []string{"", "C\u00a6ng hoµ x· héi", "COÄNG HOØA XAÕ HOÄI", "Uyû ban nhaân daân", "aâ", "â", "\u0300", "ñ\u00d1ï", "\xff\xfe"} {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, s string, capitals bool) {
		for name, text := range map[string]string{"TCVN3": FromTCVN3(s, capitals), "VNI": FromVNI(s), "VISCII": FromVISCII([]byte(s))} {
			if !utf8.ValidString(text) && utf8.ValidString(s) {
				t.Errorf("%s: %q became %q", name, s, text)
			}
		}
	})
}
