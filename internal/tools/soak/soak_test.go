package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bantin/internal/testsize"
)

// badly makes this test the program that a soak runs: one that does what no
// program may do.
const badly = "SOAK_TEST_BADLY"

func TestMain(m *testing.M) {
	switch os.Getenv(badly) {
	case "":
		os.Exit(m.Run())
	case "panics":
		panic("a mistake")
	case "hangs":
		time.Sleep(time.Hour)
	case "eats":
		var eaten [][]byte
		for range 64 {
			b := make([]byte, 16<<20)
			for i := 0; i < len(b); i += 4096 {
				b[i] = 1
			}
			eaten = append(eaten, b)
			time.Sleep(5 * time.Millisecond)
		}
		fmt.Println(len(eaten))
	case "is silent":
		os.Exit(1)
	case "ends oddly":
		fmt.Println("no")
		os.Exit(7)
	case "catches":
		fmt.Println("content/a.md: lỗi[article-fault]: ?")
		os.Exit(1)
	case "touches", "deletes", "changes the sources", "publishes secrets":
		site := os.Args[slices.Index(os.Args, "-s")+1]
		outside := filepath.Join(filepath.Dir(site), "outside")
		switch os.Getenv(badly) {
		case "touches":
			_ = os.WriteFile(filepath.Join(outside, "x"), nil, 0o666)
		case "deletes":
			os.Remove(filepath.Join(outside, "thu.txt"))
		case "changes the sources":
			_ = os.WriteFile(filepath.Join(site, "content", "moi.md"), nil, 0o666)
		default:
			_ = os.MkdirAll(filepath.Join(site, "public"), 0o777)
			_ = os.WriteFile(filepath.Join(site, "public", "x"), []byte("Bí mật."), 0o666)
		}
	case "differs":
		if slices.Contains(os.Args, "--verify") {
			fmt.Println("khác")
			os.Exit(3)
		}
	}
	os.Exit(0)
}

func executable(t *testing.T) string {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return program
}

// soaked soaks a program, in so many rounds, and returns what is told.
func soaked(t *testing.T, way string, rounds int) (told string, failed bool) {
	t.Helper()
	t.Setenv(badly, way)
	s := &soak{
		program: executable(t), limits: limits{10 * time.Second, 256 << 20}, dir: t.TempDir(), exits: map[int]int{},
		files: map[string][]byte{"site.yaml": []byte("title: T\n"), "content/a.md": []byte("---\ntitle: A\n---\n\nA.\n")},
	}
	if way == "hangs" {
		s.limits.time = 100 * time.Millisecond
	}
	if err := os.MkdirAll(filepath.Join(s.dir, "tmp"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := writeTree(filepath.Join(s.dir, "sound"), s.files); err != nil {
		t.Fatal(err)
	}
	for n := range rounds {
		if err := s.round(context.Background(), n); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	err := s.tell(&b)
	return b.String(), err != nil
}

func TestEverythingThatNoProgramMayDoIsFound(t *testing.T) {
	for way, want := range map[string]string{
		"panics": "ends with 2", "hangs": "takes over 100ms", "eats": "takes 2", "is silent": "without a word", "ends oddly": "ends with 7", "catches": "article-fault",
		"touches": "outside/x", "deletes": "outside/thu.txt", "changes the sources": "site/content/moi.md", "publishes secrets": "public/x", "differs": "not what is built anew",
	} {
		if told, failed := soaked(t, way, 1); !failed || !strings.Contains(told, want) || !strings.Contains(told, "damage: ") {
			t.Errorf("of a program that %s is told\n%s", way, told)
		}
	}
}

func TestNothingIsFoundInAProgramThatDoesNothing(t *testing.T) {
	testsize.SkipShort(t, "another process is timed")
	if told, failed := soaked(t, "does nothing", 20); failed {
		t.Error(told)
	}
}

func TestARoundFollowsFromItsNumberAlone(t *testing.T) {
	damaged := func(n int) tree {
		site := filepath.Join(t.TempDir(), "site")
		files, err := readSite("../../build/testdata/site.txtar")
		if err != nil {
			t.Fatal(err)
		}
		files["public/.bantin-manifest"], files[".bantin/sources"] = []byte("bantin-manifest 1\n"), []byte("x")
		if err := writeTree(site, files); err != nil {
			t.Fatal(err)
		}
		m := newMutator(1, n, site, "/outside")
		m.mutate()
		found, err := snapshot(site)
		if err != nil {
			t.Fatal(err)
		}
		found["commands"] = strings.ReplaceAll(fmt.Sprint(m.commands()), site, "")
		return found
	}
	others := 0
	for n := range 30 {
		one, two := damaged(n), damaged(n)
		if diff := one.differences(two); len(diff) > 0 {
			t.Errorf("round %d differs in %v", n, diff)
		}
		if len(one.differences(damaged(n+1000))) > 0 {
			others++
		}
	}
	if others < 25 {
		t.Errorf("only %d of 30 rounds differ from others", others)
	}
}
