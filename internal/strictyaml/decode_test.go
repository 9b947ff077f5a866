package strictyaml

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// notice is a block with a key of every type.
type notice struct {
	Title string
	Draft bool
	Size  int
	Tags  []string
	Files []string
	URL   string
	State string
	Event event
	Names []string
}

type event struct{ Start, Place string }

var noticeKeys = NewTable("notice",
	Field[notice]{Key{Name: "title", Required: true, Example: "Tin mới"}, func(d *Decoder, n *Node, v *notice) { v.Title = d.Filled(n) }},
	Field[notice]{Key{Name: "draft", Type: TypeBool}, func(d *Decoder, n *Node, v *notice) { v.Draft = d.Bool(n) }},
	Field[notice]{Key{Name: "size", Type: TypeInt}, func(d *Decoder, n *Node, v *notice) { v.Size = d.Int(n, 1, 9) }},
	Field[notice]{Key{Name: "tags", Also: []string{"categories"}, Type: TypeTexts}, func(d *Decoder, n *Node, v *notice) { v.Tags = d.Strings(n) }},
	Field[notice]{Key{Name: "files", Type: TypeList}, func(d *Decoder, n *Node, v *notice) {
		for _, item := range d.List(n) {
			v.Files = append(v.Files, d.String(item))
		}
	}},
	Field[notice]{Key{Name: "url", Type: TypeURL}, func(d *Decoder, n *Node, v *notice) {
		if u := d.URL(n); u != nil {
			v.URL = u.String()
		}
	}},
	Field[notice]{Key{Name: "state", OneOf: []string{"on", "off"}}, func(d *Decoder, n *Node, v *notice) { v.State = d.OneOf(n, "on", "off") }},
	Field[notice]{Key{Name: "names", Type: TypeNames}, func(d *Decoder, n *Node, v *notice) {
		for _, e := range d.Names(n) {
			d.Within(e.Key, func() { v.Names = append(v.Names, e.Key+"="+d.Filled(e.Value)) })
		}
	}},
	Block(Key{Name: "event"}, NewTable("notice.event",
		Field[event]{Key{Name: "start", Required: true}, func(d *Decoder, n *Node, e *event) { e.Start = d.String(n) }},
		Field[event]{Key{Name: "location"}, func(d *Decoder, n *Node, e *event) { e.Place = d.String(n) }},
	), func(v *notice) *event { return &v.Event }),
)

// decode reads src as a notice and returns it with all problems.
func decode(src string) (notice, []string) {
	root, problems := Parse([]byte(src), "content/tin.md", 1)
	d := Decoder{Problems: problems}
	var v notice
	noticeKeys.Decode(&d, root, &v)
	return v, shown(d.Problems)
}

func TestATableFillsAValueByItsKeys(t *testing.T) {
	got, problems := decode(`title: " Tin mới "
draft: true
size: 9
categories: [a, 012]
files:
- x.pdf
url: https://example.vn/a?b=c
state: on
names: {UBND: Ủy ban}
event: {start: 14:00, location:}
`)
	want := notice{
		Title: "Tin mới", Draft: true, Size: 9, Tags: []string{"a", "012"}, Files: []string{"x.pdf"},
		URL: "https://example.vn/a?b=c", State: "on", Event: event{Start: "14:00"}, Names: []string{"UBND=Ủy ban"},
	}
	if diff := cmp.Diff(want, got); diff != "" || len(problems) > 0 {
		t.Errorf("(-want +got):\n%s%q", diff, problems)
	}
}

