package strictyaml

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// editKeys describe the block that the tests edit.
var editKeys = []Key{
	{Name: "id"}, {Name: "title"}, {Name: "date"}, {Name: "updated", Also: []string{"lastmod"}}, {Name: "draft"}, {Name: "tags"}, {Name: "image"},
	{Name: "event", Type: TypeBlock, Keys: []Key{{Name: "start"}, {Name: "end"}, {Name: "location"}, {Name: "status"}}},
	{Name: "aliases"}, {Name: "extra"},
}

// editSource is a block as an editor leaves it, comments and all.
const editSource = `# Bài về lễ ký

title: 'Lễ ký kết'   # chưa chốt
date:   19:02 11/3/2020   # ngày trước, tháng sau
lastmod: 12/3/2020
draft: true   # viết xong thì xóa

# Các thẻ
tags: [nông thôn mới, "a, b"]   # hai thẻ
image: {file: anh-1.jpg, alt: "Hai bên", caption: 'Lễ'} # ảnh bìa
event: # ở hội trường
    start: 14:00 11/3/2020
    # end: 16:00
    location: Hội trường

aliases:
- /cu/     # bản 2019
  # giữa
- /cu-hon/
# sau aliases
extra:
  màu: đỏ
  lời: |
    # không phải ghi chú
    dòng hai

# hết
`

