package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"bantin/internal/config"
	"bantin/internal/diag"
	"bantin/internal/importer"
	"bantin/internal/importer/docx"
	"bantin/internal/importer/feed"
	"bantin/internal/importer/hugo"
	"bantin/internal/importer/jekyll"
	"bantin/internal/importer/plaintext"
	"bantin/internal/importer/savedpage"
	"bantin/internal/importer/wordpress"
	"bantin/internal/messages"
	"bantin/internal/source"
	"bantin/internal/vietnamese"
)

type importOptions struct {
	siteOptions
	section, mapping, profile, report string
	dryRun                            bool
	checkRedirects                    string
}

// importFormats are what can be imported, and how.
var importFormats = []struct {
	name string
	read func(*importing, context.Context) error
}{
	{"wordpress", (*importing).wordpress},
	{"hugo", (*importing).hugo},
	{"jekyll", (*importing).jekyll},
	{"feed", (*importing).feed},
	{"html", (*importing).html},
	{"text", (*importing).text},
	{"docx", (*importing).docx},
}

// formatNames returns the names of the formats in their order.
func formatNames() (names []string) {
	for _, f := range importFormats {
		names = append(names, f.name)
	}
	return names
}

func newImportCommand(e *env) *cobra.Command {
	var opts importOptions
	c := &cobra.Command{
		Use: "import",
		Args: func(c *cobra.Command, args []string) error {
			if opts.checkRedirects != "" {
				return noArguments(c, args)
			}
			return between(2, 1<<20)(c, args)
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return formatNames(), cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveDefault
		},
		RunE: func(c *cobra.Command, args []string) error {
			if err := e.open(c, &opts.siteOptions); err != nil {
				return err
			}
			if opts.checkRedirects != "" {
				return e.checkRedirects(c.Context(), &opts)
			}
			return e.runImport(c.Context(), &opts, args[0], args[1:])
		},
	}
	opts.addFlag(c)
	f := c.Flags()
	f.StringVar(&opts.section, "section", "", "")
	f.StringVar(&opts.mapping, "map", "", "")
	f.StringVar(&opts.profile, "profile", "", "")
	f.StringVar(&opts.report, "report", "", "")
	f.BoolVar(&opts.dryRun, "dry-run", false, "")
	f.StringVar(&opts.checkRedirects, "check-redirects", "", "")
	return c
}

// importing is one import under way.
type importing struct {
	e        *env
	opts     *importOptions
	settings *config.Config
	sources  []string
	into     importer.Options
	progress *progress
	result   *importer.Report
}

func (e *env) runImport(ctx context.Context, opts *importOptions, format string, sources []string) error {
	i := slices.Index(formatNames(), format)
	if i < 0 {
		return wrongUsage("import-format", format).withHint("one-of", strings.Join(formatNames(), ", "))
	}
	if opts.profile != "" && format != "html" {
		return wrongUsage("import-profile", format).withHint("try", "bantin import html …")
	}
	write, err := reportWriter(opts.report)
	if err != nil {
		return err
	}
	settings, err := settings(opts.dir)
	if err != nil {
		return err
	}
	for _, s := range sources {
		if _, err := os.Stat(s); err != nil {
			return err
		}
	}
	now, err := e.moment("")(settings.Location)
	if err != nil {
		return err
	}
	x := &importing{e: e, opts: opts, settings: settings, sources: sources, progress: e.newProgress()}
	x.into = importer.Options{
		Dir: opts.dir, Site: settings, Format: format, Lang: e.lang, Now: now, DryRun: opts.dryRun,
		Progress: func(done int) { x.progress.tell("progress-import", done, 0) },
	}
	if opts.section != "" {
		folder := path.Clean(strings.Trim(strings.TrimPrefix(filepath.ToSlash(opts.section), source.ContentPrefix), "/"))
		if found, err := findSection(opts.dir, opts.section); err == nil {
			folder = found
		}
		if vietnamese.Slug(strings.ReplaceAll(folder, "/", "-")) != strings.ReplaceAll(folder, "/", "-") || folder == "." {
			return wrongUsage("import-section", opts.section).withHint("import-section-hint", vietnamese.Slug(folder))
		}
		x.into.Section = folder
	}
	if err := x.readMap(); err != nil {
		return err
	}
	saveMemory()
	err = importFormats[i].read(x, ctx)
	x.progress.clear()
	if x.result == nil {
		return err
	}
	if err == nil && len(x.result.Rows) == 0 {
		return failed("import-nothing", format, strings.Join(sources, ", ")).withHint("import-nothing-hint")
	}
	told := x.tell(write)
	if err != nil && told == errContent { // which would hide why the import stopped
		return err
	}
	return errors.Join(err, told)
}

