package digest

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// every has a field of each kind that a view may have.
type every struct {
	String  string
	Named   named
	Truth   bool
	Int     int
	Int64   int64
	Int32   int32
	Int16   int16
	Int8    int8
	Uint    uint
	Uint64  uint64
	Uint32  uint32
	Uint16  uint16
	Uint8   uint8
	Time    time.Time
	Digest  Digest
	Hidden  string `key:"-"`
	Inside  inside
	Pointer *inside
	Next    *every
	Slice   []string
	Structs []inside
	Small   []int8
	Lists   [][]inside
	Times   []time.Time
	Maps    []map[string]any
	Map     map[string]any
	Any     any
	Nothing struct{}
	_       string
}

type named string

type inside struct {
	Truth  bool
	Letter string
	Hidden int `key:"-"`
	Small  uint16
}

func TestAValueGathersToTheBytesThatReflectionFinds(t *testing.T) {
	for seed := range uint64(300) {
		compare(t, seed)
	}
}

func FuzzAValueGathersToTheBytesThatReflectionFinds(f *testing.F) {
	f.Add(uint64(1 << 40))
	f.Fuzz(compare)
}

func compare(t *testing.T, seed uint64) {
	f := filler{rand.New(rand.NewPCG(seed, 1))}
	var v every
	f.fill(reflect.ValueOf(&v).Elem(), 3)
	same(t, v)
	same(t, &v)
	same(t, v.Structs)
}

func TestAValueOfEachShapeGathersToTheBytesThatReflectionFinds(t *testing.T) {
	text, number := "Tin", 7
	for _, v := range []any{
		"", text, named(text), &text, &number, number, int8(-1), uint8(255), uint16(1), int64(-5), true, 3 * time.Second,
		time.Unix(5, 6), OfString(text), inside{Letter: text}, &inside{Letter: text}, (*inside)(nil), struct{}{},
		struct{ One *string }{&text}, struct{ One map[string]any }{map[string]any{"a": text}}, struct{ One any }{number},
		struct{ One struct{ Two *string } }{}, [](*string){&text, nil}, []struct{}{{}, {}}, []string(nil), []string{},
		map[string]any(nil), map[string]any{"b": nil, "a": []any{text, map[string]any{}, &text, number, inside{}}}, []any{nil, text},
	} {
		same(t, v)
	}
}

func TestValuesOfOneTypeMayBeGatheredAtOnce(t *testing.T) {
	type fresh struct{ Letter, Text string } // a type whose layout nobody has asked for
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 100 {
				same(t, fresh{"a", "b"})
			}
		})
	}
	group.Wait()
}

func TestWhatHasNoValuePanics(t *testing.T) {
	for _, v := range []any{
		func() {}, make(chan int), 1.5, struct{ F func() }{}, []func(){}, map[string]string{}, [3]int{}, struct{ E error }{}, uintptr(1),
		map[string]any{"a": func() {}},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%T has a digest", v)
				}
			}()
			Value(v)
		}()
	}
}

// same compares what a value gathers to with what plain reflection finds.
func same(t *testing.T, v any) {
	t.Helper()
	var got, want Hasher
	got.Value(v)
	rv := reflect.ValueOf(v)
	want.Str(rv.Type().Name())
	gather(&want, rv)
	if string(got.buf) != string(want.buf) {
		t.Errorf("%T %+v gathers to\n%q\nnot\n%q", v, v, got.buf, want.buf)
	}
}

