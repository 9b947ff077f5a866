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

	"bantin/internal/build"
	"bantin/internal/diag"
	"bantin/internal/language"
	"bantin/internal/mending"
	"bantin/internal/messages"
	"bantin/internal/source"
)

// mended is an article's file with its front matter mended.
type mended struct {
	path     string // in the site's folder
	was, now []byte
	count    int // of problems that go
}

// fix mends what surely can be mended, after asking. It tells what it does on
// the writer out.
func (e *env) fix(ctx context.Context, opts *checkOptions, out io.Writer) error {
	if err := e.recover(&opts.siteOptions); err != nil {
		return err
	}
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
	places, count := messages.Number(e.lang, n), messages.Number(e.lang, len(files))
	if !opts.yes {
		if !e.asks {
			return wrongUsage("fix-asks", places, count).withHint("try", "bantin check --fix --yes")
		}
		fmt.Fprintf(e.stderr, "bantin: %s ", say(e.lang, "fix-question", places, count))
		answer, _ := bufio.NewReader(e.stdin).ReadString('\n')
		if !isYes(e.lang, answer) {
			fmt.Fprintf(out, "bantin: %s\n", say(e.lang, "fix-refused"))
			return nil
		}
	}
	x := &editing{site: &opts.siteOptions, title: "bantin check --fix"}
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
	if err := x.done(); err != nil {
		return err
	}
	fmt.Fprintf(out, "bantin: %s\n", say(e.lang, "fix-done", places, count))
	return nil
}

// isYes tells an answer that means yes in the language of the question or in English.
func isYes(lang, answer string) bool {
	return slices.Contains(slices.Concat(messages.In(lang).Yes, messages.In(language.English).Yes), strings.ToLower(strings.TrimSpace(answer)))
}

// hidesMore tells whether a mistake of a front matter may hide others, which are
// told once it is mended.
func hidesMore(report *build.Report) bool {
	return slices.ContainsFunc(report.Problems, func(p diag.Problem) bool {
		return p.Severity == diag.Error && mending.IsSure(p.Code())
	})
}

// mend writes a mended file, unless it has changed meanwhile.
func (x *editing) mend(f mended) error {
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
	c, err := settings(opts.dir)
	if err != nil {
		return nil, err
	}
	for i, p := range report.Problems {
		if i > 0 && report.Problems[i-1].Pos.File == p.Pos.File || path.Ext(p.Pos.File) != ".md" || !strings.HasPrefix(p.Pos.File, source.ContentPrefix) {
			continue
		}
		src, err := source.ReadFile(opts.dir, p.Pos.File)
		if err != nil {
			return nil, err
		}
		now, inText := mending.Text(src, p.Pos.File, report.Problems, e.lang)
		now, count := mending.FrontMatter(strings.TrimPrefix(p.Pos.File, source.ContentPrefix), now, e.lang, c.Codes()...)
		if count += inText; count > 0 {
			files = append(files, mended{p.Pos.File, src, now, count})
		}
	}
	return files, nil
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
