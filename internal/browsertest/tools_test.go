package browsertest

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

const story = "/mat-tran/ngay-hoi-dai-doan-ket-2026/"

// before runs a script in each page of a tab before the page's own.
func before(script string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return err
	})
}

// press gives an element the focus and presses Enter on it.
func press(selector string) chromedp.Action[chromedp.Void] {
	return chromedp.Steps(chromedp.Focus(chromedp.CSS(selector)), chromedp.KeyEvent("\r"))
}

// The list of what takes the focus, in the order of the page.
const stops = `[...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")].filter((e) => e.checkVisibility())`

func TestTheKeyboardReachesEverythingInTheOrderOfThePage(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	for _, path := range []string{"/", story, "/thoa-thuan/", "/tin-tuc/", "/su-kien/", "/phoi-hop/ctph-2025-2026/"} {
		do(t, tab, Screen(1280, false), chromedp.Navigate(s.origin+path))
		n := eval[int](t, tab, stops+`.length`)
		for want := range n {
			do(t, tab, chromedp.KeyEvent("\t"))
			at := eval[struct {
				Stop    int    `json:"stop"`
				Problem string `json:"problem"`
				HTML    string `json:"html"`
			}](t, tab, `({stop: `+stops+`.indexOf(document.activeElement), problem: `+focusProblem+`, html: document.activeElement.outerHTML})`)
			if at.Stop != want {
				t.Fatalf("%s: step %d of %d leads to %d: %s", path, want, n, at.Stop, at.HTML)
			}
			if at.Problem != "" {
				t.Errorf("%s: %s: %s", path, at.Problem, at.HTML)
			}
		}
	}
}

// focusProblem tells what hides from sight that an element has the focus. A
// card's link shows it by the outline of the whole card.
const focusProblem = `(() => {
	const e = document.activeElement;
	const outlined = [getComputedStyle(e), getComputedStyle(e, "::after")].some((s) => s.outlineStyle === "solid" && parseFloat(s.outlineWidth) >= 2);
	if (!outlined) return "no outline";
	const box = e.getBoundingClientRect();
	if (box.bottom < 1 || box.top > innerHeight - 1) return "out of sight";
	const x = box.left + Math.min(4, box.width / 2), y = Math.max(1, Math.min(box.top + box.height / 2, innerHeight - 1));
	const top = document.elementFromPoint(x, y);
	return top && !e.contains(top) && !top.contains(e) ? "covered by " + top.outerHTML.slice(0, 80) : "";
})()`

func TestTheSkipLinkLeadsToTheContent(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	do(t, tab, chromedp.Navigate(s.origin), chromedp.KeyEvent("\t"), chromedp.KeyEvent("\r"))
	if id := eval[string](t, tab, `document.activeElement.id`); id != "_main" {
		t.Errorf("the focus is on %q", id)
	}
}

func TestTheTextSizeIsRemembered(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	const size = `getComputedStyle(document.querySelector(".prose p")).fontSize`
	do(t, tab, Screen(360, false), chromedp.Navigate(s.origin+story))
	eval[any](t, tab, `localStorage.clear()`)
	var sizes []string
	for range 5 {
		sizes = append(sizes, eval[string](t, tab, size))
		do(t, tab, press(`[data-tool=size]`))
	}
	if want := []string{"17px", "19.55px", "22.1px", "25.5px", "17px"}; !slices.Equal(sizes, want) {
		t.Errorf("the sizes are %v, want %v", sizes, want)
	}
	do(t, tab, chromedp.Navigate(s.origin+"/gioi-thieu/"))
	if got := eval[string](t, tab, size); got != "19.55px" {
		t.Errorf("on the next page the size is %s", got)
	}
	eval[any](t, tab, `localStorage.clear()`)
}

func TestTheToolsDoWhatTheySay(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	do(t, tab, before(`
		window.told = [];
		window.print = () => told.push("print");
		navigator.clipboard.writeText = async (text) => { told.push("copy " + text); };
	`), chromedp.Navigate(s.origin+story), press(`[data-tool=print]`), press(`[data-tool=copy]`))
	want := []string{"print", "copy https://khehoa.example" + story}
	if told := eval[[]string](t, tab, `told`); !slices.Equal(told, want) {
		t.Errorf("got %q, want %q", told, want)
	}
	if label := eval[string](t, tab, `document.querySelector("[data-tool=copy]").textContent`); label != "Đã chép" {
		t.Errorf("after copying the button says %q", label)
	}
}

