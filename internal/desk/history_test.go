package desk

import (
	"strings"
	"testing"

	"bantin/internal/testsize"
)

// TestTheHistoryOfAnArticleIsSeenAndBroughtBack clicks through the versions of a file,
// sees what changed, brings one back and saves it; beside that, a date is told as it
// was read.
func TestTheHistoryOfAnArticleIsSeenAndBroughtBack(t *testing.T) {
	testsize.Program(t, "git")
	const first, second = "---\ntitle: Bài cũ\ndate: 9 giờ 26/2/2019 # ngày\n---\n\nMột.\n\nHai.\n", "---\ntitle: Bài mới\ndate: 9 giờ 26/2/2019 # ngày\n---\n\nMột.\n\nBa.\n"
	inEach(t, map[string]string{"content/tin-tuc/a.md": first}, func(b *inBrowser) {
		b.run("init", "-q")
		b.run("add", "content")
		b.run("commit", "-qm", "bản đầu")
		b.write("content/tin-tuc/a.md", second)
		b.run("commit", "-qam", "bản hai")
		b.must(b.driver.Navigate(b.address + "#/sua/tin-tuc/a.md"))
		b.until(`!!document.querySelector("[data-key=lead]")`)

		read := func(key string) string { return `document.querySelector('[data-key="` + key + `"] .read').textContent` }
		b.until(read("date") + ` === "Đọc là: thứ Ba, 26/02/2019, 9 giờ 00"`)
		expires := `document.querySelector('[data-key=expires] input')`
		b.eval(expires + `.focus()`)
		b.insert("5/3/2019")
		b.until(read("expires") + ` === "Đọc là: đến hết thứ Ba, 05/03/2019"`)
		b.eval(expires + `.select()`)
		b.insert("31/2/2019")
		b.until(read("expires") + ` === ""`)
		b.eval(expires + `.value = "", ` + expires + `.dispatchEvent(new Event("input"))`)

		menu := `[...document.querySelectorAll(".menu-items button")].find((x) => x.textContent.startsWith("Lịch sử"))`
		b.until(`!!` + menu)
		b.eval(`document.querySelector(".menu").open = true, ` + menu + `.click()`)
		see := `[...document.querySelectorAll("dialog[open] .filelist button")]`
		b.until(see + `.length === 2`)
		if got := b.eval(`document.querySelector("dialog[open]").innerText`); !strings.Contains(got, "bản đầu") || !strings.Contains(got, "Mai") {
			b.Errorf("the versions are\n%s", got)
		}
		if b.eval(`document.querySelector("dialog[open] button[value=take]").disabled`) != "true" {
			b.Error("a version can be taken before one is seen")
		}
		b.eval(see + `[1].click()`)
		b.until(`!!document.querySelector("dialog[open] .diff del")`)
		if got := b.eval(`[...document.querySelectorAll("dialog[open] .diff :is(del, ins)")].map((x) => x.textContent.trim()).join(";")`); got != "− title: Bài cũ;+ title: Bài mới;− Hai.;+ Ba." {
			b.Errorf("what changed: %s", got)
		}
		b.eval(`document.querySelector("dialog[open] button[value=take]").click()`)
		b.until(`document.querySelector("[data-key=title] input, [data-key=title] textarea").value === "Bài cũ"`)
		if got := b.read("content/tin-tuc/a.md"); got != second {
			b.Errorf("it was written before anybody saved: %s", got)
		}
		b.eval(`document.querySelector("#save").click()`)
		b.until(`document.querySelector(".status").textContent === "Đã lưu"`)
		if got := b.read("content/tin-tuc/a.md"); got != first {
			b.Errorf("brought back is\n%s\nwant\n%s", got, first)
		}
	})
}
