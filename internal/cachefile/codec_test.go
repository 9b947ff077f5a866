package cachefile

import (
	"bytes"
	"encoding/binary"
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
)

var zone = time.FixedZone("Asia/Ho_Chi_Minh", 7*60*60)

// record has a field of each kind that is kept.
type record struct {
	Path  string
	Truth bool
	Int   int
	Int32 int32
	Int16 int16
	Int8  int8
	Uint  uint
	U32   uint32
	U16   uint16
	U8    uint8
	Sum   [16]byte
	When  time.Time
	Names []string
	Parts []part
	Lists [][]part
	Next  *part
	Extra map[string]any
	Maps  []map[string]any
	*hidden
}

type part struct {
	Title string
	Line  int
	Sum   *[4]byte
}

type hidden struct{ Fault *part }

// encoded returns the bytes of values that follow one another.
func encoded[T any](values ...T) []byte {
	var e Encoder
	c := NewCodec[T]()
	for i := range values {
		c.Encode(&e, &values[i])
	}
	return e.b
}

// decoded reads n values.
func decoded[T any](b []byte, n int) ([]T, error) {
	d := Decoder{zone: zone}
	d.begin(b)
	values := make([]T, n)
	err := readPart(&d, values, NewCodec[T]().Decode)
	return values, err
}

var everyField = cmp.Options{cmp.Exporter(func(reflect.Type) bool { return true }), cmp.Comparer(sameTime)}

func TestEveryFieldComesBack(t *testing.T) {
	var full, other record
	f := filler{t: t}
	f.fill(reflect.ValueOf(&full).Elem(), "record")
	f.fill(reflect.ValueOf(&other).Elem(), "record")
	want := []record{full, {}, full, {Path: "static/a.svg"}, other}
	got, err := decoded[record](encoded(want...), len(want))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, everyField); diff != "" {
		t.Error(diff)
	}
}

func TestEveryFieldChangesTheEncoding(t *testing.T) {
	var full record
	f := filler{t: t}
	v := reflect.ValueOf(&full).Elem()
	f.fill(v, "record")
	want := encoded(full)
	for i := range v.NumField() {
		other := full
		field := reflect.ValueOf(&other).Elem().Field(i)
		if !field.CanSet() {
			field = reflect.NewAt(field.Type(), field.Addr().UnsafePointer()).Elem()
		}
		field.SetZero()
		if bytes.Equal(encoded(other), want) {
			t.Errorf("%s is not kept", v.Type().Field(i).Name)
		}
	}
}

// loop may lie in itself.
type loop struct{ Next []loop }

func TestATypeThatCannotBeKeptHasNoCodec(t *testing.T) {
	for name, make := range map[string]func(){
		"an any":                func() { NewCodec[struct{ A any }]() },
		"an any, deep":          func() { NewCodec[struct{ A []*struct{ B any } }]() },
		"a float":               func() { NewCodec[struct{ A float64 }]() },
		"a function":            func() { NewCodec[func()]() },
		"an interface":          func() { NewCodec[error]() },
		"another map":           func() { NewCodec[map[string]string]() },
		"a list of nothing":     func() { NewCodec[[]struct{}]() },
		"a list of no fields":   func() { NewCodec[struct{ A []struct{ B struct{} } }]() },
		"a list of itself":      func() { NewCodec[loop]() },
		"a pointer to its kind": func() { NewCodec[*struct{ A []loop }]() },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s has a codec", name)
				}
			}()
			make()
		}()
	}
}

func TestNothingOfNoSizeStopsTheCodec(t *testing.T) {
	type empty struct {
		A struct{}
		B *struct{}
		C [0]byte
		D string
	}
	want := []empty{{}, {B: &struct{}{}, D: "d"}}
	got, err := decoded[empty](encoded(want...), len(want))
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("error %v\n%s", err, diff)
	}
}

func TestAMapThatHoldsWhatIsNotKeptIsAnErrorAndNoPanic(t *testing.T) {
	deep := any("")
	for range 2 * deepest {
		deep = []any{deep}
	}
	for name, v := range map[string]any{"a number": 7, "a list of numbers": []any{"a", 1.5}, "too deep": deep} {
		err := Folder{Dir: t.TempDir()}.Write("x", func(w *Writer) {
			NewCodec[map[string]any]().Encode(&w.Encoder, &map[string]any{"a": map[string]any{"b": v}})
		})
		if err == nil {
			t.Errorf("%s is kept", name)
		}
	}
}

func TestALengthThatTheBytesLeftCannotHoldIsDamage(t *testing.T) {
	many := binary.AppendUvarint(nil, 1<<40)
	some := binary.AppendUvarint(nil, 1000)
	parts := bytes.Repeat([]byte{formBytes, 0, 0}, 1000)
	fewer := parts[:2999]
	if _, err := decoded[[]part](slices.Concat(many, fewer), 1); !errors.Is(err, ErrDamaged) {
		t.Errorf("error %v", err)
	}
	if n := testing.AllocsPerRun(1, func() { _, _ = decoded[[]part](slices.Concat(some, fewer), 1) }); n > 100 {
		t.Errorf("%v allocations", n)
	}
	if _, err := decoded[[]part](slices.Concat(some, fewer), 1); !errors.Is(err, ErrDamaged) {
		t.Errorf("error %v", err)
	}
	if got, err := decoded[[]part](slices.Concat(some, parts), 1); err != nil || len(got[0]) != 1000 {
		t.Errorf("error %v, %d parts", err, len(got[0]))
	}
}

func TestWhatLiesTooDeepIsDamage(t *testing.T) {
	one := append([]byte{1, 1, 'a'}, bytes.Repeat([]byte{'l', 1}, 5<<20)...)
	if _, err := decoded[map[string]any](append(one, 'n'), 1); !errors.Is(err, ErrDamaged) {
		t.Errorf("error %v", err)
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
	want := slices.Repeat([]value{{[]int64{1, 2}, &one}}, 4000)
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
	var full record
	f := filler{t: t}
	f.fill(reflect.ValueOf(&full).Elem(), "record")
	whole := encoded(full)
	for n := range len(whole) {
		if _, err := decoded[record](bytes.Clone(whole[:n]), 1); !errors.Is(err, ErrDamaged) {
			t.Fatalf("the first %d of %d bytes: error %v", n, len(whole), err)
		}
	}
	if _, err := decoded[record](append(whole, 0), 1); !errors.Is(err, ErrDamaged) {
		t.Errorf("a byte more: error %v", err)
	}
}

func FuzzTheDecoderNeverPanics(f *testing.F) {
	full := record{
		Path:  "content/a.md",
		Names: []string{"số", "số", "content"},
		Parts: []part{{Title: "Tin", Line: 2}, {Sum: &[4]byte{1}}},
		Extra: map[string]any{"a": []any{"b", nil, map[string]any{"c": "d"}}},
	}
	f.Add(encoded(full, full), 2)
	f.Add(encoded[record](), 0)
	f.Add([]byte(strings.Repeat("\xff", 12)), 1)
	f.Fuzz(func(t *testing.T, data []byte, n int) {
		if len(data) > 1<<12 {
			t.Skip("a length may ask for as many items as there are bytes")
		}
		list, err := decoded[record](data, max(0, min(n, len(data))))
		if err != nil {
			if !errors.Is(err, ErrDamaged) {
				t.Fatalf("error %v", err)
			}
			return
		}
		again, err := decoded[record](encoded(list...), len(list))
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
