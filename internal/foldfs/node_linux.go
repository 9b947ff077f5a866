package foldfs

import (
	"context"
	"fmt"
	"os"
	"sync"
	"syscall"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
	"golang.org/x/sys/unix"
)

// names are those of the whole file system. The kernel knows a file by another
// number under each spelling of its name, else it would not ask for a change of
// case: to rename a file to itself is nothing.
type names struct {
	System
	mu      sync.Mutex
	numbers map[spelling]uint64
	real    map[uint64]uint64 // a file's own number by one of these
}

// spelling is a name of a file as it was asked for.
type spelling struct {
	folder uint64 // the number of the folder
	name   string
	real   uint64 // the file's own number
}

// number returns what the kernel knows a file by.
func (n *names) number(at spelling) uint64 {
	n.mu.Lock()
	defer n.mu.Unlock()
	if number, ok := n.numbers[at]; ok {
		return number
	}
	number := uint64(len(n.real)) + 2 // 1 is the root
	n.numbers[at], n.real[number] = number, at.real
	return number
}

// move gives a file at to the number that it had at from.
func (n *names) move(from, to spelling) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if number, ok := n.numbers[from]; ok {
		n.numbers[to] = number
	}
	delete(n.numbers, from)
}

// told is the number that programs see.
func (n *names) told(number uint64) uint64 {
	n.mu.Lock()
	defer n.mu.Unlock()
	if real, ok := n.real[number]; ok && !n.Numbers {
		return real
	}
	return number
}

// telling is the file system with numbers as programs are to see them.
type telling struct {
	fuse.RawFileSystem
	names *names
}

func (t telling) Lookup(cancel <-chan struct{}, header *fuse.InHeader, name string, out *fuse.EntryOut) fuse.Status {
	status := t.RawFileSystem.Lookup(cancel, header, name, out)
	out.Ino = t.names.told(out.Ino)
	return status
}

func (t telling) GetAttr(cancel <-chan struct{}, in *fuse.GetAttrIn, out *fuse.AttrOut) fuse.Status {
	status := t.RawFileSystem.GetAttr(cancel, in, out)
	out.Ino = t.names.told(out.Ino)
	return status
}

func (t telling) SetAttr(cancel <-chan struct{}, in *fuse.SetAttrIn, out *fuse.AttrOut) fuse.Status {
	status := t.RawFileSystem.SetAttr(cancel, in, out)
	out.Ino = t.names.told(out.Ino)
	return status
}

func (t telling) Mkdir(cancel <-chan struct{}, in *fuse.MkdirIn, name string, out *fuse.EntryOut) fuse.Status {
	status := t.RawFileSystem.Mkdir(cancel, in, name, out)
	out.Ino = t.names.told(out.Ino)
	return status
}

func (t telling) Create(cancel <-chan struct{}, in *fuse.CreateIn, name string, out *fuse.CreateOut) fuse.Status {
	status := t.RawFileSystem.Create(cancel, in, name, out)
	out.Ino = t.names.told(out.Ino)
	return status
}

// node is a file or a folder. It holds what is behind it open, so that it does
// not matter by which name that was found.
type node struct {
	fs.Inode
	names *names
	file  *os.File // with O_PATH; closed when nothing needs it
}

// behind is the path of what is behind the node.
func (n *node) behind() string { return fmt.Sprintf("/proc/self/fd/%d", n.file.Fd()) }

func (n *node) fd() int { return int(n.file.Fd()) }

// spelling is name for an entry of the folder.
func (n *node) spelling(name, entry string) spelling {
	var st unix.Stat_t
	_ = unix.Fstatat(n.fd(), entry, &st, unix.AT_SYMLINK_NOFOLLOW) // 0 is no file's number
	return spelling{n.StableAttr().Ino, name, st.Ino}
}

// find returns the entry of the folder that name means, and name itself as it
// would be kept if there is none.
func (n *node) find(name string) (entry string, ok bool) {
	entries, err := os.ReadDir(n.behind())
	if err != nil {
		return "", false
	}
	key := n.names.key(name)
	for _, e := range entries {
		if n.names.key(e.Name()) == key {
			return e.Name(), true
		}
	}
	return n.names.kept(name), false
}

// child returns the node of an entry that was asked for as name.
func (n *node) child(ctx context.Context, name, entry string, out *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	fd, err := unix.Openat(n.fd(), entry, unix.O_PATH|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, fs.ToErrno(err)
	}
	child := &node{names: n.names, file: os.NewFile(uintptr(fd), entry)}
	var st syscall.Stat_t
	if err := syscall.Fstat(fd, &st); err != nil {
		return nil, fs.ToErrno(err)
	}
	number := n.names.number(spelling{n.StableAttr().Ino, name, st.Ino})
	out.FromStat(&st)
	return n.NewInode(ctx, child, fs.StableAttr{Mode: st.Mode & syscall.S_IFMT, Ino: number}), fs.OK
}

func (n *node) Lookup(ctx context.Context, name string, out *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	entry, ok := n.find(name)
	if !ok {
		return nil, syscall.ENOENT
	}
	return n.child(ctx, name, entry, out)
}

