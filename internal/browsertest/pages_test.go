package browsertest

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"bantin/internal/testsize"
)

// watchPolicy notes in the page what its policy refuses.
var watchPolicy = before(`window.refused = []; addEventListener("securitypolicyviolation", (e) => refused.push(e.violatedDirective + " " + e.blockedURI))`)

func TestWhatThePolicyRefusesIsNoticed(t *testing.T) {
	s := demo(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", Policy)
		w.Header().Set("Content-Type", "text/html")
		w.Write([]byte(`<!DOCTYPE html><p style="color: red">x`))
	}))
	defer server.Close()
	tab := s.tab(t)
	do(t, tab, watchPolicy, chromedp.Navigate(server.URL))
	if refused := eval[[]string](t, tab, `refused`); len(refused) == 0 {
		t.Error("an inline style passed")
	}
}

func scripts(enabled bool) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !enabled})
		return err
	})
}

func TestForcedColoursKeepTheMenuAndTheFocusVisible(t *testing.T) {
	s := demo(t)
	tab := s.tab(t)
	do(t, tab, Media("", "forced-colors", "active"), chromedp.Navigate(s.origin))
	if !eval[bool](t, tab, `matchMedia("(forced-colors: active)").matches`) {
		t.Fatal("the browser does not force its colours")
	}
	const sameColour = `(() => { const s = getComputedStyle(document.querySelector(".menu a")); return s.color === s.backgroundColor; })()`
	if eval[bool](t, tab, sameColour) {
		t.Error("the menu's text has the colour of its ground")
	}
	do(t, tab, chromedp.KeyEvent("\t"))
	if outline := eval[string](t, tab, `getComputedStyle(document.activeElement).outlineStyle`); outline != "solid" {
		t.Errorf("the outline of what has the focus is %s", outline)
	}
}

func TestAnArticlePrintsAsADocument(t *testing.T) {
	s := demo(t)
	text := printed(t, s.tab(t), s.origin+"/mat-tran/ngay-hoi-dai-doan-ket-2026/")
	for _, want := range []string{
		"Ủy ban nhân dân xã Khê Hòa", "Ngày hội Đại đoàn kết 2026: mười bốn thôn, một bữa cơm chung", "19:02 15/11/2026",
		"Phần lễ ở mỗi thôn không quá một giờ", "Bữa cơm đoàn kết ở sân đình", "Nguyễn Minh Thúy, Võ Đình Huỳnh – Ủy ban MTTQ Việt Nam xã Khê Hòa",
		"https://khehoa.example/mat-tran/ngay-hoi-dai-doan-ket-2026/",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the print lacks %q", want)
		}
	}
	for _, unwanted := range []string{"Trang chủ", "Nhìn ra các địa phương", "Nghe đọc", "Gửi qua thư điện tử", "Các tin khác", "Ý kiến bạn đọc", "Tin trước", "Điện thoại"} {
		if strings.Contains(text, unwanted) {
			t.Errorf("the print has %q", unwanted)
		}
	}
}

func TestAWideTablePrintsItsNumbersWhole(t *testing.T) {
	s := demo(t)
	row := func(first string, cell func(column int) string) string {
		line := "| " + first + " |"
		for column := range 12 {
			line += " " + cell(column) + " |"
		}
		return line + "\n"
	}
	table := row("TT", func(k int) string { return fmt.Sprintf("Chỉ tiêu %d", k) }) + row("---", func(int) string { return "---:" })
	for n := range 12 {
		table += row(fmt.Sprint(n), func(k int) string { return fmt.Sprint(n*1000 + k) })
	}
	origin := s.other(t, "", map[string]string{"content/tin-tuc/bang.md": "---\ntitle: Mười hai chỉ tiêu\ndate: 1/11/2026\n---\n" + table})
	text := " " + printed(t, s.tab(t), origin+"/tin-tuc/bang/")
	for n := range 12 {
		if line := fmt.Sprintf(" %d %d %d ", n, n*1000, n*1000+1); !strings.Contains(text, line) {
			t.Errorf("the print lacks the row %q: %s", line, text)
		}
	}
}

// printed returns the words of a page on paper, with single blanks.
func printed(t *testing.T, tab context.Context, url string) string {
	t.Helper()
	pdftotext, err := exec.LookPath("pdftotext")
	testsize.Need(t, err)
	do(t, tab, Open(url))
	pdf, err := chromedp.Run(tab, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4)))
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(pdftotext, "-layout", "-", "-")
	c.Stdin = strings.NewReader(string(pdf))
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}
