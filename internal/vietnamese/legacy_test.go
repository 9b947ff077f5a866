package vietnamese

import (
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"bantin/internal/testsize"
)

func TestCapitalFontsOfTCVN3MakeCapitals(t *testing.T) {
	if got, want := FromTCVN3("ñy ban nh©n d©n x·", true), "ỦY BAN NHÂN DÂN XÃ"; got != want {
		t.Error(got)
	}
}

// Check's hints and imports read one table: small letters, capitals, and what
// is typed half in capitals.
func TestFontsOfVNIAreRead(t *testing.T) {
	for typed, want := range map[string]string{
		"UÛy ban nhaân daân xaõ": "Ủy ban nhân dân xã", "ÑAÛNG BOÄ": "ĐẢNG BỘ", "Aùnh": "Ánh", "ñöôøng": "đường", "KÆ NIEÄM": "KỈ NIỆM", "chò": "chị", "iù yï": "í ỵ",
	} {
		if got := NFC(FromVNI(typed)); got != want {
			t.Errorf("%q is read as %q, want %q", typed, got, want)
		}
	}
}

// TestTheTablesAreThoseOfIconv compares with the tables of the C library.
func TestTheTablesAreThoseOfIconv(t *testing.T) {
	testsize.Program(t, "iconv")
	for name, c := range map[string]struct {
		letters []rune
		first   int
	}{"TCVN": {tcvn3Letters, 0xA1}, "VISCII": {visciiLetters, 0x80}} {
		for i, letter := range c.letters {
			if letter == '.' {
				continue
			}
			cmd := exec.Command("iconv", "-f", name, "-t", "UTF-8")
			cmd.Stdin = strings.NewReader(string([]byte{byte(c.first + i), ' '}))
			out, err := cmd.Output()
			if err != nil {
				t.Fatal(err)
			}
			if got := norm.NFC.String(strings.TrimSpace(string(out))); got != string(letter) {
				t.Errorf("%s %#x is %s, not %s", name, c.first+i, got, string(letter))
			}
		}
	}
}
