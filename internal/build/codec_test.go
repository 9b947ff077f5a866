package build

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unsafe"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/article"
	"bantin/internal/layout"
)

var zone = time.FixedZone("Asia/Ho_Chi_Minh", 7*60*60)

// encoded returns the bytes of values that follow one another.
func encoded[T any](values ...T) []byte {
	var e encoder
	l := layout.Of(reflect.TypeFor[T](), nil)
	for i := range values {
		e.value(l, unsafe.Pointer(&values[i]))
	}
	return e.b
}

// decoded reads n values.
func decoded[T any](b []byte, n int) ([]T, error) {
	d := decoder{zone: zone}
	d.begin(b)
	l := layout.Of(reflect.TypeFor[T](), nil)
	values := make([]T, n)
	err := readPart(&d, values, func(d *decoder, v *T) { d.value(l, unsafe.Pointer(v)) })
	return values, err
}

var everyField = cmp.Options{cmp.Exporter(func(reflect.Type) bool { return true }), cmp.Comparer(sameTime)}

func TestWhatIsKnownComesBackFromTheCacheInEveryField(t *testing.T) {
	var full, other known
	f := filler{t: t}
	f.fill(reflect.ValueOf(&full).Elem(), "known")
	f.fill(reflect.ValueOf(&other).Elem(), "known")
	want := []known{full, {}, full, {Path: "static/a.svg"}, other}
	got, err := decoded[known](encoded(want...), len(want))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, everyField); diff != "" {
		t.Error(diff)
	}
}

func TestEveryFieldOfAnArticleChangesItsEncoding(t *testing.T) {
	var full article.Article
	f := filler{t: t}
	v := reflect.ValueOf(&full).Elem()
	f.fill(v, "Article")
	want := encoded(full)
	for i := range v.NumField() {
		other := full
		field := reflect.ValueOf(&other).Elem().Field(i)
		field.SetZero()
		if bytes.Equal(encoded(other), want) {
			t.Errorf("%s is not in the cache", v.Type().Field(i).Name)
		}
	}
}

func TestNumbersComeBackFromTheCache(t *testing.T) {
	type numbers struct {
		A int64
		B int32
		C uint64
		D uint8
	}
	want := []numbers{
		{}, {1, -1, 1, 1}, {math.MinInt64, math.MinInt32, math.MaxUint64, math.MaxUint8}, {math.MaxInt64, math.MaxInt32, 1 << 63, 128},
	}
	got, err := decoded[numbers](encoded(want...), len(want))
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("error %v\n%s", err, diff)
	}
}

func TestStringsOfEveryFormComeBackFromTheCache(t *testing.T) {
	long := strings.Repeat("dài ", 100)
	want := [][]string{
		{"content/tin-tuc/bai.md", "tin-tuc/bai.md", "bai", "", "content/tin-tuc/bai.md"},
		{"", "Bản tin", "tin", "Bản tin", "", "t"},
		{"Bản tin", "Bản tin", "bai", "Bản"},
		{long, long, "dài", long + "hơn"}, {"x", long, long, strings.Repeat("y", longestAgain), strings.Repeat("y", longestAgain)},
		nil,
	}
	got, err := decoded[[]string](encoded(want...), len(want))
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("error %v\n%s", err, diff)
	}
}

func TestAStringThatComesAgainSharesItsBytes(t *testing.T) {
	got, err := decoded[[]string](encoded([]string{"content/bai.md", "bai.md", "chuyển đổi số"}, []string{"content/hai.md", "chuyển đổi số"}), 2)
	if err != nil {
		t.Fatal(err)
	}
	first, second := got[0], got[1]
	if unsafe.StringData(first[2]) != unsafe.StringData(second[1]) || unsafe.StringData(first[1]) != unsafe.StringData(first[0][8:]) {
		t.Error("a string that has come before stands in memory twice")
	}
}

