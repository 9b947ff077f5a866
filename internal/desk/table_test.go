package desk

import (
	"strings"
	"testing"

	"bantin/internal/browsertest"
)

// TestATableIsEditedAsAGrid puts the cursor into tables of a text, opens the grid and
// changes them; what is not touched keeps its bytes.
func TestATableIsEditedAsAGrid(t *testing.T) {
	const text = "\nMở đầu.\n\n| Việc   | Hạn |\n|:-------|----:|\n| Khảo sát | Quý II |\n|Ghi \\| chép|x|\n\n> a | b\n> --- | ---\n> trong | 2\n\n```\n| mã | x |\n|---|---|\n| 1 | 2 |\n```\n\nHết.\n"
	inEach(t, map[string]string{"content/tin-tuc/a.md": "---\ntitle: Bài\ndate: 1/2/2026\n---\n" + text}, func(b *inBrowser) {
		b.must(b.driver.Navigate(b.address + "#/sua/tin-tuc/a.md"))
		b.until(`!!document.querySelector("[data-key=lead]") && !!document.querySelector(".editor")?.shadowRoot.querySelector(".cm-content")`)
		cells := `[...document.querySelectorAll("dialog[open] .cells input")]`
		press := func(label string) {
			b.Helper()
			b.eval(`[...document.querySelectorAll("dialog[open] button")].find((x) => x.innerText === "` + label + `").click()`)
		}
		// open puts the cursor behind a text and opens the grid.
		open := func(behind string) {
			b.Helper()
			content := `document.querySelector(".editor").shadowRoot.querySelector(".cm-content")`
			b.until(content + `.textContent.includes("` + behind + `")`)
			b.eval(`(() => {
				const content = ` + content + `;
				const walk = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
				for (let n; (n = walk.nextNode()); ) {
					const at = n.data.indexOf("` + behind + `");
					if (at < 0) continue;
					const range = document.createRange();
					range.setStart(n, at);
					range.setEnd(n, at + 1);
					const r = range.getBoundingClientRect();
					for (const type of ["mousedown", "mouseup"]) n.parentNode.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, cancelable: true, view: window, button: 0, detail: 1, clientX: r.left + r.width / 2, clientY: r.top + r.height / 2 }));
					return;
				}
			})()`)
			b.until(`(() => { document.querySelector(".t-table").click(); return !!document.querySelector("dialog[open] .cells"); })()`)
		}
		saved := func(want string) {
			b.Helper()
			b.until(`!document.querySelector("dialog")`)
			b.eval(`document.querySelector("#save").click()`)
			b.until(`document.querySelector(".status").textContent === "Đã lưu"`)
			if _, got, _ := strings.Cut(b.read("content/tin-tuc/a.md")[4:], "---\n"); got != want {
				b.Errorf("the text is\n%s\nwant\n%s", got, want)
			}
		}

		// Nothing is changed: nothing is written.
		open("Khảo sát")
		if got := b.eval(cells + `.map((c) => c.value).join(";")`); got != "Việc;Hạn;Khảo sát;Quý II;Ghi | chép;x" {
			b.Errorf("the grid has %s", got)
		}
		press("Xong")
		saved(text)

		// A cell typed in Vietnamese both ways, then a row by Enter at the end.
		open("Khảo sát")
		b.must(b.driver.Press(browsertest.Tab))
		b.until(cells + `[3] === document.activeElement`)
		b.eval(cells + `[3].select()`)
		b.byBackspace()
		b.insert(" ")
		b.byComposition()
		b.must(b.driver.Press(browsertest.Enter))
		b.until(cells + `[5] === document.activeElement`)
		b.must(b.driver.Press(browsertest.Enter))
		b.until(cells + `.length === 8 && ` + cells + `[7] === document.activeElement`)
		b.insert("mới|cũ")
		press("Xong")
		now := strings.Replace(text, "| Khảo sát | Quý II |\n|Ghi \\| chép|x|\n", "| Khảo sát | Đường Đường |\n|Ghi \\| chép|x|\n|   | mới\\|cũ |\n", 1)
		saved(now)

		// A column in, the first one out; then the new row goes.
		open("Việc")
		press("Thêm cột bên phải")
		b.insert("Ai")
		b.eval(cells + `[0].focus()`)
		press("Bớt cột này")
		b.eval(cells + `.at(-1).focus()`)
		press("Bớt hàng này")
		press("Xong")
		now = strings.Replace(now, "| Việc   | Hạn |\n|:-------|----:|\n| Khảo sát | Đường Đường |\n|Ghi \\| chép|x|\n|   | mới\\|cũ |\n", "| Ai | Hạn |\n| --- | ----: |\n|   | Đường Đường |\n|   | x |\n", 1)
		saved(now)

		// A table in a quote stays in it; what looks like one in code is none.
		open("trong")
		b.eval(cells + `[3].select()`)
		b.insert("hai")
		press("Xong")
		now = strings.Replace(now, "> trong | 2\n", "> | trong | hai |\n", 1)
		saved(now)
		open("mã")
		if got := b.eval(cells + `.length + document.querySelector("dialog h2").innerText`); got != "12Bảng" {
			b.Errorf("code is taken for a table: %s", got)
		}
		press("Thôi")

		// A new one; and all can be undone.
		open("Hết.")
		b.eval(cells + `[0].focus()`)
		b.insert("Một")
		press("Chèn")
		b.until(`!document.querySelector("dialog") && document.querySelector(".status").textContent !== "Đã lưu"`)
		b.eval(`document.querySelector(".t-undo").click()`)
		saved(now)
	})
}

// TestATableHasNoRowThatWasLeftEmpty fills a part of the grid that is offered.
func TestATableHasNoRowThatWasLeftEmpty(t *testing.T) {
	inEach(t, map[string]string{"content/tin-tuc/a.md": "---\ntitle: Bài\ndate: 1/2/2026\n---\n\nHết.\n"}, func(b *inBrowser) {
		b.opens("tin-tuc/a.md")
		b.eval(`document.querySelector(".t-table").click()`)
		b.until(`!!document.querySelector("dialog[open] .cells")`)
		if got := b.eval(`(() => { const s = getComputedStyle(document.activeElement); return parseFloat(s.outlineWidth) > 0 && parseFloat(s.outlineOffset) + parseFloat(s.outlineWidth) <= 0; })()`); got != "true" {
			b.Error("the mark of the focus is hidden below the cells around it")
		}
		for _, text := range []string{"Việc", browsertest.Tab, "Hạn", browsertest.Enter, "Mai"} {
			b.insert(text)
		}
		b.click("Chèn")
		b.click("Lưu")
		b.until(`document.querySelector(".status").textContent === "Đã lưu" && !document.querySelector("dialog")`)
		if got := b.read("content/tin-tuc/a.md"); !strings.HasSuffix(got, "---\n\n| Việc | Hạn |\n| --- | --- |\n|   | Mai |\n\nHết.\n") {
			b.Errorf("the file is %s", got)
		}
	})
}
