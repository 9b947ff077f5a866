// Package hostingtest runs nginx, Caddy and Apache of this machine for tests: each
// with the least configuration around the lines that a test wants to try.
package hostingtest

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"bantin/internal/testsize"
)

// Nginx checks and starts nginx with lines in its http block and in the block of a
// server, and returns the server's address. Its files are in dir; it logs to
// access.log there.
func Nginx(t *testing.T, dir, http, server string) string {
	t.Helper()
	testsize.Program(t, "nginx")
	port := FreePort(t)
	user := ""
	if os.Getuid() == 0 {
		user = "user root;"
	}
	load := ""
	if module := BrotliModule(); module != "" {
		load = "include " + module + ";"
	}
	config := filepath.Join(dir, "nginx.conf")
	write(t, config, fmt.Sprintf(`%s
%s
daemon off;
pid %s/nginx.pid;
error_log stderr;
events {}
http {
	access_log %[3]s/access.log combined;
	client_body_temp_path %[3]s/tmp1; proxy_temp_path %[3]s/tmp2; fastcgi_temp_path %[3]s/tmp3; uwsgi_temp_path %[3]s/tmp4; scgi_temp_path %[3]s/tmp5;
	include /etc/nginx/mime.types;
	%[4]s
	server {
		listen 127.0.0.1:%[5]d;
		server_name khehoa.example;
		%[6]s
	}
}
`, user, load, dir, http, port, server))
	check(t, exec.Command("nginx", "-t", "-c", config, "-e", "stderr"))
	return Start(t, port, exec.Command("nginx", "-c", config, "-e", "stderr"))
}

// BrotliModule returns the file that loads nginx's module ngx_brotli, "" if it is
// not there.
func BrotliModule() string {
	if modules, _ := filepath.Glob("/etc/nginx/modules-enabled/*brotli-static.conf"); len(modules) > 0 {
		return modules[0]
	}
	return ""
}

// Caddy checks and starts Caddy with lines in the block of a site, as Nginx does.
func Caddy(t *testing.T, dir, site string) string {
	t.Helper()
	testsize.Program(t, "caddy")
	port := FreePort(t)
	config := filepath.Join(dir, "Caddyfile")
	write(t, config, fmt.Sprintf("{\n\tadmin off\n\tauto_https off\n\tstorage file_system %s/store\n}\nhttp://127.0.0.1:%d {\n\t%s\n}\n", dir, port, site))
	command := func(verb string) *exec.Cmd {
		c := exec.Command("caddy", verb, "--config", config, "--adapter", "caddyfile")
		c.Env = append(os.Environ(), "HOME="+dir)
		return c
	}
	check(t, command("validate"))
	return Start(t, port, command("run"))
}

// Apache checks and starts Apache with a folder at a path, "/" or "/tin/", in which
// .htaccess counts, and with further lines, in which {port} stands for its port. It
// loads its modules in Debian's order and compresses what it sends, as Debian's does.
func Apache(t *testing.T, dir, path, folder, lines string) string {
	t.Helper()
	testsize.Program(t, "apache2")
	port := FreePort(t)
	config := filepath.Join(dir, "apache2.conf")
	var b strings.Builder
	for _, m := range []string{"mpm_event", "alias", "authz_core", "autoindex", "brotli", "deflate", "dir", "filter", "headers", "mime", "negotiation", "rewrite"} {
		fmt.Fprintf(&b, "LoadModule %s_module /usr/lib/apache2/modules/mod_%[1]s.so\n", m)
	}
	if os.Getuid() == 0 {
		b.WriteString("User www-data\nGroup www-data\n")
	}
	root := folder
	if path != "/" {
		root = filepath.Join(dir, "empty")
		if err := os.MkdirAll(root, 0o755); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "Alias %s %s\n", strings.TrimSuffix(path, "/"), folder)
	}
	fmt.Fprintf(&b, `Listen 127.0.0.1:%d
ServerName khehoa.example
PidFile %s/apache.pid
ErrorLog /dev/stderr
TypesConfig /etc/mime.types
LogFormat "%%h %%l %%u %%t \"%%r\" %%>s %%O \"%%{Referer}i\" \"%%{User-Agent}i\"" combined
AddType application/x-gzip .gz
AddOutputFilterByType DEFLATE text/html text/plain text/xml application/xml
AddOutputFilterByType BROTLI_COMPRESS text/css text/javascript
DocumentRoot %s
<Directory %s>
	AllowOverride All
	Require all granted
	Options Indexes FollowSymLinks
</Directory>
%s
`, port, dir, root, folder, strings.ReplaceAll(lines, "{port}", strconv.Itoa(port)))
	write(t, config, b.String())
	check(t, exec.Command("apache2", "-t", "-f", config))
	return Start(t, port, exec.Command("apache2", "-D", "FOREGROUND", "-f", config))
}

// Folder returns a folder that a server running as another user can read.
func Folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for d := dir; d != filepath.Dir(os.TempDir()) && len(d) > len(os.TempDir()); d = filepath.Dir(d) {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func check(t *testing.T, c *exec.Cmd) {
	t.Helper()
	if out, err := c.CombinedOutput(); err != nil || bytes.Contains(out, []byte("[warn]")) {
		t.Fatalf("%v: %v\n%s", c.Args, err, out)
	}
}

// FreePort returns a port of this machine on which nobody listens.
func FreePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// Start starts a server, waits until it answers on port, and stops it with the
// test. It returns its address.
func Start(t *testing.T, port int, c *exec.Cmd) string {
	t.Helper()
	var log bytes.Buffer
	c.Stdout, c.Stderr = &log, &log
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	exited := make(chan struct{})
	go func() { c.Wait(); close(exited) }()
	t.Cleanup(func() {
		c.Process.Signal(os.Interrupt)
		select {
		case <-exited:
		case <-time.After(5 * time.Second):
			c.Process.Kill()
			<-exited
		}
		if t.Failed() {
			t.Logf("%s said:\n%.4000s", c.Path, log.String())
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	// Before the server listens, another test may do so for a moment, or the connection
	// may lead to itself (a simultaneous open, RFC 9293 section 3.5).
	for answers := 0; ; {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil {
			answers = 0
		} else {
			if conn.LocalAddr().String() != conn.RemoteAddr().String() {
				answers++
			}
			conn.Close()
		}
		if answers == 2 {
			return fmt.Sprintf("http://127.0.0.1:%d", port)
		}
		select {
		case <-exited:
			t.Fatalf("%s ended: %s", c.Path, log.String())
		case <-ctx.Done():
			t.Fatalf("%s does not answer", c.Path)
		case <-time.After(20 * time.Millisecond):
		}
	}
}
