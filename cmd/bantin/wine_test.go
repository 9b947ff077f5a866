//go:build linux && amd64

package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// wine is the program for Windows, run by Wine (Debian: wine64 and wine; 8.0 is
// enough). It stands for Windows as far as it can: paths, locks, files that
// nobody may replace while they are open, names in any letters.
type wine struct {
	*testing.T
	program string
	env     []string
	dir     string // below it everything is made; Wine shows nothing of /dev
}

const wineNow = "2027-01-01"

// wineEnv asks for the test, which takes minutes:
//
//	BANTIN_WINE=1 go test ./cmd/bantin -run ForWindows -v
const wineEnv = "BANTIN_WINE"

// newWine compiles the program, or skips: Wine is too large for CI.
func newWine(t *testing.T) *wine {
	t.Helper()
	if os.Getenv(wineEnv) == "" {
		t.Skip("it takes minutes; " + wineEnv + "=1 runs it")
	}
	if _, err := exec.LookPath("wine"); err != nil {
		t.Skip("Wine is not installed: apt-get install wine64 wine")
	}
	dir, err := os.MkdirTemp("/tmp", "bantin-wine-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	w := &wine{T: t, dir: dir, program: filepath.Join(dir, "bantin.exe")}
	w.env = append(os.Environ(), "WINEPREFIX="+filepath.Join(dir, "prefix"), "WINEDEBUG=-all", "DISPLAY=")
	w.compile(w.program, "./cmd/bantin")
	boot := exec.Command("wineboot", "--init")
	boot.Env = w.env
	if out, err := boot.CombinedOutput(); err != nil {
		t.Skipf("Wine does not start: %v\n%s", err, out)
	}
	library := filepath.Join(dir, "prefix", "drive_c", "windows", "system32", "bcryptprimitives.dll")
	if _, err := os.Stat(library); err != nil { // Wine has it since 9.2
		w.must(os.WriteFile(library, randomness(), 0o666))
	}
	t.Cleanup(func() {
		end := exec.Command("wineserver", "-k")
		end.Env = w.env
		_ = end.Run()
	})
	return w
}

func (w *wine) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// compile makes a program for Windows. Wine 8 says of a way to remove files that
// it is not implemented, where Go expects an older Windows to say that it is
// unknown; the program is the same but for that one number.
func (w *wine) compile(program, folder string) {
	w.Helper()
	const from = "case STATUS_INVALID_INFO_CLASS, "
	root, err := exec.Command("go", "env", "GOROOT").Output()
	w.must(err)
	file := filepath.Join(strings.TrimSpace(string(root)), "src", "internal", "syscall", "windows", "at_windows.go")
	source, err := os.ReadFile(file)
	if err != nil || !bytes.Contains(source, []byte(from)) {
		w.Skipf("Go's library has another form: %v", err)
	}
	other := filepath.Join(w.dir, "at_windows.go")
	w.must(os.WriteFile(other, bytes.Replace(source, []byte(from), []byte("case NTStatus(0xC0000002), STATUS_INVALID_INFO_CLASS, "), 1), 0o666))
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {file: other}})
	w.must(err)
	w.must(os.WriteFile(filepath.Join(w.dir, "overlay.json"), overlay, 0o666))
	c := exec.Command("go", "build", "-overlay", filepath.Join(w.dir, "overlay.json"), "-o", program, folder)
	c.Dir = "../.."
	c.Env = append(os.Environ(), "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0", "GOFLAGS=-trimpath")
	if out, err := c.CombinedOutput(); err != nil {
		w.Fatalf("%v\n%s", err, out)
	}
}

// command runs the program in a folder below dir.
func (w *wine) command(folder string, args ...string) (code int, told string) {
	w.Helper()
	ctx, stop := context.WithTimeout(w.Context(), 2*time.Minute)
	defer stop()
	c := exec.CommandContext(ctx, "wine", append([]string{w.program}, args...)...)
	c.Dir, c.Env = filepath.Join(w.dir, folder), w.env
	c.WaitDelay = time.Second
	out, err := c.CombinedOutput()
	if c.ProcessState == nil {
		w.Fatal(err)
	}
	return c.ProcessState.ExitCode(), strings.ReplaceAll(string(out), "\r", "")
}

func (w *wine) run(folder string, args ...string) string {
	w.Helper()
	code, told := w.command(folder, args...)
	if code != exitFine {
		w.Fatalf("bantin %s: exit code %d\n%s", strings.Join(args, " "), code, told)
	}
	return told
}

