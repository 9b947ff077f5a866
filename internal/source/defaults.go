package source

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"bantin/internal/diag"
	"bantin/internal/vietnamese"
)

// embedFile is the Go file that embeds a layer. The project's repository is a
// site too, so it lies in both the embedded layer and the site's.
const embedFile = "embed.go"

// isEmbedFile tells whether the file at p is the program's, not the site's.
func isEmbedFile(p string) bool {
	return p == templatesFolder+"/"+embedFile || p == staticFolder+"/"+embedFile
}

// addDefaults adds the embedded files that no file of the site hides.
func (s *scanner) addDefaults(files, defaults []File) []File {
	layered, _ := slices.BinarySearchFunc(files, staticFolder+"/", comparePath)
	files = files[:layered+len(slices.DeleteFunc(files[layered:], func(f File) bool { return isEmbedFile(f.Path) }))]
	own := make(foldedNames, len(files)-layered)
	folders := foldedNames{}
	for _, f := range files[layered:] {
		own.add(f.Path)
		folders.add(path.Dir(f.Path))
	}
	for _, f := range defaults {
		switch hiding := own[vietnamese.FoldCase(f.Path)]; hiding {
		case "":
			files = append(files, f)
		case f.Path:
		default:
			s.report(diag.New(diag.Pos{File: hiding}, "same-name/default", f.Path))
		}
		dir := path.Dir(f.Path)
		if like, ok := folders[vietnamese.FoldCase(dir)]; ok && like != dir {
			s.report(diag.New(diag.Pos{File: like}, "same-folder", strings.TrimPrefix(dir, staticFolder)+"/", dir))
			delete(folders, vietnamese.FoldCase(dir)) // it is told once
		}
	}
	slices.SortFunc(files[layered:], func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return files
}

// layer returns the embedded files of a folder; nil for none.
func (r Roots) layer(folder string) fs.FS {
	switch folder {
	case templatesFolder:
		return r.Templates
	case staticFolder:
		return r.Static
	}
	return nil
}

// defaults lists the embedded files.
func (r Roots) defaults() ([]File, error) {
	files, err := r.embeddedIn(nil, staticFolder)
	if err != nil {
		return nil, err
	}
	return r.embeddedIn(files, templatesFolder)
}

// embeddedIn adds the embedded files of a folder.
func (r Roots) embeddedIn(files []File, folder string) ([]File, error) {
	layer := r.layer(folder)
	if layer == nil {
		return files, nil
	}
	err := fs.WalkDir(layer, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f := File{Path: path.Join(folder, p), Embedded: true}
		if Ignored(f.Path) || isEmbedFile(f.Path) {
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		f.Stamp.Size = info.Size()
		files = append(files, f)
		return nil
	})
	return files, err
}
