package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"bantin/internal/build"
	"bantin/internal/edits"
)

// content is the text in the editor.
const content = `document.querySelector(".editor")?.shadowRoot.querySelector(".cm-content")`

// opens opens an article and puts the cursor into its text.
func (b *inBrowser) opens(at string) {
	b.Helper()
	b.must(b.driver.Navigate("about:blank"))
	b.must(b.driver.Navigate(b.address + "#/sua/" + at))
	b.until(`!!` + content + ` && !!document.querySelector("[data-key=title]")`)
	b.clicksIntoTheText()
}

// clicksIntoTheText puts the cursor before the first word of the text.
func (b *inBrowser) clicksIntoTheText() {
	b.Helper()
	b.eval(`(async () => {
		const frames = async () => { for (let i = 0; i < 10; i++) await new Promise(requestAnimationFrame); };
		const text = ` + content + `;
		text.focus();
		await frames(); // the editor has put its cursor somewhere
		const line = [...text.querySelectorAll(".cm-line")].find((line) => line.textContent) ?? text.lastElementChild;
		(text.getRootNode().getSelection?.() ?? document.getSelection()).collapse(line, 0);
		await frames();
	})()`)
}

// click clicks the button with a label as soon as an editor could: beside a dialog, and
// until what that was closed for is done, all else waits.
func (b *inBrowser) click(label string) {
	b.Helper()
	b.until(`(() => { const x = [...([...document.querySelectorAll("dialog")].at(-1) ?? document).querySelectorAll("button")].findLast((x) => x.innerText.trim() === "` + label + `"); x?.click(); return !!x; })()`)
}

// TestAWindowFollowsItsArticle moves an article that two windows have open: one gives
// it its first picture, or another name, and what is typed then is shown and saved in
// both.
func TestAWindowFollowsItsArticle(t *testing.T) {
	d := newDesk(t, bilingual())
	d.desk.opt.Move = func(_ context.Context, from, to string) error {
		return os.Rename(filepath.Join(d.dir, "content", from), filepath.Join(d.dir, "content", to))
	}
	at := "tin-tuc/bai.en.md"
	a := d.get("/api/article?window=one&path="+at, 200)
	d.get("/api/article?window=two&path="+at, 200)
	edit := func(window, path, digest, text string, status int) map[string]any {
		d.Helper()
		return d.post("/api/edit", map[string]any{"path": path, "window": window, "digest": digest, "changes": []any{}, "text": text}, status)
	}
	edit("two", at, a["digest"].(string), "Unsaved.\n", 200)
	got := d.upload(at, "a.png", picturePNG())
	path, digest := got["path"].(string), got["article"].(map[string]any)["digest"].(string)
	edit("one", path, digest, "One.\n", 200)
	if !strings.Contains(string(d.desk.Unsaved()["content/"+path]), "One.") {
		t.Error("what is typed behind the first picture is not shown")
	}
	told := edit("two", at, a["digest"].(string), "Two.\n", http.StatusConflict)["more"].(map[string]any)
	if told["path"] != path || told["digest"] != digest {
		t.Errorf("the other window is sent to %v", told["path"])
	}
	if opened := d.get("/api/article?window=three&path="+at, 200); opened["path"] != path {
		t.Errorf("the old address opens %v", opened["path"])
	}
	// The picture is taken back, and all lies where it lay.
	var history []struct{ ID string }
	d.unmarshal(d.ask("GET", "/api/history", nil, nil).Body.Bytes(), &history)
	d.post("/api/undo", map[string]any{"ID": history[0].ID}, 200)
	told = edit("one", path, digest, "One more.\n", http.StatusConflict)["more"].(map[string]any)
	if told["path"] != at || told["digest"] != a["digest"] {
		t.Errorf("behind the undone move it is at %v", told["path"])
	}
	if opened := d.get("/api/article?window=three&path="+path, 200); opened["path"] != at {
		t.Errorf("the undone address opens %v", opened["path"])
	}
	edit("one", at, a["digest"].(string), "One more.\n", 200)
	if !strings.Contains(string(d.desk.Unsaved()["content/"+at]), "One more.") {
		t.Error("what is typed behind the undone move is not shown")
	}
	// A text that is alone in its language, renamed.
	d.write("content/tin-tuc/only.en.md", "---\ntitle: Only\ndate: 1/2/2026\n---\n\nOnly.\n")
	a = d.get("/api/article?window=one&path=tin-tuc/only.en.md", 200)
	edit("two", "tin-tuc/only.en.md", a["digest"].(string), "Left unsaved.\n", 200)
	now := d.post("/api/rename", map[string]any{"Path": "tin-tuc/only.en.md", "Section": "tin-tuc", "Name": "new"}, 200)
	if now["path"] != "tin-tuc/new.en.md" || !d.exists("content/tin-tuc/new.en.md") {
		t.Errorf("it is said to be at %v", now["path"])
	}
	if drafts := fmt.Sprint(d.get("/api/article?path=tin-tuc/new.en.md", 200)["drafts"]); !strings.Contains(drafts, "Left unsaved.") {
		t.Error("what was not saved is offered no more")
	}
}

