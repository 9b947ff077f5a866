package desk

import "testing"

// TestATitleThatIsRefusedIsAskedForAgain types what makes no name of a file.
func TestATitleThatIsRefusedIsAskedForAgain(t *testing.T) {
	b := openInBrowser(t, "chromium", map[string]string{"content/tin-tuc/b.md": sample})
	b.must(b.driver.Navigate(b.address))
	b.until(`document.querySelectorAll(".articles li").length >= 1`)
	b.eval(`[...document.querySelectorAll("button")].find((x) => x.innerText === "Bài mới").click()`)
	b.until(`document.activeElement.id === "n-title"`)
	b.insert("👍 !")
	b.eval(`document.querySelector("input[value=page]").click()`)
	b.eval(`document.querySelector("dialog button.main").click()`)
	b.until(`document.querySelector("dialog[open] [role=alert]")?.innerText === "Cần một tiêu đề có chữ."`)
	if got := b.eval(`document.querySelector("#n-title").value + document.querySelector("input[name=kind]:checked").value`); got != "👍 !page" {
		t.Errorf("the dialog holds %q", got)
	}
	b.eval(`document.querySelector("#n-title").value = "Liên hệ"`)
	b.eval(`document.querySelector("dialog button.main").click()`)
	b.until(`decodeURI(location.hash) === "#/sua/lien-he.md"`)
}

// TestPlainTextIsPastedWithoutWhatNobodySees pastes what Zalo and Word put on the
// clipboard as plain text, and the bold letters of Facebook; a family of one picture
// stays whole.
func TestPlainTextIsPastedWithoutWhatNobodySees(t *testing.T) {
	b := openInBrowser(t, "chromium", map[string]string{"content/tin-tuc/b.md": "---\ntitle: B\ndate: 4/1/2026\n---\n"})
	b.must(b.driver.Navigate(b.address + "#/sua/tin-tuc/b.md"))
	const text = `document.querySelector(".editor").shadowRoot.querySelector(".cm-content")`
	b.until(`!!document.querySelector(".editor")?.shadowRoot?.querySelector(".cm-content")`)
	b.until(`document.querySelector("[data-key=date]").innerText.includes("Đọc là: chủ nhật, 04/01/2026")`)
	b.eval(text + `.focus()`)
	b.eval(`(() => {
		const data = new DataTransfer();
		data.setData("text/plain", "Họp\u200B dân\u00AD\uFEFF\u000Bthôn Đông 👨‍👩‍👧 𝐓𝐡𝐨\u031B\u0300𝐢");
		return ` + text + `.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
	})()`)
	b.until(text + `.innerText.includes("thôn")`)
	if got := b.eval(text + `.innerText`); got != "Họp dân\nthôn Đông 👨‍👩‍👧 Thời" {
		t.Errorf("the text is %+q", got)
	}
}
