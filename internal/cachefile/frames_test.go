package cachefile

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"bantin/internal/digest"
)

// perFrame is how many items a frame of a test holds.
const perFrame = 100

var stringCodec = NewCodec[string]()

// someStrings returns n strings.
func someStrings(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("tin-tuc/%d/index.html", i)
	}
	return list
}

// write writes a file with a list.
func write(t *testing.T, list []string) (f Folder, data []byte) {
	t.Helper()
	f = Folder{Dir: t.TempDir(), Program: digest.OfString("program")}
	err := f.Write("list", func(w *Writer) {
		w.Data([]byte("đầu"))
		w.Uvarint(uint64(len(list)))
		w.EndFrame()
		WriteList(w, list, perFrame, stringCodec.Encode)
	})
	if err != nil {
		t.Fatal(err)
	}
	if data, err = os.ReadFile(filepath.Join(f.Dir, "list")); err != nil {
		t.Fatal(err)
	}
	return f, data
}

// read reads what write wrote.
func read(f Folder) (list []string, err error) {
	r := f.Open("list")
	defer r.Close()
	var d Decoder
	if err := r.Frame(0, &d); err != nil {
		return nil, err
	}
	if head := d.String(); head != "đầu" {
		return nil, fmt.Errorf("the head is %q: %w", head, d.Err())
	}
	return ReadList(r, nil, d.Uvarint(), perFrame, stringCodec.Decode)
}

func TestAFileComesBackHoweverManyFramesItHas(t *testing.T) {
	for _, n := range []int{0, 1, perFrame - 1, perFrame, perFrame + 1, 30*perFrame + 7} {
		want := someStrings(n)
		f, _ := write(t, want)
		if got, err := read(f); err != nil || !slices.Equal(got, want) {
			t.Errorf("%d strings come back as %d; error %v", n, len(got), err)
		}
	}
}

// What is read of a large file is a part of it, and stays as it was when the file is
// replaced and gone.
func TestALargeFileIsReadWhereItLies(t *testing.T) {
	want := someStrings(60_000)
	f, data := write(t, want)
	if len(data) < leastMapped {
		t.Fatalf("%d bytes are not many", len(data))
	}
	if runtime.GOOS == "linux" {
		r := f.Open("list")
		if r.mapped == nil {
			t.Error("the file is not mapped")
		}
		r.Close()
	}
	got, err := read(f)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Write("list", func(w *Writer) { w.String("khác") }); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(f.Dir); err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	if !slices.Equal(got, want) {
		t.Error("the strings are not as they were")
	}
}

func TestAFileThatIsNotAsWrittenIsNotRead(t *testing.T) {
	f, whole := write(t, someStrings(20))
	damaged := map[string][]byte{"longer": append(bytes.Clone(whole), 0)}
	for i := range whole {
		damaged[fmt.Sprintf("cut to %d bytes", i)] = whole[:i]
		other := bytes.Clone(whole)
		other[i] ^= 0x10
		damaged[fmt.Sprintf("another byte %d", i)] = other
	}
	for name, data := range damaged {
		if err := os.WriteFile(filepath.Join(f.Dir, "list"), data, 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := read(f); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestAFileWithoutItsLastFrameIsNotRead(t *testing.T) {
	f, whole := write(t, someStrings(perFrame+1))
	r := f.Open("list")
	last := r.frames[len(r.frames)-1]
	r.Close()
	cut := append(whole[:last.at:last.at], make([]byte, lengthSize)...)
	if err := os.WriteFile(filepath.Join(f.Dir, "list"), cut, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := read(f); !errors.Is(err, ErrDamaged) {
		t.Errorf("error %v", err)
	}
}

func TestAFileOfAnotherProgramIsNotRead(t *testing.T) {
	f, _ := write(t, someStrings(3))
	f.Program = digest.OfString("another program")
	if r := f.Open("list"); r.Len() != 0 {
		t.Errorf("it has %d frames", r.Len())
	}
}

func TestAListLongerThanItsFramesIsNotRead(t *testing.T) {
	f := Folder{Dir: t.TempDir()}
	err := f.Write("list", func(w *Writer) {
		for range 1000 { // frames of a byte each, as if they held perFrame items
			w.Uvarint(0)
			w.EndFrame()
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	r := f.Open("list")
	defer r.Close()
	if _, err := ReadList(r, nil, 999*perFrame, perFrame, stringCodec.Decode); !errors.Is(err, ErrDamaged) {
		t.Errorf("error %v", err)
	}
}

func TestAFileThatCannotBeFilledLeavesTheOneThatStands(t *testing.T) {
	f, whole := write(t, someStrings(3))
	full := errors.New("no space left on device")
	err := f.Write("list", func(w *Writer) {
		w.String("mới")
		w.file = failing{full}
	})
	if !errors.Is(err, full) {
		t.Errorf("error %v", err)
	}
	entries, readErr := os.ReadDir(f.Dir)
	if readErr != nil {
		t.Fatal(readErr)
	}
	data, readErr := os.ReadFile(filepath.Join(f.Dir, "list"))
	if readErr != nil || !bytes.Equal(data, whole) || len(entries) != 1 {
		t.Errorf("there stand %v; error %v", entries, readErr)
	}
}

// failing is a file on a full disk.
type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
