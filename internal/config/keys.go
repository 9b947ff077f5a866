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
var siteKeys = strictyaml.NewTable(slices.Concat(identityFields, bodyFields, nameFields, listFields, lookFields, serverFields)...)

var identityFields = []field{
	{
		Key: key{Name: "title", Required: true, Example: "Trang tin xã Khê Hòa",
			VI: "tên trang tin", EN: "the site's name"},
		Set: func(d *decoder, n *node, c *Config) { c.Title = d.Filled(n) },
	},
	{
		Key: key{Name: "base_url", Type: strictyaml.TypeURL, Required: true, Example: "https://example.vn/",
			VI: "địa chỉ công khai của trang, có thể có đường dẫn", EN: "the public address, perhaps with a path"},
		Set: setBaseURL,
	},
	{
		Key: key{Name: "id", Example: "example.vn,2026",
			VI: "mã gốc của các mục trong kênh tin: tên miền và ngày, không đổi nữa", EN: "the authority of the feeds' ids: host and date, never to change"},
		Set: setID,
	},
	{
		Key: key{Name: "description", VI: "mô tả ngắn về trang", EN: "what the site is about"},
		Set: func(d *decoder, n *node, c *Config) { c.Description = d.Filled(n) },
	},
	{
		Key: key{Name: "language", Example: "vi", VI: "mã ngôn ngữ của trang, như vi, en, km, zh-Hant", EN: "the code of the site's language, like vi, en, km, zh-Hant"},
		Set: setLanguage,
	},
	{
		Key: key{Name: "languages", Type: strictyaml.TypeNames, Keys: languageKeys.Keys(),
			VI: "các ngôn ngữ khác: mã, rồi title, description, menu, organization, paths",
			EN: "the other languages: a code, then title, description, menu, organization, paths"},
		Set: setLanguages,
	},
	{
		Key: key{Name: "timezone", Example: "Asia/Ho_Chi_Minh", VI: "múi giờ của ngày giờ trong bài", EN: "the zone of dates and times in articles"},
		Set: setTimezone,
	},
}

var bodyKeys = strictyaml.NewTable(
	strictyaml.Field[Organization]{
		Key: key{Name: "name", VI: "tên cơ quan", EN: "its name"},
		Set: func(d *decoder, n *node, o *Organization) { o.Name = d.Filled(n) },
	},
	strictyaml.Field[Organization]{
		Key: key{Name: "logo", Type: strictyaml.TypePath, VI: "tệp biểu trưng trong static/", EN: "its logo, a file of static/"},
		Set: func(d *decoder, n *node, o *Organization) { o.Logo = staticFile(d, n) },
	},
	strictyaml.Field[Organization]{
		Key: key{Name: "emblem", Type: strictyaml.TypePath, VI: "tệp huy hiệu trong static/", EN: "its emblem, a file of static/"},
		Set: func(d *decoder, n *node, o *Organization) { o.Emblem = staticFile(d, n) },
	},
	strictyaml.Field[Organization]{
		Key: key{Name: "address", VI: "địa chỉ trụ sở", EN: "where it is"},
		Set: func(d *decoder, n *node, o *Organization) { o.Address = d.Filled(n) },
	},
	strictyaml.Field[Organization]{
		Key: key{Name: "phone", VI: "điện thoại", EN: "its telephone"},
		Set: func(d *decoder, n *node, o *Organization) { o.Phone = d.Filled(n) },
	},
	strictyaml.Field[Organization]{
		Key: key{Name: "email", VI: "thư điện tử", EN: "its e-mail address"},
		Set: func(d *decoder, n *node, o *Organization) { o.Email = email(d, n) },
	},
	strictyaml.Field[Organization]{
		Key: key{Name: "url", Type: strictyaml.TypeURL, VI: "trang web của cơ quan", EN: "its own web site"},
		Set: func(d *decoder, n *node, o *Organization) { o.URL = absoluteURL(d, n) },
	},
	strictyaml.Field[Organization]{
		Key: key{Name: "responsible", Example: "Bà Trần Thị Hòa, Trưởng Ban Biên tập",
			VI: "ai chịu trách nhiệm nội dung", EN: "who answers for what is published"},
		Set: func(d *decoder, n *node, o *Organization) { o.Responsible = d.Filled(n) },
	},
)

