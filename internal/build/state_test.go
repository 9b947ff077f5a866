package build

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/cachefile"
	"bantin/internal/digest"
	"bantin/internal/site"
	"bantin/internal/testsize"
)

func TestWhatIsKnownOfAnOutputComesBackFromTheCache(t *testing.T) {
	f := cachefile.Folder{Dir: t.TempDir(), Program: digest.OfString("program")}
	want := &state{stamps: []byte("stamps"), manifest: digest.OfString("manifest")}
	if err := f.Write("output", want.writeOutput); err != nil {
		t.Fatal(err)
	}
	var got state
	if err := got.readOutput(f, "output"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, &got, everyField); diff != "" {
		t.Error(diff)
	}
}

func TestWhatAnOutputHeldComesBackFromTheCacheInEveryField(t *testing.T) {
	var full, got site.Record
	f := filler{t: t}
	f.fill(reflect.ValueOf(&full).Elem(), "Record")
	folder := cachefile.Folder{Dir: t.TempDir()}
	if err := folder.Write("history", func(w *cachefile.Writer) { recordCodec.Encode(&w.Encoder, &full) }); err != nil {
		t.Fatal(err)
	}
	r := folder.Open("history")
	defer r.Close()
	var d cachefile.Decoder
	if err := r.Frame(0, &d); err != nil {
		t.Fatal(err)
	}
	recordCodec.Decode(&d, &got)
	if diff := cmp.Diff(full, got, everyField); diff != "" || d.Err() != nil || !d.Done() {
		t.Errorf("error %v\n%s", d.Err(), diff)
	}
}

var everyField = cmp.Options{
	cmp.Exporter(func(reflect.Type) bool { return true }), cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) }),
}

// BenchmarkState times writing and reading what is known of files.
func BenchmarkState(b *testing.B) {
	site := newBenchSite(b, testsize.Size(1_000, 10_000))
	builder := site.builder()
	site.run(builder)
	b.Run("write", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := builder.cacheFolder().Write(sourcesFile, builder.state.writeSources); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if got := builder.readState(); len(got.files) != len(builder.state.files) {
				b.Fatal("the cache cannot be read")
			}
		}
	})
}

// filler fills values with something different in every field, so that no
// field can be lost unseen.
type filler struct {
	t    *testing.T
	zone *time.Location
	n    int
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
			v.Set(reflect.ValueOf(time.Date(2020, time.March, f.n, 19, 2, 0, f.n, f.zone)))
			return
		}
		for i := range v.NumField() {
			f.fill(v.Field(i), path+"."+v.Type().Field(i).Name)
		}
	default:
		f.t.Fatalf("%s is a %s, which the cache cannot keep", path, v.Type())
	}
}
