package browsertest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// Driver is a browser as somebody at a keyboard uses it.
type Driver interface {
	// Navigate opens an address.
	Navigate(address string) error
	// Evaluate returns the value of an expression of JavaScript, as a text; a promise
	// is waited for.
	Evaluate(expression string) (string, error)
	// Press types characters, and keys by their code points in WebDriver (W3C
	// WebDriver section 17.4.2), one after the other.
	Press(keys string) error
	// Compose composes a text as an input method does: each of steps in the place of
	// the one before it, with a pause between, and the last one is kept.
	Compose(steps []string, pause time.Duration) error
	// Screenshot returns a picture of the window, PNG.
	Screenshot() ([]byte, error)
	// Resize gives the window a size in CSS pixels.
	Resize(width, height int) error
	// Dark makes it dark, or light.
	Dark(dark bool) error
	// Renew makes it as one that was just started: with one window, which is empty, and
	// with nothing that pages kept.
	Renew() error
	Close() error
}

// Keys in WebDriver.
const (
	Backspace = "\ue003"
	Tab       = "\ue004"
	Enter     = "\ue007"
	Shift     = "\ue008"
	Control   = "\ue009"
	Escape    = "\ue00c"
	Down      = "\ue015"
)

// Programs are the browsers of Debian that Start can start.
func Programs() []string { return []string{"chromium", "firefox-esr"} }

// Start starts one of Programs, with a profile in the folder home.
func Start(ctx context.Context, program, home string) (Driver, error) {
	if program == "firefox-esr" {
		return LaunchFirefox(ctx, home)
	}
	browser, stop, err := launch(ctx, windowless())
	if err != nil {
		return nil, err
	}
	c := &chromiumDriver{browser: browser, closeTab: func() {}, stop: stop}
	if err := c.Renew(); err != nil {
		stop()
		return nil, err
	}
	return c, nil
}

type chromiumDriver struct {
	browser, tab   context.Context
	closeTab, stop context.CancelFunc
}

func (c *chromiumDriver) Renew() error {
	c.closeTab()
	c.tab, c.closeTab = chromedp.NewContext(c.browser, chromedp.WithNewBrowserContext())
	return chromedp.Do(c.tab)
}

func (c *chromiumDriver) Close() error {
	c.stop()
	return nil
}

func (c *chromiumDriver) Navigate(address string) error {
	return chromedp.Do(c.tab, chromedp.Navigate(address))
}

func (c *chromiumDriver) Evaluate(expression string) (string, error) {
	return chromedp.Run(c.tab, chromedp.Evaluate[string]("(async () => String(await ("+expression+")))()", chromedp.EvalAwaitPromise))
}

// chromiumKeys are the keys that are no characters.
var chromiumKeys = map[rune]input.DispatchKeyEventParams{
	[]rune(Backspace)[0]: {Key: "Backspace", Code: "Backspace", WindowsVirtualKeyCode: 8},
	[]rune(Tab)[0]:       {Key: "Tab", Code: "Tab", WindowsVirtualKeyCode: 9},
	[]rune(Enter)[0]:     {Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13, Text: "\r"},
	[]rune(Escape)[0]:    {Key: "Escape", Code: "Escape", WindowsVirtualKeyCode: 27},
	[]rune(Down)[0]:      {Key: "ArrowDown", Code: "ArrowDown", WindowsVirtualKeyCode: 40},
}

func (c *chromiumDriver) Press(keys string) error {
	var modifiers int64
	text := ""
	flush := func() error {
		if text == "" {
			return nil
		}
		typed := text
		text = ""
		return call(c.tab, input.InsertText, input.InsertTextParams{Text: typed})
	}
	for _, r := range keys {
		switch string(r) {
		case Shift:
			modifiers |= 8
			continue
		case Control:
			modifiers |= 2
			continue
		}
		key, named := chromiumKeys[r]
		if !named && modifiers&2 == 0 {
			text += string(r)
			continue
		}
		if err := flush(); err != nil {
			return err
		}
		if !named {
			key = input.DispatchKeyEventParams{Key: string(r), Code: "Key" + strings.ToUpper(string(r)), WindowsVirtualKeyCode: int64(strings.ToUpper(string(r))[0])}
		}
		key.Modifiers = modifiers
		key.Type = "keyDown"
		if err := call(c.tab, input.DispatchKeyEvent, key); err != nil {
			return err
		}
		key.Type, key.Text = "keyUp", ""
		if err := call(c.tab, input.DispatchKeyEvent, key); err != nil {
			return err
		}
	}
	return flush()
}

// call calls a method of Chromium's protocol that returns nothing.
func call[P, R any](tab context.Context, method cdp.Command[P, R], params P) error {
	return chromedp.Do(tab, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, method, params)
		return err
	}))
}

func (c *chromiumDriver) Compose(steps []string, pause time.Duration) error {
	for _, text := range steps {
		n := int64(len([]rune(text)))
		if err := call(c.tab, input.ImeSetComposition, input.ImeSetCompositionParams{Text: text, SelectionStart: n, SelectionEnd: n}); err != nil {
			return fmt.Errorf("compose %s: %w", text, err)
		}
		time.Sleep(pause)
	}
	return call(c.tab, input.InsertText, input.InsertTextParams{Text: steps[len(steps)-1]})
}

func (c *chromiumDriver) Screenshot() ([]byte, error) {
	return chromedp.Run(c.tab, chromedp.CaptureScreenshot())
}

func (c *chromiumDriver) Resize(width, height int) error {
	return chromedp.Do(c.tab, chromedp.EmulateViewport(int64(width), int64(height)))
}

func (c *chromiumDriver) Dark(dark bool) error {
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	return chromedp.Do(c.tab, Media("", "prefers-color-scheme", scheme))
}

// Eval returns the value of an expression of JavaScript, as a text, or ends the test.
func Eval(t testing.TB, d Driver, expression string) string {
	t.Helper()
	v, err := d.Evaluate(expression)
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// Until waits until an expression of JavaScript is true; after 40 s it ends the test
// with what the page says.
func Until(t testing.TB, d Driver, expression string) {
	t.Helper()
	for end := time.Now().Add(40 * time.Second); ; time.Sleep(30 * time.Millisecond) {
		if v, err := d.Evaluate(expression); err == nil && v == "true" {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("never: %s\n%s", expression, Eval(t, d, "document.body.innerText"))
		}
	}
}
