package site

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"bantin/internal/digest"
	"bantin/internal/testsize"
)

// long is a site whose lists have many pages: articles in two sections, one below
// the other, half a day apart.
func long() files {
	f := files{
		"site.yaml":                    smallPages + "menu: [/su-kien/]\nid: anhoa.example,2020\ntags:\n  đất đai: {description: Về đất}\norganizations:\n  UBND xã: {description: Cơ quan}\nauthors:\n  Vũ An: {slug: an}\n",
		"content/tin-tuc/_index.md":    front("title: Tin tức", "description: Trong xã"),
		"content/tin-tuc/t/_index.md":  front("title: Tin thôn"),
		"static/anh.jpg":               "ảnh",
		"static/khac.jpg":              "ảnh khác",
		"static/mau.pdf":               "mẫu",
		"content/thoa-thuan/_index.md": front("title: Ký kết"),
		"content/cu/_index.md":         front("title: Tin cũ"),
		"content/cha/_index.md":        front("title: Mục cha"),
		"content/cha/con/_index.md":    front("title: Mục con"),
		"content/cha/con/a.md":         post("Trong mục con", "8:00 1/1/2022"),
		"content/gioi-thieu.md":        front("title: Giới thiệu"),
		"content/cu/cu.md":             post("Cũ", "8:00 1/1/2023", "author: Vũ An"),
		"content/tin-tuc/doan.md":      post("Đoàn", "8:00 7/5/2024", "organization: Đoàn xã"),
		"content/tin-tuc/ten.md":       post("Tên", "8:00 6/5/2024", "slug: ten-bai"),
		"content/tin-tuc/ky.md":        post("Ký kết", "8:00 1/5/2024", "agreement: {number: 1/CT, parties: [UBND xã, Hội Nông dân], from: 2024, to: 10/2024}"),
		"content/tin-tuc/tep.md":       post("Biểu mẫu", "8:00 2/5/2024", "attachments: [/mau.pdf]"),
		"content/tin-tuc/sua.md":       post("Đính chính", "8:00 3/5/2024", "corrections: [{date: 2/6/2024, text: Sửa số}]"),
		"content/tin-tuc/anh.md":       post("Ảnh", "8:00 4/5/2024", "gallery: [{file: /khac.jpg, alt: Ảnh}]"),
		"content/tin-tuc/b-120.md":     post("Sau cùng", "8:00 1/4/2024", "tags: [đất đai]", "organization: UBND xã", "author: Vũ An"),
		"content/tin-tuc/b-121.md":     post("Lịch họp", "9:00 1/4/2024", "tags: [đất đai]", "author: Vũ An", "event: {start: 3/6/2024, end: 4/6/2024, organizer: UBND xã}"),
	}
	for n := range 120 {
		folder := "content/tin-tuc/"
		if n%7 == 0 {
			folder += "t/"
		}
		f[fmt.Sprintf("%sb-%03d.md", folder, n)] = longPost(n, "")
	}
	return f
}

// longPost is article n of long, with more at the end of its title.
func longPost(n int, more string) string {
	date := fmt.Sprintf("%d:00 %d/%d/2024", 8+4*(n%2), 1+n/2%28, 1+n/56)
	return post(fmt.Sprintf("Bài %d%s", n, more), date, "tags: [đất đai]", "organization: UBND xã", "author: Vũ An", "image: {file: /anh.jpg, alt: Ảnh}") + "Mở đầu.\n\nTiếp theo.\n"
}

// inputsOf returns, by path, the inputs of each page, or its view where those are
// not known, and its view; the chrome is in both.
func inputsOf(b *folder) map[string][2]digest.Digest {
	all := map[string][2]digest.Digest{}
	chrome := digest.Value(b.Chrome())
	for _, p := range b.Pages() {
		has := false
		inputs := digest.Gather(func(h *digest.Hasher) {
			h.Digest(chrome)
			has = b.Inputs(h, p, b.digests)
		})
		view := digest.Keyed(chrome, b.View(p, b.digests))
		if !has {
			inputs = view
		}
		all[p.Path] = [2]digest.Digest{inputs, view}
	}
	return all
}

