package config

import (
	"cmp"
	"strings"
	"time"

	"bantin/internal/language"
)

// defaults returns the settings of an empty site.yaml, but for those that
// follow from others.
func defaults() *Config {
	return &Config{
		Root:     "/",
		Language: language.Default,
		Location: vietnamTime(),
		PageSize: 20,
		Feed:     Feed{Items: 20, FullText: true},
		Related:  4,
		Theme:    Theme{Cover: true},
		Share:    Share{Email: true},
		Desk:     Desk{Commit: true},
		Images:   Images{Widths: []int{480, 960, 1600}, Quality: 82, WebP: true},
	}
}

// complete sets what follows from the language and from base_url.
func (c *Config) complete() {
	c.Paths = c.Paths.or(defaultPaths(c.Language))
	c.Theme.Accent = cmp.Or(c.Theme.Accent, c.Theme.Palette.Accent)
	if !c.IDGiven {
		_, host, _ := strings.Cut(c.Origin, "://")
		host, _, _ = strings.Cut(host, ":")
		c.ID = host + ",2025"
	}
}

func vietnamTime() *time.Location {
	loc, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		panic(err) // zone data is embedded
	}
	return loc
}

func defaultPaths(code string) Paths {
	if code != language.Vietnamese {
		return Paths{
			Page: "page", Tag: "tag", Organization: "organization", Author: "author",
			Event: "events", Agreement: "agreements", Search: "search", Calendar: "calendar",
		}
	}
	return Paths{
		Page: "trang", Tag: "the", Organization: "don-vi", Author: "tac-gia",
		Event: "su-kien", Agreement: "thoa-thuan", Search: "tim-kiem", Calendar: "lich",
	}
}

// or returns p with the words of q where it has none.
func (p Paths) or(q Paths) Paths {
	return Paths{
		Page: cmp.Or(p.Page, q.Page), Tag: cmp.Or(p.Tag, q.Tag),
		Organization: cmp.Or(p.Organization, q.Organization), Author: cmp.Or(p.Author, q.Author),
		Event: cmp.Or(p.Event, q.Event), Agreement: cmp.Or(p.Agreement, q.Agreement),
		Search: cmp.Or(p.Search, q.Search), Calendar: cmp.Or(p.Calendar, q.Calendar),
	}
}
