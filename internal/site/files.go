package site

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/digest"
	"bantin/internal/strictyaml"
)

// library is the files of the site's folder: what the paths in articles mean,
// where they are published, and how pictures are offered.
type library struct{ *articles }

// join returns the path that name means in folder dir of content/; ok is false
// if it leads out of content/.
func join(dir, name string) (p string, ok bool) {
	var memory [pathMemory]byte
	joined, ok := appendJoined(memory[:0], dir, name)
	return string(joined), ok
}

// pathMemory is how many bytes nearly all paths have room in.
const pathMemory = 256

// appendJoined appends to b what join returns.
func appendJoined(b []byte, dir, name string) (p []byte, ok bool) {
	inDir, named := dir, name
	for dir != "" && strings.HasPrefix(name, "../") { // path.Clean would need memory of its own
		dir, name = parentDir(dir), name[len("../"):]
	}
	if name == "" || name[0] == '.' || name[0] == '/' || name[len(name)-1] == '/' || strings.Contains(name, "/.") || strings.Contains(name, "//") {
		cleaned := path.Join(inDir, named)
		return append(b, cleaned...), cleaned != ".." && !strings.HasPrefix(cleaned, "../")
	}
	if dir != "" {
		b = append(append(b, dir...), '/')
	}
	return append(b, name...), true
}

// lookup finds a file of the site's folder.
func (b *library) lookup(p string) (File, bool) {
	i, ok := slices.BinarySearchFunc(b.in.Files, p, func(f File, p string) int { return cmp.Compare(f.Path, p) })
	if !ok {
		return File{}, false
	}
	return b.in.Files[i], true
}

// fileOf finds the file that a path in article a means, and the root-relative
// URL at which it is published: beside the article, or, for one of static/,
// under its own path.
func (b *library) fileOf(e *entry, name string) (f File, u string, ok bool) {
	if rest, isStatic := strings.CutPrefix(name, "/"); isStatic {
		f, ok = b.lookup("static/" + rest)
		return f, b.atBase(escape(rest)), ok
	}
	p, inside := join(e.Dir(), name)
	if !inside {
		return File{}, "", false
	}
	f, ok = b.lookup("content/" + p)
	return f, b.home(e) + escape(publishedName(path.Base(p))), ok
}

// home returns the root-relative URL below which the files of an article stand:
// that of its page, or of the page of its original in another language.
func (b *library) home(e *entry) string {
	if home, ok := b.homes[e]; ok {
		return home
	}
	return b.url(e)
}

// versioned returns the URL of a file with the digest of its bytes, so that it
// may be cached for ever.
func versioned(u string, d digest.Digest) string { return u + "?v=" + d.Short() }

// fileUse is what an article names a file for.
type fileUse uint8

const (
	useDocument fileUse = iota
	usePicture
	useCover
)

// namedFiles calls visit with every file that the front matter of a names.
func namedFiles(a *article.Article, visit func(article.Text, fileUse)) {
	if a.Image != nil {
		visit(a.Image.File, useCover)
	}
	for _, image := range a.Optional().Gallery {
		visit(image.File, usePicture)
	}
	for _, attachment := range a.Optional().Attachments {
		visit(attachment.File, useDocument)
	}
	if a.Agreement != nil && a.Agreement.Document.Value != "" {
		visit(a.Agreement.Document, useDocument)
	}
}

// checkFiles reports files that the front matter names and that do not exist
// or cannot be published, and pictures of static/ that cannot.
func (b *library) checkFiles() diag.List {
	problems := b.checkStatic()
	for i := range index(len(b.entries)) {
		e := &b.entries[i]
		namedFiles(e.Article, func(name article.Text, use fileUse) {
			if name.IsInherited() {
				return // told of the original
			}
			f, _, ok := b.fileOf(e, name.Value)
			switch {
			case !ok:
				problems = append(problems, b.missingFile(e, e.At(name), name.Value))
			case use == useDocument:
				problems = append(problems, f.fault(e.At(name), name.Value)...)
			default:
				problems = append(problems, f.pictureFault(e.At(name), name.Value)...)
			}
		})
	}
	return problems
}