var reuseKeys = strictyaml.NewTable(
	strictyaml.Field[Reuse]{
		Key: key{Name: "text", Example: "Ghi rõ nguồn khi dùng lại tin bài.", VI: "lời văn, ở chân trang", EN: "the words, in the footer"},
		Set: func(d *decoder, n *node, r *Reuse) { r.Text = d.Filled(n) },
	},
	strictyaml.Field[Reuse]{
		Key: key{Name: "url", Type: strictyaml.TypeURL, VI: "trang có toàn văn điều kiện hoặc giấy phép", EN: "the page with the whole terms or the licence"},
		Set: func(d *decoder, n *node, r *Reuse) { r.URL = address(d, n) },
	},
)

var bodyFields = []field{
	strictyaml.Block(key{Name: "organization", VI: "cơ quan chủ quản", EN: "the public body whose site it is"},
		bodyKeys, func(c *Config) *Organization { return &c.Organization }),
	strictyaml.Block(key{Name: "feedback", VI: "nơi nhận ý kiến bạn đọc", EN: "where readers write to"},
		strictyaml.NewTable(
			strictyaml.Field[Feedback]{
				Key: key{Name: "email", VI: "thư điện tử nhận ý kiến", EN: "an e-mail address"},
				Set: func(d *decoder, n *node, f *Feedback) { f.Email = email(d, n) },
			},
			strictyaml.Field[Feedback]{
				Key: key{Name: "url", Type: strictyaml.TypeURL, VI: "địa chỉ của mẫu ý kiến", EN: "the address of a form"},
				Set: func(d *decoder, n *node, f *Feedback) { f.URL = address(d, n) },
			},
		), func(c *Config) *Feedback { return &c.Feedback }),
	strictyaml.Block(key{Name: "reuse", VI: "điều kiện dùng lại tin bài", EN: "the terms of reuse"},
		reuseKeys, func(c *Config) *Reuse { return &c.Reuse }),
	{
		Key: key{Name: "extra", Type: strictyaml.TypeMap, VI: "khóa riêng cho mẫu riêng của trang", EN: "the site's own keys, for its own templates"},
		Set: func(d *decoder, n *node, c *Config) { c.Extra = extra(d, n) },
	},
}

var pathKeys = strictyaml.NewTable(
	word("page", "trang cũ hơn", "an older page of a list", func(p *Paths) *string { return &p.Page }),
	word("tag", "thẻ", "a tag", func(p *Paths) *string { return &p.Tag }),
	word("organization", "đơn vị", "an organization", func(p *Paths) *string { return &p.Organization }),
	word("author", "tác giả", "an author", func(p *Paths) *string { return &p.Author }),
	word("event", "sự kiện", "events", func(p *Paths) *string { return &p.Event }),
	word("agreement", "thỏa thuận", "agreements", func(p *Paths) *string { return &p.Agreement }),
	word("search", "tìm kiếm", "search", func(p *Paths) *string { return &p.Search }),
	word("calendar", "tệp lịch", "calendar files", func(p *Paths) *string { return &p.Calendar }),
)

