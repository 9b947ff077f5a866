package layout

import (
	"reflect"
	"testing"
	"time"
	"unsafe"

	"github.com/google/go-cmp/cmp"
)

type inner struct {
	Small uint8
	Sum   [3]byte
	When  time.Time
}

type outer struct {
	Name  string
	Truth bool
	In    inner
	List  []inner
	Next  *outer
	Left  int `omit:"yes"`
	Extra map[string]any
	Any   any
}

func TestTheFieldsOfAStructAndOfThoseInItAreOneList(t *testing.T) {
	var v outer
	l := Of(reflect.TypeFor[outer](), func(f reflect.StructField) bool { return f.Tag.Get("omit") == "" })
	inside := Of(reflect.TypeFor[inner](), nil)
	in := unsafe.Offsetof(v.In)
	want := []Field{
		{Kind: String, Offset: 0},
		{Kind: Bool, Offset: unsafe.Offsetof(v.Truth)},
		{Kind: Uint8, Offset: in},
		{Kind: Bytes, Offset: in + unsafe.Offsetof(v.In.Sum), Len: 3},
		{Kind: Time, Offset: in + unsafe.Offsetof(v.In.When)},
		{Kind: Slice, Offset: unsafe.Offsetof(v.List), Inside: inside},
		{Kind: Pointer, Offset: unsafe.Offsetof(v.Next), Inside: l},
		{Kind: Map, Offset: unsafe.Offsetof(v.Extra)},
		{Kind: Any, Offset: unsafe.Offsetof(v.Any)},
	}
	sameType := cmp.Comparer(func(a, b *Type) bool { return a == b || a != nil && b != nil && a.Go == b.Go })
	if diff := cmp.Diff(want, l.Fields, sameType); diff != "" {
		t.Error(diff)
	}
}

func TestATypeThatLeadsToItselfIsFoundOnce(t *testing.T) {
	l := Of(reflect.TypeFor[outer](), nil)
	for _, f := range l.Fields {
		if f.Kind == Pointer && f.Inside != l {
			t.Errorf("it leads to another %v", f.Inside)
		}
	}
}

func TestTypesAreNumbered(t *testing.T) {
	l := Of(reflect.TypeFor[outer](), nil)
	seen := map[int]bool{}
	var visit func(*Type)
	visit = func(l *Type) {
		if seen[l.Number] {
			return
		}
		seen[l.Number] = true
		for _, f := range l.Fields {
			if f.Inside != nil {
				visit(f.Inside)
			}
		}
	}
	visit(l)
	if !seen[0] || !seen[1] || len(seen) != 2 {
		t.Errorf("the numbers are %v", seen)
	}
}

func TestNumbersHaveTheKindOfTheirWidth(t *testing.T) {
	for v, want := range map[any]Kind{
		int8(0): Int8, int16(0): Int16, int32(0): Int32, int64(0): Int64,
		uint8(0): Uint8, uint16(0): Uint16, uint32(0): Uint32, uint64(0): Uint64, time.Second: Int64,
	} {
		if got := Of(reflect.TypeOf(v), nil).Fields[0].Kind; got != want {
			t.Errorf("a %T has kind %d, not %d", v, got, want)
		}
	}
}

func TestMadeValuesAreZeroAndOfTheirType(t *testing.T) {
	list := unsafe.Slice((*outer)(Of(reflect.TypeFor[outer](), nil).Make(3)), 3)
	list[2].Next = &list[0]
	for i, v := range list {
		if v.Name != "" || v.List != nil || (v.Next != nil) != (i == 2) {
			t.Errorf("value %d is %+v", i, v)
		}
	}
}

func TestASliceOfAnyTypeReadsAsAHeader(t *testing.T) {
	v := make([]inner, 2, 5)
	h := (*SliceHeader)(unsafe.Pointer(&v))
	if h.Data != unsafe.Pointer(&v[0]) || h.Len != 2 || h.Cap != 5 {
		t.Errorf("it reads as %+v", *h)
	}
}

func TestWhatHasNoValueHasNoLayout(t *testing.T) {
	for _, v := range []any{func() {}, make(chan int), 1.5, map[string]string{}, [3]int{}, struct{ E error }{}, uintptr(1)} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("a %T has a layout", v)
				}
			}()
			Of(reflect.TypeOf(v), nil)
		}()
	}
}
