package source

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

func TestAStampIsSafeOnlyThreeSecondsAfterTheLastChange(t *testing.T) {
	readAt := time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC)
	ago := func(d time.Duration) int64 { return readAt.Add(-d).UnixNano() }
	tests := []struct {
		name  string
		stamp Stamp
		want  bool
	}{
		{"changed long before", Stamp{Mtime: ago(time.Hour), Ctime: ago(time.Hour)}, true},
		{"changed three seconds before", Stamp{Mtime: ago(3 * time.Second)}, true},
		{"changed just before", Stamp{Mtime: ago(3*time.Second - 1)}, false},
		{"an old time put back just before", Stamp{Mtime: ago(time.Hour), Ctime: ago(time.Second)}, false},
		{"a time in the future", Stamp{Mtime: ago(-time.Hour)}, false},
	}
	for _, tt := range tests {
		if got := tt.stamp.SafeAt(readAt); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestAnEditOfTheSameSizeWithItsOldTimePutBackHasAnotherStamp(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the system tells no change time without opening the file")
	}
	dir := site(t, "site.yaml", "content/a.md")
	before, _ := scan(t, Roots{Dir: dir})
	f, _ := before.Lookup("content/a.md")
	path := filepath.Join(dir, "content", "a.md")
	// A new file in the old one's place, as editors save, has another number
	// even if the clock has not ticked.
	write(t, dir, "content/b.md", "CONTENT/A.MD")
	if err := os.Rename(filepath.Join(dir, "content", "b.md"), path); err != nil {
		t.Fatal(err)
	}
	mtime := time.Unix(0, f.Stamp.Mtime)
	if err := os.Chtimes(path, mtime, mtime); err != nil {
		t.Fatal(err)
	}
	after, _ := scan(t, Roots{Dir: dir})
	g, _ := after.Lookup("content/a.md")
	if g.Stamp.Size != f.Stamp.Size || g.Stamp.Mtime != f.Stamp.Mtime {
		t.Fatalf("stamp %+v, want size and time of %+v", g.Stamp, f.Stamp)
	}
	if g.Stamp == f.Stamp {
		t.Errorf("stamp %+v is the same", g.Stamp)
	}
}