func TestAPageThatLooksOtherwiseHasOtherInputs(t *testing.T) {
	testsize.SkipShort(t, "one goroutine does it all")
	at := func(n int) string {
		if n%7 == 0 {
			return fmt.Sprintf("content/tin-tuc/t/b-%03d.md", n)
		}
		return fmt.Sprintf("content/tin-tuc/b-%03d.md", n)
	}
	settingsWith := func(old, new string) files {
		return files{"site.yaml": strings.Replace(long()["site.yaml"], old, new, 1)}
	}
	event := func(title, event string, more ...string) files {
		return files{"content/tin-tuc/b-121.md": post(title, "9:00 1/4/2024", append([]string{"tags: [đất đai]", "author: Vũ An", "event: {" + event + "}"}, more...)...)}
	}
	bases := map[string]map[string][2]digest.Digest{}
	baseAt := func(now string) map[string][2]digest.Digest {
		if bases[now] == nil {
			bases[now] = inputsOf(assemble(t, long(), options{now: now}))
		}
		return bases[now]
	}
	for name, edit := range map[string]struct {
		files  files
		now    string
		before string // the moment with which it is compared
	}{
		"a text":                        {files: files{at(61): longPost(61, "") + "Thêm.\n"}},
		"a title":                       {files: files{at(61): longPost(61, " và hết")}},
		"a picture":                     {files: files{"static/anh.jpg": "ảnh khác"}},
		"a date in a neighbouring page": {files: files{at(60): strings.Replace(longPost(60, ""), "8:00", "8:30", 1)}},
		"dates of many":                 {files: files{at(1): strings.Replace(longPost(1, ""), "12:00", "12:30", 1), at(99): strings.Replace(longPost(99, ""), "12:00", "12:30", 1)}},
		"the id of the site":            {files: settingsWith("anhoa.example,2020", "anhoa.example,2021")},
		"an id of an article":           {files: files{"content/tin-tuc/ten.md": "", "content/tin-tuc/ten-khac.md": post("Tên", "8:00 6/5/2024", "slug: ten-bai")}},
		"the title of a section":        {files: files{"content/tin-tuc/_index.md": front("title: Tin mới", "description: Trong xã")}},
		"the description of a section":  {files: files{"content/tin-tuc/_index.md": front("title: Tin tức", "description: Ngoài xã")}},
		"the description of a tag":      {files: settingsWith("Về đất", "Về đất đai")},
		"the name of a tag":             {files: settingsWith("  đất đai:", "  Đất đai:")},
		"the name of an organization":   {files: settingsWith("  UBND xã:", "  UBND Xã:")},
		"the URL of an author":          {files: settingsWith("slug: an", "slug: vu-an")},
		"one article more":              {files: files{"content/tin-tuc/b-122.md": post("Bài 122", "8:00 2/4/2024", "tags: [đất đai]")}},
		"a page more": {files: files{
			"content/tin-tuc/b-122.md": post("Bài 122", "8:00 2/4/2024", "tags: [đất đai]"), "content/tin-tuc/b-123.md": post("Bài 123", "8:00 2/4/2024", "tags: [đất đai]"),
			"content/tin-tuc/b-124.md": post("Bài 124", "8:00 2/4/2024", "tags: [đất đai]"), "content/tin-tuc/b-125.md": post("Bài 125", "8:00 2/4/2024", "tags: [đất đai]"),
			"content/tin-tuc/b-126.md": post("Bài 126", "8:00 2/4/2024", "tags: [đất đai]"),
		}},
		"an agreement that is amended": {files: files{"content/tin-tuc/ky-2.md": post("Sửa đổi", "8:00 5/5/2024", "agreement: {number: 2/CT, amends: 1/CT, parties: [UBND xã, Hội Nông dân], from: 2024}")}},
		"an agreement that ends":       {now: "12:00 3/11/2024"},
		"an agreement that expires":    {now: "12:00 3/9/2024"},
		"the number of an agreement":   {files: files{"content/tin-tuc/ky.md": post("Ký kết", "8:00 1/5/2024", "agreement: {number: 2/CT, parties: [UBND xã, Hội Nông dân], from: 2024, to: 10/2024}")}},
		"a body that has ended":        {files: settingsWith("id: anhoa", "mergers: {UBND xã: {into: Hội Nông dân, from: 1/1/2024}}\nid: anhoa")},
		"a body that came into one":    {files: settingsWith("id: anhoa", "mergers: {Đoàn xã: {into: Hội Nông dân, from: 1/1/2024}}\nid: anhoa")},
		"the title of the register":    {files: files{"content/thoa-thuan/_index.md": front("title: Thỏa thuận")}},
		"an article that is updated":   {files: files{at(61): longPost(61, "")[:4] + "updated: 1/6/2024\n" + longPost(61, "")[4:]}},
		"an event of a body":           {files: files{"content/tin-tuc/b-122.md": post("Họp", "8:00 2/4/2024", "event: {start: 20/6/2024, organizer: UBND xã}")}},
		"a section of old articles":    {files: files{"content/cu/_index.md": front("title: Lưu trữ")}},
		"a document":                   {files: files{"static/mau.pdf": "mẫu mới"}},
		"a gallery":                    {files: files{"static/khac.jpg": "ảnh lớn"}},
		"a correction to come":         {now: "12:00 2/6/2024"},
		"one article less":             {files: files{at(61): ""}},
		"an event that begins":         {now: "12:00 3/6/2024"},
		"an event that is past":        {now: "12:00 5/6/2024"},
		"an event later":               {files: files{"content/tin-tuc/b-121.md": post("Lịch họp", "9:00 1/4/2024", "tags: [đất đai]", "event: {start: 5/6/2024, organizer: UBND xã}")}},
		"a page size":                  {files: settingsWith("page_size: 5", "page_size: 6")},
		"the title of an event":        {files: event("Lịch họp thôn", "start: 3/6/2024, end: 4/6/2024, organizer: UBND xã")},
		"the place of an event":        {files: event("Lịch họp", "start: 3/6/2024, end: 4/6/2024, organizer: UBND xã, location: Nhà văn hóa")},
		"an event that is cancelled":   {files: event("Lịch họp", "start: 3/6/2024, end: 4/6/2024, organizer: UBND xã, status: cancelled")},
		"an event in another year":     {files: event("Lịch họp", "start: 3/6/2023, end: 4/6/2023, organizer: UBND xã")},
		"the body that holds an event": {files: event("Lịch họp", "start: 3/6/2024, end: 4/6/2024, organizer: Hội Nông dân")},
		"the lead of an event":         {files: event("Lịch họp", "start: 3/6/2024, end: 4/6/2024, organizer: UBND xã", "lead: Mời dự")},
		"an event that is updated":     {files: event("Lịch họp", "start: 3/6/2024, end: 4/6/2024, organizer: UBND xã", "updated: 2/5/2024")},
		"the id of an event":           {files: event("Lịch họp", "start: 3/6/2024, end: 4/6/2024, organizer: UBND xã", "id: lich-hop")},
		"an event that leaves":         {now: "12:00 3/9/2024"},
		"the name of calendars":        {files: settingsWith("id: anhoa", "paths: {calendar: hen}\nid: anhoa")},
		"the time zone":                {files: settingsWith("id: anhoa", "timezone: Asia/Tokyo\nid: anhoa")},
		"the contact of a body":        {files: settingsWith("id: anhoa", "organization: {name: UBND xã, email: x@anhoa.example}\nid: anhoa")},
		"the title of the events":      {files: files{"content/su-kien/_index.md": front("title: Lịch"), "content/su-kien/a.md": post("Bài A", "8:00 1/4/2023")}},
		"calendars without an event":   {files: settingsWith("id: anhoa", "paths: {calendar: hen}\nid: anhoa"), before: "12:00 1/8/2024", now: "12:00 1/8/2024"},
		"a year of events":             {files: files{"content/tin-tuc/b-122.md": post("Họp", "8:00 2/4/2024", "event: {start: 20/6/2022}")}},
		"the year of an agreement":     {files: files{"content/tin-tuc/ky.md": post("Ký kết", "8:00 1/5/2024", "agreement: {number: 1/CT, parties: [UBND xã, Hội Nông dân], from: 2023, to: 10/2024}")}},
		"the name of a body in a term": {files: settingsWith("  UBND xã: {", "  UBND xã: {slug: uy-ban, ")},
		"the section above":            {files: files{"content/tin-tuc/_index.md": front("title: Bản tin", "description: Trong xã")}},
		"a month in a list": {files: files{
			at(2): strings.Replace(longPost(2, ""), "/1/2024", "/12/2023", 1), at(3): strings.Replace(longPost(3, ""), "/1/2024", "/12/2023", 1),
		}},
		"a date in the same month":              {files: files{at(5): strings.Replace(longPost(5, ""), "12:00", "11:00", 1)}},
		"the spelling of a tag":                 {files: settingsWith("  đất đai: {", "  Đất Đai: {")},
		"who wrote an article":                  {files: files{at(61): strings.Replace(longPost(61, ""), "author: Vũ An", "author: Lê Bình", 1)}},
		"a section that has no news of its own": {files: files{"content/cha/_index.md": front("title: Mục trên")}},
		"what feeds look like":                  {files: files{"static/feed.css": "body {}"}},
		"what feeds do":                         {files: files{"static/feed.js": "let a"}},
		"the whole of texts in feeds":           {files: settingsWith("id: anhoa", "feed: {full_text: false}\nid: anhoa")},
		"a page that is updated":                {files: files{"content/gioi-thieu.md": front("title: Giới thiệu", "updated: 1/6/2024")}},
		"a page at another place":               {files: files{"content/gioi-thieu.md": front("title: Giới thiệu", "slug: ve-xa")}},
		"a page more beside others":             {files: files{"content/lien-he.md": front("title: Liên hệ")}},
		"the section of an author":              {files: files{"content/cu/cu.md": post("Cũ", "8:00 1/1/2023", "author: Lê Bình")}},
	} {
		t.Run(name, func(t *testing.T) {
			f := longWith(edit.files)
			before, after := baseAt(edit.before), inputsOf(assemble(t, f, options{now: edit.now}))
			changed := 0
			for path, was := range before {
				is, stands := after[path]
				if !stands {
					continue
				}
				if is[1] != was[1] {
					changed++
					if is[0] == was[0] {
						t.Errorf("%s looks otherwise and has the inputs that it had", path)
					}
				}
			}
			if changed == 0 {
				t.Error("no page looks otherwise: this shows nothing")
			}
		})
	}
}