// gather adds a value by reflection alone.
func gather(h *Hasher, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		h.Str(v.String())
	case reflect.Bool:
		h.Bool(v.Bool())
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Int16, reflect.Int8:
		h.Int(v.Int())
	case reflect.Uint, reflect.Uint64, reflect.Uint32, reflect.Uint16, reflect.Uint8:
		h.Int(int64(v.Uint()))
	case reflect.Pointer, reflect.Interface:
		h.Bool(!v.IsNil())
		if !v.IsNil() {
			gather(h, v.Elem())
		}
	case reflect.Slice:
		h.Int(int64(v.Len()))
		for i := range v.Len() {
			gather(h, v.Index(i))
		}
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		h.Int(int64(len(keys)))
		for _, k := range keys {
			h.Str(k.String())
			gather(h, v.MapIndex(k))
		}
	case reflect.Array:
		d := v.Interface().(Digest)
		h.buf = append(h.buf, d[:]...)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			t := v.Interface().(time.Time)
			_, offset := t.Zone()
			h.Int(t.Unix())
			h.Int(int64(t.Nanosecond()))
			h.Int(int64(offset))
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).Tag.Get("key") != "-" {
				gather(h, v.Field(i))
			}
		}
	default:
		panic(fmt.Sprintf("a %s", v.Type()))
	}
}

// filler fills values by chance.
type filler struct{ *rand.Rand }

func (f filler) fill(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(strings.Repeat("chữ", f.IntN(100)))
	case reflect.Bool:
		v.SetBool(f.IntN(2) == 0)
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Int16, reflect.Int8:
		v.SetInt(int64(f.Uint64()))
	case reflect.Uint, reflect.Uint64, reflect.Uint32, reflect.Uint16, reflect.Uint8:
		v.SetUint(f.Uint64())
	case reflect.Array:
		v.Set(reflect.ValueOf(OfString(fmt.Sprint(f.Uint64()))))
	case reflect.Slice:
		f.fillSlice(v, depth)
	case reflect.Pointer:
		if depth > 0 && f.IntN(4) > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			f.fill(v.Elem(), depth-1)
		}
	case reflect.Map, reflect.Interface:
		if f.IntN(4) > 0 {
			v.Set(reflect.ValueOf(map[string]any{"b": "c", fmt.Sprint(f.IntN(9)): []any{"d", nil, map[string]any{}}}))
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Unix(int64(f.Uint32()), int64(f.Uint32())).In(time.FixedZone("", 3600*f.IntN(12)))))
			return
		}
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				f.fill(v.Field(i), depth)
			}
		}
	}
}

func (f filler) fillSlice(v reflect.Value, depth int) {
	if depth == 0 || f.IntN(4) == 0 {
		return
	}
	n := f.IntN(4)
	v.Set(reflect.MakeSlice(v.Type(), n, n))
	for i := range n {
		f.fill(v.Index(i), depth-1)
	}
}

// BenchmarkAValue gathers something like the view of an article, and a list of
// cards.
func BenchmarkAValue(b *testing.B) {
	type date struct {
		Time      time.Time
		Precision uint8
	}
	type link struct{ Title, URL string }
	article := struct {
		Title, Lead, URL, ID    string
		Published, Modified     date
		Authors, Tags           []link
		Newer, Older, Successor *link
		Related                 []Digest
		Extra                   map[string]any
	}{
		Title: strings.Repeat("Tin ", 15), Lead: strings.Repeat("Tin ", 60), URL: "/tin-tuc/tin/", ID: "tag:xa.example,2026:tin",
		Published: date{time.Unix(1_600_000_000, 0).In(time.FixedZone("", 7*60*60)), 3}, Authors: make([]link, 2), Tags: slices.Repeat([]link{{"Chuyển đổi số", "/the/chuyen-doi-so/"}}, 4),
		Newer: &link{"Tin", "/tin-tuc/sau/"}, Older: &link{"Tin", "/tin-tuc/truoc/"}, Related: make([]Digest, 4),
	}
	for name, v := range map[string]any{"article": article, "cards": struct{ Cards []Digest }{make([]Digest, 20)}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Value(v)
			}
		})
		b.Run(name+" by reflection", func(b *testing.B) {
			b.ReportAllocs()
			var h Hasher
			for b.Loop() {
				h.Reset()
				gather(&h, reflect.ValueOf(v))
				h.Sum()
			}
		})
	}
}