func TestNoTwoValuesShareMemoryThatMayBeWritten(t *testing.T) {
	type value struct {
		List []int64
		Next *int64
	}
	one := int64(1)
	want := slices.Repeat([]value{{[]int64{1, 2}, &one}}, 2*slabBytes/8)
	got, err := decoded[value](encoded(want...), len(want))
	if err != nil {
		t.Fatal(err)
	}
	for i := range got {
		got[i].List = append(got[i].List, int64(i))
		*got[i].Next = int64(-i)
	}
	for i, v := range got {
		if !slices.Equal(v.List, []int64{1, 2, int64(i)}) || *v.Next != int64(-i) {
			t.Fatalf("value %d is %v, %d", i, v.List, *v.Next)
		}
	}
}

func TestAMapOfTheSiteComesBackFromTheCache(t *testing.T) {
	want := []map[string]any{
		nil,
		{"": ""},
		{"số": "15", "không": nil},
		{"danh sách": []any{"một", []any{"hai", nil}, map[string]any{"ba": "bốn"}}},
		{"sâu": map[string]any{"hơn": map[string]any{"nữa": []any{}}}},
	}
	got, err := decoded[map[string]any](encoded(want...), len(want))
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("error %v\n%s", err, diff)
	}
}

func TestAMapOfTheSiteHasOneEncoding(t *testing.T) {
	m := map[string]any{}
	for i := range 20 {
		m[fmt.Sprint(i)] = "giá trị"
	}
	want := encoded(m)
	for range 20 {
		if !bytes.Equal(encoded(m), want) {
			t.Fatal("two encodings of one map differ")
		}
	}
}

func TestTimesComeBackInTheZoneOfTheSite(t *testing.T) {
	want := time.Date(2020, time.March, 11, 12, 2, 0, 5, time.UTC)
	got, err := decoded[time.Time](encoded(want, time.Time{}), 2)
	if err != nil || !got[0].Equal(want) || got[0].Location() != zone {
		t.Errorf("got %v, want %v in %v; error %v", got[0], want, zone, err)
	}
	if got[1] != (time.Time{}) {
		t.Errorf("an absent time is %v", got[1])
	}
}

func TestACutCacheIsCorrupt(t *testing.T) {
	var full known
	f := filler{t: t}
	f.fill(reflect.ValueOf(&full).Elem(), "known")
	whole := encoded(full)
	for n := range len(whole) {
		if _, err := decoded[known](bytes.Clone(whole[:n]), 1); !errors.Is(err, errCorrupt) {
			t.Fatalf("the first %d of %d bytes: error %v", n, len(whole), err)
		}
	}
	if _, err := decoded[known](append(whole, 0), 1); !errors.Is(err, errCorrupt) {
		t.Errorf("a byte more: error %v", err)
	}
}

func FuzzTheDecoderNeverPanics(f *testing.F) {
	full := known{
		Path: "content/a.md",
		Article: &article.Article{
			Path:  "a.md",
			Title: article.Text{Value: "Tin", Line: 2, Col: 8},
			Tags:  []article.Text{{Value: "số"}, {Value: "số"}},
			Event: &article.Event{Location: "Hội trường"},
			Given: &article.Rare{Extra: map[string]any{"a": []any{"b", nil, map[string]any{"c": "d"}}}},
		},
		Text: &article.Facts{Anchors: []string{"muc-1"}},
	}
	f.Add(encoded(full, full), 2)
	f.Add(encoded[known](), 0)
	f.Add([]byte(strings.Repeat("\xff", 12)), 1)
	f.Fuzz(func(t *testing.T, data []byte, n int) {
		if len(data) > 1<<12 {
			t.Skip("a length may ask for as many items as there are bytes")
		}
		list, err := decoded[known](data, max(0, min(n, len(data))))
		if err != nil {
			if !errors.Is(err, errCorrupt) {
				t.Fatalf("error %v", err)
			}
			return
		}
		again, err := decoded[known](encoded(list...), len(list))
		if diff := cmp.Diff(list, again, everyField); diff != "" || err != nil {
			t.Fatalf("error %v\n%s", err, diff)
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
	if !v.CanSet() { // an embedded type without a name for others
		v = reflect.NewAt(v.Type(), v.Addr().UnsafePointer()).Elem()
	}
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
		if v.Type() == reflect.TypeFor[time.Time]() {
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
