package build

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"reflect"
	"slices"
	"strings"
	"time"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/digest"
	"bantin/internal/document"
	"bantin/internal/picture"
	"bantin/internal/site"
	"bantin/internal/source"
)

// fileState is what is known of one file of content/ or static/.
type fileState struct {
	Path   string
	Stamp  source.Stamp
	Safe   bool // the stamp alone proves that the file is as it was
	Digest digest.Digest

	// Of an article: its front matter with the problems in it. What is none and
	// looks like one has problems, too.
	Article  *article.Article
	Problems diag.List
	Text     *article.Facts // of its text; nil until it was converted

	*asset // of any other file, else nil: most files are articles
}

// asset is what was learned of a file that is no article.
type asset struct {
	Header *picture.Header // of a picture
	Set    *picture.Set    // what was made of it; nil until then
	SHA256 string          // of a document
	Pages  int             // of a PDF
	Fault  *site.Fault     // why it cannot be published
}

// readStretch is how many files one worker reads one after the other, having found
// the first of them among those that are known.
const readStretch = 64

// read reads all new and changed files of content/ and static/.
func (r *run) read(ctx context.Context) error {
	r.openStanding()
	content, static := r.tree.Under("content/"), r.tree.Under("static/")
	n := len(content) + len(static)
	m := &model{folder: &folder{states: make([]fileState, n), learned: make([]bool, n)}}
	if err := r.readFiles(ctx, content, m.states, m.learned); err != nil {
		return err
	}
	if err := r.readFiles(ctx, static, m.states[len(content):], m.learned[len(content):]); err != nil {
		return err
	}
	m.stateIndex, m.articles = make([]int, 0, n), make([]*article.Article, 0, n) // most are articles
	lost := map[string]bool{}
	for i := range m.states {
		k := &m.states[i]
		r.problems.add(r.withoutLost(k, lost)...)
		if k.Article == nil {
			continue
		}
		m.stateIndex = append(m.stateIndex, i)
		m.articles = append(m.articles, k.Article)
	}
	r.sources = m.stateIndex
	r.model = m
	r.previous = r.previous.withoutFiles()
	return nil
}

// readFiles fills in what is known of some files, and whether that is news.
func (r *run) readFiles(ctx context.Context, files []source.File, states []fileState, learned []bool) error {
	return stretches(ctx, r.opt.Jobs, len(files), readStretch, func(from, to int) error {
		for k, old := range r.previous.match(files[from:to]) {
			i := from + k
			now := &states[i]
			if err := r.load(now, files[i], old); err != nil {
				return err
			}
			learned[i] = old == nil || now.Stamp != old.Stamp || now.Digest != old.Digest || now.Safe != old.Safe
		}
		return nil
	})
}

// load fills k for file f, of which the last build knew old (or nil).
func (r *run) load(k *fileState, f source.File, old *fileState) error {
	if old != nil && old.Safe && old.Stamp == f.Stamp {
		*k = old.clone()
		return nil
	}
	readAt := time.Now()
	if f.Stamp.Size > maxInMemory && path.Ext(f.Path) != ".md" {
		return r.loadLarge(k, f, old, readAt)
	}
	return r.withBytes(f, func(src []byte) error {
		d := digest.Of(src)
		if old != nil && old.Digest == d {
			*k = old.clone()
		} else {
			*k = fileState{Path: f.Path, Digest: d}
			r.classify(k, src)
			if old != nil && old.Article != nil && reflect.DeepEqual(k.Article, old.Article) {
				k.Article = old.Article // only the text has changed (reuse.go)
			}
		}
		k.Stamp, k.Safe = f.Stamp, f.Embedded || f.Stamp.SafeAt(readAt)
		return nil
	})
}

// maxInMemory is the size in bytes up to which a file is read as a whole: no
// document is searched beyond.
const maxInMemory = document.MaxCounted

// loadLarge is load for a file that is not to be held in memory: its beginning
// tells what it is, its digests are made as it passes.
func (r *run) loadLarge(k *fileState, f source.File, old *fileState, readAt time.Time) error {
	src, err := r.tree.Open(f)
	if err != nil {
		return err
	}
	defer src.Close()
	head := make([]byte, picture.SniffLength)
	n, err := io.ReadFull(src, head)
	if err != nil {
		return fmt.Errorf("read %s: %w", f.Path, err)
	}
	sum := sha256.New()
	sum.Write(head[:n])
	d, err := digest.OfReader(io.MultiReader(bytes.NewReader(head), io.TeeReader(src, sum)))
	if err != nil {
		return fmt.Errorf("read %s: %w", f.Path, err)
	}
	if old != nil && old.Digest == d {
		*k = old.clone()
	} else {
		*k = fileState{Path: f.Path, Digest: d, asset: &asset{SHA256: hex.EncodeToString(sum.Sum(nil))}}
		switch {
		case !picture.IsPicture(head):
			k.setDocumentFault(head, f.Stamp.Size)
		case f.Stamp.Size > picture.MaxFile:
			k.Fault = pictureFault(picture.TooLarge(f.Stamp.Size))
		default: // a picture has to be looked at as a whole
			if err := r.withBytes(f, func(src []byte) error { r.classify(k, src); return nil }); err != nil {
				return err
			}
		}
	}
	k.Stamp, k.Safe = f.Stamp, f.Embedded || f.Stamp.SafeAt(readAt)
	return nil
}

