package memlayout

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

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
	l := Of(reflect.TypeFor[outer](), func(f reflect.StructField) bool { return f.Tag.Get("omit") == "" })
	var kinds []Kind
	var inside []string
	for i := range l.Len() {
		kind, in := l.Field(i)
		kinds = append(kinds, kind)
		if in != nil {
			inside = append(inside, in.String())
		}
	}
	if want := []Kind{String, Bool, Uint, Bytes, Time, Slice, Pointer, Map, Any}; !slices.Equal(kinds, want) {
		t.Errorf("the fields are %v, want %v", kinds, want)
	}
	if want := []string{"memlayout.inner", "memlayout.outer"}; !slices.Equal(inside, want) {
		t.Errorf("they lead to %v, want %v", inside, want)
	}
}

func TestATypeThatLeadsToItselfIsFoundOnce(t *testing.T) {
	l := Of(reflect.TypeFor[outer](), nil)
	for i := range l.Len() {
		if kind, inside := l.Field(i); kind == Pointer && inside != l {
			t.Errorf("it leads to another %v", inside)
		}
	}
}

// numbers has a number of each width.
type numbers struct {
	I   int
	I8  int8
	I16 int16
	I32 int32
	I64 int64
	U   uint
	U8  uint8
	U16 uint16
	U32 uint32
	U64 uint64
	D   time.Duration
}

