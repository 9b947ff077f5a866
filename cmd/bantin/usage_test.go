package main

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"bantin/internal/testsize"
)

// hostile are names and titles of which a shell makes something else.
var hostile = []string{"trang tin xã", "xã", "a'b", "giá $HOME `id`", `"x" \`, "a&b;c|d", "*", "~", "#1", ""}

func TestACommandThatIsShownCanBePasted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the shell here is that of POSIX")
	}
	sh := testsize.Program(t, "sh")
	typed := func(command string) []string {
		out, err := exec.Command(sh, "-c", "bantin() { printf '%s\\n' \"$@\"; }; "+command).Output()
		if err != nil {
			t.Errorf("%s: %v", command, err)
		}
		return strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	}
	for _, name := range hostile {
		if got := typed("bantin " + asTyped(name)); !slices.Equal(got, []string{name}) {
			t.Errorf("%q is typed as %s, which is %q", name, asTyped(name), got)
		}
	}
	if got := asTyped("trang/tin-tức_1.md"); got != "trang/tin-tức_1.md" {
		t.Errorf("%s is quoted for nothing", got)
	}

	// shown returns the command that is shown after others.
	shown := func(until string, args ...string) []string {
		var out bytes.Buffer
		e := &env{stdin: strings.NewReader(""), stdout: &out, stderr: &out, getenv: func(string) string { return "" }}
		run(t.Context(), e, args)
		text := out.String()
		command := text[max(0, strings.LastIndex(text, "bantin ")):]
		command, _, _ = strings.Cut(command, until)
		return typed(strings.TrimSpace(command))
	}
	t.Chdir(t.TempDir())
	for i, name := range hostile[:8] {
		folder := filepath.Join("t", strings.Repeat("t", i), name)
		if got, want := shown(", then", "init", folder, "--lang", "en"), []string{"serve", "-s", folder}; !slices.Equal(got, want) {
			t.Errorf("after init it shows %q, not %q", got, want)
		}
		for _, tt := range []struct{ args, want []string }{
			{[]string{"new", name, "Giá", "$1"}, []string{"new", name, "Giá $1"}},
			{[]string{"count", "-s", folder, name}, []string{"count", name, "-o", "/var/lib/bantin/dem"}},
			{[]string{"import", "-s", folder, "hugo", folder, "t"}, []string{"import", "hugo", folder}},
			{[]string{"deploy", "-s", folder, name, "--watch", "--dry-run"}, []string{"deploy", name, "--watch"}},
		} {
			if got := shown("\x00", tt.args...); !slices.Equal(got, tt.want) {
				t.Errorf("after %q it shows %q, not %q", tt.args, got, tt.want)
			}
		}
	}
}
