package corpus

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"bantin/internal/article"
	"bantin/internal/language"
	"bantin/internal/vietnamese"
)

// kind is what an article is beside news.
type kind uint8

const (
	news kind = iota
	event
	agreement
)

// draft is an article under way: what is drawn for it before its text.
type draft struct {
	corpus  *Corpus
	rng     *rand.Rand
	i       int
	kind    kind
	date    time.Time
	section section
	title   string
	authors []string
	tags    []string
	bound   map[string]string // what its symbols stand for, throughout
}

// The parts of an article that have dice of their own: others link to its
// head, so that it must not need the text.
const (
	headPart = iota
	textPart
)

// draft draws article i.
func (c *Corpus) draft(i int) *draft {
	d := c.head(i)
	d.rng = c.dice(i, textPart)
	authors := 1
	if d.rng.IntN(8) == 7 {
		authors = 2
	}
	d.authors = d.distinct(c.phrases.lines("person"), authors)
	d.tags = d.distinct(c.tags, 2+d.rng.IntN(3))
	d.bind("speaker")
	return d
}

// head draws of article i what stands in its title and in its path.
func (c *Corpus) head(i int) *draft {
	d := &draft{corpus: c, rng: c.dice(i, headPart), i: i, date: c.date(i), bound: map[string]string{}}
	d.section = d.drawSection()
	d.kind = d.drawKind()
	d.bound["date"] = d.date.Format("2/1/2006")
	d.bound["year"] = d.date.Format("2006")
	bodies := d.distinct(c.phrases.lines("organization"), 2)
	d.bound["org"], d.bound["partner"] = bodies[0], bodies[1]
	d.bind("place")
	topic := strings.Split(d.phrase("topic"), " | ")
	d.bound["activity"], d.bound["work"], d.bound["aim"] = topic[0], topic[1], topic[2]
	d.title = d.phrase(map[kind]string{news: "title", event: "title-event", agreement: "title-agreement"}[d.kind])
	return d
}

func (d *draft) drawSection() section {
	roll := d.rng.IntN(100)
	for _, s := range d.corpus.sections {
		if roll < s.share {
			return s
		}
		roll -= s.share
	}
	panic("corpus: the shares of the sections are under 100 %")
}

func (d *draft) drawKind() kind {
	switch roll := d.rng.IntN(100); {
	case roll < 3:
		return event
	case roll < 8:
		return agreement
	}
	return news
}

// path returns where the article lies in the site's folder.
func (d *draft) path() string { return "content/" + d.section.folder + "/" + d.fileName() }

func (d *draft) fileName() string { return article.DatedName(d.date, d.slug()) + ".md" }

// maxSlug leaves room for the article's number within a slug's 80 characters.
const maxSlug = 60

// slug returns the article's slug, which no other article has.
func (d *draft) slug() string {
	slug := vietnamese.Slug(d.title)
	if len(slug) > maxSlug {
		slug = slug[:strings.LastIndexByte(slug[:maxSlug], '-')]
	}
	return slug + "-" + strconv.Itoa(d.i)
}

// bind draws what a symbol stands for in the whole article.
func (d *draft) bind(name string) { d.bound[name] = d.phrase(name) }

// phrase puts one of a symbol's alternatives together.
func (d *draft) phrase(name string) string {
	all := d.corpus.phrases.alternatives(name, d.section.folder)
	return d.expand(all[d.rng.IntN(len(all))])
}

func (d *draft) expand(p phrase) string {
	var s strings.Builder
	for _, part := range p {
		s.WriteString(part.text)
		if part.name == "" {
			continue
		}
		filling := d.fill(part)
		if part.capital {
			filling = capitalised(filling)
		}
		s.WriteString(filling)
	}
	return s.String()
}

func (d *draft) fill(p part) string {
	if p.name == "num" {
		return language.Figures{Group: ".", Point: ","}.Number(p.low + d.rng.IntN(p.high-p.low+1))
	}
	if bound, ok := d.bound[p.name]; ok {
		return bound
	}
	return d.phrase(p.name)
}

// distinct draws n different ones of all, those at the front far more often.
func (d *draft) distinct(all []string, n int) []string {
	drawn := make([]string, 0, n)
	for len(drawn) < n {
		u := d.rng.Float64()
		if one := all[int(u*u*u*float64(len(all)))]; !slices.Contains(drawn, one) {
			drawn = append(drawn, one)
		}
	}
	return drawn
}

// chance tells whether something happens that does so in this percentage.
func (d *draft) chance(percent int) bool { return d.rng.IntN(100) < percent }
