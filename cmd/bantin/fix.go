package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"bantin/internal/article"
	"bantin/internal/build"
	"bantin/internal/diag"
	"bantin/internal/language"
	"bantin/internal/lazyregexp"
	"bantin/internal/source"
	"bantin/internal/strictyaml"
)

// surelyMended are the codes of problems whose hint, a line to paste, is what
// the editor meant: it changes how a value is written, not what it says.
var surelyMended = []string{
	"yaml-colon", "yaml-space", "yaml-quote", "yaml-after-quote", "yaml-bracket", "yaml-start", "yaml-escape",
	"yaml-comma", "yaml-hash", "yaml-question", "yaml-tab", "html-entity", "bad-pinned", "agreement-status",
	"curly-quotes", "wrong-type", "event-status",
}

// mended is an article's file with its front matter mended.
type mended struct {
	path     string // in the site's folder
	was, now []byte
	count    int // of problems that go
}

// fix mends what surely can be mended, after asking. It tells what it does on
// the writer out.
func (e *env) fix(ctx context.Context, opts *checkOptions, out io.Writer) error {
	report, err := e.survey(ctx, &opts.siteOptions, opts.now)
	if err != nil {
		return err
	}
	files, err := e.mendings(opts, report)
	if err != nil {
		return err
	}
	n := 0
	for _, f := range files {
		n += f.count
		fmt.Fprintf(out, "%s:\n%s", f.path, difference(f.was, f.now))
	}
	if n == 0 {
		fmt.Fprintf(out, "bantin: %s\n", say(e.lang, "fix-none"))
		return nil
	}
	places, count := language.Number(e.lang, n), language.Number(e.lang, len(files))
	if !opts.yes {
		if !e.asks {
			return wrongUsage("fix-asks", places, count).withHint("try", "bantin check --fix --yes")
		}
		fmt.Fprintf(e.stderr, "bantin: %s ", say(e.lang, "fix-question", places, count))
		answer, _ := bufio.NewReader(e.stdin).ReadString('\n')
		if !slices.Contains([]string{"c", "có", "co", "y", "yes"}, strings.ToLower(strings.TrimSpace(answer))) {
			fmt.Fprintf(out, "bantin: %s\n", say(e.lang, "fix-refused"))
			return nil
		}
	}
	x := &edits{site: &opts.siteOptions}
	for _, f := range files {
		if err := x.mend(f); err != nil {
			return x.undo(err)
		}
	}
	after, err := e.survey(ctx, &opts.siteOptions, opts.now)
	if err == nil && !hidesMore(report) {
		err = e.requireSound(&opts.siteOptions, report, after, func(file string) string { return file })
	}
	if err != nil {
		return x.undo(err)
	}
	fmt.Fprintf(out, "bantin: %s\n", say(e.lang, "fix-done", places, count))
	return nil
}

// hidesMore tells whether a mistake of a front matter may hide others, which are
// told once it is mended.
func hidesMore(report *build.Report) bool {
	return slices.ContainsFunc(report.Problems, func(p diag.Problem) bool {
		return p.Severity == diag.Error && slices.Contains(surelyMended, p.Code())
	})
}

// mend writes a mended file, unless it has changed meanwhile.
func (x *edits) mend(f mended) error {
	src, err := source.ReadFile(x.site.dir, f.path)
	if err != nil {
		return err
	}
	if !bytes.Equal(src, f.was) {
		return fmt.Errorf("read %s: %w", f.path, source.ErrChanged)
	}
	return x.replace(f.path, f.was, f.now)
}

// mendings returns the articles that can be mended, as they would be then.
func (e *env) mendings(opts *checkOptions, report *build.Report) (files []mended, err error) {
	for i, p := range report.Problems {
		if i > 0 && report.Problems[i-1].Pos.File == p.Pos.File || path.Ext(p.Pos.File) != ".md" || !strings.HasPrefix(p.Pos.File, contentFolder+"/") {
			continue
		}
		src, err := source.ReadFile(opts.dir, p.Pos.File)
		if err != nil {
			return nil, err
		}
		now, inText := mendText(src, p.Pos.File, report.Problems, e.lang)
		now, count := mendArticle(strings.TrimPrefix(p.Pos.File, contentFolder+"/"), now, e.lang)
		if count += inText; count > 0 {
			files = append(files, mended{p.Pos.File, src, now, count})
		}
	}
	return files, nil
}