// requireSame fails unless a site that Windows has built is that which this
// system builds of the same sources.
func (w *wine) requireSame(folder string) {
	w.Helper()
	here := w.TempDir()
	code, _, stderr := command(w.T, "build", "-s", filepath.Join(w.dir, folder), "-o", here, "--now", wineNow, "--clean")
	if code != exitFine {
		w.Fatal(stderr)
	}
	files := 0
	for _, pair := range [][2]string{{here, filepath.Join(w.dir, folder, "public")}, {filepath.Join(w.dir, folder, "public"), here}} {
		w.must(filepath.WalkDir(pair[0], func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || d.Name() == ".bantin-lock" {
				return err
			}
			rel, _ := filepath.Rel(pair[0], name)
			want, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			if got, err := os.ReadFile(filepath.Join(pair[1], rel)); err != nil || !bytes.Equal(got, want) {
				w.Errorf("%s differs: %v", rel, err)
			}
			files++
			return nil
		}))
	}
	if files < 40 {
		w.Errorf("only %d files were compared", files)
	}
}

func (w *wine) write(name, text string) {
	w.Helper()
	at := filepath.Join(w.dir, filepath.FromSlash(name))
	w.must(os.MkdirAll(filepath.Dir(at), 0o777))
	w.must(os.WriteFile(at, []byte(text), 0o666))
}

func TestTheProgramForWindowsDoesWhatThisOneDoes(t *testing.T) {
	w := newWine(t)
	w.run(".", "init", "trang")
	article := func(title string) string { return "---\ntitle: " + title + "\ndate: 1/2/2026\n---\n\nMột câu.\n" }
	build := []string{"build", "--now", wineNow}

	w.run("trang", build...)
	w.requireSame("trang")
	w.write("trang/content/tin-tuc/bai-moi.md", article("Bài mới"))
	w.write("trang/content/tin-tuc/bai-cu.md", article("Bài cũ"))
	w.run("trang", build...)
	w.must(os.Remove(filepath.Join(w.dir, "trang/content/tin-tuc/bai-cu.md")))
	w.run("trang", build...)
	w.requireSame("trang")
	if code, told := w.command("trang", append(build, "--verify")...); code != exitFine {
		t.Errorf("its own site differs from a clean one: %d\n%s", code, told)
	}
	w.write("trang/content/tin-tuc/nhap.md", "---\ntitle: Còn viết\ndate: 1/2/2026\ndraft: true\n---\n\nMột câu.\n")
	if code, told := w.command("trang", "publish", `content\tin-tuc\nhap.md`); code != exitFine {
		t.Errorf("a path as Windows writes it: %d\n%s", code, told)
	}

	t.Run("demo", func(t *testing.T) {
		for _, name := range []string{"content", "static", "templates"} {
			w.must(os.CopyFS(filepath.Join(w.dir, "demo", name), os.DirFS("../../"+name)))
		}
		settings, err := os.ReadFile("../../site.yaml")
		w.must(err)
		w.write("demo/site.yaml", string(settings))
		w.run("demo", build...)
		w.requireSame("demo")
	})
	t.Run("mistakes", func(t *testing.T) {
		w.write("trang/content/tin-tuc/sai.md", "---\ntitle: Đức Thọ: ký kết\ndate: 1/2/2026\n---\n")
		code, told := w.command("trang", "check", "--now", wineNow)
		if code != exitContent || !strings.Contains(told, "content/tin-tuc/sai.md:2:8: lỗi[yaml-colon]") {
			t.Errorf("exit code %d\n%s", code, told)
		}
		w.must(os.Remove(filepath.Join(w.dir, "trang/content/tin-tuc/sai.md")))
	})
	t.Run("names that differ in case", func(t *testing.T) {
		w.write("trang/static/Anh.txt", "một")
		w.write("trang/static/anh.txt", "hai")
		code, told := w.command("trang", build...)
		if code != exitContent || !strings.Contains(told, "same-name") {
			t.Errorf("exit code %d\n%s", code, told)
		}
		w.must(os.Remove(filepath.Join(w.dir, "trang/static/Anh.txt")))
		w.must(os.Remove(filepath.Join(w.dir, "trang/static/anh.txt")))
	})
	t.Run("a file that is open", func(t *testing.T) {
		w.write("holder/go.mod", "module holder\n\ngo 1.26\n")
		w.write("holder/main.go", "package main\n\nimport (\n\t\"fmt\"\n\t\"io\"\n\t\"os\"\n)\n\nfunc main() {\n\tf, err := os.Open(os.Args[1])\n\tfmt.Println(err)\n\tio.Copy(io.Discard, os.Stdin)\n\tf.Close()\n}\n")
		c := exec.Command("go", "build", "-o", filepath.Join(w.dir, "holder.exe"), ".")
		c.Dir = filepath.Join(w.dir, "holder")
		c.Env = append(os.Environ(), "GOOS=windows", "CGO_ENABLED=0", "GOFLAGS=")
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		hold := exec.Command("wine", filepath.Join(w.dir, "holder.exe"), "index.html")
		hold.Dir, hold.Env = filepath.Join(w.dir, "trang", "public"), w.env
		stdin, err := hold.StdinPipe()
		w.must(err)
		stdout, err := hold.StdoutPipe()
		w.must(err)
		w.must(hold.Start())
		opened := make([]byte, 5)
		if _, err := io.ReadFull(stdout, opened); err != nil || string(opened) != "<nil>" {
			t.Fatalf("the file is not open: %q, %v", opened, err)
		}
		before, err := os.ReadFile(filepath.Join(w.dir, "trang/public/index.html"))
		w.must(err)
		w.write("trang/content/tin-tuc/bai-moi.md", article("Bài mới hơn"))
		code, told := w.command("trang", build...)
		after, err := os.ReadFile(filepath.Join(w.dir, "trang/public/index.html"))
		w.must(err)
		if code == exitFine != !bytes.Equal(before, after) {
			t.Errorf("exit code %d, and the page is another: %v\n%s", code, !bytes.Equal(before, after), told)
		}
		if code != exitFine && !strings.Contains(told, "một chương trình khác đang mở") {
			t.Errorf("exit code %d\n%s", code, told)
		}
		stdin.Close()
		w.must(hold.Wait())
		w.run("trang", build...)
		w.requireSame("trang")
	})
	t.Run("serve", func(t *testing.T) {
		n, err := net.Listen("tcp", "127.0.0.1:0")
		w.must(err)
		address := n.Addr().String()
		n.Close()
		c := exec.Command("wine", w.program, "serve", "--addr", address, "--no-desk")
		c.Dir, c.Env = filepath.Join(w.dir, "trang"), w.env
		var said bytes.Buffer
		c.Stdout, c.Stderr = &said, &said
		w.must(c.Start())
		defer func() {
			_ = c.Process.Kill()
			_ = c.Wait()
		}()
		shows := func(words string) {
			t.Helper()
			var last string
			for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
				answer, err := http.Get("http://" + address + "/")
				if err != nil {
					last = err.Error()
					continue
				}
				page, _ := io.ReadAll(answer.Body)
				answer.Body.Close()
				if last = string(page); strings.Contains(last, words) {
					return
				}
			}
			t.Fatalf("the preview does not show %q: %.300q\n%s", words, last, said.Bytes())
		}
		shows("Bài mới hơn")
		w.write("trang/content/tin-tuc/bai-moi.md", article("Vừa sửa xong"))
		shows("Vừa sửa xong")
		// A build beside the preview: each has an output and a lock of its own.
		w.run("trang", build...)
	})
}