// TestTwoWindowsTakeNothingFromEachOther leaves an article unsaved in two windows, opens
// it in a third that goes on with the one and does not look at the other, and lets that
// one save.
func TestTwoWindowsTakeNothingFromEachOther(t *testing.T) {
	d := newDesk(t, map[string]string{"content/tin-tuc/a.md": sample})
	const at = "tin-tuc/a.md"
	a := d.get("/api/article?path="+at, 200)
	q := func(window, text string) map[string]any {
		return map[string]any{"path": at, "window": window, "digest": a["digest"], "changes": []any{}, "text": "\n" + text + "\n"}
	}
	offered := func(window string, want ...string) {
		t.Helper()
		drafts := d.get("/api/article?path="+at+"&window="+window, 200)["drafts"].([]any)
		var got []string
		for _, draft := range drafts {
			draft := draft.(map[string]any)
			_, text, _ := strings.Cut(draft["file"].(string), "---\n\n")
			got = append(got, draft["window"].(string)+": "+strings.TrimSpace(text))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s is offered %q, want %q", window, got, want)
		}
	}
	for _, window := range []string{"one", "two", "three"} {
		d.get("/api/article?path="+at+"&window="+window, 200)
		d.post("/api/edit", q(window, "By "+window+"."), 200)
	}
	offered("four", "three: By three.", "two: By two.", "one: By one.")
	offered("two", "three: By three.", "two: By two.", "one: By one.")
	d.post("/api/take", map[string]string{"window": "four", "path": at, "of": "two"}, 200)
	offered("two", "three: By three.", "four: By two.", "one: By one.")
	d.post("/api/edit", q("four", "Chữ."), 200) // as it was
	offered("five", "three: By three.", "one: By one.")
	d.post("/api/edit", q("five", "By five."), 200)
	d.post("/api/discard", map[string]string{"path": at, "of": "three"}, 200)
	offered("four", "five: By five.", "one: By one.")
	d.post("/api/save", q("five", "By five."), 200)
	offered("four", "one: By one.")
	if !strings.Contains(d.read("content/"+at), "By five.") {
		t.Error("it was not saved")
	}
	// What a window had kept is what another one saves.
	a = d.get("/api/article?path="+at, 200)
	d.post("/api/save", q("five", "By one."), 200)
	offered("four")
}

