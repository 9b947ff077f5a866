package deploy

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
	"golang.org/x/crypto/ssh/knownhosts"

	"bantin/internal/digest"
)

// sftpStore is a folder of a host with SFTP. A file is written beside and renamed
// by the extension of OpenSSH that replaces; without it, by deleting it first.
// Times are set as they are here.
type sftpStore struct {
	opt     Options
	mu      sync.Mutex
	client  *sftp.Client
	conn    *ssh.Client
	made    map[string]bool
	replace bool // files can be replaced by a rename
}

func openSFTP(ctx context.Context, opt Options) (store, error) {
	s := &sftpStore{opt: opt}
	if _, err := s.session(ctx); err != nil {
		return nil, s.tell(err)
	}
	return s, nil
}

// session returns the session, a new one if the old one broke.
func (s *sftpStore) session(ctx context.Context) (*sftp.Client, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.client != nil {
		return s.client, nil
	}
	config, err := s.config()
	if err != nil {
		return nil, err
	}
	raw, err := s.opt.dial(ctx, "tcp", s.opt.Target.Host)
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { raw.Close() }) // what follows knows no context
	defer stop()                                           // a lock may have to be given back
	if s.conn, s.client, err = openSession(raw, s.opt.Target.Host, config); err != nil {
		raw.Close()
		return nil, cmp.Or(ctx.Err(), err)
	}
	go keepAlive(s.conn, cmp.Or(s.opt.silence, mostSilence)/4)
	_, s.replace = s.client.HasExtension("posix-rename@openssh.com")
	s.made = map[string]bool{}
	return s.client, nil
}

func openSession(raw net.Conn, host string, config *ssh.ClientConfig) (*ssh.Client, *sftp.Client, error) {
	conn, channels, requests, err := ssh.NewClientConn(raw, host, config)
	if err != nil {
		return nil, nil, err
	}
	over := ssh.NewClient(conn, channels, requests)
	client, err := sftp.NewClient(over)
	if err != nil {
		over.Close()
		return nil, nil, err
	}
	return over, client, nil
}

// keepAlive asks the host for an answer again and again, so that its silence is no
// idleness, until the connection ends.
func keepAlive(conn *ssh.Client, every time.Duration) {
	ended := make(chan struct{})
	go func() {
		conn.Wait()
		close(ended)
	}()
	for {
		select {
		case <-ended:
			return
		case <-time.After(every):
			conn.SendRequest("keepalive@openssh.com", true, nil) // any answer is one
		}
	}
}

// broken forgets a session that broke.
func (s *sftpStore) broken(client *sftp.Client, err error) error {
	if err != nil && s.isTransient(err) {
		s.mu.Lock()
		if s.client == client {
			s.client.Close()
			s.conn.Close()
			s.client, s.conn = nil, nil
		}
		s.mu.Unlock()
	}
	return err
}

// config finds the keys of the user and the known hosts where ssh does.
func (s *sftpStore) config() (*ssh.ClientConfig, error) {
	dir := filepath.Join(home(s.opt.Getenv), ".ssh")
	var files []string
	for _, name := range []string{filepath.Join(dir, "known_hosts"), "/etc/ssh/ssh_known_hosts"} {
		if _, err := os.Stat(name); err == nil {
			files = append(files, name)
		}
	}
	check, err := knownhosts.New(files...)
	if err != nil {
		return nil, err
	}
	config := &ssh.ClientConfig{
		User:            cmp.Or(s.opt.Target.User, s.opt.Getenv("USER"), s.opt.Getenv("USERNAME")),
		HostKeyCallback: check, HostKeyAlgorithms: knownAlgorithms(check, s.opt.Target.Host),
	}
	if socket := s.opt.Getenv("SSH_AUTH_SOCK"); socket != "" {
		if conn, err := net.Dial("unix", socket); err == nil {
			config.Auth = append(config.Auth, ssh.PublicKeysCallback(agent.NewClient(conn).Signers))
		}
	}
	var signers []ssh.Signer
	locked := ""
	for _, name := range []string{"id_ed25519", "id_ecdsa", "id_rsa"} {
		if data, err := os.ReadFile(filepath.Join(dir, name)); err == nil {
			signer, err := ssh.ParsePrivateKey(data)
			if _, ok := errors.AsType[*ssh.PassphraseMissingError](err); ok { // it is for the agent
				locked = filepath.Join(dir, name)
			}
			if err == nil {
				signers = append(signers, signer)
			}
		}
	}
	if len(signers) > 0 {
		config.Auth = append(config.Auth, ssh.PublicKeys(signers...))
	}
	if password := s.opt.Getenv("BANTIN_SFTP_PASSWORD"); password != "" {
		config.Auth = append(config.Auth, ssh.Password(password))
	}
	if len(config.Auth) == 0 && locked != "" {
		return nil, &Error{ID: "key-locked", Args: []string{locked}}
	}
	if len(config.Auth) == 0 {
		return nil, &Error{ID: "no-key"}
	}
	return config, nil
}