func TestAnArticleIsReadAloud(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	do(t, tab, before(`
		window.said = [];
		window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
		Object.defineProperty(window, "speechSynthesis", { value: {
			speaking: false, paused: false,
			getVoices: () => [{ lang: "en-GB" }, { lang: "vi-VN" }],
			speak(u) { this.speaking = true; said.push(u); },
			pause() { this.paused = true; }, resume() { this.paused = false; },
			cancel() { this.speaking = this.paused = false; said = []; },
		} });
	`), chromedp.Navigate(s.origin+story))
	const label = `document.querySelector("[data-tool=listen]").textContent`
	for _, step := range []struct{ label, paused string }{{"Tạm dừng", "false"}, {"Nghe tiếp", "true"}, {"Tạm dừng", "false"}} {
		do(t, tab, press(`[data-tool=listen]`))
		if got := eval[string](t, tab, label); got != step.label {
			t.Errorf("the button says %q, want %q", got, step.label)
		}
		if got := eval[string](t, tab, `String(speechSynthesis.paused)`); got != step.paused {
			t.Errorf("paused is %s while the button says %q", got, step.label)
		}
	}
	if got := eval[string](t, tab, `said[0].text + " | " + said[0].voice.lang + " | " + said[2].text.slice(0, 20)`); got != "Ngày hội Đại đoàn kết 2026: mười bốn thôn, một bữa cơm chung | vi-VN | Sáng Chủ nhật 15/11," {
		t.Errorf("it says %q", got)
	}
	eval[any](t, tab, `said.at(-1).onend(); 0`)
	if got := eval[string](t, tab, label); got != "Nghe đọc" {
		t.Errorf("at the end the button says %q", got)
	}
}

func TestTheRegisterIsFilteredWithoutAccents(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	do(t, tab, chromedp.Navigate(s.origin+"/thoa-thuan/"), chromedp.SendKeys(chromedp.CSS("#_filter"), "doan tncs khuyen"))
	const shown = `[...document.querySelectorAll(".register tbody tr")].filter((row) => row.checkVisibility()).map((row) => row.querySelector("a").textContent)`
	if got := eval[[]string](t, tab, shown); !slices.Equal(got, []string{"Nhà trường, Hội Khuyến học và Đoàn xã cùng lo năm học mới"}) {
		t.Errorf("shown are %q", got)
	}
	if told := eval[string](t, tab, `document.querySelector(".filter output").textContent`); told != "1/6" {
		t.Errorf("told is %q", told)
	}
}

func TestTheFilterTakesWordsInTheirOrderFirst(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	filter := func(query string) []string {
		return eval[[]string](t, tab, `(() => {
			const input = document.querySelector("#_filter");
			input.value = "`+query+`";
			input.oninput();
			return [...document.querySelectorAll(".register tbody tr")].filter((row) => row.checkVisibility()).map((row) => row.textContent);
		})()`)
	}
	do(t, tab, chromedp.Navigate(s.origin+"/thoa-thuan/"))
	for _, query := range []string{"het hieu luc", "mttq het hieu luc"} {
		if rows := filter(query); len(rows) != 0 {
			t.Errorf("%q finds %q, which are in force", query, rows)
		}
	}
	if rows := filter("dang co hieu luc"); len(rows) == 0 {
		t.Error("nothing is in force")
	}
	if rows := filter("hieu luc dang"); len(rows) == 0 {
		t.Error("words in another order find nothing")
	}
	if rows := filter("trong rung phu xanh"); len(rows) != 0 {
		t.Errorf("words that nothing has find %q", rows)
	}
}

func TestTheFilterSaysWhatLiesInOtherYears(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	do(t, tab, chromedp.Navigate(s.origin+"/thoa-thuan/"), chromedp.SendKeys(chromedp.CSS("#_filter"), "2020"))
	do(t, tab, chromedp.WaitVisible(chromedp.CSS(".filter-more li a")))
	found := eval[[]string](t, tab, `[...document.querySelectorAll(".filter-more li")].map((e) => e.textContent)`)
	if !slices.ContainsFunc(found, func(s string) bool { return strings.Contains(s, "2020") }) {
		t.Errorf("found are %q", found)
	}
	if path := eval[string](t, tab, `document.querySelector(".filter-more li a").pathname`); !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "/thoa-thuan/") {
		t.Errorf("it leads to %s", path)
	}
}