// TestTheLastEditIsKept ends windows, and the desk, between an edit that is not kept at
// once and the next one.
func TestTheLastEditIsKept(t *testing.T) {
	d := newDesk(t, map[string]string{"content/tin-tuc/a.md": sample, "content/tin-tuc/b.md": sample})
	edit := func(at string, edition int, text string, later bool) {
		t.Helper()
		d.post("/api/edit", map[string]any{"path": at, "window": "w", "edition": edition, "digest": edits.Digest([]byte(sample)), "changes": []any{}, "text": "\n" + text + "\n", "later": later}, 200)
	}
	onDisk := func(at string) string {
		t.Helper()
		data, err := os.ReadFile(filepath.Join(d.dir, draftFolder, draftFile(at, "w")))
		if errors.Is(err, fs.ErrNotExist) {
			return ""
		}
		if err != nil {
			t.Fatal(err)
		}
		var k kept
		if err := json.Unmarshal(data, &k); err != nil {
			t.Fatal(err)
		}
		_, text, _ := strings.Cut(k.File, "---\n\n")
		return strings.TrimSpace(text)
	}
	is := func(at, want string) {
		t.Helper()
		if got := onDisk(at); got != want {
			t.Errorf("of %s is kept %q, want %q", at, got, want)
		}
	}
	const a, b = "tin-tuc/a.md", "tin-tuc/b.md"
	edit(a, 1, "Một.", false)
	edit(a, 2, "Hai.", true)
	is(a, "Một.") // a disk is not written to with each key
	d.get("/api/article?path="+a, 200)
	is(a, "Hai.")
	edit(a, 4, "Bốn.", true)
	edit(a, 3, "Ba.", true) // overtaken by what was sent after it
	d.post("/api/leave", map[string]any{"path": a, "window": "w"}, 200)
	is(a, "Bốn.")
	edit(a, 5, "Chữ.", true) // as it is saved
	d.get("/api/article?path="+a, 200)
	is(a, "")

	d.desk.openWindow("w")
	d.get("/api/article?window=w&path="+b, 200)
	edit(b, 6, "Sáu.", true)
	d.desk.closeWindow("w") // the browser was killed
	is(b, "Sáu.")
	edit(b, 7, "Bảy.", false)
	edit(b, 8, "Tám.", true)
	edit(b, 9, "Chín.", false)
	d.get("/api/article?path="+b, 200)
	is(b, "Chín.")

	edit(b, 10, "Mười.", true)
	ctx, stop := context.WithCancel(t.Context())
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	stop()
	if err := d.desk.Serve(ctx, l); err != nil {
		t.Fatal(err)
	}
	is(b, "Mười.")
}

// TestEachUnsavedTextIsOffered leaves an article unsaved in two other windows, and in
// this one, which the browser and the server have both kept.
func TestEachUnsavedTextIsOffered(t *testing.T) {
	inEach(t, map[string]string{"content/tin-tuc/a.md": sample}, func(b *inBrowser) {
		const at = "tin-tuc/a.md"
		a := b.get("/api/article?path="+at, 200)
		for _, window := range []string{"một", "hai"} {
			b.get("/api/article?path="+at+"&window="+window, 200)
			b.post("/api/edit", map[string]any{"path": at, "window": window, "digest": a["digest"], "changes": []any{}, "text": "\nCủa " + window + ".\n"}, 200)
		}
		offers := func(want ...string) {
			b.Helper()
			b.until(`!!` + content + ` && !!document.querySelector("[data-key=title]")`)
			got := b.eval(`JSON.stringify([...document.querySelectorAll(".notices pre:first-of-type")].map((x) => x.closest("section")).filter((x, i, all) => all.indexOf(x) === i).map((x) => x.querySelector("pre").textContent.split("---").at(-1).trim()))`)
			if wanted, _ := json.Marshal(want); got != string(wanted) {
				b.Errorf("offered are %s, want %s", got, wanted)
			}
		}
		b.opens(at)
		offers("Của hai.", "Của một.")
		b.insert("Ở đây. ")
		b.until(`document.querySelector(".status").textContent.startsWith("Chưa lưu; đã giữ")`)
		b.insert("Nữa. ") // the browser alone keeps this when the window goes
		b.until(content + `.textContent.includes("Nữa.")`)
		b.eval(`BeforeUnloadEvent.prototype.preventDefault = () => {}, ""`) // nobody answers its question
		b.opens(at)
		offers("Ở đây. Nữa. Chữ.", "Của hai.", "Của một.")
		b.click("Bỏ bản chưa lưu") // the last one
		b.until(`document.querySelectorAll(".notices section").length === 2`)
		b.opens(at)
		offers("Ở đây. Nữa. Chữ.", "Của hai.")
		b.eval(`[...document.querySelectorAll(".notices button.main")][0].click()`)
		b.until(content + `.textContent.includes("Nữa.")`)
		b.click("Lưu")
		b.until(`document.querySelector(".status").textContent === "Đã lưu"`)
		if got := b.read("content/" + at); !strings.Contains(got, "\nỞ đây. Nữa. Chữ.\n") {
			b.Errorf("it is %s", got)
		}
		b.opens(at)
		offers("Của hai.")
	})
}