// knownAlgorithms returns the algorithms of the keys by which a host is known: by
// another of its keys it would seem to be another host.
func knownAlgorithms(check ssh.HostKeyCallback, host string) []string {
	known, ok := errors.AsType[*knownhosts.KeyError](check(host, &net.TCPAddr{IP: net.IPv4zero}, noKey{}))
	if !ok {
		return nil
	}
	var list []string
	for _, k := range known.Want {
		if k.Key.Type() == ssh.KeyAlgoRSA {
			list = append(list, ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256)
		}
		list = append(list, k.Key.Type())
	}
	return list
}

// noKey is the key of no host.
type noKey struct{}

func (noKey) Type() string                        { return "none" }
func (noKey) Marshal() []byte                     { return []byte("none") }
func (noKey) Verify([]byte, *ssh.Signature) error { return errors.New("no key") }

func (s *sftpStore) hasHeaders() bool     { return false }
func (s *sftpStore) isAtomic() bool       { return s.replace }
func (s *sftpStore) flush([]string) error { return nil } // each file would be a wait for the disk
func (s *sftpStore) requests() int64      { return 0 }

func (s *sftpStore) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.client == nil {
		return nil
	}
	err := s.client.Close()
	s.conn.Close()
	return err
}

func (s *sftpStore) at(key string) string { return path.Join(s.opt.Target.Folder, key) }

func (s *sftpStore) get(ctx context.Context, key string) ([]byte, error) {
	c, err := s.session(ctx)
	if err != nil {
		return nil, err
	}
	f, err := c.Open(s.at(key))
	if err != nil {
		return nil, s.broken(c, err)
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	return data, s.broken(c, err)
}

func (s *sftpStore) makeFolder(c *sftp.Client, key string) error {
	folder := path.Dir(s.at(key))
	s.mu.Lock()
	made := s.made[folder]
	s.mu.Unlock()
	if made {
		return nil
	}
	if err := c.MkdirAll(folder); err != nil {
		info, statErr := c.Lstat(folder)
		if statErr != nil && !errors.Is(statErr, fs.ErrNotExist) {
			return statErr // the line broke
		}
		if statErr != nil || !info.IsDir() {
			return err
		}
	}
	s.mu.Lock()
	s.made[folder] = true
	s.mu.Unlock()
	return nil
}

func (s *sftpStore) put(ctx context.Context, key string, f file) error {
	c, err := s.session(ctx)
	if err != nil {
		return err
	}
	return s.broken(c, ofFile(key, s.putOver(ctx, c, key, f)))
}

// sftpFileError is what happened to a file of the output at the host, which answers
// without its name.
type sftpFileError struct {
	key string
	err error
}

func (e *sftpFileError) Error() string { return e.key + ": " + e.err.Error() }
func (e *sftpFileError) Unwrap() error { return e.err }

// ofFile adds a file's name to an error; files of the deploy itself need none.
func ofFile(key string, err error) error {
	if err == nil || strings.HasPrefix(key, privatePrefix) {
		return err
	}
	return &sftpFileError{key, err}
}

func (s *sftpStore) putOver(ctx context.Context, c *sftp.Client, key string, f file) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	src, err := f.open()
	if err != nil {
		return err
	}
	defer src.Close()
	temp := privatePrefix + "temp-" + randomName()
	if err := s.makeFolder(c, temp); err != nil {
		return err
	}
	if err := s.makeFolder(c, key); err != nil {
		return err
	}
	out, err := c.OpenFile(s.at(temp), os.O_CREATE|os.O_EXCL|os.O_WRONLY)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, src)
	err = errors.Join(err, out.Close())
	if info, statErr := os.Stat(f.path); f.path != "" && statErr == nil && err == nil {
		err = c.Chtimes(s.at(temp), info.ModTime(), info.ModTime())
	}
	if err == nil && s.replace {
		err = c.PosixRename(s.at(temp), s.at(key))
	} else if err == nil {
		if err = c.Remove(s.at(key)); errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
		if err == nil {
			err = c.Rename(s.at(temp), s.at(key))
		}
	}
	if err != nil {
		c.Remove(s.at(temp))
		if info, statErr := c.Lstat(s.at(key)); statErr == nil && info.IsDir() {
			return &fs.PathError{Op: "replace", Path: key, Err: syscall.EEXIST}
		}
	}
	return err
}

func (s *sftpStore) putNew(ctx context.Context, key string, data []byte) (bool, error) {
	c, err := s.session(ctx)
	if err != nil {
		return false, err
	}
	if err := s.makeFolder(c, key); err != nil {
		return false, s.broken(c, err)
	}
	if s.linkNew(c, key, data) {
		return true, nil
	}
	out, err := c.OpenFile(s.at(key), os.O_CREATE|os.O_EXCL|os.O_WRONLY)
	if err != nil {
		_, statErr := c.Lstat(s.at(key)) // SFTP 3 has no word for what stands already
		if statErr == nil {
			return false, nil
		}
		if !errors.Is(statErr, fs.ErrNotExist) { // the line broke
			err = statErr
		}
		return false, s.broken(c, err)
	}
	_, err = out.Write(data)
	err = errors.Join(err, out.Close())
	return err == nil, s.broken(c, err)
}

