package build

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/article"
)

var zone = time.FixedZone("Asia/Ho_Chi_Minh", 7*60*60)

func TestWhatIsKnownComesBackFromTheCacheInEveryField(t *testing.T) {
	var full known
	f := filler{t: t}
	f.fill(reflect.ValueOf(&full).Elem(), "known")
	want := []known{full, {}, full, {Path: "static/a.svg"}}

	d := newDecoder(encodeKnown(nil, want), zone)
	got := decodeKnown(d)
	if d.err != nil || d.in != "" {
		t.Fatalf("error %v, %d bytes left", d.err, len(d.in))
	}
	if diff := cmp.Diff(want, got, cmp.Exporter(func(reflect.Type) bool { return true }), cmp.Comparer(sameTime)); diff != "" {
		t.Error(diff)
	}
}

func TestEveryFieldOfAnArticleChangesItsEncoding(t *testing.T) {
	var full article.Article
	f := filler{t: t}
	v := reflect.ValueOf(&full).Elem()
	f.fill(v, "Article")
	want := encode(nil, v)
	for i := range v.NumField() {
		other := full
		field := reflect.ValueOf(&other).Elem().Field(i)
		field.SetZero()
		if bytes.Equal(encode(nil, reflect.ValueOf(other)), want) {
			t.Errorf("%s is not in the cache", v.Type().Field(i).Name)
		}
	}
}

func TestAMapOfTheSiteComesBackFromTheCache(t *testing.T) {
	for _, want := range []map[string]any{
		nil,
		{"": ""},
		{"số": "15", "không": nil},
		{"danh sách": []any{"một", []any{"hai", nil}, map[string]any{"ba": "bốn"}}},
		{"sâu": map[string]any{"hơn": map[string]any{"nữa": []any{}}}},
	} {
		d := newDecoder(encode(nil, reflect.ValueOf(want)), zone)
		var got map[string]any
		d.decode(reflect.ValueOf(&got).Elem())
		if diff := cmp.Diff(want, got); diff != "" || d.err != nil || d.in != "" {
			t.Errorf("%v: error %v, %d bytes left\n%s", want, d.err, len(d.in), diff)
		}
	}
}

func TestAMapOfTheSiteHasOneEncoding(t *testing.T) {
	m := map[string]any{}
	for i := range 20 {
		m[fmt.Sprint(i)] = "giá trị"
	}
	want := encode(nil, reflect.ValueOf(m))
	for range 20 {
		if got := encode(nil, reflect.ValueOf(m)); !bytes.Equal(got, want) {
			t.Fatal("two encodings of one map differ")
		}
	}
}

func TestTimesComeBackInTheZoneOfTheSite(t *testing.T) {
	want := time.Date(2020, time.March, 11, 12, 2, 0, 5, time.UTC)
	d := newDecoder(encode(nil, reflect.ValueOf(want)), zone)
	var got time.Time
	d.decode(reflect.ValueOf(&got).Elem())
	if !got.Equal(want) || got.Location() != zone {
		t.Errorf("got %v, want %v in %v", got, want, zone)
	}
}

func TestACutCacheIsCorrupt(t *testing.T) {
	var full known
	f := filler{t: t}
	f.fill(reflect.ValueOf(&full).Elem(), "known")
	whole := encodeKnown(nil, []known{full})
	for n := range len(whole) {
		d := newDecoder(bytes.Clone(whole[:n]), zone)
		if decodeKnown(d); !errors.Is(d.err, errCorrupt) {
			t.Fatalf("the first %d of %d bytes: error %v", n, len(whole), d.err)
		}
	}
}

func FuzzTheDecoderNeverPanics(f *testing.F) {
	full := known{
		Path: "content/a.md",
		Article: &article.Article{
			Title: article.Text{Value: "Tin", Line: 2, Col: 8},
			Event: &article.Event{Location: "Hội trường"},
			Extra: map[string]any{"a": []any{"b", nil, map[string]any{"c": "d"}}},
		},
		Text: &text{Anchors: []string{"muc-1"}},
	}
	f.Add(encodeKnown(nil, []known{full}))
	f.Add(encodeKnown(nil, nil))
	f.Add([]byte(strings.Repeat("\xff", 12)))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<12 {
			t.Skip("a length may ask for as many items as there are bytes")
		}
		d := newDecoder(data, zone)
		list := decodeKnown(d)
		if d.err != nil {
			if !errors.Is(d.err, errCorrupt) {
				t.Fatalf("error %v", d.err)
			}
			return
		}
		again := newDecoder(encodeKnown(nil, list), zone)
		if diff := cmp.Diff(list, decodeKnown(again), cmp.Exporter(func(reflect.Type) bool { return true }), cmp.Comparer(sameTime)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func sameTime(a, b time.Time) bool { return a.Equal(b) }

// filler fills values with something different in every field, so that no
// field can be lost unseen.
type filler struct {
	t *testing.T
	n int
}

func (f *filler) fill(v reflect.Value, path string) {
	f.n++
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("chữ %d", f.n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Int16, reflect.Int8:
		v.SetInt(int64(f.n % 100))
	case reflect.Uint, reflect.Uint64, reflect.Uint32, reflect.Uint16, reflect.Uint8:
		v.SetUint(uint64(1 + f.n%100))
	case reflect.Array:
		for i := range v.Len() {
			f.fill(v.Index(i), path+"[]")
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			f.fill(v.Index(i), path+"[]")
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem(), path)
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]any{fmt.Sprint(f.n): "giá trị", "danh sách": []any{"một", map[string]any{"hai": "ba"}}}))
	case reflect.Struct:
		if v.Type() == timeType {
			v.Set(reflect.ValueOf(time.Date(2020, time.March, f.n, 19, 2, 0, f.n, zone)))
			return
		}
		for i := range v.NumField() {
			f.fill(v.Field(i), path+"."+v.Type().Field(i).Name)
		}
	default:
		f.t.Fatalf("%s is a %s, which the cache cannot keep", path, v.Type())
	}
}