// TestAVisitTakesNothingFromTheOneBefore leaves an article unsaved for the list three
// times, and goes on each time without a look at what is offered.
func TestAVisitTakesNothingFromTheOneBefore(t *testing.T) {
	inEach(t, map[string]string{"content/tin-tuc/a.md": sample}, func(b *inBrowser) {
		offered := func(n int) {
			b.Helper()
			b.until(`document.querySelectorAll(".notices section").length === ` + strconv.Itoa(n) + ` && !!` + content)
		}
		b.opens("tin-tuc/a.md")
		for n, text := range []string{"Một. ", "Hai. ", "Ba. "} {
			offered(n)
			b.clicksIntoTheText()
			b.insert(text)
			b.until(`document.querySelector(".status").textContent.startsWith("Chưa lưu")`)
			b.eval(`location.hash = "#/"`)
			b.until(`!!document.querySelector(".articles")`)
			b.eval(`location.hash = "#/sua/tin-tuc/a.md"`)
		}
		offered(3)
		got := b.eval(`[...document.querySelectorAll(".notices section")].map((x) => x.querySelector("pre").textContent.split("---").at(-1).trim()).join()`)
		if got != "Ba. Chữ.,Hai. Chữ.,Một. Chữ." {
			b.Errorf("offered are %s", got)
		}
		b.click("Mở bản chưa lưu") // the last one, which is the first that was typed
		b.until(content + `.textContent.includes("Một.")`)
		b.click("Lưu")
		b.until(`document.querySelector(".status").textContent === "Đã lưu"`)
		b.opens("tin-tuc/a.md")
		offered(2)
	})
}

// TestAnArticleWhoseFileIsGoneIsWrittenAgain deletes a file under a window that edits
// it, and opens its address when the window is gone, too.
func TestAnArticleWhoseFileIsGoneIsWrittenAgain(t *testing.T) {
	for name, src := range map[string]string{"plain": sample, "of Windows": "\ufeff" + strings.ReplaceAll(sample, "\n", "\r\n")} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, map[string]string{"content/tin-tuc/a/index.md": src})
			a := d.get("/api/article?window=w&path=tin-tuc/a/index.md", 200)
			if err := os.RemoveAll(filepath.Join(d.dir, "content/tin-tuc/a")); err != nil {
				t.Fatal(err)
			}
			q := map[string]any{"path": "tin-tuc/a/index.md", "window": "w", "digest": a["digest"], "changes": []any{}, "text": "\nKhác.\n"}
			if answer := d.post("/api/save", q, http.StatusNotFound); answer["code"] != "gone" || d.exists("content/tin-tuc/a") {
				t.Fatalf("it is written unasked: %v", answer)
			}
			q["was"] = a["file"]
			q["later"] = false
			if answer := d.post("/api/edit", q, 200); answer["kept"] != true {
				t.Error("what is typed is not kept")
			}
			want := strings.Replace(src, "Chữ.", "Khác.", 1)
			kept := d.get("/api/article?path=tin-tuc/a/index.md", http.StatusNotFound)["more"].(map[string]any)
			if kept["file"] != want {
				t.Errorf("kept is %q", kept["file"])
			}
			delete(q, "later")
			d.post("/api/save", q, 200)
			if got := d.read("content/tin-tuc/a/index.md"); got != want {
				t.Errorf("it is %q, want %q", got, want)
			}
			// Nobody writes over what came there meanwhile.
			d.write("content/tin-tuc/a/index.md", "---\ntitle: X\n---\n")
			d.post("/api/save", q, http.StatusConflict)
		})
	}
}

// TestAWindowOutOfSightIsKnownForAWhile ends the stream of news of a window that said
// that it sleeps, and of one that did not.
func TestAWindowOutOfSightIsKnownForAWhile(t *testing.T) {
	d := newDesk(t, map[string]string{"content/tin-tuc/a.md": sample})
	synctest.Test(t, func(t *testing.T) {
		s := d.desk
		open := func(window string) {
			s.openWindow(window)
			d.get("/api/article?path=tin-tuc/a.md&window="+window, 200)
		}
		knows := func(want ...string) {
			t.Helper()
			s.mu.Lock()
			defer s.mu.Unlock()
			if len(s.windows) != len(want) {
				t.Errorf("known are %v, want %v", s.windows, want)
			}
			for _, w := range want {
				if s.windows[w] != "tin-tuc/a.md" {
					t.Errorf("%s edits %q", w, s.windows[w])
				}
			}
		}
		sleep := func(window string) { d.post("/api/sleep", map[string]any{"window": window}, 200) }
		open("seen")
		open("hidden")
		sleep("hidden")
		s.closeWindow("hidden")
		s.closeWindow("seen")
		knows("hidden")
		time.Sleep(maxSleep - time.Minute)
		s.openWindow("hidden") // it is seen again, for a minute
		sleep("hidden")
		s.closeWindow("hidden")
		time.Sleep(maxSleep - time.Minute)
		synctest.Wait()
		knows("hidden")
		// A stream that comes again before the old one has ended.
		s.openWindow("hidden")
		s.openWindow("hidden")
		s.closeWindow("hidden")
		time.Sleep(2 * maxSleep)
		synctest.Wait()
		knows("hidden")
		sleep("hidden")
		s.closeWindow("hidden")
		time.Sleep(maxSleep)
		synctest.Wait()
		knows()
	})
}