// clone returns a copy for a build that may yet learn more, or fail.
func (k *fileState) clone() fileState {
	copied := *k
	if k.asset != nil {
		a := *k.asset
		copied.asset = &a
	}
	return copied
}

// maxKept is the size in bytes up to which memory that a file was read into is
// kept for the next one.
const maxKept = 256 << 10

// withBytes calls use with what file f holds, in memory that is only lent.
func (r *run) withBytes(f source.File, use func(src []byte) error) error {
	lent, _ := r.memory.Get().(*[]byte)
	if lent == nil {
		lent = new([]byte)
	}
	src, err := r.tree.ReadInto(*lent, f)
	if err != nil {
		return err
	}
	err = use(src)
	if *lent = src; cap(src) <= maxKept {
		r.memory.Put(lent)
	}
	return err
}

// withoutLost returns the problems of a file. A translation lacks what it would take from
// its original if site.yaml had its language: that is told there, of the first in each
// language, and noted in lost.
func (r *run) withoutLost(k *fileState, lost map[string]bool) diag.List {
	isMissing := func(p diag.Problem) bool { return p.Code() == "missing-key" }
	if k.Article == nil || !slices.ContainsFunc(k.Problems, isMissing) {
		return k.Problems
	}
	code := k.Article.UnknownLanguage()
	original := (&article.Article{Path: k.Path, Language: code}).Stem()
	if _, ok := r.tree.Lookup(original); code == "" || !ok {
		return k.Problems
	}
	problems := slices.DeleteFunc(slices.Clone(k.Problems), isMissing)
	if !lost[code] {
		lost[code] = true
		problems = append(problems, diag.New(diag.Pos{File: "site.yaml"}, "missing-key/language", code, k.Path))
	}
	return problems
}

// classify reads what a file is, and what it says.
func (r *run) classify(k *fileState, src []byte) {
	if below, ok := strings.CutPrefix(k.Path, "content/"); ok && path.Ext(below) == ".md" {
		k.Article, k.Problems = article.Parse(below, src, r.config.Location, r.codes...)
		return
	}
	if p, ok := r.tree.CheckText(k.Path, src); !ok {
		k.Problems = diag.List{p}
	}
	k.asset = &asset{}
	h, err := picture.ReadHeader(src)
	if err == nil {
		k.Header, k.Fault = &h, checkEnding(k.Path, h.Format)
		return
	}
	sum := sha256.Sum256(src)
	k.SHA256 = hex.EncodeToString(sum[:])
	if fault, ok := errors.AsType[*picture.Error](err); ok {
		k.Fault = pictureFault(fault)
		return
	}
	k.Pages = document.Pages(src)
	k.setDocumentFault(src, int64(len(src)))
}

// setDocumentFault notes why a file that is no picture cannot be offered.
func (k *fileState) setDocumentFault(head []byte, size int64) {
	if picture.IsNamed(k.Path) {
		k.Fault = &site.Fault{ID: "not-a-picture"}
	} else if fault, ok := errors.AsType[*document.Error](document.Check(k.Path, head, size)); ok {
		k.Fault = &site.Fault{ID: fault.ID, Args: fault.Args}
	}
}

func (k *fileState) file() site.File {
	f := site.File{
		Path: k.Path, Size: k.Stamp.Size, Digest: k.Digest, SHA256: k.SHA256, Pages: k.Pages, Fault: k.Fault,
	}
	if k.Set == nil {
		return f
	}
	f.Size, f.Digest, f.SHA256 = k.Set.Original.Size, k.Set.Original.Digest, k.Set.SHA256
	f.Width, f.Height = k.Header.Width, k.Header.Height
	f.Variants, f.WebP = variants(k.Set.Variants), variants(k.Set.WebP)
	if k.Set.Share != nil {
		share := variant(*k.Set.Share)
		f.Share = &share
	}
	return f
}

// withSource calls use with the file of article i, as it was read before:
// texts are too many to be kept.
func (r *run) withSource(i int, use func(src []byte) error) error {
	k := r.model.stateOf(i)
	f, _ := r.tree.Lookup(k.Path)
	return r.withBytes(f, func(src []byte) error {
		if digest.Of(src) != k.Digest {
			return &changedError{k.Path}
		}
		return use(src)
	})
}

// changedError tells of a file that was edited while the site was built.
type changedError struct{ path string }

func (e *changedError) Error() string { return "read " + e.path + ": " + source.ErrChanged.Error() }
func (e *changedError) Unwrap() error { return source.ErrChanged }