func TestEditChangesTheLinesOfItsKeyAlone(t *testing.T) {
	for name, c := range map[string]struct {
		change Change
		diff   string // lines taken out (-) and put in (+), in order
	}{
		"a text in single quotes":     {Change{[]string{"title"}, Text("Lễ ký: năm 2020")}, "-title: 'Lễ ký kết'   # chưa chốt\n+title: \"Lễ ký: năm 2020\"   # chưa chốt\n"},
		"an apostrophe among them":    {Change{[]string{"title"}, Text("Lễ ký 'lớn'")}, "-title: 'Lễ ký kết'   # chưa chốt\n+title: \"Lễ ký 'lớn'\"   # chưa chốt\n"},
		"a plain text":                {Change{[]string{"date"}, Text("8:00 1/1/2021")}, "-date:   19:02 11/3/2020   # ngày trước, tháng sau\n+date:   8:00 1/1/2021   # ngày trước, tháng sau\n"},
		"a plain text to be quoted":   {Change{[]string{"date"}, Text("a: b")}, "-date:   19:02 11/3/2020   # ngày trước, tháng sau\n+date:   \"a: b\"   # ngày trước, tháng sau\n"},
		"the same text":               {Change{[]string{"title"}, Text("Lễ ký kết")}, ""},
		"the same list":               {Change{[]string{"tags"}, Texts("nông thôn mới", "a, b")}, ""},
		"a key by its other name":     {Change{[]string{"updated"}, Text("13/3/2020")}, "-lastmod: 12/3/2020\n+lastmod: 13/3/2020\n"},
		"a key taken out":             {Change{[]string{"draft"}, nil}, "-draft: true   # viết xong thì xóa\n"},
		"a key that is not there":     {Change{[]string{"slug"}, nil}, ""},
		"a new key before all":        {Change{[]string{"id"}, Text("20200311-le-ky")}, "+id: 20200311-le-ky\n"},
		"a new key that nobody knows": {Change{[]string{"ghi chú"}, Text("x")}, "+ghi chú: x\n"},
		"a list in brackets":          {Change{[]string{"tags"}, Texts("nông thôn mới", "a, b", "c")}, "-tags: [nông thôn mới, \"a, b\"]   # hai thẻ\n+tags: [nông thôn mới, \"a, b\", c]   # hai thẻ\n"},
		"a key in braces":             {Change{[]string{"image", "alt"}, Text("Bà con")}, "-image: {file: anh-1.jpg, alt: \"Hai bên\", caption: 'Lễ'} # ảnh bìa\n+image: {file: anh-1.jpg, alt: \"Bà con\", caption: 'Lễ'} # ảnh bìa\n"},
		"a new key in braces":         {Change{[]string{"image", "credit"}, Text("An, Bình")}, "-image: {file: anh-1.jpg, alt: \"Hai bên\", caption: 'Lễ'} # ảnh bìa\n+image: {file: anh-1.jpg, alt: \"Hai bên\", caption: 'Lễ', credit: \"An, Bình\"} # ảnh bìa\n"},
		"the last key in braces":      {Change{[]string{"image", "caption"}, nil}, "-image: {file: anh-1.jpg, alt: \"Hai bên\", caption: 'Lễ'} # ảnh bìa\n+image: {file: anh-1.jpg, alt: \"Hai bên\"} # ảnh bìa\n"},
		"the first key in braces":     {Change{[]string{"image", "file"}, nil}, "-image: {file: anh-1.jpg, alt: \"Hai bên\", caption: 'Lễ'} # ảnh bìa\n+image: {alt: \"Hai bên\", caption: 'Lễ'} # ảnh bìa\n"},
		"a key of a block":            {Change{[]string{"event", "location"}, Text("Đình làng")}, "-    location: Hội trường\n+    location: Đình làng\n"},
		"a new key of a block":        {Change{[]string{"event", "status"}, Text("postponed")}, "+    status: postponed\n"},
		"a new key within a block":    {Change{[]string{"event", "end"}, Text("16:00 11/3/2020")}, "+    end: 16:00 11/3/2020\n"},
		"a key of a block taken out":  {Change{[]string{"event", "start"}, nil}, "-    start: 14:00 11/3/2020\n"},
		"a block taken out":           {Change{[]string{"image"}, nil}, "-image: {file: anh-1.jpg, alt: \"Hai bên\", caption: 'Lễ'} # ảnh bìa\n"},
		"a new item":                  {Change{[]string{"aliases"}, Texts("/cu/", "/cu-hon/", "/moi/")}, "+- /moi/\n"},
		"an item before":              {Change{[]string{"aliases"}, Texts("/moi/", "/cu/", "/cu-hon/")}, "+- /moi/\n"},
		"an item taken out":           {Change{[]string{"aliases"}, Texts("/cu/")}, "-- /cu-hon/\n"},
		"an item changed":             {Change{[]string{"aliases"}, Texts("/cu/", "/x/")}, "-- /cu-hon/\n+- /x/\n"},
		"a list for a block":          {Change{[]string{"event"}, Texts("x")}, "-event: # ở hội trường\n-    start: 14:00 11/3/2020\n-    # end: 16:00\n-    location: Hội trường\n+event: [x] # ở hội trường\n"},
		"lines below a bar":           {Change{[]string{"extra", "lời"}, Text("một dòng")}, "-  lời: |\n-    # không phải ghi chú\n-    dòng hai\n+  lời: \"một dòng\"\n"},
		"a key behind them":           {Change{[]string{"extra", "số"}, Text("1")}, "+  số: 1\n"},
		"a block for a text":          {Change{[]string{"draft"}, (&Node{}).Set("a", Text("b"))}, "-draft: true   # viết xong thì xóa\n+draft:   # viết xong thì xóa\n+  a: b\n"},
		"a block for brackets":        {Change{[]string{"tags"}, (&Node{}).Set("a", Text("b"))}, "-tags: [nông thôn mới, \"a, b\"]   # hai thẻ\n+tags:   # hai thẻ\n+  a: b\n"},
		"nothing for a text":          {Change{[]string{"date"}, &Node{}}, "-date:   19:02 11/3/2020   # ngày trước, tháng sau\n+date:   # ngày trước, tháng sau\n"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, variant := range []func(string) string{
				func(s string) string { return s },
				func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
			} {
				got, problems := Edit([]byte(variant(editSource)), "a.md", 2, editKeys, c.change)
				if problems != nil {
					t.Fatal(shown(problems))
				}
				if diff := cmp.Diff(variant(c.diff), changedLines(variant(editSource), string(got))); diff != "" {
					t.Errorf("(-want +got)\n%s\n%s", diff, got)
				}
			}
		})
	}
}

// itemsSource has lists as editors leave them.
const itemsSource = `menu:
- /tin-tuc/   # tin
# giữa
- {url: /thong-bao/, title: "Thông báo"} # có tên
- title: Liên hệ # theo tên
  # vì sao
  url: '/lien-he/'   # trang
- >-
  một
- "a # b" # hai
# hết
`