// TestNothingIsDoneToAnArticleWhileItIsPublished clicks twice, and types while the plan
// is made and while the site is built.
func TestNothingIsDoneToAnArticleWhileItIsPublished(t *testing.T) {
	inEach(t, map[string]string{"content/tin-tuc/a.md": "---\ntitle: Bài\ndate: 1/2/2026\ndraft: true\n---\n\nMột.\n"}, func(b *inBrowser) {
		plan, built := make(chan bool), make(chan bool)
		b.desk.opt.Plan = func(context.Context, map[string][]byte) (*build.Report, error) {
			<-plan
			return &build.Report{}, nil
		}
		b.desk.opt.Build = func(context.Context, io.Writer) error { <-built; return nil }
		b.opens("tin-tuc/a.md")
		b.eval(`document.querySelector("#publish").click(), document.querySelector("#publish").click()`)
		b.eval(content + `.focus()`)
		b.insert("Hai. ")
		plan <- true
		b.until(`!!document.querySelector("dialog[open]")`)
		select {
		case plan <- true:
			b.Error("it is planned twice")
		case <-time.After(300 * time.Millisecond):
		}
		b.click("Đăng")
		b.until(`!document.querySelector("dialog[open]")`)
		b.eval(content + `.focus()`)
		b.insert("Ba. ")
		b.eval(`document.querySelector("#save").click()`)
		built <- true
		b.until(`document.querySelector("dialog[open] h2")?.innerText === "Xong"`)
		b.click("Đóng")
		b.until(`document.querySelector(".status")?.textContent === "Đã lưu" && !!` + content)
		if got := b.eval(content+`.innerText`) + b.eval(`document.querySelector(".notices").innerText`); strings.TrimSpace(got) != "Một." {
			b.Errorf("it shows %q", got)
		}
		b.eval(content + `.focus()`)
		b.insert("Bốn. ")
		b.until(content + `.textContent.includes("Bốn.")`)
	})
}

// TestAServerThatWasStartedAgainIsFoundAgain kills the server under what is typed.
func TestAServerThatWasStartedAgainIsFoundAgain(t *testing.T) {
	inEach(t, map[string]string{"content/tin-tuc/a.md": "---\ntitle: Bài\ndate: 1/2/2026\ndraft: true\n---\n\nChữ.\n"}, func(b *inBrowser) {
		b.opens("tin-tuc/a.md")
		b.insert("Trước. ")
		b.until(`document.querySelector(".status").textContent.startsWith("Chưa lưu")`)
		b.desk.mu.Lock()
		b.desk.number += 100
		b.desk.tell()
		b.desk.mu.Unlock()
		b.eval(`(() => { window.asked = window.fetch; window.fetch = () => Promise.reject(new TypeError()); })()`)
		b.insert("Giữa. ")
		b.until(`document.querySelector(".notices").innerText.includes("Mất liên lạc")`)
		b.desk.mu.Lock()
		b.desk.token, b.desk.number = "of another process", 0
		b.desk.mu.Unlock()
		b.eval(`(() => { window.fetch = window.asked; })()`)
		b.click("Lưu")
		b.until(`document.querySelector(".status").textContent === "Đã lưu" && document.querySelector(".notices").innerText === ""`)
		if got := b.read("content/tin-tuc/a.md"); !strings.Contains(got, "Trước. Giữa. Chữ.") {
			b.Errorf("the file is %s", got)
		}
		// It ends while it publishes.
		b.desk.opt.Plan = func(context.Context, map[string][]byte) (*build.Report, error) { return &build.Report{}, nil }
		b.eval(`(() => {
			window.fetch = (url, options) => url.endsWith("publish") ? Promise.resolve(new Response(new ReadableStream({ start: (c) => c.error(new TypeError()) }))) : window.asked(url, options);
			document.querySelector("#publish").click();
		})()`)
		b.until(`!!document.querySelector("dialog[open]")`)
		b.click("Đăng")
		b.until(`document.querySelector(".notices").innerText.includes("Mất liên lạc")`)
		b.eval(`(() => { window.fetch = window.asked; })()`)
		b.click("Lưu")
		b.until(`document.querySelector(".notices").innerText === ""`)
		// The server of another site at the same address is none of this page.
		b.eval(`(() => { document.querySelector("meta[name=bantin-site]").content = "x"; })()`)
		b.desk.mu.Lock()
		b.desk.token = "of another site"
		b.desk.mu.Unlock()
		b.eval(content + `.focus()`)
		b.insert("Sau. ")
		b.until(`document.querySelector(".notices").innerText.includes("Mất liên lạc")`)
	})
}