// reportWriter returns what writes the report of --report, by the extension of
// its name.
func reportWriter(name string) (func(*importer.Report, io.Writer, string) error, error) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv":
		return (*importer.Report).WriteCSV, nil
	case ".json":
		return (*importer.Report).WriteJSON, nil
	case ".txt", ".text":
		return (*importer.Report).WriteText, nil
	}
	if name == "" {
		return nil, nil
	}
	return nil, wrongUsage("import-report", name).withHint("import-report-hint")
}

// readMap reads the file of --map.
func (x *importing) readMap() error {
	if x.opts.mapping == "" {
		return nil
	}
	src, err := readSmall(x.opts.mapping)
	if err != nil {
		return err
	}
	m, problems, err := importer.ReadMap(src, filepath.ToSlash(x.opts.mapping), func(name string) ([]byte, error) {
		if !filepath.IsLocal(filepath.FromSlash(name)) {
			return nil, wrongUsage("import-table", name).withHint("import-table-hint")
		}
		return readSmall(filepath.Join(filepath.Dir(x.opts.mapping), filepath.FromSlash(name)))
	})
	if err != nil {
		return err
	}
	if problems.HasErrors() {
		return errors.Join(errContent, x.e.printIn(src, problems))
	}
	x.into.Map = m
	x.into.Hosts = m.Hosts
	return nil
}

// readSmall reads a file that the user has named: a map, a profile, a list.
func readSmall(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.Size() > importer.MaxSource {
		return nil, &os.PathError{Op: "read", Path: name, Err: source.ErrTooLarge}
	}
	return os.ReadFile(name)
}

// printIn prints the problems of a file that is none of the site's.
func (e *env) printIn(src []byte, problems diag.List) error {
	lines := bytes.Split(src, []byte("\n"))
	p := diag.Printer{Lang: e.lang, Line: func(_ string, n int) (string, bool) {
		if n < 1 || n > len(lines) {
			return "", false
		}
		return strings.TrimRight(string(lines[n-1]), "\r"), true
	}}
	return p.Text(e.stderr, problems)
}

// run opens the importer, lets read fill it, and writes what has come.
func (x *importing) run(ctx context.Context, files importer.Files, read func(*importer.Importer) error) error {
	x.into.Files = files
	m, err := importer.New(x.into)
	if err != nil {
		return err
	}
	defer m.Close()
	if err := read(m); err != nil {
		return err
	}
	x.result, err = m.Finish(ctx)
	return err
}

func (x *importing) wordpress(ctx context.Context) error {
	export, err := wordpress.Open(ctx, x.sources)
	if err != nil {
		return err
	}
	defer export.Close()
	x.into.Hosts = append(x.into.Hosts, export.Hosts()...)
	return x.run(ctx, export.Files(), func(m *importer.Importer) error { return export.Read(ctx, m, x.into) })
}

// oneFolder refuses several folders where the format has one with everything in
// it.
func (x *importing) oneFolder() error {
	if len(x.sources) > 1 {
		return wrongUsage("many-arguments", "bantin import "+x.into.Format, x.sources[1]).withHint("try", "bantin import "+x.into.Format+" "+asTyped(x.sources[0]))
	}
	if info, err := os.Stat(x.sources[0]); err == nil && !info.IsDir() {
		return failed("not-folder", x.sources[0]).withHint("import-folder-hint")
	}
	return nil
}

func (x *importing) hugo(ctx context.Context) error {
	if err := x.oneFolder(); err != nil {
		return err
	}
	site, err := hugo.Open(x.sources[0], x.into)
	if err != nil {
		return err
	}
	defer site.Close()
	x.into.Hosts = append(x.into.Hosts, site.Hosts()...)
	x.into.IsPage = hugo.IsPage
	return x.run(ctx, site.Files(), func(m *importer.Importer) error { return site.Read(ctx, m, x.into) })
}

func (x *importing) jekyll(ctx context.Context) error {
	if err := x.oneFolder(); err != nil {
		return err
	}
	site, err := jekyll.Open(x.sources[0], x.into)
	if err != nil {
		return err
	}
	defer site.Close()
	x.into.Hosts = append(x.into.Hosts, site.Hosts()...)
	x.into.IsPage = jekyll.IsPage
	return x.run(ctx, site.Files(), func(m *importer.Importer) error { return site.Read(ctx, m, x.into) })
}

