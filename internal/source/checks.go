package source

import (
	"io/fs"
	"path"
	"strconv"
	"strings"

	"bantin/internal/diag"
	"bantin/internal/vietnamese"
)

// checkEntry returns the problem of what lies in a folder and can't be input;
// ok is false then.
func checkEntry(folder string, d fs.DirEntry) (p diag.Problem, ok bool) {
	if p, ok := checkName(folder, d.Name()); !ok {
		return p, false
	}
	if mode := d.Type(); !mode.IsRegular() && !mode.IsDir() {
		return modeProblem(vietnamese.NFC(folder+d.Name()), mode), false
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

// checkArticle returns the problem of a file that is, or is meant as, an
// article and can't be read as one; ok is false then.
func checkArticle(f File) (p diag.Problem, ok bool) {
	ext := path.Ext(f.Path)
	switch {
	case !strings.HasPrefix(f.Path, contentFolder+"/"):
	case ext == ".md":
		if f.Stamp.Size > MaxArticleSize {
			return diag.New(diag.Pos{File: f.Path}, "article-size", mebibytes(f.Stamp.Size), mebibytes(MaxArticleSize)), false
		}
	case strings.EqualFold(ext, ".md"), strings.EqualFold(ext, ".markdown"):
		better := strings.TrimSuffix(path.Base(f.Path), ext) + ".md"
		return diag.New(diag.Pos{File: f.Path}, "article-extension", ext, better), false
	}
	return diag.Problem{}, true
}

// mebibytes returns a size in whole MiB, rounded up.
func mebibytes(size int64) string { return strconv.FormatInt((size+1<<20-1)>>20, 10) }