// TestAWindowThatNobodySeesKeepsNoConnection hides the window and shows it again.
func TestAWindowThatNobodySeesKeepsNoConnection(t *testing.T) {
	inEach(t, map[string]string{"content/tin-tuc/a.md": sample}, func(b *inBrowser) {
		streams := func(n int) {
			b.Helper()
			for end := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
				b.desk.mu.Lock()
				now, windows := len(b.desk.streams), len(b.desk.windows)
				b.desk.mu.Unlock()
				if now == n && windows == 1 {
					return
				}
				if time.Now().After(end) {
					b.Fatalf("%d streams of %d windows", now, windows)
				}
			}
		}
		b.opens("tin-tuc/a.md")
		streams(1)
		b.insert("Chưa lưu. ")
		b.until(`document.querySelector(".status").textContent.startsWith("Chưa lưu; đã giữ")`)
		show := func(hidden string) {
			b.eval(`Object.defineProperty(document, "hidden", { configurable: true, value: ` + hidden + ` }), document.dispatchEvent(new Event("visibilitychange"))`)
		}
		show("true")
		streams(0)
		if len(b.desk.Unsaved()) != 1 {
			b.Error("what is typed is shown no more")
		}
		show("false")
		streams(1)
		b.get("/api/article?path=tin-tuc/a.md&window=another", 200)
		b.until(`!!document.querySelector(".notice.others")`)
	})
}

// TestAFileThatFallsBesideTheTextIsTaken drops a document on each part of the window,
// and a second one while the first is asked about.
func TestAFileThatFallsBesideTheTextIsTaken(t *testing.T) {
	inEach(t, map[string]string{"content/tin-tuc/a.md": sample}, func(b *inBrowser) {
		b.opens("tin-tuc/a.md")
		drop := func(onto, name string) {
			b.Helper()
			if got := b.eval(`(() => {
				const data = new DataTransfer();
				data.items.add(new File(["%PDF-1.4\n%%EOF"], "` + name + `", { type: "application/pdf" }));
				return ["dragover", "drop"].map((type) => ` + onto + `.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, composed: true, cancelable: true }))).join();
			})()`); got != "false,false" {
				b.Errorf("what falls on %s is opened by the browser: %s", onto, got)
			}
		}
		for i, onto := range []string{`document.querySelector("header")`, `document.querySelector("[data-key=title] input")`, `document.querySelector(".files")`, content} {
			name := string(rune('a'+i)) + ".pdf"
			drop(onto, name)
			if i == 0 {
				drop(onto, "hai.pdf") // mostly while the first is brought
				b.until(`document.querySelector("dialog[open] h2")?.innerText === "a.pdf"`)
				drop(onto, "ba.pdf")
				b.click("Để đó")
				b.until(`document.querySelector("dialog[open] h2")?.innerText === "hai.pdf"`)
				b.click("Để đó")
			}
			b.until(`document.querySelector("dialog[open] h2")?.innerText === "` + strings.Replace(name, "a.pdf", "ba.pdf", 1) + `"`)
			b.click("Để đó")
			b.until(`!document.querySelector("dialog[open]") && document.querySelector(".status").textContent === "Đã lưu"`)
		}
		for _, name := range []string{"a", "b", "c", "d", "hai", "ba"} {
			if !b.exists("content/tin-tuc/a/" + name + ".pdf") {
				b.Errorf("%s is not there", name)
			}
		}
		drop(content, "e.pdf")
		b.until(`document.querySelector("dialog[open] h2")?.innerText === "e.pdf"`)
		b.eval(`document.querySelector("dialog[open] #title").value = "Kế hoạch [2026 \\] 2030]"`)
		b.click("Chèn vào bài")
		b.click("Lưu")
		b.until(`document.querySelector(".status").textContent === "Đã lưu"`)
		if got := b.read("content/tin-tuc/a/index.md"); !strings.Contains(got, `[Kế hoạch \[2026 \] 2030\]](e.pdf)`) {
			b.Errorf("the link is in %s", got)
		}
	})
}

