package corpus

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// text returns the article's file.
func (d *draft) text() []byte {
	var b strings.Builder
	d.frontMatter(&b)
	d.body(&b)
	return []byte(b.String())
}

// frontMatter writes the block at the head.
func (d *draft) frontMatter(b *strings.Builder) {
	b.WriteString("---\n")
	field(b, "id", d.date.Format("20060102-")+d.slug())
	field(b, "title", quoted(d.title))
	field(b, "date", d.date.Format("15:04 02/01/2006"))
	if d.chance(2) {
		field(b, "updated", d.date.Add(26*time.Hour).Format("15:04 02/01/2006"))
	}
	if d.chance(80) {
		field(b, "lead", quoted(d.phrase("lead")))
	}
	field(b, "author", flowList(d.authors))
	field(b, "organization", d.bound["org"])
	field(b, "tags", flowList(d.tags))
	switch d.kind {
	case event:
		d.event(b)
	case agreement:
		d.agreement(b)
	}
	b.WriteString("---\n\n")
}

// field writes one key with its value.
func field(b *strings.Builder, key, value string) { b.WriteString(key + ": " + value + "\n") }

// event writes the block of a meeting in the weeks to come.
func (d *draft) event(b *strings.Builder) {
	start := d.date.AddDate(0, 0, 3+d.rng.IntN(18)).Truncate(time.Hour)
	b.WriteString("event:\n")
	field(b, "  start", start.Format("15:04 2/1/2006"))
	field(b, "  end", start.Add(150*time.Minute).Format("15:04 2/1/2006"))
	field(b, "  location", d.phrase("venue"))
	field(b, "  organizer", d.bound["org"])
}

// agreement writes the block of an agreement of one to five years.
func (d *draft) agreement(b *strings.Builder) {
	year := d.date.Year()
	b.WriteString("agreement:\n")
	field(b, "  number", strconv.Itoa(d.i)+"/CTPH-"+strconv.Itoa(year))
	field(b, "  parties", flowList([]string{d.bound["org"], d.bound["partner"]}))
	field(b, "  signed", d.date.Format("2/1/2006"))
	field(b, "  from", strconv.Itoa(year))
	field(b, "  to", strconv.Itoa(year+d.rng.IntN(5)))
	field(b, "  commitments", strconv.Itoa(4+d.rng.IntN(30)))
}

// body writes the text: an opening, parts under headings, a close.
func (d *draft) body(b *strings.Builder) {
	sentences := d.shuffled("sentence")
	headings := d.shuffled("heading")
	paragraph := func(first string, n int) {
		b.WriteString(first)
		for range n {
			b.WriteString(" " + d.expand(sentences()))
		}
		b.WriteString("\n\n")
	}
	footnote := d.chance(4)

	paragraph(d.phrase("opening"), 0)
	paragraph(d.expand(sentences()), 2)
	d.link(b)
	for end := 1900 + d.rng.IntN(1300); b.Len() < end; {
		b.WriteString("## " + d.expand(headings()) + "\n\n")
		paragraph(d.expand(sentences()), 1+d.rng.IntN(2))
		switch d.rng.IntN(6) {
		case 0, 1:
			d.list(b)
		case 2:
			b.WriteString("> " + d.phrase("quote") + "\n\n")
		case 3:
			d.table(b)
		}
	}
	b.WriteString(d.phrase("closing"))
	if footnote {
		b.WriteString("[^1]\n\n[^1]: " + d.phrase("footnote"))
	}
	b.WriteString("\n")
}

// shuffled returns a source of a symbol's alternatives that gives each once
// before it gives any twice.
func (d *draft) shuffled(name string) func() phrase {
	all := d.corpus.phrases.alternatives(name, d.section.folder)
	order := d.rng.Perm(len(all))
	next := 0
	return func() phrase {
		p := all[order[next%len(order)]]
		next++
		return p
	}
}

// link writes, in most articles, a link to one of the few hundred before.
func (d *draft) link(b *strings.Builder) {
	u := d.rng.Float64()
	earlier := d.i - 1 - int(u*u*300)
	if earlier < 0 || !d.chance(60) {
		return
	}
	target := d.corpus.head(earlier)
	path := target.fileName()
	if target.section.folder != d.section.folder {
		path = "../" + target.section.folder + "/" + path
	}
	d.bound["link"] = "[" + target.title + "](" + path + ")"
	b.WriteString(d.phrase("link") + "\n\n")
}

func (d *draft) list(b *strings.Builder) {
	items := d.shuffled("item")
	b.WriteString(d.phrase("listing") + "\n\n")
	for n := 3 + d.rng.IntN(3); n > 0; n-- {
		item := d.expand(items())
		if n == 1 {
			item = strings.TrimSuffix(item, ";") + "."
		}
		b.WriteString("- " + item + "\n")
	}
	b.WriteString("\n")
}

func (d *draft) table(b *strings.Builder) {
	b.WriteString(d.phrase("table") + "\n\n" + d.phrase("table-head") + "\n| --- | ---: | ---: |\n")
	for row := range 3 + d.rng.IntN(4) {
		d.bound["row"] = strconv.Itoa(row + 1)
		b.WriteString(d.phrase("table-row") + "\n")
	}
	b.WriteString("\n")
}

// quoted returns a text as a YAML scalar in double quotes. The phrases have
// neither quotes nor backslashes that would need escaping.
func quoted(s string) string { return `"` + s + `"` }

// flowList returns a YAML list on one line.
func flowList(items []string) string {
	items = slices.Clone(items)
	for i, item := range items {
		if strings.Contains(item, ",") {
			items[i] = quoted(item)
		}
	}
	return "[" + strings.Join(items, ", ") + "]"
}
