package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"bantin/internal/browsertest"
	"bantin/internal/testsize"
)

// deskDay is the desk of bantin serve in a browser, with a clock of its own.
type deskDay struct {
	*testing.T
	driver  browsertest.Driver
	dir     string
	address string // of the desk
	clock   atomic.Int64
}

// openDesk serves the site in dir, and opens a browser.
func openDesk(t *testing.T, program, dir string, now time.Time) *deskDay {
	t.Helper()
	testsize.SkipShort(t, "a browser takes long to start")
	testsize.Program(t, program)
	d := &deskDay{T: t, dir: dir}
	d.clock.Store(now.Unix())
	read, write := io.Pipe()
	e := &env{stdout: write, stderr: write, getenv: func(name string) string {
		if name == "SOURCE_DATE_EPOCH" {
			return strconv.FormatInt(d.clock.Load(), 10)
		}
		return ""
	}}
	ctx, stop := context.WithTimeout(context.Background(), 4*time.Minute)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		run(ctx, e, []string{"serve", "-s", dir, "--addr", "127.0.0.1:0"})
		write.Close()
	}()
	lines := bufio.NewScanner(read)
	for d.address == "" && lines.Scan() {
		_, d.address, _ = strings.Cut(lines.Text(), "bàn biên tập: ")
	}
	go io.Copy(io.Discard, read)
	if d.address == "" {
		t.Fatal("there is no desk")
	}
	var err error
	if d.driver, err = browsertest.Start(ctx, program, t.TempDir()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		d.driver.Close()
		stop()
		<-ended
	})
	return d
}

