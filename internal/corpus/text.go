package corpus

import (
	"strconv"
	"strings"
	"time"

	"bantin/internal/article"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// text returns the article's file.
func (d *draft) text() []byte {
	var b strings.Builder
	b.Write(article.Format(d.frontMatter(), []byte("\n")))
	d.body(&b) // which is as long as the front matter lets it be
	return []byte(b.String())
}

// frontMatter draws the block at the head.
func (d *draft) frontMatter() *strictyaml.Node {
	front := (&strictyaml.Node{}).
		Set("id", strictyaml.Text(article.NewID(d.date, d.slug()))).
		Set("title", strictyaml.Quoted(d.title)).
		Set("date", strictyaml.Text(d.date.Format(vietnamese.MinuteLayout)))
	if d.chance(2) {
		front.Set("updated", strictyaml.Text(d.date.Add(26*time.Hour).Format(vietnamese.MinuteLayout)))
	}
	if d.chance(80) {
		front.Set("lead", strictyaml.Quoted(d.phrase("lead")))
	}
	front.Set("author", strictyaml.Texts(d.authors...)).
		Set("organization", strictyaml.Text(d.bound["org"])).
		Set("tags", strictyaml.Texts(d.tags...))
	switch d.kind {
	case event:
		front.Set("event", d.event())
	case agreement:
		front.Set("agreement", d.agreement())
	}
	return front
}

// event draws the block of a meeting in the weeks to come.
func (d *draft) event() *strictyaml.Node {
	start := d.date.AddDate(0, 0, 3+d.rng.IntN(18)).Truncate(time.Hour)
	return (&strictyaml.Node{}).
		Set("start", strictyaml.Text(start.Format("15:04 2/1/2006"))).
		Set("end", strictyaml.Text(start.Add(150*time.Minute).Format("15:04 2/1/2006"))).
		Set("location", strictyaml.Text(d.phrase("venue"))).
		Set("organizer", strictyaml.Text(d.bound["org"]))
}

// agreement draws the block of an agreement of one to five years.
func (d *draft) agreement() *strictyaml.Node {
	year := d.date.Year()
	block := (&strictyaml.Node{}).
		Set("number", strictyaml.Text(d.agreementNumber())).
		Set("parties", strictyaml.Texts(d.parties...)).
		Set("signed", strictyaml.Text(d.date.Format("2/1/2006"))).
		Set("from", strictyaml.Text(strconv.Itoa(year))).
		Set("to", strictyaml.Text(strconv.Itoa(year+d.rng.IntN(5)))).
		Set("commitments", strictyaml.Text(strconv.Itoa(4+d.rng.IntN(30))))
	if d.amends != nil {
		block.Set("amends", strictyaml.Text(d.amends.agreementNumber()))
	}
	return block
}

func (d *draft) agreementNumber() string {
	return strconv.Itoa(d.i) + "/CTPH-" + strconv.Itoa(d.date.Year())
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
