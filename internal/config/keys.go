package config

import (
	"slices"

	"bantin/internal/strictyaml"
)

type (
	field   = strictyaml.Field[Config]
	key     = strictyaml.Key
	node    = strictyaml.Node
	decoder = strictyaml.Decoder
)

// siteKeys is every key of site.yaml.
var siteKeys = strictyaml.NewTable("site", slices.Concat(identityFields, bodyFields, nameFields, listFields, lookFields, serverFields)...)

var identityFields = []field{
	{
		Key: key{Name: "title", Required: true, Example: "Trang tin xã Khê Hòa"},
		Set: func(d *decoder, n *node, c *Config) { c.Title = d.Filled(n) },
	},
	{
		Key: key{Name: "base_url", Type: strictyaml.TypeURL, Required: true, Example: "https://example.vn/"},
		Set: setBaseURL,
	},
	{
		Key: key{Name: "id", Example: "example.vn,2026"},
		Set: setID,
	},
	{
		Key: key{Name: "description"},
		Set: func(d *decoder, n *node, c *Config) { c.Description = d.Filled(n) },
	},
	{
		Key: key{Name: "language", Example: "vi"},
		Set: setLanguage,
	},
	{
		Key: key{Name: "languages", Type: strictyaml.TypeNames, Keys: languageKeys.Keys()},
		Set: setLanguages,
	},
	{
		Key: key{Name: "timezone", Example: "Asia/Ho_Chi_Minh"},
		Set: setTimezone,
	},
}

var bodyKeys = strictyaml.NewTable("site.organization",
	strictyaml.Field[Organization]{
		Key: key{Name: "name"},
		Set: func(d *decoder, n *node, o *Organization) { o.Name = d.Filled(n) },
	},
	strictyaml.Field[Organization]{
		Key: key{Name: "logo", Type: strictyaml.TypePath},
		Set: func(d *decoder, n *node, o *Organization) { o.Logo = staticFile(d, n) },
	},
	strictyaml.Field[Organization]{
		Key: key{Name: "emblem", Type: strictyaml.TypePath},
		Set: func(d *decoder, n *node, o *Organization) { o.Emblem = staticFile(d, n) },
	},
	strictyaml.Field[Organization]{
		Key: key{Name: "address"},
		Set: func(d *decoder, n *node, o *Organization) { o.Address = d.Filled(n) },
	},
	strictyaml.Field[Organization]{
		Key: key{Name: "phone"},
		Set: func(d *decoder, n *node, o *Organization) { o.Phone = d.Filled(n) },
	},
	strictyaml.Field[Organization]{
		Key: key{Name: "email"},
		Set: func(d *decoder, n *node, o *Organization) { o.Email = email(d, n) },
	},
	strictyaml.Field[Organization]{
		Key: key{Name: "url", Type: strictyaml.TypeURL},
		Set: func(d *decoder, n *node, o *Organization) { o.URL = absoluteURL(d, n) },
	},
	strictyaml.Field[Organization]{
		Key: key{Name: "responsible", Example: "Bà Trần Thị Hòa, Trưởng Ban Biên tập"},
		Set: func(d *decoder, n *node, o *Organization) { o.Responsible = d.Filled(n) },
	},
)

var reuseKeys = strictyaml.NewTable("site.reuse",
	strictyaml.Field[Reuse]{
		Key: key{Name: "text", Example: "Ghi rõ nguồn khi dùng lại tin bài."},
		Set: func(d *decoder, n *node, r *Reuse) { r.Text = d.Filled(n) },
	},
	strictyaml.Field[Reuse]{
		Key: key{Name: "url", Type: strictyaml.TypeURL},
		Set: func(d *decoder, n *node, r *Reuse) { r.URL = address(d, n) },
	},
)

var bodyFields = []field{
	strictyaml.Block(key{Name: "organization"},
		bodyKeys, func(c *Config) *Organization { return &c.Organization }),
	strictyaml.Block(key{Name: "feedback"},
		strictyaml.NewTable("site.feedback",
			strictyaml.Field[Feedback]{
				Key: key{Name: "email"},
				Set: func(d *decoder, n *node, f *Feedback) { f.Email = email(d, n) },
			},
			strictyaml.Field[Feedback]{
				Key: key{Name: "url", Type: strictyaml.TypeURL},
				Set: func(d *decoder, n *node, f *Feedback) { f.URL = address(d, n) },
			},
		), func(c *Config) *Feedback { return &c.Feedback }),
	strictyaml.Block(key{Name: "reuse"},
		reuseKeys, func(c *Config) *Reuse { return &c.Reuse }),
	{
		Key: key{Name: "extra", Type: strictyaml.TypeMap},
		Set: func(d *decoder, n *node, c *Config) { c.Extra = extra(d, n) },
	},
}