// randomness returns a bcryptprimitives.dll for Wine before 9.2: a library that has
// nothing but a name, ProcessPrng, for what advapi32.dll calls SystemFunction036
// (PE format, https://learn.microsoft.com/windows/win32/debug/pe-format).
func randomness() []byte {
	const base, aligned = 0x1000, 0x200
	name, function, forwarded := "bcryptprimitives.dll\x00", "ProcessPrng\x00", "advapi32.SystemFunction036\x00"
	const tables = 40 + 4 + 4 + 4 // directory, functions, names, ordinals
	nameAt := uint32(base + tables)
	functionAt := nameAt + uint32(len(name))
	forwardedAt := functionAt + uint32(len(function))
	var section, header bytes.Buffer
	put := func(b *bytes.Buffer, values ...any) {
		for _, v := range values {
			_ = binary.Write(b, binary.LittleEndian, v)
		}
	}
	put(&section, uint32(0), uint32(0), uint32(0), nameAt, uint32(1), uint32(1), uint32(1), uint32(base+40), uint32(base+44), uint32(base+48), forwardedAt, functionAt, uint32(0))
	section.WriteString(name + function + forwarded)
	fmt.Fprintf(&header, "MZ%s", make([]byte, 58))
	put(&header, uint32(64))
	header.WriteString("PE\x00\x00")
	put(&header, uint16(0x8664), uint16(1), uint32(0), uint32(0), uint32(0), uint16(240), uint16(0x2022))
	put(&header, uint16(0x20b), uint16(14), uint32(0), uint32(aligned), uint32(0), uint32(0), uint32(base), uint64(0x180000000), uint32(base), uint32(aligned))
	put(&header, uint16(6), uint16(0), uint16(0), uint16(0), uint16(6), uint16(0), uint32(0), uint32(2*base), uint32(aligned), uint32(0), uint16(3), uint16(0x100))
	put(&header, uint64(1<<20), uint64(1<<12), uint64(1<<20), uint64(1<<12), uint32(0), uint32(16), uint32(base), uint32(section.Len()), make([]byte, 15*8))
	header.WriteString(".edata\x00\x00")
	put(&header, uint32(section.Len()), uint32(base), uint32(aligned), uint32(aligned), uint32(0), uint32(0), uint16(0), uint16(0), uint32(0x40000040))
	file := make([]byte, 2*aligned)
	copy(file, header.Bytes())
	copy(file[aligned:], section.Bytes())
	return file
}
