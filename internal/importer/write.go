package importer

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/document"
	"bantin/internal/percent"
	"bantin/internal/picture"
	"bantin/internal/source"
	"bantin/internal/strictyaml"
)

// writeAll writes the articles that wait, in the order of their rows, and returns the
// first row of which nothing was written.
func (m *Importer) writeAll(ctx context.Context) (next int, err error) {
	if err := m.writer.Flush(); err != nil {
		return 0, fmt.Errorf("keep the articles: %w", err)
	}
	if _, err := m.spool.Seek(0, io.SeekStart); err != nil {
		return 0, err
	}
	if err := m.makeSections(); err != nil {
		return 0, err
	}
	r := bufio.NewReaderSize(m.spool, 256<<10)
	for {
		line, err := r.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return next, nil
		}
		if err != nil {
			return next, err
		}
		if err := ctx.Err(); err != nil {
			return next, err
		}
		var rec record
		if err := json.Unmarshal(line, &rec); err != nil {
			return next, err
		}
		if err := m.writeOne(&rec); err != nil {
			return next, err
		}
		next = rec.Row + 1
	}
}

// writeOne writes an article with its files, the article last.
func (m *Importer) writeOne(rec *record) error {
	row := &m.report.Rows[rec.Row]
	rec.URLs = append(rec.URLs, m.more[row.Path]...)
	var aliases []string
	own := m.pageAddress(rec.Path)
	for _, u := range rec.URLs {
		if below, _, hasQuery := strings.Cut(u, "?"); !hasQuery {
			at := strings.TrimSuffix(percent.Decoded(below), "/") + "/"
			if at == own {
				continue
			}
			if m.urls[at] || m.isReserved(at) {
				row.Notes = append(row.Notes, NewNote("alias-taken", u))
				continue
			}
		}
		aliases = append(aliases, u)
	}
	if len(aliases) > 0 {
		rec.Front.Set("aliases", strictyaml.Texts(aliases...))
	}
	text := m.link(rec)
	src := article.Format(rec.Front, text, rec.Comments...)
	name := source.ContentPrefix + rec.Path
	if !m.o.DryRun {
		for _, f := range rec.Files {
			if err := m.copy(path.Join(path.Dir(name), f.Name), f); err != nil {
				return err
			}
		}
		if err := m.create(name, src); err != nil {
			return err
		}
	}
	m.report.Files += len(rec.Files)
	m.ledger.add(rec.entry(name, digestOf(src)))
	m.ledger.changed = true
	return nil
}

// create writes a new file and the folders it stands in. It never replaces one:
// where the very same bytes stand already, an earlier run was interrupted before
// it could take note.
func (m *Importer) create(name string, data []byte) error {
	return m.createFrom(name, bytes.NewReader(data), int64(len(data)))
}

func (m *Importer) createFrom(name string, r io.Reader, size int64) error {
	if err := m.root.MkdirAll(path.Dir(name), 0o777); err != nil {
		return err
	}
	if _, err := m.root.Lstat(name); err == nil {
		there, err := m.readFile(name, maxAttached)
		data, err2 := io.ReadAll(r)
		if err == nil && err2 == nil && bytes.Equal(there, data) {
			return nil
		}
		return &fs.PathError{Op: "create", Path: name, Err: fs.ErrExist}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return m.replace(name, func(w io.Writer) error {
		n, err := io.Copy(w, r)
		if err == nil && n != size {
			err = &fs.PathError{Op: "write", Path: name, Err: io.ErrUnexpectedEOF}
		}
		return err
	})
}

// replace puts a file in its place when all of it is written, so that a process
// that ends in the middle leaves no half of it.
func (m *Importer) replace(name string, write func(io.Writer) error) error {
	const temp = "." + LedgerFile + ".tmp"
	f, err := m.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return err
	}
	err = write(f)
	if err = errors.Join(err, f.Close()); err == nil {
		err = m.root.Rename(temp, name)
	}
	if err != nil {
		return errors.Join(err, m.root.Remove(temp))
	}
	return nil
}

func (m *Importer) copy(name string, c copied) error {
	if c.Data != nil {
		return m.create(name, c.Data)
	}
	f, size, err := m.o.Files.Open(c.Origin)
	if err != nil {
		return err
	}
	defer f.Close()
	return m.createFrom(name, f, size)
}

// saveLedger writes the ledger, whole or not at all, if it has changed.
func (m *Importer) saveLedger() error {
	if m.o.DryRun || !m.ledger.changed {
		return nil
	}
	if err := m.replace(LedgerFile, m.ledger.write); err != nil {
		return fmt.Errorf("write %s: %w", LedgerFile, err)
	}
	return nil
}

func (m *Importer) readFile(name string, limit int64) ([]byte, error) {
	f, err := m.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > limit {
		return nil, &fs.PathError{Op: "read", Path: name, Err: source.ErrTooLarge}
	}
	return io.ReadAll(io.LimitReader(f, limit))
}

// maxAttached is how large a document may be that comes along, in bytes.
const maxAttached = 512 << 20

// sniff tells whether a file may go beside an article, by its first bytes. The note
// says in a language why not.
func sniff(files Files, origin, name, lang string) (Note, bool) {
	f, size, err := files.Open(origin)
	if err != nil {
		return NewNote("lost-file", name), false
	}
	defer f.Close()
	if picture.IsNamed(name) {
		if size > picture.MaxFile {
			return NewNote("bad-picture", name, pictureFault(name, picture.TooLarge(size), lang)), false
		}
		data, err := io.ReadAll(io.LimitReader(f, picture.MaxFile))
		if err == nil {
			_, err = picture.ReadHeader(data)
		}
		if err != nil {
			return NewNote("bad-picture", name, pictureFault(name, err, lang)), false
		}
		return Note{}, true
	}
	head := make([]byte, document.HeadLength)
	n, _ := io.ReadFull(f, head)
	if err := document.Check(name, head[:n], size); err != nil || size > maxAttached {
		return NewNote("refused-file", name), false
	}
	return Note{}, true
}

// pictureFault says in a language what is wrong with a picture, and what to do about it.
func pictureFault(name string, err error, lang string) string {
	id, args := "not-a-picture", []string{name}
	if fault, ok := errors.AsType[*picture.Error](err); ok {
		id, args = fault.ID, append(args, fault.Args...)
	} else if !errors.Is(err, picture.ErrNoPicture) {
		return err.Error()
	}
	problem := diag.New(diag.Pos{}, id, args...)
	return problem.Message(lang) + "; " + problem.Hint(lang)
}