// mendArticle returns the file src at path below content/ with the hints
// followed that surely can be, and how many these are. Each one is tried: it
// counts only if its problem is gone then and no other has come.
func mendArticle(at string, src []byte, lang string) (now []byte, count int) {
	tried := map[string]bool{}
	for {
		_, problems := article.Parse(at, src, time.UTC)
		i := slices.IndexFunc(problems, func(p diag.Problem) bool {
			return slices.Contains(surelyMended, p.Code()) && !tried[sameMistake(p)]
		})
		if i < 0 {
			return src, count
		}
		tried[sameMistake(problems[i])] = true
		if better, ok := followHint(at, src, problems[i], problems, lang); ok {
			src, count = better, count+1
		}
	}
}

// sameMistake names a problem whatever line it stands on.
func sameMistake(p diag.Problem) string { return p.ID + "\x00" + strings.Join(p.Args, "\x00") }

// hintLine fits a hint that is a line of front matter.
var hintLine = lazyregexp.New(`^([\p{L}_]+): \S.*$`)

// followHint returns src with the hint of p followed.
func followHint(at string, src []byte, p diag.Problem, before diag.List, lang string) ([]byte, bool) {
	hint := p.Hint(lang)
	m := hintLine().FindStringSubmatch(hint)
	if m == nil {
		return nil, false
	}
	for _, way := range []func() []byte{
		func() []byte { return editByHint(at, src, p, hint, m[1]) },
		func() []byte { return pasteHint(src, p, hint, m[1]) },
	} {
		if text := way(); text != nil && isMended(at, text, p, before) {
			return text, true
		}
	}
	return nil, false
}

// editByHint changes a key at the top of a block that can be read, and so keeps
// the comment behind it.
func editByHint(at string, src []byte, p diag.Problem, hint, key string) []byte {
	line, ok := lineAt(src, p.Pos.Line)
	if !ok || !strings.HasPrefix(line, key) {
		return nil
	}
	said, problems := strictyaml.Parse([]byte(hint+"\n"), "", 1)
	if problems != nil || len(said.Entries) != 1 {
		return nil
	}
	text, problems := article.Edit(at, src, strictyaml.Change{Path: []string{key}, Value: said.Entries[0].Value})
	if problems.HasErrors() {
		return nil
	}
	return text
}

// pasteHint puts the hint in the place of its line, unless that has a comment,
// which would go.
func pasteHint(src []byte, p diag.Problem, hint, key string) []byte {
	lines := bytes.SplitAfter(src, []byte("\n"))
	line, ok := lineAt(src, p.Pos.Line)
	indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
	if !ok || !strings.HasPrefix(line[len(indent):], key) || strings.Contains(line, " #") {
		return nil
	}
	old := lines[p.Pos.Line-1]
	end := old[len(bytes.TrimRight(old, "\r\n")):]
	lines[p.Pos.Line-1] = []byte(indent + hint + string(end))
	return bytes.Join(lines, nil)
}

// lineAt returns line n of src, from 1, without its end.
func lineAt(src []byte, n int) (string, bool) {
	lines := bytes.Split(src, []byte("\n"))
	if n < 1 || n > len(lines) {
		return "", false
	}
	return strings.TrimRight(string(lines[n-1]), "\r"), true
}

// isMended tells whether the problem p is gone from a file and no other one has
// come; behind a mistake of YAML, others may have hidden.
func isMended(at string, text []byte, p diag.Problem, before diag.List) bool {
	_, after := article.Parse(at, text, time.UTC)
	left := map[string]int{}
	for _, b := range before {
		left[sameMistake(b)]++
	}
	left[sameMistake(p)]--
	for _, a := range after {
		hid := strings.HasPrefix(p.Code(), "yaml-") && a.Pos.Line != p.Pos.Line && !strings.HasPrefix(a.Code(), "yaml-")
		if left[sameMistake(a)]--; left[sameMistake(a)] < 0 && !hid {
			return false
		}
	}
	return true
}

// difference shows the lines that two texts do not share, with their numbers in
// the first one.
func difference(was, now []byte) string {
	old, new := strings.SplitAfter(string(was), "\n"), strings.SplitAfter(string(now), "\n")
	var b strings.Builder
	tell := func(n int, mark, line string) {
		fmt.Fprintf(&b, "%6d %s %s\n", n, mark, strings.TrimRight(line, "\r\n"))
	}
	if len(old) == len(new) { // each line by itself
		for i := range old {
			if old[i] != new[i] {
				tell(i+1, "-", old[i])
				tell(i+1, "+", new[i])
			}
		}
		return b.String()
	}
	first := 0
	for first < min(len(old), len(new)) && old[first] == new[first] {
		first++
	}
	last := 0
	for last < min(len(old), len(new))-first && old[len(old)-1-last] == new[len(new)-1-last] {
		last++
	}
	for i := first; i < len(old)-last; i++ {
		tell(i+1, "-", old[i])
	}
	for i := first; i < len(new)-last; i++ {
		tell(first+1, "+", new[i])
	}
	return b.String()
}
