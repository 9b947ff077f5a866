package source

import (
	"math/rand/v2"
	"testing"

	"bantin/internal/vietnamese"
)

func TestOfAPlainNameThereIsNothingToBeSaid(t *testing.T) {
	parts := []string{"a", "z", "0", "-", "_", ".", ".", "A", "é", "e\u0301", "\xff", "~", "$", " ", "*", "\\", "bai-viet", ".md", ".tmp", "tmp", "thumbs.db", "desktop.ini", ".well-known"}
	parts = append(parts, devices...)
	plain, random := 0, rand.New(rand.NewPCG(1, 2))
	for range 100_000 {
		name := ""
		for range 1 + random.IntN(3) {
			name += parts[random.IntN(len(parts))]
		}
		if !isPlainName([]byte(name)) {
			continue
		}
		plain++
		_, good := checkName("content/", name)
		_, everywhere := checkWindowsName("content/", name)
		if isIgnored("content/", name) || !good || !everywhere || vietnamese.NFC(name) != name || vietnamese.FoldCase(name) != name {
			t.Fatalf("%q is called plain", name)
		}
	}
	for _, name := range []string{"2026-11-29-hoi-nghi.md", "hoi-nghi-tong-ket", "hoi_nghi.webp"} {
		if !isPlainName([]byte(name)) {
			t.Errorf("%s is not called plain", name)
		}
	}
	if plain < 1000 {
		t.Errorf("%d names are plain", plain)
	}
}

func TestANameThatTheSystemListsTwiceIsOneFile(t *testing.T) {
	s := newScanner(Roots{}, root{})
	wantEqual(t, "listed", s.distinct([]string{"content/a", "content/a", "content/b"}, false), []string{"content/a", "content/b"})
}
