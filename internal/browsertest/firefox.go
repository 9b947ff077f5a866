package browsertest

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Firefox is a running Firefox without a screen, driven by Marionette, the protocol
// that its own tests use. Debian has no geckodriver, which would do the same.
type Firefox struct {
	program *exec.Cmd
	conn    net.Conn
	in      *bufio.Reader
	calls   int
}

// firefoxPrefs make Firefox quiet, and Marionette choose a free port.
const firefoxPrefs = `user_pref("marionette.port", 0);
user_pref("app.update.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.homepage", "about:blank");
user_pref("browser.startup.page", 0);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("toolkit.telemetry.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("services.settings.server", "data:,");
user_pref("focusmanager.testmode", true);
`

// The window of a Firefox that was just started, in CSS pixels.
const firefoxWidth, firefoxHeight = 1280, 900

// darkPref is the setting that makes pages dark, or light.
const darkPref = "layout.css.prefers-color-scheme.content-override"

// LaunchFirefox starts Debian's Firefox with a profile in the folder home. It ends
// with Close.
func LaunchFirefox(ctx context.Context, home string) (f *Firefox, err error) {
	if err := os.WriteFile(filepath.Join(home, "user.js"), []byte(firefoxPrefs), 0o600); err != nil {
		return nil, err
	}
	program := exec.CommandContext(ctx, "firefox-esr", "--headless", "--marionette", "--remote-allow-system-access", "--no-remote", "--profile", home, "--width", strconv.Itoa(firefoxWidth), "--height", strconv.Itoa(firefoxHeight), "about:blank")
	program.Env = append(os.Environ(), "HOME="+home, "MOZ_CRASHREPORTER_DISABLE=1")
	if err := program.Start(); err != nil {
		return nil, err
	}
	f = &Firefox{program: program}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close())
			f = nil
		}
	}()
	port, err := firefoxPort(ctx, home)
	if err != nil {
		return f, err
	}
	if f.conn, err = net.Dial("tcp", net.JoinHostPort("127.0.0.1", port)); err != nil {
		return f, err
	}
	f.in = bufio.NewReader(f.conn)
	if _, err := f.read(); err != nil { // its greeting
		return f, err
	}
	_, err = f.call("WebDriver:NewSession", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{"unhandledPromptBehavior": "accept"}}})
	return f, err
}