func TestAWrongValueIsToldWithACorrectedLine(t *testing.T) {
	for _, c := range []struct {
		src  string
		want []string
	}{
		{"draft: true", []string{
			"1:1 missing-key: thiếu tiêu đề",
			"thêm dòng title: Tin mới",
		}},
		{"draft: true\ntitle:\n", []string{
			"2:1 missing-key: tiêu đề bị bỏ trống",
			"title: Tin mới",
		}},
		{"title: '  '", []string{
			"1:8 empty: tiêu đề bị bỏ trống",
			"điền vào, hoặc xóa dòng này nếu không bắt buộc",
		}},
		{"title: [Đức Thọ, ký kết]", []string{
			"1:8 wrong-type: tiêu đề phải là một đoạn chữ, không phải danh sách hay khối khóa",
			`title: "Đức Thọ, ký kết"`,
		}},
		{"title:\n  Đức Thọ: ký kết\n", []string{
			"2:3 wrong-type: tiêu đề phải là một đoạn chữ, không phải danh sách hay khối khóa",
			`title: "Đức Thọ: ký kết"`,
		}},
		{"title: a\ndraft: Có", []string{
			"2:8 wrong-type: draft phải là true (có) hoặc false (không)",
			"draft: true",
		}},
		{"title: a\ndraft: No", []string{
			"2:8 wrong-type: draft phải là true (có) hoặc false (không)",
			"draft: false",
		}},
		{"title: a\nsize: mười", []string{
			"2:7 wrong-type: size phải là một số nguyên",
			"viết một số từ 1 đến 9",
		}},
		{"title: a\nsize: 10", []string{
			"2:7 out-of-range: size phải từ 1 đến 9",
			"viết một số từ 1 đến 9",
		}},
		{"title: a\ntags: {a: b}", []string{
			"2:7 wrong-type: thẻ phải là một đoạn chữ hoặc danh sách các đoạn chữ",
			`tags: "a: b"`,
		}},
		{"title: a\ntags:\n  - a: b\n  -\n  - ''\n", []string{
			"3:5 wrong-type: mỗi mục của thẻ phải là một đoạn chữ",
			`đặt mục này trong ngoặc kép: "a: b"`,
			"4:4 empty: thẻ có một mục trống",
			"điền mục này hoặc xóa nó",
			"5:5 empty: thẻ bị bỏ trống",
			"điền vào, hoặc xóa dòng này nếu không bắt buộc",
		}},
		{"title: a\nfiles: x[1].pdf", []string{
			"2:8 wrong-type: files phải là một danh sách",
			`files: ["x[1].pdf"]`,
		}},
		{"title: a\nfiles: {a: b}", []string{
			"2:8 wrong-type: files phải là một danh sách",
			`viết mỗi mục một dòng, mở đầu bằng "- "`,
		}},
		{"title: a\nurl: example.vn/tin", []string{
			"2:6 bad-url: url phải là một địa chỉ web đầy đủ",
			"url: https://example.vn/tin",
		}},
		{"title: a\nurl: javascript:alert(1)", []string{
			"2:6 bad-url: url phải là một địa chỉ web đầy đủ",
			"url: https://example.vn/",
		}},
		{"title: a\nstate: mở", []string{
			`2:8 bad-choice: state không thể là "mở"`,
			"viết một trong các giá trị: on, off",
		}},
		{"title: a\nnames: UBND", []string{
			`2:8 wrong-type: names phải là một khối gồm các dòng "tên: giá trị"`,
			"viết mỗi tên một dòng dưới names:, thụt vào hai dấu cách",
		}},
		{"title: a\nevent: 14:00", []string{
			"2:8 wrong-type: event phải là một khối gồm các khóa con",
			"viết mỗi khóa một dòng dưới event:, thụt vào hai dấu cách; các khóa dùng được: start, location",
		}},
		{"title: a\nevent:\n  location: b\n", []string{
			"3:3 missing-key: thiếu lúc bắt đầu",
			"thêm dòng start: …",
		}},
		{"title: a\ntags: b\ncategories: c\n", []string{
			"3:1 duplicate-key: categories và tags là một khóa, chỉ được viết một lần",
			"giữ một trong hai dòng",
		}},
	} {
		if _, problems := decode(c.src); !cmp.Equal(c.want, problems) {
			t.Errorf("%q (-want +got):\n%s", c.src, cmp.Diff(c.want, problems))
		}
	}
}

func TestAnUnknownKeyIsToldWithTheOneThatWasMeant(t *testing.T) {
	for src, want := range map[string]string{
		"tilte: Tin":            "title: Tin",
		"Title: Tin":            "title: Tin",
		"tiêu đề: \"Tin: mới\"": `title: "Tin: mới"`,
		"ti tle: [a]":           "title: [a]",
		"nháp: true":            "draft: true",
		"categorys: a":          "categories: a",
		"sự kiện:":              "event:",
		"title:Đức Thọ: ký kết": `title: "Đức Thọ: ký kết"`,
		"weather: nắng":         "các khóa dùng được: title, draft, size, tags, files, url, state, names, event",
	} {
		root, problems := Parse([]byte(src), "content/tin.md", 1)
		d := Decoder{Problems: problems}
		noticeKeys.Decode(&d, root, &notice{})
		if got := d.Problems[0].Hint("vi"); got != want {
			t.Errorf("%s gives %q, want %q", src, got, want)
		}
	}
}

func TestAMisspeltRequiredKeyIsOneProblem(t *testing.T) {
	_, problems := decode("tilte: Tin")
	want := []string{"1:1 unknown-key: không có khóa tilte", "title: Tin"}
	if diff := cmp.Diff(want, problems); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestATableDescribesItsKeys(t *testing.T) {
	keys := noticeKeys.Keys()
	if got := keys[len(keys)-1]; got.Type != TypeBlock || len(got.Keys) != 2 || got.Keys[0].Name != "start" {
		t.Errorf("event is described as %+v", got)
	}
}

func TestAnyTreeBecomesPlainValues(t *testing.T) {
	want := map[string]any{"a": []any{"012", map[string]any{"b": "no"}}, "c": nil}
	if diff := cmp.Diff(want, parse(t, "a: [012, {b: no}]\nc:\n").Any()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
