package main

// frameEnglish and helpEnglish are all that the program tells of itself in
// English.
var frameEnglish = frame{
	usage: "Usage", examples: "Examples", commands: "Commands", flags: "Options", options: "options", byDefault: "default",
	more: "More about a command: bantin help COMMAND",
	exitCodes: `Exit codes: 0 fine; 1 the content has errors; 2 wrong usage; 3 could not read
or write, or --verify found a difference; 130 interrupted.`,
	common: map[string]string{
		"source":  "the `SITE`'s folder (default: this folder, or the nearest above it with a site.yaml)",
		"lang":    "`LANGUAGE` of messages, vi or en (default: the site's)",
		"help":    "show this help",
		"now":     "work as if it were this `TIME`, such as 2026-01-02 or \"19:02 11/03/2020\"",
		"version": "print the version",
	},
}

var helpEnglish = map[string]help{
	"": {
		short:    "Bantin turns a folder of articles into the news site of a public body",
		long:     `Bantin turns a folder of Markdown articles into the news site of a public body.`,
		examples: "  bantin init parish --lang en\n  bantin serve -s parish --open",
	},
	"build": {
		short: "Build the site into the output folder",
		long: `Build turns site.yaml and content/ into the complete site, ready to be served
as plain files. Only what changed is rendered and written; after an error the
site that stands is as it was.`,
		examples: "  bantin build\n  bantin build -s /srv/parish -o /var/www/parish --json",
		flags: map[string]string{
			"output":   "the output `FOLDER` (default: public in the site's folder)",
			"base-url": "`ADDRESS` of the site, in place of base_url in site.yaml",
			"drafts":   "build drafts too, marked",
			"future":   "build scheduled articles too, marked",
			"clean":    "start without the cache",
			"verify":   "write nothing; fail if the output is not what a build would write",
			"jobs":     "use this `NUMBER` of workers (default: one each core)",
			"json":     "print a report in JSON",
		},
	},
	"serve": {
		short: "Show the site on this machine as it is written",
		long: `Serve builds the site into a folder of its own, .bantin/serve/, and shows it to
this machine alone. When a file is saved it builds again and open pages follow;
after a mistake they list what is wrong and keep what was built last. Drafts and
scheduled articles are shown, marked. Ctrl-C ends it.

Beside it opens the desk, on a port of its own: a list of articles, a form, the
text with the true page beside it, pictures and documents, publishing. The desk
writes into content/ only and changes nothing but what is edited. With
--published there is none.`,
		examples: "  bantin serve --open\n  bantin serve -s /srv/parish --addr 127.0.0.1:8080 --published",
		flags: map[string]string{
			"addr":      "`ADDRESS` to serve at, on this machine alone",
			"published": "show only what is published, without the desk",
			"desk-addr": "`ADDRESS` of the desk, on this machine alone; by default the next port",
			"no-desk":   "open no desk",
			"open":      "open the browser",
		},
	},
	"new": {
		arguments: `SECTION "Title"`,
		short:     "Make the file of a new article",
		long: `New makes the file of a new article in a section of content/: a draft with its
id, its title and the present time, and comments that say what else can be
given. With --photos the article gets a folder of its own for its files.
It never overwrites a file.

With --language, the article is written in another language of the site. In place
of SECTION there may be the file of an article, a page or a section that is there
already: the new file stands beside it and is its translation.

A file templates/new.vi.md (or new.en.md) in the site's folder replaces the
text of new articles; {{.ID}}, {{.Title}}, {{.Date}}, {{.Day}}, {{.Event}},
{{.Agreement}} and {{.Original}} are filled in.`,
		examples: "  bantin new news \"Village meeting: the road to the mill\"\n  bantin new partnerships \"Working together in 2026\" --agreement --event\n  bantin new news/village-meeting.md \"Họp dân\" --language vi",
		flags: map[string]string{
			"event":     "with the block of an event",
			"agreement": "with the block of an agreement",
			"photos":    "with a folder of its own, for photos and documents",
			"language":  "in the language with this `CODE`, one of languages in site.yaml",
		},
	},
	"check": {
		short: "Report mistakes and slips, and write nothing",
		long: `Check reports all that a build would report, and slips that a build lets pass:
pictures without a description, headings that skip a level, text pasted from
Word, names one letter apart, dates that look swapped, files that nothing uses.
It lists what is not published now and the links that leave the site. It looks
at drafts, too, and writes nothing.

With --fix, mistakes whose mending is sure are mended in the front matter of
articles: the difference is shown, and nothing is written unless you agree.

Each kind of problem has a code. Under checks in site.yaml a code can be set to
off, warning or error; docs/checks.md shows an example of each.`,
		examples: "  bantin check\n  bantin check --fix\n  bantin check -s /srv/parish --strict --format github",
		flags: map[string]string{
			"format":       "print in this `FORM`: text, json, github (workflow commands) or sarif (2.1.0)",
			"strict":       "make errors of all warnings",
			"fix":          "mend the mistakes whose mending is sure, after asking",
			"translations": "list each article without a translation or with one older than itself",
			"yes":          "with --fix: do not ask",
		},
	},
	"mv": {
		arguments: "OLD NEW",
		short:     "Rename or move an article or a section; links follow",
		long: `Mv renames or moves an article's file, the folder of an article with files, or
a whole section with all in it. Translations beside an article move along. Links to
it in other articles, those in it, and the menu of site.yaml are written anew; its id
is kept, so that no subscriber gets it twice; its old address is added to its aliases,
a section's once for all below it, so that old links still arrive. NEW is the new file
or folder, or a section that is there. It never overwrites a file.`,
		examples: "  bantin mv content/news/meeting.md content/news/village-meeting.md\n  bantin mv content/news/signing content/partnerships\n  bantin mv content/news content/stories",
	},
	"publish": {
		arguments: "FILE...",
		short:     "Publish drafts: take draft out, set the date to now",
		long: `Publish takes the key draft out of drafts and sets their date to now, and tells
at which address they will be. A date in the future is kept: the article appears
at that time. An article with a mistake is not changed. Build the site by bantin
build.`,
		examples: "  bantin publish content/news/meeting.md\n  bantin publish content/news/meeting.md content/news/signing/index.md",
	},
	"deploy": {
		arguments: "TARGET",
		short:     "Build the site and bring it to where it is served",
		long: `Deploy builds the site and brings what differs to TARGET: a name under deploy in
site.yaml, or a URL of sftp://, s3:// or file://. A site with errors is not
deployed. What is new comes first, what is old goes last; the next deploy goes
on with one that was cut. Files that others put there are not touched.
Credentials come from the environment and the usual files (~/.aws/credentials,
~/.ssh), never from site.yaml.`,
		examples: "  bantin deploy main --dry-run\n  bantin deploy sftp://web@host.example/srv/www --keep 7d\n  bantin deploy main --watch\n  bantin deploy 's3://bucket/parish?endpoint=https://s3.example'",
		flags: map[string]string{
			"dry-run":    "only list what would be done",
			"delete":     "delete the files there that are not the site's, too",
			"keep":       "keep pictures, styles and search parts that are gone for another `TIME`, like 7d, for pages in caches",
			"watch":      "go on: deploy again at each change, and when an article's time comes",
			"purge-list": "write the addresses that changed to `FILE`, to be purged from a CDN",
			"json":       "print the report as JSON",
		},
	},
	"count": {
		arguments: "REPORT",
		short:     "Write the visits that a web server's log tells of, for the pages to show",
		long: `Count reads a REPORT that GoAccess made of access logs, and writes for each page
of the site how often it was asked for, as the pages of a site with counter read
it. The web server serves the folder at the path of counter in site.yaml. The
site must have been built. Make the report by:
goaccess access.log --log-format=COMBINED -o report.json`,
		examples: "  bantin count report.json -o /var/lib/bantin/visits\n  bantin count -s /srv/parish report.json -o /var/lib/bantin/visits",
		flags: map[string]string{
			"output": "the `FOLDER` for the counts",
		},
	},
	"words": {
		arguments: "CODE",
		short:     "Write down the words of pages to be translated",
		long: `Words adds to templates/CODE.yaml the words of pages that this file lacks: the
names of months, the texts of buttons and headings. They are in English, to be
translated in the file. What stands there stays as it is.`,
		examples: "  bantin words km\n  bantin words zh-Hant",
	},
	"init": {
		arguments: "FOLDER",
		short:     "Make a new site",
		long: `Init makes a small, complete site in a new or empty folder: settings with
comments, an example of each kind of article, a .gitignore, settings for VS Code
and an example of a CI workflow. A new Git repository, or a folder with a README
alone, is empty. The site is in Vietnamese, or in English with --lang en. With
--languages it has several languages: the first one is that of the site;
of one that Bantin has no words in, templates/ gets a file of words to translate.`,
		examples: "  bantin init parish --lang en && bantin serve -s parish\n  bantin init xa-khe-hoa\n  bantin init xa-khe-hoa --languages vi,en",
		flags: map[string]string{
			"languages": "the site's languages: their `CODES` with commas, the first one first",
		},
	},
	"import": {
		arguments: "FORMAT SOURCE...",
		short:     "Import an old site, and keep all its addresses",
		long: `Import reads the articles of an old site and writes them into content/: texts,
pictures, documents, dates, authors; old addresses as aliases. FORMAT is
wordpress (an .xml export, with its folder uploads), hugo or jekyll (the site's folder), html (a folder of
saved pages), feed (RSS, Atom, JSON files), docx (Word documents) or text (text
copied from pages). SOURCE is a
file or a folder. Nothing is fetched from the network, nothing overwritten. A
second run adds only what is new: the site's file import.csv remembers what was
imported.

An article that lacks what only a person knows, such as its date, becomes a draft
with a comment at its head. With --check-redirects, each old address in FILE (one
a line) is tried with the built site. docs/migration.md goes through it step by
step.`,
		examples: "  bantin import html /srv/old-site --dry-run\n  bantin import text old.txt --section news --report import.csv",
		flags: map[string]string{
			"section":         "`SECTION` of all that --map does not speak of (default: by the source, or tin-tuc)",
			"map":             "YAML `FILE` that says which section, author or key of the source becomes what",
			"profile":         "for html: YAML `FILE` that says by CSS selectors where headline, date and text are",
			"report":          "write a report of each item into `FILE`, .txt, .csv or .json",
			"dry-run":         "only show what would be written",
			"check-redirects": "try the old addresses in `FILE` with the built site",
		},
	},
	"schema": {
		arguments: "[article|site]",
		short:     "Print the JSON Schema of front matter or of site.yaml",
		long: `Schema prints the JSON Schema of the front matter of articles (article, the
default) or of site.yaml (site), for editors that complete and check keys. It is
made of the table that Bantin itself checks by.`,
		examples: "  bantin schema article > .vscode/article.schema.json\n  bantin schema site --lang vi > .vscode/site.schema.json",
	},
	"man": {
		arguments: "[COMMAND]",
		short:     "Print the manual page of a command",
		long: `Man prints the manual page of a command in the format of man, to be read by man
or installed below /usr/share/man. The packages bring these pages along.`,
		examples: "  bantin man build | man -l -\n  bantin man --lang vi > /usr/local/share/man/vi/man1/bantin.1",
	},
	"version": {
		short: "Print the program's version",
		long: `Version prints the program's version, the commit it was built from where that
is known, and the Go version.`,
		examples: "  bantin version\n  bantin version --licenses",
		flags: map[string]string{
			"licenses": "print the licences of what the program contains and others wrote",
		},
	},
	"help": {
		arguments: "[COMMAND]",
		short:     "Show the help of a command",
		long:      `Help shows the help of a command, or the list of commands.`,
		examples:  "  bantin help build\n  bantin help --lang vi",
	},
	"completion": {
		short:    "Print a script by which a shell completes bantin",
		long:     `Completion prints a script by which a shell completes commands, options and sections when Tab is pressed.`,
		examples: "  bantin completion bash > /etc/bash_completion.d/bantin\n  bantin completion powershell | Out-String | Invoke-Expression",
	},
	"completion bash": {
		short:    "The script for bash",
		long:     "Let bash complete bantin. It needs the package bash-completion.",
		examples: "  source <(bantin completion bash)\n  bantin completion bash > /etc/bash_completion.d/bantin",
		flags:    completionFlagsEnglish,
	},
	"completion zsh": {
		short:    "The script for zsh",
		long:     "Let zsh complete bantin. It needs autoload -U compinit; compinit in ~/.zshrc.",
		examples: "  source <(bantin completion zsh)\n  bantin completion zsh > \"${fpath[1]}/_bantin\"",
		flags:    completionFlagsEnglish,
	},
	"completion fish": {
		short:    "The script for fish",
		long:     "Let fish complete bantin.",
		examples: "  bantin completion fish | source\n  bantin completion fish > ~/.config/fish/completions/bantin.fish",
		flags:    completionFlagsEnglish,
	},
	"completion powershell": {
		short:    "The script for PowerShell",
		long:     "Let PowerShell complete bantin. Put the line into $PROFILE to have it in each session.",
		examples: "  bantin completion powershell | Out-String | Invoke-Expression\n  bantin completion powershell >> $PROFILE",
		flags:    completionFlagsEnglish,
	},
}

var completionFlagsEnglish = map[string]string{"no-descriptions": "without explanations"}