func TestAnItemThatChangesKeepsItsComments(t *testing.T) {
	page := func(title, url string) *Node { return (&Node{}).Set("title", Text(title)).Set("url", Text(url)) }
	menu := []*Node{Text("/tin-tuc/"), (&Node{}).Set("url", Text("/thong-bao/")).Set("title", Text("Thông báo")), page("Liên hệ", "/lien-he/"), Text("một"), Text("a # b")}
	for name, c := range map[string]struct {
		set  map[int]*Node
		diff string
	}{
		"a text":          {map[int]*Node{0: Text("/moi/")}, "-- /tin-tuc/   # tin\n+- /moi/   # tin\n"},
		"braces":          {map[int]*Node{1: (&Node{}).Set("url", Text("/moi/")).Set("title", Text("Thông báo"))}, "-- {url: /thong-bao/, title: \"Thông báo\"} # có tên\n+- {url: /moi/, title: Thông báo} # có tên\n"},
		"a key of a map":  {map[int]*Node{2: page("Liên hệ", "/moi/")}, "-  url: '/lien-he/'   # trang\n+  url: /moi/   # trang\n"},
		"its first key":   {map[int]*Node{2: page("Hỏi", "/lien-he/")}, "-- title: Liên hệ # theo tên\n-  # vì sao\n-  url: '/lien-he/'   # trang\n+- title: Hỏi # theo tên\n+  # vì sao\n+  url: /lien-he/   # trang\n"},
		"a key more":      {map[int]*Node{2: page("Liên hệ", "/lien-he/").Set("x", Text("y"))}, "-  url: '/lien-he/'   # trang\n+  url: /lien-he/   # trang\n+  x: y\n"},
		"lines":           {map[int]*Node{3: Text("khác")}, "-- >-\n-  một\n+- \"khác\"\n"},
		"quotes":          {map[int]*Node{4: Text("c")}, "-- \"a # b\" # hai\n+- \"c\" # hai\n"},
		"a map of a text": {map[int]*Node{0: page("Tin", "/tin-tuc/")}, "-- /tin-tuc/   # tin\n+- title: Tin   # tin\n+  url: /tin-tuc/\n"},
		"two of them": {map[int]*Node{0: Text("/moi/"), 2: page("Liên hệ", "/moi/")}, "-- /tin-tuc/   # tin\n-# giữa\n-- {url: /thong-bao/, title: \"Thông báo\"} # có tên\n-- title: Liên hệ # theo tên\n-  # vì sao\n-  url: '/lien-he/'   # trang\n" +
			"+- /moi/   # tin\n+# giữa\n+- {url: /thong-bao/, title: \"Thông báo\"} # có tên\n+- title: Liên hệ # theo tên\n+  # vì sao\n+  url: /moi/   # trang\n"},
	} {
		t.Run(name, func(t *testing.T) {
			list := &Node{Kind: List, Items: slices.Clone(menu)}
			for i, item := range c.set {
				list.Items[i] = item
			}
			for _, eol := range []string{"\n", "\r\n"} {
				lines := strings.NewReplacer("\n", eol)
				got, problems := Edit([]byte(lines.Replace(itemsSource)), "site.yaml", 1, nil, Change{[]string{"menu"}, list})
				if problems != nil {
					t.Fatal(shown(problems))
				}
				if diff := cmp.Diff(lines.Replace(c.diff), changedLines(lines.Replace(itemsSource), string(got))); diff != "" {
					t.Errorf("(-want +got)\n%s\n%s", diff, got)
				}
			}
		})
	}
}

// changedLines returns the lines that b has not of a, behind -, and those that
// a lacks, behind +.
func changedLines(a, b string) string {
	x, y := strings.SplitAfter(a, "\n"), strings.SplitAfter(b, "\n")
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	var s strings.Builder
	for _, line := range x {
		s.WriteString("-" + line)
	}
	for _, line := range y {
		s.WriteString("+" + line)
	}
	return s.String()
}

func TestANewKeyStandsWhereTheTableHasIt(t *testing.T) {
	got, problems := Edit([]byte("title: A\n\n# cuối\n"), "a.md", 2, editKeys,
		Change{[]string{"event", "start"}, Text("8:00 1/1/2021")}, Change{[]string{"date"}, Text("1/1/2021")}, Change{[]string{"event", "status"}, Text("online")})
	want := "title: A\ndate: 1/1/2021\nevent:\n  start: 8:00 1/1/2021\n  status: online\n\n# cuối\n"
	if diff := cmp.Diff(want, string(got)); diff != "" || problems != nil {
		t.Errorf("%s %v", diff, problems)
	}
}