// linkNew writes a file where nothing stands, whole at once by a second name, so
// that a kill leaves none that is empty; it is false where it could not.
func (s *sftpStore) linkNew(c *sftp.Client, key string, data []byte) bool {
	if _, can := c.HasExtension("hardlink@openssh.com"); !can {
		return false
	}
	temp := s.at(privatePrefix + "temp-" + randomName())
	out, err := c.OpenFile(temp, os.O_CREATE|os.O_EXCL|os.O_WRONLY)
	if err != nil {
		return false
	}
	_, err = out.Write(data)
	if err = errors.Join(err, out.Close()); err == nil {
		err = c.Link(temp, s.at(key))
	}
	_ = c.Remove(temp) // else it goes with the next manifest
	return err == nil
}

func (s *sftpStore) remove(ctx context.Context, keys []string) error {
	c, err := s.session(ctx)
	if err != nil {
		return err
	}
	for _, key := range keys {
		if err := ctx.Err(); err != nil {
			return err
		}
		info, err := c.Lstat(s.at(key))
		if errors.Is(err, fs.ErrNotExist) || err == nil && info.IsDir() {
			continue
		}
		if err == nil {
			err = c.Remove(s.at(key))
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return s.broken(c, ofFile(key, err))
		}
		for folder := path.Dir(key); folder != "."; folder = path.Dir(folder) {
			if c.RemoveDirectory(s.at(folder)) != nil {
				break
			}
			s.mu.Lock()
			delete(s.made, s.at(folder))
			s.mu.Unlock()
		}
	}
	return nil
}

func (s *sftpStore) list(ctx context.Context, folder string, visit func(key string)) error {
	c, err := s.session(ctx)
	if err != nil {
		return err
	}
	at := s.at(folder)
	if _, err := c.Lstat(at); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for w := c.Walk(at); w.Step(); {
		if err := errors.Join(w.Err(), ctx.Err()); err != nil {
			return s.broken(c, err)
		}
		if !w.Stat().IsDir() {
			visit(strings.TrimPrefix(strings.TrimPrefix(w.Path(), s.opt.Target.Folder), "/"))
		}
	}
	return nil
}

func (s *sftpStore) modified(ctx context.Context, key string) (time.Time, error) {
	c, err := s.session(ctx)
	if err != nil {
		return time.Time{}, err
	}
	info, err := c.Stat(s.at(key))
	if err != nil {
		return time.Time{}, s.broken(c, err)
	}
	return info.ModTime(), nil
}

func (s *sftpStore) same(ctx context.Context, key string, f file) (bool, error) {
	c, err := s.session(ctx)
	if err != nil {
		return false, err
	}
	info, err := c.Lstat(s.at(key))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, s.broken(c, err)
	}
	if !info.Mode().IsRegular() || info.Size() != f.size {
		return false, nil
	}
	in, err := c.Open(s.at(key))
	if err != nil {
		return false, s.broken(c, err)
	}
	defer in.Close()
	found, err := digest.OfReader(in)
	return found == f.digest, s.broken(c, err)
}

func (s *sftpStore) isTransient(err error) bool {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	if _, isKey := errors.AsType[*knownhosts.KeyError](err); isKey {
		return false
	}
	return isNetwork(err) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, sftp.ErrSSHFxConnectionLost) || errors.Is(err, net.ErrClosed) || errors.Is(err, syscall.ECONNRESET)
}

func (s *sftpStore) tell(err error) error {
	if _, told := errors.AsType[*Error](err); told {
		return err
	}
	if _, named := errors.AsType[*fs.PathError](err); named { // of this machine, or one in a folder's place there
		return err
	}
	host, at := s.opt.Target.Host, s.opt.Target.Folder
	if file, ok := errors.AsType[*sftpFileError](err); ok {
		at = s.at(file.key)
	}
	if key, ok := errors.AsType[*knownhosts.KeyError](err); ok {
		if len(key.Want) == 0 {
			return &Error{"host-unknown", []string{host}, err}
		}
		return &Error{"host-key", []string{host}, err}
	}
	if status, ok := errors.AsType[*sftp.StatusError](err); ok && status.FxCode() == sftp.ErrSSHFxFailure {
		return &Error{"sftp-failed", []string{host, at}, err} // SFTP 3 has no word for a full disk
	}
	switch {
	case strings.Contains(err.Error(), "unable to authenticate"):
		return &Error{"login-refused", []string{s.opt.Target.User, host}, err}
	case errors.Is(err, fs.ErrPermission):
		return &Error{"store-denied", []string{at, host}, err}
	}
	if isNetwork(err) || errors.Is(err, io.EOF) {
		return unreachable(host, err)
	}
	return err
}
