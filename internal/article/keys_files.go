package article

import (
	"regexp"
	"slices"
	"strings"

	"bantin/internal/lazyregexp"
	"bantin/internal/strictyaml"
	"bantin/internal/vietnamese"
)

// part is a value of one of an article's lists while it is read.
type part[T any] struct {
	front *front
	value T
}

// parts reads each item of the list n, which stands as a block of the keys of
// table or, if bare is given, as a text alone.
func parts[T any](d *strictyaml.Decoder, items []*strictyaml.Node, f *front, table *strictyaml.Table[part[T]],
	bare func(d *strictyaml.Decoder, n *strictyaml.Node, p *part[T])) []T {
	all := make([]T, 0, len(items))
	for _, item := range items {
		p := part[T]{front: f}
		if item.Kind == strictyaml.Scalar && bare != nil {
			bare(d, item, &p)
		} else {
			table.Decode(d, item, &p)
		}
		all = append(all, p.value)
	}
	return all
}

// isBlank tells a block whose keys have no value: a form that nobody filled in.
// {file:anh.png} is none: that is a key of a slip's making.
func isBlank(n *strictyaml.Node, keys []strictyaml.Key) bool {
	for _, e := range n.Entries {
		if !slices.ContainsFunc(keys, func(k strictyaml.Key) bool { return k.Name == e.Key }) {
			return false
		}
		if e.Value.Kind != strictyaml.Null && (e.Value.Kind != strictyaml.Scalar || strings.TrimSpace(e.Value.Text) != "") {
			return false
		}
	}
	return n.Kind == strictyaml.Map
}

// fileFields are the keys for pictures, documents and corrections.
var fileFields = []field{
	{
		Key: strictyaml.Key{Name: "image", Type: strictyaml.TypeBlock, Keys: imageKeys.Keys()},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
			if isBlank(n, imageKeys.Keys()) {
				return
			}
			if words := asText(n); words != nil {
				n = words
			}
			f.Image = &f.images(d, []*strictyaml.Node{n}, "image: ")[0]
		},
	},
	{
		Key: strictyaml.Key{Name: "gallery", Type: strictyaml.TypeList, Keys: imageKeys.Keys()},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
			lineStart := "- "
			if n.Flow {
				lineStart = ""
			}
			f.optional().Gallery = f.images(d, list(d, n), lineStart)
		},
	},
	{
		Key: strictyaml.Key{Name: "attachments", Type: strictyaml.TypeList, Bare: true, Keys: attachmentKeys.Keys()},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
			items := slices.DeleteFunc(list(d, n), func(item *strictyaml.Node) bool { return reportTitled(d, item) })
			f.optional().Attachments = parts(d, items, f, f.keysOfAttachments(), bareAttachment)
		},
	},
	{
		Key: strictyaml.Key{Name: "corrections", Type: strictyaml.TypeList, Keys: correctionKeys.Keys()},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, f *front) {
			if n.Kind == strictyaml.Scalar {
				day, text := dayAndText(n.Text)
				d.Report(n.Pos, "wrong-type/corrections", d.Key(), strictyaml.FlowText(text), day)
				return
			}
			items := slices.DeleteFunc(d.List(n), func(item *strictyaml.Node) bool { return reportUnnamed(d, item) })
			f.optional().Corrections = parts(d, items, f, correctionKeys, nil)
		},
	},
}

// images reads pictures. One of a translation may give its words alone: then
// the file is that of the original's picture in the same place.
func (f *front) images(d *strictyaml.Decoder, items []*strictyaml.Node, lineStart string) []Image {
	if f.Language == "" {
		return parts(d, items, f, imageKeys, bareImage(lineStart))
	}
	images := parts(d, items, f, imageWordKeys, bareImage(lineStart))
	for i, image := range images {
		if image.File.Value != "" && image.Alt == "" && !d.Told(items[i].Get("file")) {
			d.Report(items[i].Pos, "missing-key", "alt", "alt: …")
		}
	}
	return images
}

func (f *front) keysOfAttachments() *strictyaml.Table[part[Attachment]] {
	if f.Language == "" {
		return attachmentKeys
	}
	return attachmentWordKeys
}

// bareImage reports a path without what must be said of its picture; lineStart
// begins the line to type instead.
func bareImage(lineStart string) func(*strictyaml.Decoder, *strictyaml.Node, *part[Image]) {
	return func(d *strictyaml.Decoder, n *strictyaml.Node, p *part[Image]) {
		if file, words := fileAndWords(n.Text); words != "" {
			d.Report(n.Pos, "image-alt/words", file, lineStart+"{file: "+strictyaml.FlowText(file)+", alt: "+strictyaml.FlowText(words)+"}")
			return
		}
		if p.value.File = p.front.file(d, n); p.value.File.Value != "" {
			d.Report(n.Pos, "image-alt", n.Text, lineStart+"{file: "+strictyaml.FlowText(n.Text)+", alt: ")
		}
	}
}

var (
	// wordsBehind are a picture's name and, in brackets or behind a sign, words about it.
	wordsBehind = lazyregexp.New(`^(\S+\.(?i:` + pictureEnding + `))(?:\s*[,;|]|\s+[–—-])?\s+["“(]?([^"“”()]+)["”)]?$`)
	// pictureTag is a picture in HTML.
	pictureTag = lazyregexp.New(`^<img\s(?:.*\s)?src=["']([^"']+)["'](?:.*\salt=["']([^"']+)["'])?`)
)

// fileAndWords parts what was typed for a picture into its file and the words about it; no
// words where there is no telling.
func fileAndWords(typed string) (file, words string) {
	for _, pattern := range []func() *regexp.Regexp{wordsBehind, pictureTag} {
		if m := pattern().FindStringSubmatch(typed); m != nil && !looksLikeAddress(strings.TrimSpace(m[2])) {
			return m[1], strings.TrimSpace(m[2])
		}
	}
	return "", ""
}