var pathKeys = strictyaml.NewTable("site.paths",
	word("page", func(p *Paths) *string { return &p.Page }),
	word("tag", func(p *Paths) *string { return &p.Tag }),
	word("organization", func(p *Paths) *string { return &p.Organization }),
	word("author", func(p *Paths) *string { return &p.Author }),
	word("event", func(p *Paths) *string { return &p.Event }),
	word("agreement", func(p *Paths) *string { return &p.Agreement }),
	word("search", func(p *Paths) *string { return &p.Search }),
	word("calendar", func(p *Paths) *string { return &p.Calendar }),
)

var nameFields = []field{
	{
		Key: key{Name: "menu", Type: strictyaml.TypeList, Bare: true, Keys: menuKeys.Keys()},
		Set: func(d *decoder, n *node, c *Config) { c.Menu = menuItems(d, n) },
	},
	{
		Key: key{Name: "tags", Type: strictyaml.TypeNames, Keys: nameKeys.Keys()},
		Set: func(d *decoder, n *node, c *Config) { c.Tags = c.taxa(d, n, nameKeys) },
	},
	{
		Key: key{Name: "organizations", Type: strictyaml.TypeNames, Keys: organizationKeys.Keys()},
		Set: func(d *decoder, n *node, c *Config) { c.Organizations = c.taxa(d, n, organizationKeys) },
	},
	{
		Key: key{Name: "authors", Type: strictyaml.TypeNames, Keys: nameKeys.Keys()},
		Set: func(d *decoder, n *node, c *Config) { c.Authors = c.taxa(d, n, nameKeys) },
	},
	{
		Key: key{Name: "mergers", Type: strictyaml.TypeNames, Keys: mergerKeys.Keys()},
		Set: func(*decoder, *node, *Config) {}, // setMergers, once the time zone is known
	},
	strictyaml.Block(key{Name: "paths"},
		pathKeys, func(c *Config) *Paths { return &c.Paths }),
	{
		Key: key{Name: "glossary", Type: strictyaml.TypeNames},
		Set: setGlossary,
	},
}

var listFields = []field{
	{
		Key: key{Name: "page_size", Type: strictyaml.TypeInt, Example: "20"},
		Set: func(d *decoder, n *node, c *Config) { setInt(d, n, &c.PageSize, 5, 200) },
	},
	{
		Key: key{Name: "related", Type: strictyaml.TypeInt, Example: "4"},
		Set: func(d *decoder, n *node, c *Config) { setInt(d, n, &c.Related, 0, 20) },
	},
	strictyaml.Block(key{Name: "feed"},
		strictyaml.NewTable("site.feed",
			strictyaml.Field[Feed]{
				Key: key{Name: "items", Type: strictyaml.TypeInt, Example: "20"},
				Set: func(d *decoder, n *node, f *Feed) { setInt(d, n, &f.Items, 1, 100) },
			},
			strictyaml.Field[Feed]{
				Key: key{Name: "full_text", Type: strictyaml.TypeBool},
				Set: func(d *decoder, n *node, f *Feed) { f.FullText = d.Bool(n) },
			},
		), func(c *Config) *Feed { return &c.Feed }),
	strictyaml.Block(key{Name: "search"},
		strictyaml.NewTable("site.search",
			strictyaml.Field[Search]{
				Key: key{Name: "off", Type: strictyaml.TypeBool},
				Set: func(d *decoder, n *node, s *Search) { s.Off = d.Bool(n) },
			},
			strictyaml.Field[Search]{
				Key: key{Name: "block", OneOf: []string{"quarter", "month"}},
				Set: func(d *decoder, n *node, s *Search) { s.ByMonth = d.OneOf(n, "quarter", "month") == "month" },
			},
		), func(c *Config) *Search { return &c.Search }),
	strictyaml.Block(key{Name: "sitemap"},
		strictyaml.NewTable("site.sitemap", strictyaml.Field[Sitemap]{
			Key: key{Name: "news", Type: strictyaml.TypeBool},
			Set: func(d *decoder, n *node, s *Sitemap) { s.News = d.Bool(n) },
		}), func(c *Config) *Sitemap { return &c.Sitemap }),
}

