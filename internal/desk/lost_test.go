package desk

import (
	"strings"
	"testing"
)

// TestNothingIsLostInTheBrowser leaves an article unsaved and comes back, changes the
// file on the disk meanwhile, and opens it in a second window.
func TestNothingIsLostInTheBrowser(t *testing.T) {
	b := openInBrowser(t, "chromium", map[string]string{"content/tin-tuc/a.md": "---\ntitle: Bài\ndate: 1/2/2026\nlead: Dẫn\n---\n\nMột.\n"})
	article := b.address + "#/sua/tin-tuc/a.md"
	opened := `!!document.querySelector("[data-key=lead]") && document.querySelector(".editor")?.shadowRoot.querySelector(".cm-content")?.textContent.includes("Một.")`
	button := func(label string) string {
		return `[...document.querySelectorAll("button")].find((x) => x.innerText === "` + label + `")`
	}
	b.must(b.driver.Navigate(article))
	b.until(opened)
	b.clicksIntoTheText()
	b.insert("Chưa lưu. ")
	b.until(`document.querySelector(".status").textContent.startsWith("Chưa lưu; đã giữ")`)
	b.eval(`location.hash = "#/"`)
	b.until(`document.querySelectorAll(".articles li").length === 2`)
	b.eval(`location.hash = "#/sua/tin-tuc/a.md"`)
	b.until(opened + ` && !!` + button("Mở bản chưa lưu"))
	if got := b.eval(`document.querySelector(".notice[role=alert]").textContent`); !strings.Contains(got, "Chưa lưu. ") || strings.Count(got, "Một.") < 2 {
		t.Errorf("both versions are to be read before one is chosen: %s", got)
	}
	b.eval(button("Mở bản chưa lưu") + `.click()`)
	b.until(`document.querySelector(".editor").shadowRoot.querySelector(".cm-content").textContent.includes("Chưa lưu. ")`)

	// Somebody else saves the file meanwhile: the lead there alone, the title on both sides.
	b.eval(`(() => { const f = document.querySelector("[data-key=title] input"); f.value = "Bài của tôi"; f.dispatchEvent(new Event("input", { bubbles: true })); })()`)
	theirs := "---\ntitle: Bài của họ\ndate: 1/2/2026\nlead: Dẫn của họ\n---\n\nMột.\n"
	b.write("content/tin-tuc/a.md", theirs)
	b.eval(`document.querySelector("#save").click()`)
	b.until(`!!document.querySelector(".conflict")`)
	if got := b.read("content/tin-tuc/a.md"); got != theirs {
		t.Fatalf("their file was overwritten: %s", got)
	}
	if got := b.eval(`[...document.querySelectorAll(".conflict fieldset")].map((f) => f.textContent).join(";")`); !strings.Contains(got, "Bài của tôi") || !strings.Contains(got, "Bài của họ") || strings.Contains(got, "Dẫn") || strings.Contains(got, "Một.") {
		t.Errorf("the choice is %s", got)
	}
	// What was typed before the two are merged is refused when they are.
	b.eval(`(() => {
		const ask = fetch;
		const merged = new Promise((r) => { window.merged = r; });
		window.held = 0;
		window.fetch = async (url, options) => {
			const answer = await ask(url, options);
			if (url.endsWith("edit")) { window.held++; await merged; }
			return answer;
		};
		document.querySelector("[data-key=title] input").dispatchEvent(new Event("input", { bubbles: true }));
	})()`)
	b.until(`window.held > 0`)
	b.eval(`document.querySelector(".conflict input[value=mine]").click()`)
	b.eval(`document.querySelector(".conflict button.main").click()`)
	b.until(`!document.querySelector(".conflict")`)
	b.eval(`(async () => { window.merged(); await new Promise((r) => setTimeout(r, 500)); })()`)
	if b.eval(`String(!!document.querySelector(".conflict"))`) == "true" {
		t.Error("what is merged is to be merged again")
	}
	b.eval(`document.querySelector("#save").click()`)
	b.until(`document.querySelector(".status").textContent === "Đã lưu"`)
	if got, want := b.read("content/tin-tuc/a.md"), "---\ntitle: Bài của tôi\ndate: 1/2/2026\nlead: Dẫn của họ\n---\n\nChưa lưu. Một.\n"; got != want {
		t.Errorf("merged is\n%s\nwant\n%s", got, want)
	}

	// A second window is told in the first, and no longer when it is closed.
	b.get("/api/article?path=tin-tuc/a.md&window=another", 200)
	b.until(`!!document.querySelector(".notice.others")`)
	b.post("/api/leave", map[string]string{"window": "another", "path": "tin-tuc/a.md"}, 200)
	b.until(`!document.querySelector(".notice.others")`)
}