// firefoxPort waits for the file in which Firefox says where Marionette listens.
func firefoxPort(ctx context.Context, home string) (string, error) {
	for {
		port, err := os.ReadFile(filepath.Join(home, "MarionetteActivePort"))
		if err == nil && len(port) > 0 {
			return strings.TrimSpace(string(port)), nil
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// Renew makes Firefox as one that was just started: with one window, which is empty,
// and with nothing that pages kept.
func (f *Firefox) Renew() error {
	var old []string
	var opened struct{ Handle string }
	handles, err := f.call("WebDriver:GetWindowHandles", map[string]any{})
	if err == nil {
		err = json.Unmarshal(handles, &old)
	}
	if err != nil {
		return err
	}
	window, err := f.call("WebDriver:NewWindow", map[string]any{"type": "window", "focus": true})
	if err == nil {
		err = json.Unmarshal(window, &opened)
	}
	if err != nil {
		return err
	}
	for _, handle := range old {
		if err := f.switchTo(handle); err != nil {
			return err
		}
		if _, err := f.call("WebDriver:CloseWindow", map[string]any{}); err != nil {
			return err
		}
	}
	if err := errors.Join(f.switchTo(opened.Handle), f.Resize(firefoxWidth, firefoxHeight)); err != nil {
		return err
	}
	_, err = f.run("chrome", `Services.prefs.clearUserPref("`+darkPref+`");
await new Promise((done) => Services.clearData.deleteData(Ci.nsIClearDataService.CLEAR_ALL, { onDataDeleted: done }))`)
	return err
}

func (f *Firefox) switchTo(window string) error {
	_, err := f.call("WebDriver:SwitchToWindow", map[string]any{"handle": window, "focus": true})
	return err
}

// Close ends Firefox.
func (f *Firefox) Close() error {
	if f.conn != nil {
		f.conn.Close()
	}
	f.program.Process.Kill()
	f.program.Wait() // says that it was killed
	return nil
}

// read reads a message: its length, a colon, JSON.
func (f *Firefox) read() ([]byte, error) {
	length, err := f.in.ReadString(':')
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(strings.TrimSuffix(length, ":"))
	if err != nil {
		return nil, err
	}
	data := make([]byte, n)
	_, err = io.ReadFull(f.in, data)
	return data, err
}

// call carries a command out and returns its result.
func (f *Firefox) call(command string, arguments any) (json.RawMessage, error) {
	f.calls++
	data, err := json.Marshal([]any{0, f.calls, command, arguments})
	if err != nil {
		return nil, err
	}
	if _, err := fmt.Fprintf(f.conn, "%d:%s", len(data), data); err != nil {
		return nil, err
	}
	if data, err = f.read(); err != nil {
		return nil, fmt.Errorf("%s: %w", command, err)
	}
	var answer [4]json.RawMessage
	if err := json.Unmarshal(data, &answer); err != nil {
		return nil, fmt.Errorf("%s: %w", command, err)
	}
	if string(answer[2]) != "null" {
		return nil, fmt.Errorf("%s: %s", command, answer[2])
	}
	return answer[3], nil
}

// Navigate opens an address.
func (f *Firefox) Navigate(address string) error {
	_, err := f.call("WebDriver:Navigate", map[string]string{"url": address})
	return err
}

// Evaluate returns the value of an expression of JavaScript, as a text; a promise is
// waited for.
func (f *Firefox) Evaluate(expression string) (string, error) {
	return f.run("content", "return String(await ("+expression+"))")
}

// run runs the body of an asynchronous function in the page ("content") or in the
// browser's own window ("chrome").
func (f *Firefox) run(where, body string, arguments ...any) (string, error) {
	if arguments == nil {
		arguments = []any{}
	}
	if where == "chrome" {
		if _, err := f.call("Marionette:SetContext", map[string]string{"value": "chrome"}); err != nil {
			return "", err
		}
		defer f.call("Marionette:SetContext", map[string]string{"value": "content"})
	}
	script := "const done = arguments[arguments.length - 1]; (async (...arguments) => {" + body + "})(...arguments).then(done, (e) => done('!' + e))"
	data, err := f.call("WebDriver:ExecuteAsyncScript", map[string]any{"script": script, "args": arguments})
	if err != nil {
		return "", err
	}
	var answer struct{ Value any }
	if err := json.Unmarshal(data, &answer); err != nil {
		return "", err
	}
	text, _ := answer.Value.(string)
	if strings.HasPrefix(text, "!") {
		return "", errors.New(text[1:])
	}
	return text, nil
}

// Press types characters, and keys by their WebDriver code points, one after the
// other (W3C WebDriver section 17.4.2).
func (f *Firefox) Press(keys string) error {
	var actions, held []map[string]string
	for _, key := range keys {
		if k := string(key); k == Shift || k == Control {
			actions = append(actions, map[string]string{"type": "keyDown", "value": k})
			held = append(held, map[string]string{"type": "keyUp", "value": k})
			continue
		}
		for _, kind := range []string{"keyDown", "keyUp"} {
			actions = append(actions, map[string]string{"type": kind, "value": string(key)})
		}
	}
	_, err := f.call("WebDriver:PerformActions", map[string]any{"actions": []any{map[string]any{"type": "key", "id": "keys", "actions": append(actions, held...)}}})
	return err
}

// Compose composes a text as an input method does: each of steps in the place of the
// one before it, and the last one is kept.
func (f *Firefox) Compose(steps []string, pause time.Duration) error {
	_, err := f.run("chrome", `
const tip = Cc["@mozilla.org/text-input-processor;1"].createInstance(Ci.nsITextInputProcessor);
if (!tip.beginInputTransactionForTests(window)) throw new Error("no transaction");
for (const text of arguments[0]) {
  tip.setPendingCompositionString(text);
  tip.appendClauseToPendingComposition(text.length, tip.ATTR_RAW_CLAUSE);
  tip.setCaretInPendingComposition(text.length);
  if (!tip.flushPendingComposition()) throw new Error("not composed: " + text);
  await new Promise((done) => setTimeout(done, arguments[1]));
}
tip.commitComposition();`, steps, pause.Milliseconds())
	if err != nil {
		return err
	}
	// Keys are given to the page's own process, which must have seen the end before.
	_, err = f.Evaluate(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(""))))`)
	return err
}

// Screenshot returns a picture of the window, PNG.
func (f *Firefox) Screenshot() ([]byte, error) {
	data, err := f.call("WebDriver:TakeScreenshot", map[string]any{"full": false})
	if err != nil {
		return nil, err
	}
	var answer struct{ Value string }
	if err := json.Unmarshal(data, &answer); err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(answer.Value)
}

// Resize gives the window a size in CSS pixels.
func (f *Firefox) Resize(width, height int) error {
	_, err := f.call("WebDriver:SetWindowRect", map[string]int{"width": width, "height": height})
	return err
}

// Dark makes pages dark, or light.
func (f *Firefox) Dark(dark bool) error {
	scheme := 1
	if dark {
		scheme = 0
	}
	_, err := f.run("chrome", `Services.prefs.setIntPref("`+darkPref+`", arguments[0])`, scheme)
	return err
}