func TestTheLastKeyOfABlockTakesTheBlockWithIt(t *testing.T) {
	src := "title: A\nevent:\n  start: 8:00 1/1/2021\nextra: {a: b}\n"
	got, _ := Edit([]byte(src), "a.md", 2, editKeys, Change{[]string{"event", "start"}, nil}, Change{[]string{"extra", "a"}, nil})
	if string(got) != "title: A\n" {
		t.Errorf("%q", got)
	}
}

func TestAFileWithoutALastLineBreakIsEditedToo(t *testing.T) {
	for src, want := range map[string]string{
		"":                      "draft: true\n",
		"title: A":              "title: A\ndraft: true\n",
		"title: A\ndraft: no":   "title: A\ndraft: true",
		"\ufefftitle: A\n":      "\ufefftitle: A\ndraft: true\n",
		"{title: A}\n":          "{title: A, draft: true}\n",
		"{ title: A }\n":        "{ title: A, draft: true }\n",
		"title: A\n...\n":       "title: A\ndraft: true\n...\n",
		"? title\n: A\n":        "? title\n: A\ndraft: true\n",
		"title: A\nextra: {}\n": "title: A\ndraft: true\nextra: {}\n",
	} {
		got, problems := Edit([]byte(src), "a.md", 2, editKeys, Change{[]string{"draft"}, Text("true")})
		if string(got) != want || problems != nil {
			t.Errorf("%q becomes %q, not %q (%v)", src, got, want, problems)
		}
	}
}

func TestABlockWithAnErrorIsNotEdited(t *testing.T) {
	got, problems := Edit([]byte("title: A: B\n"), "a.md", 2, editKeys, Change{[]string{"draft"}, nil})
	if got != nil || len(problems) != 1 || problems[0].Code() != "yaml-colon" || problems[0].Pos.Line != 2 {
		t.Errorf("%q, %v", got, problems)
	}
}

func FuzzEditChangesNothingElse(f *testing.F) {
	paths := [][]string{{"title"}, {"draft"}, {"event", "status"}, {"event", "start"}, {"image", "alt"}, {"extra", "a", "b"}, {"aliases"}, {"k"}}
	values := []*Node{nil, {}, Text("x"), Text("a: #b"), Texts("/a/", "b, c"), (&Node{}).Set("a", Text("b")), {Kind: List, Items: []*Node{(&Node{}).Set("a", Text("b"))}}, {Kind: List, Items: []*Node{Text("x"), (&Node{}).Set("url", Text("/y/")).Set("title", Text("#z"))}}}
	for i := range values {
		f.Add([]byte(editSource), uint8(i), uint8(i))
		f.Add([]byte("title: A\r\nextra:\r\n  a:\r\n    b: c # d\r\nimage: {alt: x,\r\n  file: y}\r\n"), uint8(i+5), uint8(i+1))
	}
	f.Add([]byte("aliases:\n- '/tin/' # a\n# b\n- title: \"c # d\" # e\n  # f\n  url: |\n    g\n"), uint8(6), uint8(7))
	f.Add([]byte("title: \"a\n  b\" # c\nk: |+\n  d\n\n# e\naliases: [a,\n  'b' # c\n  ]\n"), uint8(0), uint8(2))
	f.Fuzz(func(t *testing.T, src []byte, path, value uint8) {
		root, problems := Parse(src, "a.md", 1)
		if problems != nil || slices.ContainsFunc(root.Entries, func(e Entry) bool { return len(e.Key) > 500 }) {
			t.Skip()
		}
		c := Change{paths[int(path)%len(paths)], values[int(value)%len(values)]}
		got, problems := Edit(src, "a.md", 1, editKeys, c)
		if problems != nil {
			t.Fatal(problems)
		}
		after, problems := Parse(got, "a.md", 1)
		if problems.HasErrors() {
			t.Fatalf("%q becomes %q: %v", src, got, problems)
		}
		wanted, changed := root.with(editKeys, c.Path, c.Value)
		if !same(after, wanted) {
			t.Fatalf("%q becomes %q", src, got)
		}
		if !changed && string(got) != string(src) {
			t.Fatalf("%q becomes %q for nothing", src, got)
		}
	})
}