// missingFile reports a file that is not there, with the name of one that
// differs from it in spelling only, if there is one.
func (b *library) missingFile(e *entry, pos diag.Pos, name string) diag.Problem {
	wanted := "static/" + strings.TrimPrefix(name, "/")
	if !strings.HasPrefix(name, "/") {
		p, ok := join(e.Dir(), name)
		if !ok {
			return diag.New(pos, "file-outside", name)
		}
		if ending := path.Ext(name); ending == ".html" || ending == ".htm" {
			if mended := strings.TrimSuffix(name, ending) + ".md"; b.hasArticle(e, mended) {
				return diag.New(pos, "missing-file/article", name, mended)
			}
		}
		wanted = "content/" + p
	}
	return b.missing(pos, name, wanted)
}

func (b *library) hasArticle(e *entry, name string) bool {
	_, ok := b.articleAt(e.Dir(), name)
	return ok
}

// missing reports that the file wanted, named name at pos, is not there.
func (b *library) missing(pos diag.Pos, name, wanted string) diag.Problem {
	var names []string
	near := ""
	for _, f := range b.filesIn(path.Dir(wanted)) {
		here := path.Base(f.Path)
		if looksLike(here, path.Base(wanted)) {
			near = here
			break
		}
		if withoutDigits(here) != withoutDigits(path.Base(wanted)) { // anh-1.jpg is not meant by anh-2.jpg
			names = append(names, here)
		}
	}
	if near == "" {
		near = strictyaml.Nearest(path.Base(wanted), names)
	}
	if near == "" {
		return diag.New(pos, "missing-file", name, wanted)
	}
	if folder := path.Dir(name); folder != "." {
		near = path.Join(folder, near)
	}
	return diag.New(pos, "missing-file/near", name, near)
}

func withoutDigits(name string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return -1
		}
		return r
	}, name)
}

// looksLike tells whether two file names are one name to a tired eye: they
// differ in accents, case, spaces or the spelling of their ending only.
func looksLike(a, b string) bool {
	canonical := func(name string) string {
		name = publishedName(strings.ToLower(strings.ReplaceAll(name, " ", "-")))
		return strings.TrimSuffix(name, path.Ext(name))
	}
	return canonical(a) == canonical(b)
}

// filesIn returns the files that stand in a folder itself.
func (b *library) filesIn(dir string) []File {
	from, _ := slices.BinarySearchFunc(b.in.Files, dir+"/", func(f File, p string) int { return cmp.Compare(f.Path, p) })
	var list []File
	for _, f := range b.in.Files[from:] {
		if !strings.HasPrefix(f.Path, dir+"/") {
			break
		}
		if path.Dir(f.Path) == dir {
			list = append(list, f)
		}
	}
	return list
}

// mediaTypes names the types of the files that articles offer, as package hosting has
// servers name them; the system's own table must not decide bytes that are published.
var mediaTypes = map[string]string{
	".avif": "image/avif", ".gif": "image/gif",
	".jpeg": "image/jpeg", ".jpg": "image/jpeg", ".jpe": "image/jpeg", ".jfif": "image/jpeg",
	".png": "image/png", ".apng": "image/apng", ".svg": "image/svg+xml", ".webp": "image/webp",
	".pdf": "application/pdf", ".zip": "application/zip", ".rar": "application/vnd.rar", ".7z": "application/x-7z-compressed",
	".rtf": "application/rtf", ".txt": "text/plain", ".csv": "text/csv",
	".doc": "application/msword", ".xls": "application/vnd.ms-excel", ".ppt": "application/vnd.ms-powerpoint",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".odt":  "application/vnd.oasis.opendocument.text",
	".ods":  "application/vnd.oasis.opendocument.spreadsheet",
	".odp":  "application/vnd.oasis.opendocument.presentation",
	".mp3":  "audio/mpeg", ".m4a": "audio/mp4", ".mp4": "video/mp4", ".webm": "video/webm",
	".ics": "text/calendar", ".geojson": "application/geo+json", ".json": "application/json",
}

// mediaType returns the media type of a file by its ending.
func mediaType(name string) string {
	if t, ok := mediaTypes[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	return "application/octet-stream"
}