func (n *node) Mkdir(ctx context.Context, name string, mode uint32, out *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	entry, ok := n.find(name)
	if ok {
		return nil, syscall.EEXIST
	}
	if err := unix.Mkdirat(n.fd(), entry, mode); err != nil {
		return nil, fs.ToErrno(err)
	}
	return n.child(ctx, name, entry, out)
}

func (n *node) Create(ctx context.Context, name string, flags, mode uint32, out *fuse.EntryOut) (*fs.Inode, fs.FileHandle, uint32, syscall.Errno) {
	entry, ok := n.find(name)
	if ok && flags&syscall.O_EXCL != 0 {
		return nil, nil, 0, syscall.EEXIST
	}
	fd, err := unix.Openat(n.fd(), entry, int(flags&^syscall.O_APPEND)|unix.O_CREAT|unix.O_CLOEXEC, mode)
	if err != nil {
		return nil, nil, 0, fs.ToErrno(err)
	}
	child, errno := n.child(ctx, name, entry, out)
	return child, fs.NewLoopbackFile(fd), 0, errno
}

func (n *node) Unlink(_ context.Context, name string) syscall.Errno { return n.remove(name, 0) }

func (n *node) Rmdir(_ context.Context, name string) syscall.Errno {
	return n.remove(name, unix.AT_REMOVEDIR)
}

func (n *node) remove(name string, flags int) syscall.Errno {
	entry, ok := n.find(name)
	if !ok {
		return syscall.ENOENT
	}
	return fs.ToErrno(unix.Unlinkat(n.fd(), entry, flags))
}

func (n *node) Rename(_ context.Context, name string, parent fs.InodeEmbedder, newName string, flags uint32) syscall.Errno {
	from, to := n, parent.(*node)
	entry, ok := n.find(name)
	if !ok {
		return syscall.ENOENT
	}
	was := n.spelling(name, entry)
	there, taken := to.find(newName)
	same := taken && there == entry && n.StableAttr().Ino == to.StableAttr().Ino
	switch {
	case flags&^unix.RENAME_NOREPLACE != 0:
		return syscall.EINVAL
	case taken && !same && flags != 0:
		return syscall.EEXIST
	case taken && !same:
		if err := unix.Renameat(n.fd(), entry, to.fd(), there); err != nil {
			return fs.ToErrno(err)
		}
		if n.names.Keeps {
			break
		}
		from, entry = to, there
		fallthrough
	default:
		if err := unix.Renameat(from.fd(), entry, to.fd(), to.names.kept(newName)); err != nil {
			return fs.ToErrno(err)
		}
	}
	n.names.move(was, spelling{to.StableAttr().Ino, newName, was.real})
	return fs.OK
}

func (n *node) Open(_ context.Context, flags uint32) (fs.FileHandle, uint32, syscall.Errno) {
	fd, err := unix.Open(n.behind(), int(flags&^(syscall.O_APPEND|syscall.O_NOFOLLOW))|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, 0, fs.ToErrno(err)
	}
	return fs.NewLoopbackFile(fd), 0, fs.OK
}

func (n *node) Readdir(context.Context) (fs.DirStream, syscall.Errno) {
	entries, err := os.ReadDir(n.behind())
	if err != nil {
		return nil, fs.ToErrno(err)
	}
	list := make([]fuse.DirEntry, len(entries))
	for i, e := range entries {
		mode := uint32(syscall.S_IFREG)
		if e.IsDir() {
			mode = syscall.S_IFDIR
		}
		list[i] = fuse.DirEntry{Name: e.Name(), Mode: mode}
	}
	return fs.NewListDirStream(list), fs.OK
}

func (n *node) Getattr(_ context.Context, _ fs.FileHandle, out *fuse.AttrOut) syscall.Errno {
	var st syscall.Stat_t
	if err := syscall.Fstat(n.fd(), &st); err != nil {
		return fs.ToErrno(err)
	}
	out.FromStat(&st)
	out.Ino = n.StableAttr().Ino
	return fs.OK
}

func (n *node) Setattr(ctx context.Context, f fs.FileHandle, in *fuse.SetAttrIn, out *fuse.AttrOut) syscall.Errno {
	if size, ok := in.GetSize(); ok {
		if err := os.Truncate(n.behind(), int64(size)); err != nil {
			return fs.ToErrno(err)
		}
	}
	if mode, ok := in.GetMode(); ok {
		if err := syscall.Chmod(n.behind(), mode); err != nil {
			return fs.ToErrno(err)
		}
	}
	atime, ok1 := in.GetATime()
	mtime, ok2 := in.GetMTime()
	if ok1 && ok2 {
		if err := os.Chtimes(n.behind(), atime, mtime); err != nil {
			return fs.ToErrno(err)
		}
	}
	return n.Getattr(ctx, f, out)
}

func (n *node) Statfs(_ context.Context, out *fuse.StatfsOut) syscall.Errno {
	var st syscall.Statfs_t
	if err := syscall.Statfs(n.behind(), &st); err != nil {
		return fs.ToErrno(err)
	}
	out.FromStatfsT(&st)
	return fs.OK
}

func (n *node) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno { return fs.OK }