var nameFields = []field{
	{
		Key: key{Name: "menu", Type: strictyaml.TypeList, Bare: true, Keys: menuKeys.Keys(), VI: "thực đơn: đường dẫn chuyên mục, hoặc {title, url}", EN: "the menu: paths of sections, or {title, url}"},
		Set: func(d *decoder, n *node, c *Config) { c.Menu = menuItems(d, n) },
	},
	{
		Key: key{Name: "tags", Type: strictyaml.TypeNames, Keys: nameKeys.Keys(), VI: "các thẻ: tên, rồi slug, description, aliases", EN: "tags: a name, then slug, description, aliases"},
		Set: func(d *decoder, n *node, c *Config) { c.Tags = taxa(d, n, nameKeys, c.Codes()) },
	},
	{
		Key: key{Name: "organizations", Type: strictyaml.TypeNames, Keys: organizationKeys.Keys(), VI: "các đơn vị: như thẻ, thêm successor", EN: "organizations: as tags, and successor"},
		Set: func(d *decoder, n *node, c *Config) { c.Organizations = taxa(d, n, organizationKeys, c.Codes()) },
	},
	{
		Key: key{Name: "authors", Type: strictyaml.TypeNames, Keys: nameKeys.Keys(), VI: "các tác giả: như thẻ", EN: "authors: as tags"},
		Set: func(d *decoder, n *node, c *Config) { c.Authors = taxa(d, n, nameKeys, c.Codes()) },
	},
	{
		Key: key{Name: "mergers", Type: strictyaml.TypeNames, Keys: mergerKeys.Keys(), VI: "các đơn vị đã sáp nhập: đơn vị cũ, rồi into, from", EN: "mergers: the old body, then into, from"},
		Set: func(*decoder, *node, *Config) {}, // setMergers, once the time zone is known
	},
	strictyaml.Block(key{Name: "paths", VI: "các từ trong địa chỉ trang", EN: "the words of URLs"},
		pathKeys, func(c *Config) *Paths { return &c.Paths }),
	{
		Key: key{Name: "glossary", Type: strictyaml.TypeNames, VI: "chữ tắt và nghĩa đầy đủ", EN: "abbreviations and what they stand for"},
		Set: setGlossary,
	},
}

var listFields = []field{
	{
		Key: key{Name: "page_size", Type: strictyaml.TypeInt, Example: "20", VI: "số bài trên một trang danh sách", EN: "how many articles a page of a list has"},
		Set: func(d *decoder, n *node, c *Config) { setInt(d, n, &c.PageSize, 5, 200) },
	},
	{
		Key: key{Name: "related", Type: strictyaml.TypeInt, Example: "4", VI: "số bài liên quan dưới mỗi bài", EN: "how many related articles are shown below one"},
		Set: func(d *decoder, n *node, c *Config) { setInt(d, n, &c.Related, 0, 20) },
	},
	strictyaml.Block(key{Name: "feed", VI: "kênh tin RSS, Atom, JSON", EN: "the feeds"},
		strictyaml.NewTable(
			strictyaml.Field[Feed]{
				Key: key{Name: "items", Type: strictyaml.TypeInt, Example: "20", VI: "số bài trong kênh tin", EN: "how many articles a feed has"},
				Set: func(d *decoder, n *node, f *Feed) { setInt(d, n, &f.Items, 1, 100) },
			},
			strictyaml.Field[Feed]{
				Key: key{Name: "full_text", Type: strictyaml.TypeBool, VI: "kênh tin mang cả bài", EN: "whether feeds carry whole articles"},
				Set: func(d *decoder, n *node, f *Feed) { f.FullText = d.Bool(n) },
			},
		), func(c *Config) *Feed { return &c.Feed }),
	strictyaml.Block(key{Name: "search", VI: "tìm kiếm", EN: "the search"},
		strictyaml.NewTable(
			strictyaml.Field[Search]{
				Key: key{Name: "off", Type: strictyaml.TypeBool, VI: "true: không có tìm kiếm", EN: "true: no search"},
				Set: func(d *decoder, n *node, s *Search) { s.Off = d.Bool(n) },
			},
			strictyaml.Field[Search]{
				Key: key{Name: "block", OneOf: []string{"quarter", "month"}, VI: "cách cắt bảng chỉ mục; month cho kho từ một triệu bài", EN: "how the index is cut; month for a million articles"},
				Set: func(d *decoder, n *node, s *Search) { s.ByMonth = d.Filled(n) == "month" },
			},
		), func(c *Config) *Search { return &c.Search }),
	strictyaml.Block(key{Name: "sitemap", VI: "sơ đồ trang", EN: "sitemaps"},
		strictyaml.NewTable(strictyaml.Field[Sitemap]{
			Key: key{Name: "news", Type: strictyaml.TypeBool, VI: "thêm sơ đồ tin mới cho Google News", EN: "whether there is one for Google News"},
			Set: func(d *decoder, n *node, s *Sitemap) { s.News = d.Bool(n) },
		}), func(c *Config) *Sitemap { return &c.Sitemap }),
}