func TestNumbersOfEveryWidthAreReadAndSet(t *testing.T) {
	l := Of(reflect.TypeFor[numbers](), nil)
	want := numbers{-1, -8, -16, -32, -64, 1, 200, 60_000, 4_000_000_000, 1 << 63, -5}
	var got numbers
	from, to := At(l, &want), To(l, &got)
	for i := range from.Len() {
		switch f := from.Field(i); f.Kind() {
		case Int:
			to.Slot(i).SetInt(f.Int())
		case Uint:
			to.Slot(i).SetUint(f.Uint())
		default:
			t.Errorf("field %d has kind %d", i, f.Kind())
		}
	}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestEveryFieldIsReadAndSet(t *testing.T) {
	l := Of(reflect.TypeFor[outer](), nil)
	want := outer{
		Name: "Tin", Truth: true, In: inner{7, [3]byte{1, 2, 3}, time.Unix(5, 6)}, List: []inner{{Small: 1}, {Small: 2}},
		Next: &outer{Name: "sau"}, Left: -3, Extra: map[string]any{"a": "b"},
	}
	var got outer
	var arena Arena
	carry(t, &arena, At(l, &want), To(l, &got))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// carry sets every field of to to that of from.
func carry(t *testing.T, arena *Arena, from Value, to Variable) {
	t.Helper()
	for i := range from.Len() {
		f, s := from.Field(i), to.Slot(i)
		switch f.Kind() {
		case String:
			s.SetString(f.String())
		case Bool:
			s.SetBool(f.Bool())
		case Int:
			s.SetInt(f.Int())
		case Uint:
			s.SetUint(f.Uint())
		case Bytes:
			copy(s.Bytes(), f.Bytes())
		case Time:
			s.SetTime(f.Time())
		case Slice:
			if n := f.List().Len(); n > 0 {
				list := s.MakeList(arena, n)
				for k := range n {
					carry(t, arena, f.List().At(k), list.At(k))
				}
			}
		case Pointer:
			if target, ok := f.Target(); ok {
				carry(t, arena, target, s.MakeTarget(arena))
			}
		case Map:
			s.SetMap(f.Map())
		case Any:
			if f.Any() != nil {
				t.Errorf("an any holds %v", f.Any())
			}
		}
	}
}

// methods calls each method that is for one kind.
var methods = map[string]struct {
	of   Kind
	call func(Field, Slot)
}{
	"String": {String, func(f Field, _ Slot) { _ = f.String() }}, "SetString": {String, func(_ Field, s Slot) { s.SetString("") }},
	"Bool": {Bool, func(f Field, _ Slot) { f.Bool() }}, "SetBool": {Bool, func(_ Field, s Slot) { s.SetBool(true) }},
	"Int": {Int, func(f Field, _ Slot) { f.Int() }}, "SetInt": {Int, func(_ Field, s Slot) { s.SetInt(1) }},
	"Uint": {Uint, func(f Field, _ Slot) { f.Uint() }}, "SetUint": {Uint, func(_ Field, s Slot) { s.SetUint(1) }},
	"Bytes": {Bytes, func(f Field, _ Slot) { f.Bytes() }}, "Slot.Bytes": {Bytes, func(_ Field, s Slot) { s.Bytes() }},
	"Time": {Time, func(f Field, _ Slot) { f.Time() }}, "SetTime": {Time, func(_ Field, s Slot) { s.SetTime(time.Time{}) }},
	"Map": {Map, func(f Field, _ Slot) { f.Map() }}, "SetMap": {Map, func(_ Field, s Slot) { s.SetMap(nil) }},
	"Any":  {Any, func(f Field, _ Slot) { f.Any() }},
	"List": {Slice, func(f Field, _ Slot) { f.List() }}, "MakeList": {Slice, func(_ Field, s Slot) { s.MakeList(&Arena{}, 1) }},
	"Target": {Pointer, func(f Field, _ Slot) { f.Target() }}, "MakeTarget": {Pointer, func(_ Field, s Slot) { s.MakeTarget(&Arena{}) }},
}

func TestAFieldIsReadAndSetByItsOwnKindAlone(t *testing.T) {
	type all struct {
		outer
		numbers
	}
	l := Of(reflect.TypeFor[all](), nil)
	for name, m := range methods {
		for i := range l.Len() {
			var v all
			f, s := At(l, &v).Field(i), To(l, &v).Slot(i)
			if got, want := panics(func() { m.call(f, s) }), f.Kind() != m.of; got != want {
				t.Errorf("%s of kind %d panics: %t, want %t", name, f.Kind(), got, want)
			}
		}
	}
}

func TestAValueOfAnotherTypeIsRefused(t *testing.T) {
	l := Of(reflect.TypeFor[inner](), nil)
	var other outer
	for name, do := range map[string]func(){
		"At": func() { At(l, &other) }, "To": func() { To(l, &other) }, "In": func() { l.In(other) }, "In nil": func() { l.In(nil) },
		"a pointer": func() { l.In(&inner{}) },
	} {
		if !panics(do) {
			t.Errorf("%s takes it", name)
		}
	}
}

func TestNothingOutsideOfAListIsReached(t *testing.T) {
	l := Of(reflect.TypeFor[[]inner](), nil)
	v := make([]inner, 2, 5)
	list := At(l, &v).Field(0).List()
	made := To(l, &v).Slot(0).MakeList(&Arena{}, 3)
	for name, do := range map[string]func(){
		"-1": func() { list.At(-1) }, "2 of 2": func() { list.At(2) }, "3 of 3": func() { made.At(3) }, "-1 of 3": func() { made.At(-1) },
	} {
		if !panics(do) {
			t.Errorf("element %s is there", name)
		}
	}
}

func TestAValueInAnInterfaceIsReadWhateverItsSize(t *testing.T) {
	text, number := "Tin", 7
	for _, v := range []any{text, number, &text, map[string]any{"a": "b"}, struct{ P *int }{&number}, struct{ A, B string }{"a", text}, int8(3), struct{}{}} {
		l := Of(reflect.TypeOf(v), nil)
		copied := reflect.New(reflect.TypeOf(v))
		var arena Arena
		carry(t, &arena, l.In(v), Variable{l, copied.UnsafePointer()})
		if diff := cmp.Diff(v, copied.Elem().Interface()); diff != "" {
			t.Errorf("%T: %s", v, diff)
		}
	}
}

func TestMadeValuesAreZeroAndNoTwoAreOne(t *testing.T) {
	type value struct {
		Lists [][]int64
		One   *int64
		Empty *struct{}
		Many  []struct{}
	}
	l := Of(reflect.TypeFor[value](), nil)
	var arena Arena
	values := make([]value, 3000)
	for i := range values {
		v := To(l, &values[i])
		list := v.Slot(0).MakeList(&arena, 1+i%3)
		for k := range 1 + i%3 {
			numbers := list.At(k).Slot(0).MakeList(&arena, 4)
			for n := range 4 {
				if got := values[i].Lists[k][n]; got != 0 {
					t.Fatalf("a made value is %d", got)
				}
				numbers.At(n).Slot(0).SetInt(int64(i))
			}
		}
		v.Slot(1).MakeTarget(&arena).Slot(0).SetInt(int64(-i))
		v.Slot(2).MakeTarget(&arena)
		v.Slot(3).MakeList(&arena, 5)
		values[i].Lists[0] = append(values[i].Lists[0], 1) // must not run into what was made next
	}
	for i, v := range values {
		for k, list := range v.Lists {
			want := slices.Repeat([]int64{int64(i)}, 4)
			if k == 0 {
				want = append(want, 1)
			}
			if !slices.Equal(list, want) {
				t.Fatalf("list %d of value %d is %v", k, i, list)
			}
		}
		if len(v.Lists) != 1+i%3 || *v.One != int64(-i) || v.Empty == nil || len(v.Many) != 5 {
			t.Fatalf("value %d is %+v", i, v)
		}
	}
}

func TestWhatHasNoValueHasNoLayout(t *testing.T) {
	for _, v := range []any{func() {}, make(chan int), 1.5, map[string]string{}, [3]int{}, struct{ E error }{}, uintptr(1)} {
		if !panics(func() { Of(reflect.TypeOf(v), nil) }) {
			t.Errorf("a %T has a layout", v)
		}
	}
}

func panics(do func()) (panics bool) {
	defer func() {
		if r := recover(); r != nil {
			text, ours := r.(string)
			panics = ours && strings.HasPrefix(text, "memlayout: ")
		}
	}()
	do()
	return false
}
