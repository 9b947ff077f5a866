package source

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"bantin/internal/diag"
	"bantin/internal/vietnamese"
)

// checkEntry returns the problem of what lies in a folder and can't be input;
// ok is false then.
func checkEntry(folder, name string, mode fs.FileMode) (p diag.Problem, ok bool) {
	if p, ok := checkName(folder, name); !ok {
		return p, false
	}
	if !mode.IsRegular() && !mode.IsDir() {
		return modeProblem(vietnamese.NFC(folder+name), mode), false
	}
	return diag.Problem{}, true
}

// checkTop returns the problem of what stands at path, at the top of the
// site's folder, where a folder (with a slash) or a file belongs; ok is false
// then.
func checkTop(path string, mode fs.FileMode) (p diag.Problem, ok bool) {
	name, wantFolder := strings.CutSuffix(path, "/")
	switch {
	case wantFolder && mode.IsDir(), !wantFolder && mode.IsRegular():
		return diag.Problem{}, true
	case wantFolder && mode.IsRegular():
		return diag.New(diag.Pos{File: name}, "not-a-folder", name), false
	case mode.IsDir():
		return diag.New(diag.Pos{File: name}, "not-a-file", name), false
	}
	return modeProblem(name, mode), false
}

func modeProblem(path string, mode fs.FileMode) diag.Problem {
	if mode&fs.ModeSymlink != 0 {
		return diag.New(diag.Pos{File: path}, "symlink")
	}
	return diag.New(diag.Pos{File: path}, "special-file")
}

// checkSize returns the problem of a text that is too large to be read; ok is
// false then.
func checkSize(f File) (p diag.Problem, ok bool) {
	pos := diag.Pos{File: f.Path}
	switch {
	case f.Stamp.Size <= maxSettingsSize:
	case f.Path == SettingsFile:
		return diag.New(pos, "yaml-large", mebibytes(maxSettingsSize)+" MiB"), false
	case strings.HasPrefix(f.Path, templatesFolder+"/"):
		return diag.New(pos, "article-size/template", mebibytes(f.Stamp.Size), mebibytes(maxSettingsSize)), false
	}
	if f.Stamp.Size > MaxArticleSize && path.Ext(f.Path) == ".md" && strings.HasPrefix(f.Path, ContentPrefix) {
		return diag.New(diag.Pos{File: f.Path}, "article-size", mebibytes(f.Stamp.Size), mebibytes(MaxArticleSize)), false
	}
	return diag.Problem{}, true
}

// articleEndings are the endings, in lower case, that other programs give to
// articles.
var articleEndings = []string{".md", ".mdx", ".markdown", ".mdown", ".mdwn", ".mkd", ".mkdn", ".mdtxt", ".mdtext", ".rmd", ".qmd"}

// misnamed returns the name that a file of content/ should have if it is meant
// as an article and would be overlooked; "" if it is well named.
func misnamed(name string) (better string) {
	if isPlainArticle(name) {
		return ""
	}
	stem := strings.TrimRight(name, ". ")
	for _, text := range []string{".txt", ".text"} { // which Notepad adds
		if ext := path.Ext(stem); strings.EqualFold(ext, text) && isArticleEnding(path.Ext(strings.TrimSuffix(stem, ext))) {
			stem = strings.TrimSuffix(stem, ext)
		}
	}
	ext := path.Ext(stem)
	if !isArticleEnding(ext) || stem == ext {
		return ""
	}
	stem = strings.TrimSuffix(stem, ext)
	first, language, _ := strings.Cut(stem, ".") // index.en.md
	if lower := strings.ToLower(first); (lower == "index" || lower == "_index") && len(language) <= 3 {
		stem = lower + strings.TrimPrefix(stem, first)
	}
	if better = stem + ".md"; better == name {
		return ""
	}
	return better
}

// isPlainArticle tells at a glance of nearly all articles that they are well
// named.
func isPlainArticle(name string) bool {
	stem, isArticle := strings.CutSuffix(name, ".md")
	return isArticle && stem != "" && !strings.Contains(stem, ".") &&
		(stem == "index" || stem == "_index" || !strings.EqualFold(strings.TrimPrefix(stem, "_"), "index"))
}