var lookFields = []field{
	strictyaml.Block(key{Name: "theme", VI: "giao diện", EN: "the look"},
		strictyaml.NewTable(
			strictyaml.Field[Theme]{
				Key: key{Name: "accent", Example: `"#1f6f54"`, VI: "màu chủ đạo", EN: "the main colour"},
				Set: setAccent,
			},
			strictyaml.Field[Theme]{
				Key: key{Name: "palette", OneOf: paletteNames(), VI: "bảng màu có sẵn", EN: "a set of colours that come with the program"},
				Set: func(d *decoder, n *node, t *Theme) { t.Palette = palettes[d.OneOf(n, paletteNames()...)] },
			},
			strictyaml.Field[Theme]{
				Key: key{Name: "font", OneOf: fontNames(), VI: "phông chữ của tiêu đề, tải cùng trang", EN: "the typeface of headlines, loaded with the pages"},
				Set: func(d *decoder, n *node, t *Theme) { t.Font = fonts[d.OneOf(n, fontNames()...)] },
			},
			strictyaml.Field[Theme]{
				Key: key{Name: "cover", Type: strictyaml.TypeBool, VI: "hiện ảnh bìa ở đầu bài", EN: "whether an article's cover stands at its head"},
				Set: func(d *decoder, n *node, t *Theme) { t.Cover = d.Bool(n) },
			},
			strictyaml.Field[Theme]{
				Key: key{Name: "image", Type: strictyaml.TypePath, VI: "ảnh đại diện khi chia sẻ trang không có ảnh, tệp trong static/", EN: "the picture shared for pages that have none, a file of static/"},
				Set: func(d *decoder, n *node, t *Theme) { t.Image = staticFile(d, n) },
			},
		), func(c *Config) *Theme { return &c.Theme }),
	strictyaml.Block(key{Name: "share", VI: "nút chia sẻ bài", EN: "tools to share an article"},
		strictyaml.NewTable(
			strictyaml.Field[Share]{
				Key: key{Name: "email", Type: strictyaml.TypeBool, VI: "nút gửi bài qua thư điện tử", EN: "whether it can be sent by e-mail"},
				Set: func(d *decoder, n *node, s *Share) { s.Email = d.Bool(n) },
			},
			strictyaml.Field[Share]{
				Key: key{Name: "zalo", Type: strictyaml.TypeBool, VI: "liên kết chia sẻ lên Zalo", EN: "whether a link shares it on Zalo"},
				Set: func(d *decoder, n *node, s *Share) { s.Zalo = d.Bool(n) },
			},
			strictyaml.Field[Share]{
				Key: key{Name: "facebook", Type: strictyaml.TypeBool, VI: "liên kết chia sẻ lên Facebook", EN: "whether a link shares it on Facebook"},
				Set: func(d *decoder, n *node, s *Share) { s.Facebook = d.Bool(n) },
			},
		), func(c *Config) *Share { return &c.Share }),
	strictyaml.Block(key{Name: "images", VI: "cỡ và chất lượng ảnh", EN: "sizes and quality of pictures"},
		strictyaml.NewTable(
			strictyaml.Field[Images]{
				Key: key{Name: "widths", Type: strictyaml.TypeList, Example: "[480, 960, 1600]", VI: "các chiều rộng tính bằng điểm ảnh, tăng dần", EN: "widths in pixels, increasing"},
				Set: setWidths,
			},
			strictyaml.Field[Images]{
				Key: key{Name: "quality", Type: strictyaml.TypeInt, Example: "82", VI: "chất lượng JPEG, từ 1 đến 100", EN: "the quality of JPEG, 1 to 100"},
				Set: func(d *decoder, n *node, i *Images) { setInt(d, n, &i.Quality, 1, 100) },
			},
		), func(c *Config) *Images { return &c.Images }),
	strictyaml.Block(key{Name: "markdown", VI: "cách đọc Markdown", EN: "how Markdown is read"},
		strictyaml.NewTable(strictyaml.Field[Markdown]{
			Key: key{Name: "html", OneOf: []string{Sanitize}, VI: "sanitize: giữ lại HTML an toàn trong bài", EN: "sanitize: let safe HTML of articles through"},
			Set: func(d *decoder, n *node, m *Markdown) { m.HTML = d.OneOf(n, Sanitize) },
		}), func(c *Config) *Markdown { return &c.Markdown }),
}

