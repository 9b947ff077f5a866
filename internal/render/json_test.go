package render

import (
	"bytes"
	"encoding/json"
	"testing"
)

// written returns what a writer writes.
func written(write func(jsonWriter)) string {
	var buf bytes.Buffer
	buf.WriteByte('[')
	write(jsonWriter{&buf})
	buf.WriteByte(']')
	return buf.String()
}

func FuzzATextIsWrittenAsEncodingJSONWritesIt(f *testing.F) {
	every := make([]byte, 256)
	for i := range every {
		every[i] = byte(i)
	}
	for _, s := range []string{
		"", "Đức Thọ", string(every), `</script><!-- & "x" \`, "\u2028\u2029\u2030\u202f", "\ufffd\xff\xe2\x80", "🎉\xf0\x9f\x8e", "a\u0000\u007f\u0080",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, err := json.Marshal([]string{s, s})
		if err != nil {
			t.Fatal(err)
		}
		got := written(func(w jsonWriter) {
			w.string(s)
			w.string("", s, "")
		})
		if got != string(want) {
			t.Errorf("%q is written %s, want %s", s, got, want)
		}
	})
}

func TestCommasStandBetweenValuesAlone(t *testing.T) {
	got := written(func(w jsonWriter) {
		w.open("A")
		w.property("a", "b", "c")
		w.optional("none", "", "")
		w.optional("d", "", "e")
		w.openArray("f")
		w.string("g")
		w.string("h")
		w.closeArray()
		w.name("i")
		w.open("J")
		w.close()
		w.openArray("k")
		w.closeArray()
		w.number("l", -12)
		w.close()
		w.open("M")
		w.close()
	})
	const want = `[{"@type":"A","a":"bc","d":"e","f":["g","h"],"i":{"@type":"J"},"k":[],"l":-12},{"@type":"M"}]`
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