func (x *importing) feed(ctx context.Context) error {
	in, err := importer.FindInputs(x.sources, feed.Wanted)
	if err != nil {
		return err
	}
	defer in.Close()
	x.into.Hosts = append(x.into.Hosts, feed.Hosts(in)...)
	return x.run(ctx, in, func(m *importer.Importer) error { return feed.Read(ctx, in, m, x.settings.Location) })
}

func (x *importing) docx(ctx context.Context) error {
	in, err := importer.FindInputs(x.sources, docx.Wanted)
	if err != nil {
		return err
	}
	defer in.Close()
	return x.run(ctx, &docx.Files{In: in}, func(m *importer.Importer) error { return docx.Read(ctx, in, m, x.settings.Location) })
}

func (x *importing) text(ctx context.Context) error {
	in, err := importer.FindInputs(x.sources, plaintext.Wanted)
	if err != nil {
		return err
	}
	defer in.Close()
	return x.run(ctx, in, func(m *importer.Importer) error { return plaintext.Read(ctx, in, m, x.settings.Location) })
}

func (x *importing) html(ctx context.Context) error {
	var profile *savedpage.Profile
	if x.opts.profile != "" {
		src, err := readSmall(x.opts.profile)
		if err != nil {
			return err
		}
		var problems diag.List
		profile, problems, err = savedpage.ReadProfile(src, filepath.ToSlash(x.opts.profile))
		if problems.HasErrors() {
			return errors.Join(errContent, x.e.printIn(src, problems))
		}
		var wrong *savedpage.SelectorError
		if errors.As(err, &wrong) {
			return wrongUsage("import-selector", wrong.Pos.File, strconv.Itoa(int(wrong.Pos.Line)), wrong.Text).withHint("import-selector-hint")
		}
	}
	in, err := importer.FindInputs(x.sources, savedpage.Wanted)
	if err != nil {
		return err
	}
	defer in.Close()
	x.into.IsPage = savedpage.Wanted
	return x.run(ctx, in, func(m *importer.Importer) error { return savedpage.Read(ctx, in, m, profile, x.settings.Location) })
}

// maxTold is how many items are told at the terminal; the report has all.
const maxTold = 20

// tell prints what became of the items, and writes the report.
func (x *importing) tell(write func(*importer.Report, io.Writer, string) error) error {
	e, r := x.e, x.result
	if x.opts.report != "" {
		var out bytes.Buffer
		if err := write(r, &out, e.lang); err != nil {
			return err
		}
		if err := os.WriteFile(x.opts.report, out.Bytes(), 0o666); err != nil {
			return err
		}
	}
	told := &importer.Report{}
	rest, drafts := 0, 0
	for _, row := range r.Rows {
		if row.Draft && row.Result != importer.NotWritten {
			drafts++
		}
		if row.IsQuiet() || row.Result == importer.LeftOut && !row.IsLost() && !x.opts.dryRun || row.Result == importer.Written && row.Confidence == importer.High && !x.opts.dryRun {
			continue
		}
		if len(told.Rows) >= maxTold && !x.opts.dryRun {
			rest++
			continue
		}
		told.Rows = append(told.Rows, row)
	}
	var out bytes.Buffer
	if err := told.WriteText(&out, e.lang); err != nil {
		return err
	}
	if rest > 0 {
		out.WriteString(say(e.lang, "import-more", messages.Number(e.lang, rest)) + "\n")
	}
	done := "import-done"
	if x.opts.dryRun {
		done = "import-would"
	}
	number := func(n int) string { return messages.Number(e.lang, n) }
	out.WriteString("bantin: " + say(e.lang, done, number(r.Count(importer.Written)), number(drafts), number(r.Files)))
	for _, result := range []importer.Result{importer.Unchanged, importer.ChangedSource, importer.ChangedHere, importer.Removed, importer.Duplicate, importer.LeftOut, importer.Failed, importer.NotWritten, importer.Unmatched} {
		if n := r.Count(result); n > 0 {
			out.WriteString("; " + result.Text(e.lang) + ": " + number(n))
		}
	}
	out.WriteByte('\n')
	if !x.opts.dryRun && r.Count(importer.Written) > 0 {
		out.WriteString("    " + say(e.lang, "import-next") + "\n")
	}
	if _, err := e.stdout.Write(out.Bytes()); err != nil {
		return err
	}
	if r.Count(importer.Failed) > 0 {
		return errContent
	}
	return nil
}