// itemsOf returns, by URL, the digest of each item of feeds, and that of its view.
func itemsOf(b *folder) map[string][2]digest.Digest {
	all := map[string][2]digest.Digest{}
	for i := range b.entries {
		if b.HasCard(i) {
			item := b.FeedItem(i)
			all[item.URL[strings.Index(item.URL, ".example")+1:]] = [2]digest.Digest{b.ItemDigest(i, b.digests), digest.Value(item)}
		}
	}
	return all
}

// longWith returns long with some files in place of its own; an empty one is none.
func longWith(edit files) files {
	f := long().and(edit)
	maps.DeleteFunc(f, func(_, text string) bool { return text == "" })
	return f
}

func TestAnItemThatLooksOtherwiseHasAnotherDigest(t *testing.T) {
	testsize.SkipShort(t, "other tests assemble sites of the same parts")
	settingsWith := func(old, new string) files {
		return files{"site.yaml": strings.Replace(long()["site.yaml"], old, new, 1)}
	}
	edited := func(file, old, new string) files {
		return files{file: strings.Replace(long()[file], old, new, 1)}
	}
	const plain, last = "content/tin-tuc/b-061.md", "content/tin-tuc/b-120.md"
	const event, agreement = "content/tin-tuc/b-121.md", "content/tin-tuc/ky.md"
	for name, edit := range map[string]struct {
		files  files
		now    string
		before string // the moment with which it is compared
	}{
		"the host":                    {files: settingsWith("anhoa.example/", "khehoa.example/")},
		"the id of the site":          {files: settingsWith("anhoa.example,2020", "anhoa.example,2021")},
		"the lead alone":              {files: settingsWith("id: anhoa", "feed: {full_text: false}\nid: anhoa")},
		"an id":                       {files: files{"content/tin-tuc/ten.md": "", "content/tin-tuc/ten-khac.md": long()["content/tin-tuc/ten.md"]}},
		"a title":                     {files: edited(plain, "Bài 61", "Bài sáu mốt")},
		"a lead":                      {files: edited(plain, "Mở đầu.", "Đầu tiên.")},
		"a lead that an editor wrote": {files: edited(plain, "image: ", "description: Mở đầu.\nimage: ")},
		"a date":                      {files: edited(plain, "12:00", "11:00")},
		"an update":                   {files: edited(plain, "image: ", "updated: 1/6/2024\nimage: ")},
		"a picture":                   {files: files{"static/anh.jpg": "ảnh khác"}},
		"a caption":                   {files: edited(plain, "alt: Ảnh", "alt: Ảnh, caption: Ở xã")},
		"the author":                  {files: edited(plain, "author: Vũ An", "author: Lê Bình")},
		"the name of an author":       {files: settingsWith("  Vũ An:", "  Vũ AN:")},
		"an author more":              {files: edited(plain, "author: Vũ An", "author: [Vũ An, Lê Bình]")},
		"the organization":            {files: edited(plain, "UBND xã", "Đoàn xã")},
		"no organization":             {files: edited(plain, "organization: UBND xã\n", "")},
		"the name of an organization": {files: settingsWith("  UBND xã:", "  UBND Xã:")},
		"a tag":                       {files: edited(plain, "[đất đai]", "[đất]")},
		"a tag more":                  {files: edited(last, "[đất đai]", "[đất đai, đất]")},
		"the name of a tag":           {files: settingsWith("  đất đai:", "  Đất đai:")},
		"the title of a section":      {files: edited("content/tin-tuc/_index.md", "Tin tức", "Tin mới")},
		"a document":                  {files: files{"static/mau.pdf": "mẫu khác"}},
		"a document fewer":            {files: edited("content/tin-tuc/tep.md", "attachments: [/mau.pdf]\n", "")},
		"a picture of a gallery":      {files: files{"static/khac.jpg": "ảnh lớn"}},
		"a picture fewer":             {files: edited("content/tin-tuc/anh.md", "gallery: [{file: /khac.jpg, alt: Ảnh}]\n", "")},
		"the place of an event":       {files: edited(event, "start: 3/6/2024", "start: 3/6/2024, location: Nhà văn hóa")},
		"the time of an event":        {files: edited(event, "start: 3/6/2024", "start: 2/6/2024")},
		"an event that is cancelled":  {files: edited(event, "start: 3/6/2024", "start: 3/6/2024, status: cancelled")},
		"an event before its article": {files: edited(event, "start: 3/6/2024, end: 4/6/2024", "start: 3/3/2024")},
		"the number of an agreement":  {files: edited(agreement, "1/CT", "2/CT")},
		"the term of an agreement":    {files: edited(agreement, "10/2024", "11/2024")},
		"an agreement that was ended": {files: edited(agreement, "to: 10/2024", "to: 10/2024, status: terminated")},
		"who made an agreement":       {files: edited(agreement, "Hội Nông dân", "Hội Phụ nữ")},
		"the text of an agreement":    {files: edited(agreement, "to: 10/2024", "to: 10/2024, document: /mau.pdf")},
		"a correction":                {files: edited("content/tin-tuc/sua.md", "Sửa số", "Sửa tên"), before: "12:00 3/6/2024", now: "12:00 3/6/2024"},
		"a correction that is due":    {now: "12:00 3/6/2024"},
	} {
		t.Run(name, func(t *testing.T) {
			f := longWith(edit.files)
			before, after := itemsOf(assemble(t, long(), options{now: edit.before})), itemsOf(assemble(t, f, options{now: edit.now}))
			changed := 0
			for url, was := range before {
				if is, stands := after[url]; stands && is[1] != was[1] {
					changed++
					if is[0] == was[0] {
						t.Errorf("%s looks otherwise and has the digest that it had", url)
					}
				}
			}
			if changed == 0 {
				t.Error("no item looks otherwise: this shows nothing")
			}
		})
	}
	t.Run("but not by the clock or another article", func(t *testing.T) {
		before := itemsOf(assemble(t, long(), options{}))
		more := longWith(files{"content/tin-tuc/ky-2.md": post("Sửa đổi", "8:00 5/5/2024", "agreement: {number: 2/CT, amends: 1/CT, parties: [UBND xã, Hội Nông dân], from: 2024}")})
		for _, now := range []string{"12:00 1/6/2024", "12:00 3/6/2024", "12:00 1/9/2024", "12:00 1/1/2025"} { // an event runs, is over, an agreement expires, ends
			after := itemsOf(assemble(t, more, options{now: now}))
			for url, was := range before {
				if !strings.Contains(url, "/sua/") && after[url][1] != was[1] { // whose correction comes
					t.Errorf("at %s %s looks otherwise", now, url)
				}
			}
		}
	})
	t.Run("in a language more", func(t *testing.T) {
		en := languagesOf(t, inLanguages(), noon)[1]
		i := en.indexOf("tin-tuc/only.en.md")
		was, id := en.ItemDigest(i, en.digests), en.FeedItem(i).ID
		en.cfg.First = "" // as that of a folder of the same name
		if en.FeedItem(i).ID == id || en.ItemDigest(i, en.digests) == was {
			t.Error("an item that looks otherwise has the digest that it had")
		}
	})
}