// server is a key of hosting that is true or false.
func server(name, vi, en string, of func(*Hosting) *bool) strictyaml.Field[Hosting] {
	return strictyaml.Field[Hosting]{
		Key: key{Name: name, Type: strictyaml.TypeBool, VI: vi, EN: en},
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
		Key: key{Name: "deploy", Type: strictyaml.TypeNames, VI: "nơi đưa trang lên bằng bantin deploy: tên → địa chỉ file, s3, sftp", EN: "where bantin deploy brings the site: a name → a URL of file, s3, sftp"},
		Set: setDeploy,
	},
	strictyaml.Block(key{Name: "notify", VI: "báo tin ngay sau khi đưa trang lên", EN: "who is told after a deploy"},
		strictyaml.NewTable(
			strictyaml.Field[Notify]{
				Key: key{Name: "hubs", Type: strictyaml.TypeTexts, Example: "[https://hub.example/]", VI: "các trạm WebSub, để kênh tin tới người theo dõi trong vài giây", EN: "WebSub hubs, which bring feeds to subscribers within seconds"},
				Set: setHubs,
			},
			strictyaml.Field[Notify]{
				Key: key{Name: "indexnow", Example: "0a1b2c3d4e5f60718293a4b5c6d7e8f9", VI: "khóa IndexNow, để máy tìm kiếm biết trang nào vừa đổi", EN: "the key of IndexNow, by which search engines learn which pages changed"},
				Set: setIndexNow,
			},
		), func(c *Config) *Notify { return &c.Notify }),
	strictyaml.Block(key{Name: "desk", VI: "bàn biên tập", EN: "the desk"},
		strictyaml.NewTable(strictyaml.Field[Desk]{
			Key: key{Name: "commit", Type: strictyaml.TypeBool, VI: "mỗi lần đăng ghi thành một bản trong kho git của trang; false: không", EN: "whether each publish is a commit in the site's git repository"},
			Set: func(d *decoder, n *node, k *Desk) { k.Commit = d.Bool(n) },
		}), func(c *Config) *Desk { return &c.Desk }),
	strictyaml.Block(key{Name: "hosting", VI: "cấu hình máy chủ web", EN: "configuration of web servers"},
		strictyaml.NewTable(
			server("nginx", "cấu hình nginx trong .bantin/hosting/", "configuration of nginx in .bantin/hosting/", func(h *Hosting) *bool { return &h.Nginx }),
			server("caddy", "cấu hình Caddy trong .bantin/hosting/", "configuration of Caddy in .bantin/hosting/", func(h *Hosting) *bool { return &h.Caddy }),
			server("apache", "tệp .htaccess cho Apache", "an .htaccess file for Apache", func(h *Hosting) *bool { return &h.Apache }),
			server("iis", "tệp web.config cho IIS của Windows", "a web.config file for IIS of Windows", func(h *Hosting) *bool { return &h.IIS }),
			server("headers", "tệp _headers cho Netlify, Cloudflare Pages", "a _headers file for Netlify, Cloudflare Pages", func(h *Hosting) *bool { return &h.Headers }),
			server("precompress", "nén sẵn .gz và .br cạnh mỗi tệp chữ", "compressed .gz and .br files beside each text", func(h *Hosting) *bool { return &h.Precompress }),
			server("hsts", "buộc trình duyệt chỉ vào bằng https", "whether browsers are to come by https alone", func(h *Hosting) *bool { return &h.HSTS }),
		), func(c *Config) *Hosting { return &c.Hosting }),
	{
		Key: key{Name: "counter", Type: strictyaml.TypePath, Example: "/dem/", VI: "đường dẫn hoặc địa chỉ của bộ đếm lượt xem", EN: "the path or the address of the visit counter"},
		Set: setCounter,
	},
	{
		Key: key{Name: "gone", Type: strictyaml.TypeTexts, Example: "[/tin-tuc/bai-cu/]", VI: "địa chỉ cũ đã bỏ hẳn, không dẫn về đâu", EN: "old addresses that are gone for good"},
		Set: func(d *decoder, n *node, c *Config) { c.Gone = addresses(d, n, maxGone) },
	},
	{
		Key: key{Name: "checks", Type: strictyaml.TypeNames, VI: "mức của từng cảnh báo: off, warning, error", EN: "the severity of warnings: off, warning, error"},
		Set: setChecks,
	},
}