// TestWhatIsTypedOutlivesItsFile moves and deletes the file of an article that is open.
func TestWhatIsTypedOutlivesItsFile(t *testing.T) {
	inEach(t, map[string]string{"content/tin-tuc/a.md": sample}, func(b *inBrowser) {
		b.opens("tin-tuc/a.md")
		b.insert("Một. ")
		b.until(`document.querySelector(".status").textContent.startsWith("Chưa lưu")`)
		b.upload("tin-tuc/a.md", "a.png", picturePNG()) // from another window
		b.until(`location.hash === "#/sua/tin-tuc/a/index.md"`)
		b.insert("Hai. ")
		b.click("Lưu")
		b.until(`document.querySelector(".status").textContent === "Đã lưu" && document.querySelector(".notices").innerText === ""`)
		want := strings.Replace(sample, "Chữ.", "Một. Hai. Chữ.", 1)
		if got := b.read("content/tin-tuc/a/index.md"); got != want {
			b.Errorf("it is %s", got)
		}
		remove := func() {
			b.Helper()
			b.must(os.Remove(filepath.Join(b.dir, "content/tin-tuc/a/index.md")))
		}
		remove()
		b.eval(content + `.focus()`)
		b.insert("Ba. ")
		b.until(`document.querySelector(".notices").innerText.includes("không còn trên đĩa")`)
		b.until(`document.querySelector(".status").textContent.startsWith("Chưa lưu; đã giữ")`)
		b.click("Lưu")
		b.until(`document.querySelector(".status").textContent === "Đã lưu" && document.querySelector(".notices").innerText === ""`)
		if got := b.read("content/tin-tuc/a/index.md"); !strings.Contains(got, "Ba. ") {
			b.Errorf("it is %s", got)
		}
		b.insert("Bốn. ")
		b.until(`document.querySelector(".status").textContent.startsWith("Chưa lưu; đã giữ")`)
		remove()
		b.eval(`location.hash = "#/"`)
		b.until(`!!document.querySelector(".articles")`)
		b.eval(`location.hash = "#/sua/tin-tuc/a/index.md"`)
		b.click("Ghi lại bài")
		b.until(`!!` + content)
		if got := b.read("content/tin-tuc/a/index.md"); !strings.Contains(got, "Bốn. ") {
			b.Errorf("it is %s", got)
		}
	})
}

// TestADateThatIsReplacedIsTold publishes what has a date to come, and what has none.
func TestADateThatIsReplacedIsTold(t *testing.T) {
	for date, want := range map[string]string{"1/2/2026": "", "1/3/2026": "", "8:00 8/3/2026": "8:00 8/3/2026", "2026-03-02": "2026-03-02"} {
		for _, what := range []string{"publish", "build"} {
			d := newDesk(t, map[string]string{"content/tin-tuc/a.md": "---\ntitle: Bài\ndate: " + date + "\ndraft: true\n---\n"})
			d.desk.opt.Plan = func(context.Context, map[string][]byte) (*build.Report, error) { return &build.Report{}, nil }
			a := d.get("/api/article?path=tin-tuc/a.md", 200)
			if what == "build" {
				want = ""
			}
			if got := d.post("/api/plan", map[string]any{"path": "tin-tuc/a.md", "digest": a["digest"], "do": what}, 200)["scheduled"]; got != want {
				t.Errorf("%s of %s tells %q, want %q", what, date, got, want)
			}
		}
	}
}