var lookFields = []field{
	strictyaml.Block(key{Name: "theme"},
		strictyaml.NewTable("site.theme",
			strictyaml.Field[Theme]{
				Key: key{Name: "accent", Example: `"#1f6f54"`},
				Set: setAccent,
			},
			strictyaml.Field[Theme]{
				Key: key{Name: "palette", OneOf: paletteNames()},
				Set: func(d *decoder, n *node, t *Theme) { t.Palette = palettes[d.OneOf(n, paletteNames()...)] },
			},
			strictyaml.Field[Theme]{
				Key: key{Name: "font", OneOf: fontNames()},
				Set: func(d *decoder, n *node, t *Theme) { t.Font = fonts[d.OneOf(n, fontNames()...)] },
			},
			strictyaml.Field[Theme]{
				Key: key{Name: "cover", Type: strictyaml.TypeBool},
				Set: func(d *decoder, n *node, t *Theme) { t.Cover = d.Bool(n) },
			},
			strictyaml.Field[Theme]{
				Key: key{Name: "image", Type: strictyaml.TypePath},
				Set: func(d *decoder, n *node, t *Theme) { t.Image = staticFile(d, n) },
			},
		), func(c *Config) *Theme { return &c.Theme }),
	strictyaml.Block(key{Name: "share"},
		strictyaml.NewTable("site.share",
			strictyaml.Field[Share]{
				Key: key{Name: "email", Type: strictyaml.TypeBool},
				Set: func(d *decoder, n *node, s *Share) { s.Email = d.Bool(n) },
			},
			strictyaml.Field[Share]{
				Key: key{Name: "zalo", Type: strictyaml.TypeBool},
				Set: func(d *decoder, n *node, s *Share) { s.Zalo = d.Bool(n) },
			},
			strictyaml.Field[Share]{
				Key: key{Name: "facebook", Type: strictyaml.TypeBool},
				Set: func(d *decoder, n *node, s *Share) { s.Facebook = d.Bool(n) },
			},
		), func(c *Config) *Share { return &c.Share }),
	strictyaml.Block(key{Name: "images"},
		strictyaml.NewTable("site.images",
			strictyaml.Field[Images]{
				Key: key{Name: "widths", Type: strictyaml.TypeList, Example: "[480, 960, 1600]"},
				Set: setWidths,
			},
			strictyaml.Field[Images]{
				Key: key{Name: "quality", Type: strictyaml.TypeInt, Example: "82"},
				Set: func(d *decoder, n *node, i *Images) { setInt(d, n, &i.Quality, 1, 100) },
			},
			strictyaml.Field[Images]{
				Key: key{Name: "webp", Type: strictyaml.TypeBool},
				Set: func(d *decoder, n *node, i *Images) { i.WebP = d.Bool(n) },
			},
		), func(c *Config) *Images { return &c.Images }),
	strictyaml.Block(key{Name: "markdown"},
		strictyaml.NewTable("site.markdown", strictyaml.Field[Markdown]{
			Key: key{Name: "html", OneOf: []string{Sanitize}},
			Set: func(d *decoder, n *node, m *Markdown) { m.HTML = d.OneOf(n, Sanitize) },
		}), func(c *Config) *Markdown { return &c.Markdown }),
}

// server is a key of hosting that is true or false.
func server(name string, of func(*Hosting) *bool) strictyaml.Field[Hosting] {
	return strictyaml.Field[Hosting]{
		Key: key{Name: name, Type: strictyaml.TypeBool},
		Set: func(d *decoder, n *node, h *Hosting) {
			if h.Pos.File == "" {
				h.Pos = n.Pos
			}
			*of(h) = d.Bool(n)
		},
	}
}

var serverFields = []field{
	{
		Key: key{Name: "deploy", Type: strictyaml.TypeNames},
		Set: setDeploy,
	},
	strictyaml.Block(key{Name: "notify"},
		strictyaml.NewTable("site.notify",
			strictyaml.Field[Notify]{
				Key: key{Name: "hubs", Type: strictyaml.TypeTexts, Example: "[https://hub.example/]"},
				Set: setHubs,
			},
			strictyaml.Field[Notify]{
				Key: key{Name: "indexnow", Example: "0a1b2c3d4e5f60718293a4b5c6d7e8f9"},
				Set: setIndexNow,
			},
		), func(c *Config) *Notify { return &c.Notify }),
	strictyaml.Block(key{Name: "desk"},
		strictyaml.NewTable("site.desk", strictyaml.Field[Desk]{
			Key: key{Name: "commit", Type: strictyaml.TypeBool},
			Set: func(d *decoder, n *node, k *Desk) { k.Commit = d.Bool(n) },
		}), func(c *Config) *Desk { return &c.Desk }),
	strictyaml.Block(key{Name: "hosting"},
		strictyaml.NewTable("site.hosting",
			server("nginx", func(h *Hosting) *bool { return &h.Nginx }),
			server("caddy", func(h *Hosting) *bool { return &h.Caddy }),
			server("apache", func(h *Hosting) *bool { return &h.Apache }),
			server("iis", func(h *Hosting) *bool { return &h.IIS }),
			server("headers", func(h *Hosting) *bool { return &h.Headers }),
			server("precompress", func(h *Hosting) *bool { return &h.Precompress }),
			server("hsts", func(h *Hosting) *bool { return &h.HSTS }),
		), func(c *Config) *Hosting { return &c.Hosting }),
	{
		Key: key{Name: "counter", Type: strictyaml.TypePath, Example: "/dem/"},
		Set: setCounter,
	},
	{
		Key: key{Name: "gone", Type: strictyaml.TypeTexts, Example: "[/tin-tuc/bai-cu/]"},
		Set: setGone,
	},
	{
		Key: key{Name: "checks", Type: strictyaml.TypeNames},
		Set: setChecks,
	},
}
