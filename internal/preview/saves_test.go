package preview

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// saves are the ways in which programs save a file.
var saves = []struct {
	name string
	save func(d *desk, name, text string)
}{
	{"emptied and filled", (*desk).write},
	{"a new file renamed over it", renamed},
	{"a new file with any name renamed over it", func(d *desk, name, text string) {
		d.write("content/tin-tuc/sedA1b2C3", text)
		d.must(os.Rename(d.path("content/tin-tuc/sedA1b2C3"), d.path(name)))
	}},
	{"removed and made again", func(d *desk, name, text string) {
		d.must(os.Remove(d.path(name)))
		d.write(name, text)
	}},
	{"as vim does, keeping a backup", func(d *desk, name, text string) {
		d.write("content/tin-tuc/.bai.md.swp", "swap")
		d.write("content/tin-tuc/4913", "")
		d.must(os.Remove(d.path("content/tin-tuc/4913")))
		d.must(os.Rename(d.path(name), d.path(name+"~")))
		d.write(name, text)
		d.must(os.Remove(d.path(name + "~")))
		d.must(os.Remove(d.path("content/tin-tuc/.bai.md.swp")))
	}},
	{"in two parts, with a build between them", func(d *desk, name, text string) {
		f, err := os.Create(d.path(name))
		d.must(err)
		defer f.Close()
		half := strings.Index(text, "date")
		d.rebuilt(func() { _, err = f.WriteString(text[:half]) })
		d.must(err)
		_, err = f.WriteString(text[half:])
		d.must(err)
	}},
}

func renamed(d *desk, name, text string) {
	d.write(name+".tmp", text)
	d.must(os.Rename(d.path(name+".tmp"), d.path(name)))
}

func TestEachSaveGivesOneOrTwoBuildsAndNoMistake(t *testing.T) {
	const name, rounds = "content/tin-tuc/bai-dau.md", 3
	for _, tt := range saves {
		t.Run(tt.name, func(t *testing.T) {
			d := openDesk(t, smallSite())
			for round := range rounds {
				text := fmt.Sprintf("Lần sửa thứ %d.", round)
				page := d.open("/tin-tuc/bai-dau/")
				d.expect(page, "overlay")
				tt.save(d, name, article("Bài đầu", text))
				d.expect(page, "reload")
				if r := d.next(); r.Problems.HasErrors() {
					t.Errorf("a mistake was shown: %v", r.Problems)
				}
				if got := d.get("/tin-tuc/bai-dau/"); !strings.Contains(got, text) {
					t.Errorf("round %d: the page is as before", round)
				}
			}
			if n := d.builds.Load() - 1; n > 2*rounds {
				t.Errorf("%d builds for %d saves", n, rounds)
			}
		})
	}
}

func TestManyFilesAtOnceGiveOneOrTwoBuilds(t *testing.T) {
	const files, rounds = 200, 3
	sources := smallSite()
	for i := range files {
		name, text := numbered(i, "Lúc đầu.")
		sources[name] = text
	}
	d := openDesk(t, sources)
	for round := range rounds {
		page := d.open("/tin-tuc/bai-199/")
		d.expect(page, "overlay")
		state := fmt.Sprintf("Sau lần %d.", round)
		for i := range files {
			name, text := numbered(i, state)
			renamed(d, name, text) // on a busy machine one of 200 may long be half written
		}
		d.expect(page, "reload")
		if !strings.Contains(d.get("/tin-tuc/bai-000/"), state) || !strings.Contains(d.get("/tin-tuc/bai-199/"), state) {
			t.Errorf("round %d: a page is as before", round)
		}
	}
	if n := d.builds.Load() - 1; n > 2*rounds {
		t.Errorf("%d builds for %d changes", n, rounds)
	}
}
