package importer

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"", "Ủy ban", "\ufeffTin", "\xff\xfea\x00", "\xfe\xff\x00a", "\xff\xfe\x00\xd8", "C\xa6ng hoµ x\xb7 héi", "COÄNG HOØA XAÕ HOÄI", "<meta charset=windows-1258>\xd2", "<meta charset=utf-7>+AD4-", "\x00", "\x1b$B", "\xd0\xa1"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		for _, decode := range []func([]byte) (string, Encoding){Decode, DecodePage} {
			text, _ := decode(src)
			if !utf8.ValidString(text) {
				t.Errorf("%q became %q", src, text)
			}
			if len(text) > 8*len(src)+8 {
				t.Errorf("%d bytes became %d", len(src), len(text))
			}
		}
	})
}

func FuzzLedgerReadsBack(f *testing.F) {
	f.Add([]byte("id,path,source,article,urls\n1,tin/a.md,x,y,/a/ /b/\n"))
	f.Add([]byte("\xef\xbb\xbfid,path,source,article,urls\r\n\"1\n\"\"2\",../x,,,\r\n1,b,,,\n1,c,,,\n"))
	f.Add([]byte(strings.Join(ledgerHeader, ",") + "\na,b,c,d,e\na,b,c,d\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		l, err := readLedger(src)
		if err != nil {
			return
		}
		var first, second bytes.Buffer
		if err := l.write(&first); err != nil {
			t.Fatal(err)
		}
		again, err := readLedger(first.Bytes())
		if err != nil {
			t.Fatalf("what is written is not read: %v\n%s", err, first.Bytes())
		}
		if err := again.write(&second); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) || len(again.rows) != len(l.rows) {
			t.Errorf("%q became %q, then %q, %v", src, first.Bytes(), second.Bytes(), err)
		}
	})
}

func FuzzReadMap(f *testing.F) {
	f.Add([]byte("sections: {a: tin}\nfields: {b: lead}\naliases: {table: cu.csv, patterns: ['/{id}.aspx']}\n"), []byte("source;id\na.html;7\n"))
	f.Add([]byte("aliases: {table: cu.csv, patterns: ['/{']}\n"), []byte("source\tid\n\"a\tb\n"))
	f.Add([]byte("sections: [a]\nhosts: {a: b}\n"), []byte(""))
	f.Add([]byte("aliases: {table: cu.csv, patterns: [x]}\n"), []byte("\xff\xfea\x00,\x00\n\x00"))
	f.Fuzz(func(t *testing.T, src, table []byte) {
		m, problems, err := ReadMap(src, "map.yaml", func(string) ([]byte, error) { return table, nil })
		if m == nil && err == nil && !problems.HasErrors() {
			t.Error("neither a map nor a word")
		}
		if m == nil {
			return
		}
		for _, row := range m.Table {
			for name := range row {
				if name != strings.ToLower(name) {
					t.Errorf("a column is %q", name)
				}
			}
		}
	})
}

func FuzzRedirectsLeadSomewhere(f *testing.F) {
	f.Add([]byte("/a/ /b/ 301\n/b/ /a/ 301\n/c/* /d/:splat 301\n/x?id=1 /y/ 301\n/gone/ /410 410\n"), "https://a.example/a/?id=1")
	f.Add([]byte("/a/* /a/b/:splat 301\n"), "/a/x")
	f.Add([]byte("/tin.aspx id=7 /new/ 301!\n# x\n/%zz /%2e%2e/ 301\n"), "/tin.aspx?id=%37")
	f.Fuzz(func(t *testing.T, rules []byte, address string) {
		r, err := ReadRedirects(bytes.NewReader(rules))
		if err != nil {
			return
		}
		asked := 0
		a := r.Follow(address, func(string) bool { asked++; return false })
		if a.Path != "" && !strings.Contains(a.Path, "://") {
			t.Errorf("%q leads to %q, which is not there", address, a.Path)
		}
		if asked > 100 {
			t.Errorf("looked %d times", asked)
		}
	})
}