func isArticleEnding(ext string) bool { return slices.Contains(articleEndings, strings.ToLower(ext)) }

// misnamedProblem tells that the article at path should have another name,
// unless a file of that name is there, too.
func misnamedProblem(id, at, better string, files []File) diag.Problem {
	name := path.Base(at)
	stem := strings.TrimSuffix(better, ".md")
	better = free(at, better, files)
	ext := path.Ext(name)
	if long := strings.TrimPrefix(name, stem); id == "article-extension" && strings.HasPrefix(long, ".") {
		ext = long // .md.txt
	}
	if strings.EqualFold(name, better) && ext == ".md" {
		id, ext = "article-extension/index", name
	}
	return diag.New(diag.Pos{File: at}, id, ext, better)
}

// free returns a name that no file beside the one at path has: better, or one with
// a number.
func free(at, better string, files []File) string {
	stem := strings.TrimSuffix(better, ".md")
	for n := 2; has(files, path.Join(path.Dir(at), better)); n++ {
		better = stem + "-" + strconv.Itoa(n) + ".md"
	}
	return better
}

// backupEndings are endings, in lower case, of copies that programs and people
// keep beside an article.
var backupEndings = []string{".bak", ".old", ".orig", ".rej", ".swp", ".backup", ".save", ".copy"}

// dataEndings are those of files of data, which may begin as front matter does, but
// are not followed by a text.
var dataEndings = []string{".yaml", ".yml", ".toml", ".json"}

// documentEndings are those of what programs save that keep no plain text, with the format
// of bantin import that reads it, "" for none.
var documentEndings = map[string]string{".html": "html", ".htm": "html", ".docx": "docx", ".doc": "", ".odt": "", ".rtf": ""}

// CheckText returns the problem of the file at a path in content/ that is no
// article by its name, but begins as one, or has an article's name in its own:
// bai.md.docx; ok is false then.
func (t *Tree) CheckText(at string, src []byte) (p diag.Problem, ok bool) {
	ext := path.Ext(at)
	lower := strings.ToLower(ext)
	if !strings.HasPrefix(at, ContentPrefix) || lower == ".md" || slices.Contains(backupEndings, lower) {
		return diag.Problem{}, true
	}
	stem := strings.TrimSuffix(path.Base(at), ext)
	inner := path.Ext(stem)
	if isArticleEnding(inner) {
		stem = strings.TrimSuffix(stem, inner)
	} else {
		inner = ""
	}
	if beginsAsArticle(src, slices.Contains(dataEndings, lower)) {
		return misnamedProblem("article-extension/block", at, stem+".md", t.Files), false
	}
	if format, isDocument := documentEndings[lower]; isDocument && inner != "" {
		id, better := "article-extension/document", free(at, stem+".md", t.Files)
		if format != "" {
			id += "/import"
		}
		return diag.New(diag.Pos{File: at}, id, inner+ext, better, format, at), false
	}
	return diag.Problem{}, true
}

// beginsAsArticle tells whether a file begins with front matter that has a
// title; closed asks for its end and a text behind it, too.
func beginsAsArticle(src []byte, closed bool) bool {
	head := bytes.TrimPrefix(src[:min(len(src), 8<<10)], []byte("\ufeff"))
	if closed {
		_, text, ok := bytes.Cut(bytes.ReplaceAll(head, []byte("\r\n"), []byte("\n")), []byte("\n---\n"))
		if !ok || len(bytes.TrimSpace(text)) == 0 {
			return false
		}
	}
	n := 0
	for line := range bytes.Lines(head) {
		text := strings.TrimSpace(string(line))
		key, _, isKey := strings.Cut(text, ":")
		switch {
		case n == 0 && text != "---":
			return false
		case n > 0 && text == "---":
			return false
		case isKey && strings.Trim(key, `"' `) == "title":
			return true
		}
		n++
	}
	return false
}

// mebibytes returns a size in whole MiB, rounded up.
func mebibytes(size int64) string { return strconv.FormatInt((size+1<<20-1)>>20, 10) }