func (d *deskDay) must(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

func (d *deskDay) eval(expression string) string {
	d.Helper()
	return browsertest.Eval(d.T, d.driver, expression)
}

func (d *deskDay) until(expression string) {
	d.Helper()
	browsertest.Until(d.T, d.driver, expression)
}

func quoted(s string) string {
	data, err := json.Marshal(s)
	if err != nil {
		panic(err) // a text
	}
	return string(data)
}

// button is the expression for the last button that says so, of a dialog if there is
// one: it is there until what it was closed for is done.
func button(text string) string {
	return `[...([...document.querySelectorAll("dialog")].at(-1) ?? document).querySelectorAll("button, summary")].filter((b) => b.innerText.trim() === ` + quoted(text) + ` || b.textContent === ` + quoted(text) + `).at(-1)`
}

// press presses a button as soon as it is there.
func (d *deskDay) press(text string) {
	d.Helper()
	d.until(`(() => { const b = ` + button(text) + `; b?.click(); return !!b; })()`)
}

// field is the expression for the field of a key of the form.
func field(key string) string {
	return `document.querySelector('[data-key="` + key + `"]').querySelector("input, textarea, select")`
}

// fill types a text into a field in the place of what is there.
func (d *deskDay) fill(field, text string) {
	d.Helper()
	d.until("!!(" + strings.Replace(field, ").", ")?.", 1) + ")")
	d.eval(field + `.closest("details")?.setAttribute("open", "")`)
	d.eval(field + `.focus()`)
	d.eval(field + `.select()`)
	d.must(d.driver.Press(text))
	d.until(field + `.value === ` + quoted(text))
	d.eval(field + `.dispatchEvent(new Event("change", { bubbles: true }))`)
}

// picture takes a picture for the guide, after an expression; with -update it is
// written to docs/images/.
func (d *deskDay) picture(name, before string) {
	d.Helper()
	if _, isFirefox := d.driver.(*browsertest.Firefox); isFirefox {
		return
	}
	d.eval(before)
	shot, err := d.driver.Screenshot()
	d.must(err)
	if len(shot) < 5000 {
		d.Errorf("the picture %s has %d bytes", name, len(shot))
	}
	if *update {
		d.must(os.WriteFile(filepath.Join("../../docs/images", name), shot, 0o666))
	}
}

// anew does what opens an article anew, and waits for it.
func (d *deskDay) anew(do func()) {
	d.Helper()
	d.eval(`document.querySelector("#publish").dataset.before = ""`)
	do()
	d.until(`!document.querySelector("dialog") && !!document.querySelector("#publish:not([data-before])")`)
}

// saved saves, and waits until all is.
func (d *deskDay) saved() {
	d.Helper()
	d.until(`!document.querySelector("dialog")`)
	d.eval(`document.querySelector("#save").click()`)
	d.until(`document.querySelector(".status").textContent === "Đã lưu"`)
}

const content = `document.querySelector(".editor").shadowRoot.querySelector(".cm-content")`

// photo is a small picture of one colour.
func photo(c color.Color) []byte {
	m := image.NewRGBA(image.Rect(0, 0, 1200, 800))
	for i := range 1200 * 800 {
		m.Set(i%1200, i/1200, c)
	}
	var b strings.Builder
	if err := png.Encode(&b, m); err != nil {
		panic(err) // a picture of our own
	}
	return []byte(b.String())
}

// drop drops a file on the text.
func (d *deskDay) drop(name string, data []byte) {
	d.Helper()
	list := make([]string, len(data))
	for i, c := range data {
		list[i] = strconv.Itoa(int(c))
	}
	d.eval(fmt.Sprintf(`(() => {
		const data = new DataTransfer();
		data.items.add(new File([new Uint8Array([%s])], %s, { type: "image/png" }));
		const r = %s.getBoundingClientRect();
		return %[3]s.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true, composed: true, clientX: r.left + 5, clientY: r.top + 5 }));
	})()`, strings.Join(list, ","), quoted(name), content))
}

// wordTable is what Word puts on the clipboard, in short.
const wordTable = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment--><table class=MsoTableGrid border=1><tr><td><p class=MsoNormal><b>Việc</b><o:p></o:p></p></td><td><p class=MsoNormal><b>Hạn</b><o:p></o:p></p></td></tr><tr><td><p class=MsoNormal>Khảo sát tuyến đường<o:p></o:p></p></td><td><p class=MsoNormal>Quý II<o:p></o:p></p></td></tr><tr><td><p class=MsoNormal>Nghiệm thu<o:p></o:p></p></td><td><p class=MsoNormal>Quý IV<o:p></o:p></p></td></tr></table><!--EndFragment--></body></html>`

// TestAnOfficersDayAtTheDesk does what an officer does with one article, from the
// empty form until it is taken down, and compares the files with those that somebody
// would have written by hand.
func TestAnOfficersDayAtTheDesk(t *testing.T) {
	for _, program := range browsertest.Programs() {
		t.Run(program, func(t *testing.T) {
			t.Parallel()
			officersDay(t, program)
		})
	}
}

func officersDay(t *testing.T, program string) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/desk/before")); err != nil {
		t.Fatal(err)
	}
	zone := time.FixedZone("", 7*3600)
	d := openDesk(t, program, dir, time.Date(2026, 3, 1, 8, 0, 0, 0, zone))

	// A new agreement.
	d.must(d.driver.Resize(1366, 800))
	d.must(d.driver.Navigate(d.address))
	d.until(`document.querySelectorAll(".articles li").length === 2`)
	d.picture("ban-bien-tap-danh-sach.png", "0")
	d.press("Bài mới")
	d.fill(`document.querySelector("#n-title")`, "Ký kết: chương trình phối hợp năm 2026")
	d.eval(`document.querySelector("input[value=agreement]").click()`)
	d.picture("ban-bien-tap-bai-moi.png", "0")
	d.press("Tạo bản nháp")
	d.fill(field("lead"), "Hai bên cùng làm đường liên thôn.")
	d.fill(field("organization"), "UBND xã Khê Hoà")
	d.press("Có phải là: UBND xã Khê Hòa?")
	d.eval(`[...document.querySelector('[data-key=author]').querySelectorAll("button")].at(-1).click()`)
	d.fill(field("author"), "Lê Thị Mai")
	for i, party := range []string{"UBND xã Khê Hòa", "Trường Tiểu học Khê Hòa"} {
		d.eval(`[...document.querySelector('[data-key="agreement.parties"]').querySelectorAll("button")].at(-1).click()`)
		d.fill(`[...document.querySelector('[data-key="agreement.parties"]').querySelectorAll("input")].at(`+strconv.Itoa(i)+`)`, party)
	}
	d.fill(field("agreement.number"), "05/CTPH")
	d.fill(field("agreement.signed"), "28/2/2026")
	d.fill(field("agreement.to"), "31/11/2026") // there is no such day
	mend := `document.querySelector('[data-key="agreement.to"] .field-problems button')`
	d.until(`!!` + mend)
	d.eval(mend + `.click()`)
	d.until(field("agreement.to") + `.value === "30/11/2026"`)

	d.picture("ban-bien-tap-bieu-mau.png", `document.querySelector('[data-key="agreement.to"]').scrollIntoView({ block: "center" })`)

	// The text, with a table from Word and a footnote.
	d.eval(content + `.focus()`)
	d.must(d.driver.Press("Sáng 28/2, hai bên ký chương trình" + browsertest.Enter))
	d.must(d.driver.Compose([]string{"p", "ph", "phô", "phối"}, 10*time.Millisecond))
	d.must(d.driver.Press(" hợp năm 2026." + browsertest.Enter + browsertest.Enter))
	d.eval(`(() => {
		const data = new DataTransfer();
		data.setData("text/html", ` + quoted(wordTable) + `);
		data.setData("text/plain", "Việc\tHạn");
		const paste = new ClipboardEvent("paste", { bubbles: true, cancelable: true });
		Object.defineProperty(paste, "clipboardData", { value: data }); // which Firefox's constructor does not take
		return ` + content + `.dispatchEvent(paste);
	})()`)
	d.until(content + `.innerText.includes("Nghiệm thu")`)
	d.must(d.driver.Press(browsertest.Enter + browsertest.Enter + "Kinh phí chia đôi."))
	d.eval(`document.querySelector(".t-footnote").click()`)
	d.must(d.driver.Press("Theo dự toán năm 2026."))
	d.saved()

	// Two photos: the article gets its folder.
	d.drop("Lễ ký 01.png", photo(color.RGBA{30, 120, 60, 255}))
	d.fill(`document.querySelector("dialog[open] #alt")`, "Đại diện hai bên bắt tay")
	d.fill(`document.querySelector("dialog[open] #credit")`, "Lê Thị Mai")
	d.press("Làm ảnh bìa")
	d.until(`document.querySelector(".status").textContent === "Đã lưu" && location.hash.endsWith("/index.md")`)
	d.drop("Đường liên thôn.png", photo(color.RGBA{150, 110, 60, 255}))
	d.fill(`document.querySelector("dialog[open] #alt")`, "Đoạn đường sắp làm")
	d.press("Thêm vào bộ ảnh")
	d.until(`document.querySelector(".status").textContent === "Đã lưu" && !document.querySelector("dialog") && document.querySelectorAll(".filelist li").length === 2`)

	if told := d.eval(`document.querySelector("#toasts")?.innerText ?? ""`); told != "" {
		t.Errorf("something went wrong on the way: %s", told)
	}

	// The true page beside it has all of this.
	preview := filepath.Join(dir, ".bantin/serve/site/phoi-hop/ky-ket-chuong-trinh-phoi-hop-nam-2026/index.html")
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(30 * time.Millisecond) {
		page, _ := os.ReadFile(preview)
		if strings.Contains(string(page), "Nghiệm thu") && strings.Contains(string(page), "Đoạn đường sắp làm") && strings.Contains(string(page), "Theo dự toán năm 2026.") {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("the page does not follow: %s", page)
		}
	}

	d.picture("ban-bien-tap-trang-that.png", content+`.scrollIntoView()`)

	release := func(what, ok string) {
		t.Helper()
		d.press(ok)
		d.until(`!!document.querySelector("dialog[open] .told")`)
		if told := d.eval(`document.querySelector("dialog[open]").innerText`); !strings.Contains(told, "Xong") {
			t.Errorf("%s: %s", what, told)
		}
		d.anew(func() { d.press("Đóng") })
	}
	public := filepath.Join(dir, "public/phoi-hop/ky-ket-chuong-trinh-phoi-hop-nam-2026/index.html")
	isPublic := func(name string, want bool) {
		t.Helper()
		if _, err := os.Stat(name); (err == nil) != want {
			t.Errorf("%s is there: %v, want %v", name, err == nil, want)
		}
	}
	d.press("Hẹn giờ…")
	d.fill(`document.querySelector("dialog[open] #date")`, "07:00 05/03/2026")
	d.press("Được")
	release("schedule", "Hẹn giờ đăng")
	isPublic(public, false)

	d.clock.Store(time.Date(2026, 3, 1, 9, 30, 0, 0, zone).Unix())
	d.eval(`document.querySelector("#publish").click()`)
	d.until(`!!document.querySelector("dialog[open] button[value=ok]")`)
	d.picture("ban-bien-tap-dang.png", "0")
	release("publish", "Đăng")
	isPublic(public, true)

	d.clock.Store(time.Date(2026, 3, 1, 10, 15, 0, 0, zone).Unix())
	d.press("Đính chính…")
	d.fill(`document.querySelector("dialog[open] #text")`, "Ngày ký là 28/2, không phải 27/2.")
	d.press("Được")
	release("correct", "Đính chính")

	d.press("Đổi tên…")
	d.fill(`document.querySelector("dialog[open] #name")`, "ky-ket-2026")
	d.anew(func() { d.press("Đổi tên") })
	d.until(`location.hash === "#/sua/phoi-hop/ky-ket-2026/index.md"`)

	d.clock.Store(time.Date(2026, 3, 1, 11, 0, 0, 0, zone).Unix())
	d.press("Gỡ bài…")
	release("unpublish", "Gỡ bài")
	isPublic(public, false)
	isPublic(filepath.Join(dir, "public/phoi-hop/ky-ket-2026/index.html"), false)

	// What is left is what somebody would have written by hand.
	golden, got := "testdata/desk/after", textsOf(t, filepath.Join(dir, "content"))
	if *update {
		if err := os.RemoveAll(golden); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(golden, os.DirFS(filepath.Join(dir, "content"))); err != nil {
			t.Fatal(err)
		}
	}
	want := textsOf(t, golden)
	for name, text := range want {
		if got[name] != text {
			t.Errorf("%s is\n%s\nwant\n%s", name, got[name], text)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s is left", name)
		}
	}
	if code, told, stderr := command(t, "check", "-s", dir, "--now", "11:00 1/3/2026"); code != exitFine || strings.Contains(told, "cảnh báo[") || stderr != "" {
		t.Errorf("check: exit code %d: %s%s", code, told, stderr)
	}
}

// textsOf returns the files of a folder, by their paths.
func textsOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		below, _ := filepath.Rel(dir, name)
		files[filepath.ToSlash(below)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
