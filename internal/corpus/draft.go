package corpus

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

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
	parties []string // to its agreement
	amends  *draft   // the earlier agreement that its own amends, if any
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

// draft draws article i, by one or two of so many writers.
func (c *Corpus) draft(i, writers int) *draft {
	d := c.head(i)
	d.rng = c.dice(i, textPart)
	authors := 1
	if d.rng.IntN(8) == 7 {
		authors = 2
	}
	for _, k := range d.numbers(writers, authors) {
		d.authors = append(d.authors, c.authors.name(k))
	}
	d.tags = d.distinct(c.tags, 2+d.rng.IntN(3))
	d.bind("speaker")
	return d
}

// head draws of article i what stands in its title and in its path.
func (c *Corpus) head(i int) *draft {
	d := &draft{corpus: c, rng: c.dice(i, headPart), i: i, date: c.date(i), bound: map[string]string{}}
	d.section = d.drawSection()
	d.kind = d.drawKind()
	d.amends = d.drawAmended()
	if d.amends != nil {
		d.section, d.parties = d.amends.section, d.amends.parties
		maps.Copy(d.bound, d.amends.bound)
	}
	d.bound["date"] = d.date.Format("2/1/2006")
	d.bound["year"] = d.date.Format("2006")
	if d.amends != nil {
		d.title = d.headline("title-amendment")
		return d
	}
	d.parties = d.distinct(c.bodies, d.drawParties())
	d.bound["org"], d.bound["partner"] = d.parties[0], d.parties[1]
	d.bindPlace()
	topic := strings.Split(d.phrase("topic"), " | ")
	d.bound["activity"], d.bound["work"], d.bound["aim"] = topic[0], topic[1], topic[2]
	d.title = d.headline(map[kind]string{news: "title", event: "title-event", agreement: "title-agreement"}[d.kind])
	return d
}

// bindPlace draws the place. With so many of each kind, two articles of one day
// would bear the same headline if each were not of another place.
func (d *draft) bindPlace() {
	if !d.corpus.mix.communes {
		d.bind("place")
		return
	}
	const step = 7 // so that neighbours in the list are none in time
	places := d.corpus.phrases.lines("place")
	d.bound["place"] = places[d.i*step%len(places)]
}

// headline draws a title. If the communes act, it says where, unless it would
// be too long for a headline.
func (d *draft) headline(name string) string {
	title, place := d.phrase(name), d.bound["place"]
	if d.corpus.mix.communes && !strings.Contains(strings.ToLower(title), strings.ToLower(place)) && utf8.RuneCountInString(title) < 95 {
		title += " tại " + place
	}
	return title
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
	switch m, roll := d.corpus.mix, d.rng.IntN(100); {
	case roll < m.events:
		return event
	case roll < m.events+m.agreements:
		return agreement
	}
	return news
}

// term is how far back an agreement lies at most that another one amends.
const term = 3 * 365 * 24 * time.Hour

// drawAmended returns the earlier agreement that the one of d amends, nil for
// none. It is one that amends no other itself.
func (d *draft) drawAmended() *draft {
	if d.kind != agreement || d.corpus.mix.amendments == 0 || !d.chance(d.corpus.mix.amendments) {
		return nil
	}
	back := min(d.i, int(term/d.corpus.pace))
	for i := d.i - 1 - d.number(back); i >= 0; i-- {
		if earlier := d.corpus.head(i); earlier.kind == agreement && earlier.amends == nil {
			return earlier
		}
	}
	return nil
}

// drawParties draws how many parties there are to an agreement. Of the first two
// the text tells, as that of any article does.
func (d *draft) drawParties() int {
	if more := d.corpus.mix.parties - 2; d.kind == agreement && more > 0 {
		return 2 + d.number(more+1)
	}
	return 2
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

// number draws a number below size, a small one far more often.
func (d *draft) number(size int) int {
	u := d.rng.Float64()
	return int(u * u * u * float64(size))
}

// numbers draws n different numbers below size, small ones far more often.
func (d *draft) numbers(size, n int) []int {
	drawn := make([]int, 0, n)
	for len(drawn) < n {
		if one := d.number(size); !slices.Contains(drawn, one) {
			drawn = append(drawn, one)
		}
	}
	return drawn
}

// distinct draws n different ones of all, those at the front far more often.
func (d *draft) distinct(all []string, n int) []string {
	drawn := make([]string, n)
	for i, k := range d.numbers(len(all), n) {
		drawn[i] = all[k]
	}
	return drawn
}

// chance tells whether something happens that does so in this percentage.
func (d *draft) chance(percent int) bool { return d.rng.IntN(100) < percent }
