package render

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"math/rand/v2"
	"regexp"
	"testing"
)

func TestAListIsIndentedAsEncodingJSONIndentsIt(t *testing.T) {
	full := eventEntry{ID: "a", Title: "Họp <b> & \u2028 \"bàn\"", Organizer: &dataBody{"UBND xã", "/don-vi/"}}
	quoted := eventEntry{ID: `"`, Title: `\`, Location: `\"`, Address: `a\\"{[,:]}`, Link: `"a": {`, URL: "\\\t\x00"}
	agreement := registerEntry{Parties: []registerParty{{"A", "/a/", []dataBody{}}, {"B", "/b/", []dataBody{{"C", "/c/"}}}}, AmendedBy: []dataLink{}, Commitments: registerCommitments{2, []string{"{", "]"}}}
	for _, list := range [][]any{{}, {full}, {full, eventEntry{}, agreement}, {quoted, []any{}, []any{[]any{}, map[string]any{}}, nil, 1, "", map[string]any{"a": []any{1, true, nil}}}} {
		var want, got bytes.Buffer
		e := json.NewEncoder(&want)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(list); err != nil {
			t.Fatal(err)
		}
		if err := encodeJSONList(&got, list, func(v *any) any { return *v }); err != nil {
			t.Fatal(err)
		}
		if got.String() != want.String() {
			t.Errorf("got:\n%s\nwant:\n%s", &got, &want)
		}
	}
}

func TestATextThatIsPlainInXMLHasNothingToEscape(t *testing.T) {
	for c := range 256 {
		text := "a" + string([]byte{byte(c)})
		var escaped bytes.Buffer
		if err := xml.EscapeText(&escaped, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if isPlainXML(text) && escaped.String() != text {
			t.Errorf("%q is plain, and escaped as %q", text, &escaped)
		}
	}
	if !isPlainXML("https://ductho.example/tin-tuc/ky-ket/") {
		t.Error("a URL is not plain")
	}
}

func TestNoCellBeginsAFormula(t *testing.T) {
	for cell, want := range map[string]string{
		"":                   "",
		"Họp giao ban":       "Họp giao ban",
		"2020-03-11":         "2020-03-11",
		"15/CTPH-UBND":       "15/CTPH-UBND",
		"A; B":               "A; B",
		"a+b=c, d-e":         "a+b=c, d-e",
		"a@b.vn":             "a@b.vn",
		"=1+1":               "'=1+1",
		"+84 9":              "'+84 9",
		"-1":                 "'-1",
		"@SUM(A1)":           "'@SUM(A1)",
		"＝1+1":               "'＝1+1",
		"＋1":                 "'＋1",
		"－1":                 "'－1",
		"＠SUM(A1)":           "'＠SUM(A1)",
		"\t=1":               "'\t'=1",
		"\r=1":               "'\r'=1",
		"\n=1":               "'\n'=1",
		" =1":                "' =1",
		"\u00a0=1":           "'\u00a0=1",
		"\ufeff=1":           "'\ufeff=1",
		"\u3000＝1":           "'\u3000＝1",
		"a;=1":               "a;'=1",
		"a; =1":              "a; '=1",
		"a;＝1":               "a;'＝1",
		"a,@x":               "a,'@x",
		"a\t+1":              "a\t'+1",
		"a\r\n=1\n-2":        "a\r\n'=1\n'-2",
		"a|=1":               "a|'=1",
		"UBND xã A; =cmd|x!": "UBND xã A; '=cmd|x!",
	} {
		if got := defuse(cell); got != want {
			t.Errorf("%q becomes %q, want %q", cell, got, want)
		}
	}
}

// TestCellsAreDefusedAsTwoExpressionsSay holds defuse against the rule in short.
func TestCellsAreDefusedAsTwoExpressionsSay(t *testing.T) {
	first := regexp.MustCompile(`^(?:[\t\r\n]|[\s\pZ\x{FEFF}\x{200B}]*[=+\-@＝＋－＠])`)
	later := regexp.MustCompile(`([;,|\t\r\n][\s\pZ\x{FEFF}\x{200B}]*)([=+\-@＝＋－＠])`)
	runes := []rune("aạ'\x00\x85=+-@＝＋－＠;,|\t\r\n \f\v\u00a0\u2028\u3000\u200b\ufeff")
	random := rand.New(rand.NewPCG(1, 2))
	for range 100_000 {
		cell := make([]rune, random.IntN(9))
		for i := range cell {
			cell[i] = runes[random.IntN(len(runes))]
		}
		want := string(cell)
		if first.MatchString(want) {
			want = "'" + want
		}
		want = later.ReplaceAllString(want, "$1'$2")
		if got := defuse(string(cell)); got != want {
			t.Fatalf("%q becomes %q, want %q", string(cell), got, want)
		}
	}
}