// asText returns as one text a picture that was typed in brackets without its keys, [a.jpg,
// words] or {a.jpg, words}, and nil for anything else.
func asText(n *strictyaml.Node) *strictyaml.Node {
	var parts []string
	for _, item := range n.Items {
		parts = append(parts, item.Text)
	}
	for _, e := range n.Entries {
		if e.Value.Kind == strictyaml.Null {
			parts = append(parts, e.Key)
		}
	}
	text := strings.Join(parts, ", ")
	if _, words := fileAndWords(text); !n.Flow || words == "" || len(parts) != len(n.Items)+len(n.Entries) {
		return nil
	}
	return &strictyaml.Node{Kind: strictyaml.Scalar, Text: text, Pos: n.Pos}
}

// reportTitled reports a document whose name was typed as the key of its title, and tells
// whether it was: a.pdf: Kế hoạch.
func reportTitled(d *strictyaml.Decoder, n *strictyaml.Node) bool {
	if n.Kind != strictyaml.Map || len(n.Entries) != 1 || !looksLikeAddress(n.Entries[0].Key) || n.Entries[0].Value.Kind != strictyaml.Scalar {
		return false
	}
	file, start := n.Entries[0].Key, "- "
	if n.Flow {
		start = ""
	}
	d.Report(n.Pos, "unknown-key/file", file, start+"{file: "+strictyaml.FlowText(file)+", title: "+strictyaml.FlowText(n.Entries[0].Value.Text)+"}")
	return true
}

func bareAttachment(d *strictyaml.Decoder, n *strictyaml.Node, p *part[Attachment]) {
	p.value.File = p.front.file(d, n)
}

// lineField is an optional text of one line.
func lineField[T any](name string, at func(*T) *string) strictyaml.Field[T] {
	return strictyaml.Field[T]{
		Key: strictyaml.Key{Name: name},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, into *T) { *at(into) = filledLine(d, n) },
	}
}

var imageFields = []strictyaml.Field[part[Image]]{
	strictyaml.Field[part[Image]]{
		Key: strictyaml.Key{Name: "file", Type: strictyaml.TypePath, Required: true, Example: "anh-1.jpg"},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, p *part[Image]) { p.value.File = p.front.file(d, n) },
	},
	strictyaml.Field[part[Image]]{
		Key: strictyaml.Key{Name: "alt", Required: true, Example: "Đại diện hai bên ký kết"},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, p *part[Image]) { p.value.Alt = filledLine(d, n) },
	},
	lineField("caption", func(p *part[Image]) *string { return &p.value.Caption }),
	lineField("credit", func(p *part[Image]) *string { return &p.value.Credit }),
}

var (
	imageKeys = strictyaml.NewTable("article.image", imageFields...)
	// imageWordKeys are those of a picture of a translation.
	imageWordKeys = strictyaml.NewTable("article.image", optionalFields(imageFields)...)

	attachmentKeys     = strictyaml.NewTable("article.attachments", attachmentFields...)
	attachmentWordKeys = strictyaml.NewTable("article.attachments", optionalFields(attachmentFields)...)
)

// optionalFields returns fields of which none is required.
func optionalFields[T any](fields []strictyaml.Field[T]) []strictyaml.Field[T] {
	fields = slices.Clone(fields)
	for i := range fields {
		fields[i].Key.Required = false
	}
	return fields
}

var attachmentFields = []strictyaml.Field[part[Attachment]]{
	strictyaml.Field[part[Attachment]]{
		Key: strictyaml.Key{Name: "file", Type: strictyaml.TypePath, Required: true, Example: "ke-hoach.pdf"},
		Set: bareAttachment,
	},
	lineField("title", func(p *part[Attachment]) *string { return &p.value.Title }),
}

// reportUnnamed reports a correction whose day and text stand there without their
// keys, and tells whether it is one: a text, or the day as the key of the text.
func reportUnnamed(d *strictyaml.Decoder, n *strictyaml.Node) bool {
	var day, text string
	switch {
	case n.Kind == strictyaml.Scalar:
		day, text = dayAndText(n.Text)
	case n.Kind == strictyaml.Map && len(n.Entries) == 1 && n.Entries[0].Value.Kind == strictyaml.Scalar && correctionDay().MatchString(n.Entries[0].Key+": …"):
		day, text = n.Entries[0].Key, n.Entries[0].Value.Text
	default:
		return false
	}
	d.Report(n.Pos, "wrong-type/correction", strictyaml.FlowText(text), day)
	return true
}

// correctionDay is a day at the start of a correction.
var correctionDay = lazyregexp.New(`^([0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})[\s:,;–-]+(.+)$`)

// dayAndText splits a correction into the day at its start, that of the example for
// none, and its text.
func dayAndText(correction string) (day, text string) {
	if found := correctionDay().FindStringSubmatch(correction); found != nil {
		return found[1], found[2]
	}
	return "12/03/2020", correction
}

var correctionKeys = strictyaml.NewTable("article.corrections",
	strictyaml.Field[part[Correction]]{
		Key: strictyaml.Key{Name: "date", Type: strictyaml.TypeDate, Required: true, Example: "12/03/2020"},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, p *part[Correction]) {
			p.value.Date = p.front.date(d, n, vietnamese.Day)
		},
	},
	strictyaml.Field[part[Correction]]{
		Key: strictyaml.Key{Name: "text", Required: true, Example: "Đã sửa tên thôn"},
		Set: func(d *strictyaml.Decoder, n *strictyaml.Node, p *part[Correction]) { p.value.Text = filledLine(d, n) },
	},
)
