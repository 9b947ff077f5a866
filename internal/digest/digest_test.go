package digest

import (
	"strings"
	"testing"
	"time"
)

func TestADigestReadsBackFromItsText(t *testing.T) {
	d := Of([]byte("bản tin"))
	if got, ok := Parse(d.String()); !ok || got != d {
		t.Errorf("Parse(%q) = %v, %v", d.String(), got, ok)
	}
	for _, text := range []string{"", "12", strings.Repeat("g", 32), d.String() + "0"} {
		if got, ok := Parse(text); ok {
			t.Errorf("Parse(%q) = %v", text, got)
		}
	}
}

func TestTheSameBytesHaveOneDigestHoweverTheyAreRead(t *testing.T) {
	const text = "Đức Thọ: Ký kết chương trình"
	streamed, err := OfReader(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if want := Of([]byte(text)); OfString(text) != want || streamed != want {
		t.Errorf("the digests are %v, %v and %v", want, OfString(text), streamed)
	}
}

func TestALongListHasTheDigestOfItsFields(t *testing.T) {
	list := strings.Split(strings.Repeat("tin tức,", 3*spillSize/8)+"hết", ",")
	var whole, long Hasher
	for range 2 {
		whole.Reset()
		whole.Str("tất cả")
		whole.Str("")
		whole.Int(int64(len(list)))
		for _, s := range list {
			whole.Str(s)
		}
		whole.Bool(true)
		long.Reset()
		long.Str("tất cả")
		long.Value(list)
		long.Bool(true)
		want := whole.Sum()
		for range 2 { // to ask does not change it
			if long.Sum() != want {
				t.Error("a list that was hashed in parts has another digest")
			}
		}
		if cap(long.buf) > 2*spillSize {
			t.Errorf("it took %d bytes", cap(long.buf))
		}
	}
}

func TestFieldsThatReadAlikeTogetherHaveOtherDigests(t *testing.T) {
	seen := map[Digest][]string{}
	for _, fields := range [][]string{{"ab", "c"}, {"a", "bc"}, {"abc"}, {"abc", ""}, {"", "abc"}, {}, {""}} {
		d := Fields(fields...)
		if other, twice := seen[d]; twice {
			t.Errorf("%q and %q have one digest", other, fields)
		}
		seen[d] = fields
	}
}

// view is a value such as the pages are made of.
type view struct {
	Title string
	Count int
	Draft bool
	When  time.Time
	Links []string
	Next  *view
	Extra map[string]any
	Sum   Digest
	HTML  string `key:"-"`
}

func fullView() view {
	return view{
		Title: "Tin",
		Count: 3,
		When:  time.Date(2020, time.March, 11, 19, 2, 0, 0, time.FixedZone("", 7*60*60)),
		Links: []string{"a", "b"},
		Next:  &view{Title: "Tin sau"},
		Extra: map[string]any{"a": "b", "c": []any{"d", map[string]any{"e": "f"}}},
		Sum:   OfString("x"),
	}
}

func TestEveryFieldOfAValueCountsInItsDigest(t *testing.T) {
	changes := map[string]func(*view){
		"string":           func(v *view) { v.Title = "Tin khác" },
		"number":           func(v *view) { v.Count++ },
		"truth":            func(v *view) { v.Draft = true },
		"moment":           func(v *view) { v.When = v.When.Add(time.Nanosecond) },
		"zone":             func(v *view) { v.When = v.When.UTC() },
		"element":          func(v *view) { v.Links[1] = "c" },
		"length":           func(v *view) { v.Links = v.Links[:1] },
		"behind a pointer": func(v *view) { v.Next.Title = "" },
		"nil pointer":      func(v *view) { v.Next = nil },
		"in a map":         func(v *view) { v.Extra["a"] = "c" },
		"deep in a map":    func(v *view) { v.Extra["c"].([]any)[1].(map[string]any)["e"] = "g" },
		"key of a map":     func(v *view) { v.Extra["z"] = "" },
		"digest":           func(v *view) { v.Sum[15]++ },
	}
	want := Value(fullView())
	for name, change := range changes {
		v := fullView()
		change(&v)
		if Value(v) == want {
			t.Errorf("a change of a %s does not count", name)
		}
	}
}

func TestEqualValuesHaveOneDigest(t *testing.T) {
	for range 20 { // maps are walked in another order each time
		if a, b := Value(fullView()), Value(fullView()); a != b {
			t.Fatalf("%v and %v", a, b)
		}
	}
}

func TestAFieldMadeFromOthersDoesNotCount(t *testing.T) {
	v := fullView()
	v.HTML = "<p>"
	if Value(v) != Value(fullView()) {
		t.Error(`a field tagged key:"-" counts`)
	}
}

func TestAKeyIsPartOfTheDigest(t *testing.T) {
	if Keyed(OfString("a"), fullView()) == Keyed(OfString("b"), fullView()) {
		t.Error("two keys give one digest")
	}
}
