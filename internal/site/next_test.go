package site

import (
	"testing"
	"time"

	"bantin/internal/digest"
	"bantin/internal/testsize"
)

func TestTheNextChangeIsTheEarliestMomentAtWhichSomethingTurns(t *testing.T) {
	for name, c := range map[string]struct {
		article, now, want string
	}{
		"nothing":                      {post("A", "1/3/2020"), "1/6/2024", ""},
		"it appears":                   {post("A", "8:00 1/7/2024"), "1/6/2024", "8:00 1/7/2024"},
		"it expires":                   {post("A", "1/3/2020", "expires: 6/2024"), "1/6/2024", "1/7/2024"},
		"its pin ends":                 {post("A", "1/3/2020", "pinned: 15/6/2024"), "1/6/2024", "16/6/2024"},
		"a correction is shown":        {post("A", "1/3/2020", "corrections: [{date: 9:00 2/6/2024, text: B}, {date: 1/6/2020, text: C}]"), "1/6/2024", "9:00 2/6/2024"},
		"an event begins":              {meeting("A", "start: 14:00 2/6/2024", "end: 16:00 2/6/2024"), "1/6/2024", "14:00 2/6/2024"},
		"an event ends":                {meeting("A", "start: 14:00 2/6/2024", "end: 16:00 2/6/2024"), "14:00 2/6/2024", "16:00 2/6/2024"},
		"an event leaves the calendar": {meeting("A", "start: 14:00 1/3/2024", "end: 16:00 1/3/2024"), "2/3/2024", "31/5/2024"},
		"an event is long over":        {meeting("A", "start: 14:00 1/3/2024", "end: 16:00 1/3/2024"), "31/5/2024", ""},
		"a term begins":                {pact("A", "from: 7/2024"), "1/6/2024", "1/7/2024"},
		"a term is about to end":       {pact("A", "from: 2020, to: 31/12/2024"), "1/6/2024", "3/10/2024"},
		"a term ends":                  {pact("A", "from: 2020, to: 31/12/2024"), "3/10/2024", "1/1/2025"},
		"a draft is none":              {post("A", "1/7/2024", "draft: true"), "1/6/2024", ""},
		"what has expired is none":     {post("A", "1/3/2020", "expires: 2020", "pinned: 2030"), "1/6/2024", ""},
	} {
		next := assemble(t, files{"content/tin-tuc/a.md": c.article}, options{now: c.now}).NextChange()
		switch {
		case c.want == "" && !next.IsZero():
			t.Errorf("%s: %s, want none", name, next)
		case c.want != "" && !next.Equal(moment(t, c.want)):
			t.Errorf("%s: %s, want %s", name, next, c.want)
		}
	}
}

// digestOf returns the digest of all that is written of a site.
func (b *folder) digestOf() digest.Digest {
	var h digest.Hasher
	h.Value(b.Chrome())
	for _, p := range b.Pages() {
		h.Str(p.Path)
		h.Value(b.View(p, b.digests))
	}
	for _, html := range b.html {
		h.Str(html)
	}
	return h.Sum()
}

func TestNothingChangesBeforeTheNextChange(t *testing.T) {
	testsize.SkipShort(t, "one goroutine does it all")
	f := rich()
	for _, o := range []options{{}, {drafts: true}, {future: true}} {
		at := func(now time.Time) *folder {
			o.now = now.Format("15:04:05 02/01/2006")
			return assemble(t, f, o)
		}
		changes, now := 0, moment(t, "1/1/2019")
		b := at(now)
		for next := b.NextChange(); !next.IsZero(); next = b.NextChange() {
			if b.digestOf() != at(next.Add(-time.Second)).digestOf() {
				t.Errorf("%+v: the next change after %s is %s, but it changes before", o, now, next)
			}
			changes, now, b = changes+1, next, at(next)
		}
		if b.digestOf() != at(moment(t, "1/1/2100")).digestOf() {
			t.Errorf("%+v: it changes after the last change, %s", o, now)
		}
		if changes < 20 {
			t.Errorf("%+v: it was to change more often than %d times", o, changes)
		}
	}
}
