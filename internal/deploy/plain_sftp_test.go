package deploy

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

// plainServer is a host like those of shared hosting: known by a key of RSA, with
// a password, and without a rename that replaces. Without sftp it has no SFTP.
func plainServer(t *testing.T, hasSFTP bool) place {
	t.Helper()
	dir := scratch(t)
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	any, err := ssh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ssh.NewSignerWithAlgorithms(any.(ssh.AlgorithmSigner), []string{ssh.KeyAlgoRSASHA256, ssh.KeyAlgoRSASHA512}) // as today's servers, not by SHA-1
	if err != nil {
		t.Fatal(err)
	}
	config := &ssh.ServerConfig{PasswordCallback: func(c ssh.ConnMetadata, password []byte) (*ssh.Permissions, error) {
		if c.User() != "xa" || string(password) != "mat-khau" {
			return nil, errors.New("not so")
		}
		return nil, nil
	}}
	config.AddHostKey(signer)
	if err := sftp.SetSFTPExtensions(); err != nil { // of the server; others here have programs of their own
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			raw, err := listener.Accept()
			if err != nil {
				return
			}
			go serveSSH(raw, config, hasSFTP)
		}
	}()
	home := filepath.Join(dir, "home")
	if err := os.MkdirAll(filepath.Join(home, ".ssh"), 0o700); err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := os.WriteFile(filepath.Join(home, ".ssh", "known_hosts"), []byte(knownhosts.Line([]string{address}, signer.PublicKey())+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	www := filepath.Join(dir, "www")
	return place{
		name: "plain sftp", url: fmt.Sprintf("sftp://xa@%s%s", address, www), dir: www, twins: true,
		vars: map[string]string{"HOME": home, "BANTIN_SFTP_PASSWORD": "mat-khau"},
	}
}

func serveSSH(raw net.Conn, config *ssh.ServerConfig, hasSFTP bool) {
	defer raw.Close()
	_, channels, requests, err := ssh.NewServerConn(raw, config)
	if err != nil {
		return
	}
	go ssh.DiscardRequests(requests)
	for asked := range channels {
		channel, requests, err := asked.Accept()
		if err != nil {
			return
		}
		go func() {
			for r := range requests {
				r.Reply(hasSFTP && r.Type == "subsystem", nil)
			}
		}()
		if !hasSFTP {
			continue
		}
		server, err := sftp.NewServer(channel)
		if err != nil {
			return
		}
		go func() {
			server.Serve()
			server.Close()
		}()
	}
}

func TestAHostWithAPasswordAndWithoutARenameThatReplaces(t *testing.T) {
	firstWait = time.Millisecond
	p, o := plainServer(t, true), newOutput(t)
	if r := deploy(t, p.options(o)); !r.NotAtomic || !r.Locked {
		t.Errorf("%+v", r)
	}
	p.mustHold(t, o)
	o.files["index.html"] = "mới"
	o.write()
	if r := deploy(t, p.options(o)); len(r.Uploaded) != 1 {
		t.Errorf("brought are %q", r.Uploaded)
	}
	p.mustHold(t, o)

	p.vars["BANTIN_SFTP_PASSWORD"] = "sai"
	_, err := Run(t.Context(), p.options(o))
	wantTold(t, err, "login-refused")
	p.vars["HOME"] = t.TempDir()
	if !fileExists("/etc/ssh/ssh_known_hosts") {
		_, err = Run(t.Context(), p.options(o))
		wantTold(t, err, "host-unknown")
	}
}

func TestAHostWithoutSFTPIsAnError(t *testing.T) {
	firstWait = time.Millisecond
	p, o := plainServer(t, false), newOutput(t)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if _, err := Run(ctx, p.options(o)); err == nil || ctx.Err() != nil {
		t.Errorf("got %v, %v", err, ctx.Err())
	}
}
