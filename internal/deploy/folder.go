package deploy

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"bantin/internal/digest"
	"bantin/internal/strictfs"
)

// folderStore is a folder of this machine. A file is written beside, and renamed.
type folderStore struct {
	root *os.Root
	made sync.Map // folders that are there
}

func openFolder(_ context.Context, opt Options) (store, error) {
	if isInside(opt.Output, opt.Target.Folder) || isInside(opt.Target.Folder, opt.Output) {
		return nil, &Error{ID: "target-is-output", Args: []string{opt.Target.Folder}}
	}
	dir := opt.Target.Folder
	if !opt.DryRun {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return nil, err
		}
	}
	root, err := strictfs.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return &folderStore{}, nil
	}
	if err != nil {
		return nil, err
	}
	return &folderStore{root: root}, nil
}

// isInside tells whether a folder is another, or lies in it.
func isInside(dir, folder string) bool {
	rel, err := filepath.Rel(resolved(folder), resolved(dir))
	return err == nil && filepath.IsLocal(rel)
}

// resolved returns the absolute path of a folder without links, as far as it is there.
func resolved(dir string) string {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return dir
	}
	if links, err := filepath.EvalSymlinks(dir); err == nil {
		return links
	}
	if parent := filepath.Dir(dir); parent != dir {
		return filepath.Join(resolved(parent), filepath.Base(dir))
	}
	return dir
}

func (s *folderStore) hasHeaders() bool       { return false }
func (s *folderStore) isAtomic() bool         { return true }
func (s *folderStore) requests() int64        { return 0 }
func (s *folderStore) isTransient(error) bool { return false }

func (s *folderStore) tell(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return &Error{"store-full", []string{s.root.Name()}, err}
	}
	return err
}

func (s *folderStore) close() error {
	if s.root == nil {
		return nil
	}
	return s.root.Close()
}

func (s *folderStore) get(_ context.Context, key string) ([]byte, error) {
	if s.root == nil {
		return nil, fs.ErrNotExist
	}
	data, err := s.root.ReadFile(filepath.FromSlash(key))
	if errors.Is(err, syscall.ENOTDIR) {
		return nil, fs.ErrNotExist
	}
	return data, err
}

func (s *folderStore) makeFolder(key string) error {
	folder := path.Dir(key)
	if _, ok := s.made.Load(folder); ok || folder == "." {
		return nil
	}
	err := s.root.MkdirAll(filepath.FromSlash(folder), 0o777)
	if err == nil {
		s.made.Store(folder, true)
	}
	return err
}

func (s *folderStore) put(ctx context.Context, key string, f file) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	src, err := f.open()
	if err != nil {
		return err
	}
	defer src.Close()
	temp := privatePrefix + "temp-" + randomName()
	if err := errors.Join(s.makeFolder(temp), s.makeFolder(key)); err != nil {
		return err
	}
	out, err := s.root.OpenFile(filepath.FromSlash(temp), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, src)
	err = errors.Join(err, out.Close())
	if err == nil {
		err = s.root.Rename(filepath.FromSlash(temp), filepath.FromSlash(key))
	}
	if err != nil {
		s.root.Remove(filepath.FromSlash(temp))
	}
	return err
}

func (s *folderStore) putNew(_ context.Context, key string, data []byte) (bool, error) {
	if err := s.makeFolder(key); err != nil {
		return false, err
	}
	// Whole at once by a second name: a kill leaves no empty file, which nobody could tell from that of a living deploy.
	temp := privatePrefix + "temp-" + randomName()
	if err := s.writeNew(temp, data); err != nil {
		return false, err
	}
	err := s.root.Link(filepath.FromSlash(temp), filepath.FromSlash(key))
	if removed := s.root.Remove(filepath.FromSlash(temp)); err == nil {
		return true, removed
	}
	if !errors.Is(err, fs.ErrExist) { // on memory sticks a file has one name
		err = s.writeNew(key, data)
	}
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	return err == nil, err
}

// writeNew writes a file where nothing stands.
func (s *folderStore) writeNew(key string, data []byte) error {
	out, err := s.root.OpenFile(filepath.FromSlash(key), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	_, err = out.Write(data)
	return errors.Join(err, out.Close())
}

func (s *folderStore) remove(ctx context.Context, keys []string) error {
	for _, key := range keys {
		if err := ctx.Err(); err != nil {
			return err
		}
		if info, err := s.root.Lstat(filepath.FromSlash(key)); err != nil || info.IsDir() {
			continue // gone already, or not what was put there
		}
		if err := s.root.Remove(filepath.FromSlash(key)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		for folder := path.Dir(key); folder != "."; folder = path.Dir(folder) {
			if s.root.Remove(filepath.FromSlash(folder)) != nil {
				break
			}
			s.made.Delete(folder)
		}
	}
	return nil
}

func (s *folderStore) list(ctx context.Context, folder string, visit func(key string)) error {
	if s.root == nil {
		return nil
	}
	return fs.WalkDir(s.root.FS(), path.Clean(folder), func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			visit(p)
		}
		return errors.Join(err, ctx.Err())
	})
}

func (s *folderStore) modified(_ context.Context, key string) (time.Time, error) {
	info, err := s.root.Stat(filepath.FromSlash(key))
	if err != nil {
		return time.Time{}, err
	}
	return info.ModTime(), nil
}

func (s *folderStore) flush(keys []string) error { return strictfs.SyncAll(s.root, withFolders(keys)) }

// withFolders yields keys and the folders that hold them, each once.
func withFolders(keys []string) iter.Seq[string] {
	return func(yield func(string) bool) {
		seen := map[string]bool{}
		for _, key := range keys {
			for at := key; at != "." && !seen[at]; at = path.Dir(at) {
				seen[at] = true
				if !yield(at) {
					return
				}
			}
		}
		yield(".")
	}
}

func (s *folderStore) same(_ context.Context, key string, f file) (bool, error) {
	if s.root == nil {
		return false, nil
	}
	in, err := s.root.Open(filepath.FromSlash(key))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer in.Close()
	if info, err := in.Stat(); err != nil || info.Size() != f.size || !info.Mode().IsRegular() {
		return false, err
	}
	found, err := digest.OfReader(in)
	return found == f.digest, err
}
