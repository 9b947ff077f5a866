package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/md5"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/google/rpmpack"
)

const (
	summary     = "Static site generator for the public news of public bodies"
	description = "Turns a folder of Markdown articles into a news site with feeds, calendars, a register of agreements and search."
	maintainer  = "Bantin <bantin@example.org>"
)

// distribution is where a family of Linux systems has what differs between
// them.
type distribution struct{ licences, zsh string }

var (
	debian = distribution{"/usr/share/doc/bantin/", "/usr/share/zsh/vendor-completions/"}
	fedora = distribution{"/usr/share/licenses/bantin/", "/usr/share/zsh/site-functions/"}
)

// path returns where a package has a file of the archive, "" for nowhere.
func (d distribution) path(name string) string {
	switch name {
	case "LICENSE":
		if d == debian {
			return d.licences + "copyright" // Debian Policy 12.5
		}
		return d.licences + name
	case "THIRD-PARTY-LICENSES.txt":
		return d.licences + name
	case "completions/bantin.bash":
		return "/usr/share/bash-completion/completions/bantin"
	case "completions/_bantin":
		return d.zsh + "_bantin"
	case "completions/bantin.fish":
		return "/usr/share/fish/vendor_completions.d/bantin.fish"
	case "completions/bantin.ps1": // for Windows
		return ""
	}
	if manual, ok := strings.CutPrefix(name, "man/"); ok {
		return "/usr/share/man/" + manual + ".gz"
	}
	return "/usr/share/doc/bantin/" + name
}

// installed returns the files of a package by their paths, sorted.
func (r *release) installed(d distribution, program []byte) ([]file, error) {
	files := []file{{"/usr/bin/bantin", program, 0o755}}
	for _, f := range r.shared {
		to, data := d.path(f.name), f.data
		if to == "" {
			continue
		}
		if path.Ext(to) == ".gz" {
			var err error
			if data, err = compressed(data, gzip.BestCompression); err != nil {
				return nil, err
			}
		}
		files = append(files, file{to, data, f.mode})
	}
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	return files, nil
}

// deb returns a package for Debian and its kin (deb(5)): an archive of ar with
// the format's version, what dpkg is told, and the files.
func (r *release) deb(architecture string, program []byte) ([]byte, error) {
	files, err := r.installed(debian, program)
	if err != nil {
		return nil, err
	}
	var sums strings.Builder
	size := 0
	for _, f := range files {
		fmt.Fprintf(&sums, "%x  %s\n", md5.Sum(f.data), f.name[1:])
		size += len(f.data)
	}
	control := fmt.Sprintf("Package: bantin\nVersion: %s\nArchitecture: %s\nMaintainer: %s\nInstalled-Size: %d\nSection: web\nPriority: optional\nDescription: %s\n %s\n",
		r.version, architecture, maintainer, (size+1023)/1024, summary, description)
	told, err := ustar([]file{{"/control", []byte(control), 0o644}, {"/md5sums", []byte(sums.String()), 0o644}}, r.time)
	if err != nil {
		return nil, err
	}
	data, err := ustar(files, r.time)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString("!<arch>\n")
	for _, part := range []file{{"debian-binary", []byte("2.0\n"), 0}, {"control.tar.gz", told, 0}, {"data.tar.gz", data, 0}} {
		fmt.Fprintf(&b, "%-16s%-12d%-6d%-6d%-8s%-10d`\n", part.name, r.time.Unix(), 0, 0, "100644", len(part.data))
		b.Write(part.data)
		if len(part.data)%2 == 1 {
			b.WriteByte('\n')
		}
	}
	return b.Bytes(), nil
}

// ustar returns a .tar.gz of files and the folders that they are in, in the
// format that dpkg reads (which knows no PAX headers).
func ustar(files []file, at time.Time) ([]byte, error) {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	var made []string
	add := func(h tar.Header) error {
		h.Uname, h.Gname, h.ModTime, h.Format = "root", "root", at, tar.FormatUSTAR
		return w.WriteHeader(&h)
	}
	var folder func(name string) error
	folder = func(name string) error {
		if slices.Contains(made, name) {
			return nil
		}
		if name != "/" {
			if err := folder(path.Dir(name)); err != nil {
				return err
			}
		}
		made = append(made, name)
		return add(tar.Header{Typeflag: tar.TypeDir, Name: strings.TrimSuffix("."+name, "/") + "/", Mode: 0o755})
	}
	for _, f := range files {
		if err := folder(path.Dir(f.name)); err != nil {
			return nil, err
		}
		if err := add(tar.Header{Typeflag: tar.TypeReg, Name: "." + f.name, Mode: int64(f.mode), Size: int64(len(f.data))}); err != nil {
			return nil, err
		}
		if _, err := w.Write(f.data); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return compressed(b.Bytes(), gzip.DefaultCompression)
}

// ownFolders returns the folders of some files of a package that no other package has
// files in, sorted: rpm removes only what a package says to be its own.
func ownFolders(files []file) []string {
	var folders []string
	for _, f := range files {
		for folder := path.Dir(f.name); strings.Contains(folder, "/bantin"); folder = path.Dir(folder) {
			folders = append(folders, folder)
		}
	}
	slices.Sort(folders)
	return slices.Compact(folders)
}

// rpm returns a package for Fedora and its kin.
func (r *release) rpm(architecture string, program []byte) ([]byte, error) {
	files, err := r.installed(fedora, program)
	if err != nil {
		return nil, err
	}
	p, err := rpmpack.NewRPM(rpmpack.RPMMetaData{
		Name: "bantin", Version: r.version, Release: "1", Arch: map[string]string{"amd64": "x86_64", "arm64": "aarch64"}[architecture],
		Summary: summary, Description: description, Licence: "Apache-2.0", Packager: maintainer, Group: "Applications/Internet",
		BuildHost: "localhost", BuildTime: r.time, Epoch: rpmpack.NoEpoch, Compressor: "gzip:6",
	})
	if err != nil {
		return nil, err
	}
	for _, folder := range ownFolders(files) {
		p.AddFile(rpmpack.RPMFile{Name: folder, Mode: 0o40755, Owner: "root", Group: "root", MTime: uint32(r.time.Unix())})
	}
	for _, f := range files {
		kind := rpmpack.GenericFile
		switch {
		case strings.HasPrefix(f.name, fedora.licences):
			kind = rpmpack.LicenceFile
		case strings.HasPrefix(f.name, "/usr/share/man/"), strings.HasPrefix(f.name, "/usr/share/doc/"):
			kind = rpmpack.DocFile
		}
		p.AddFile(rpmpack.RPMFile{Name: f.name, Body: f.data, Mode: uint(f.mode), Owner: "root", Group: "root", MTime: uint32(r.time.Unix()), Type: kind})
	}
	var b bytes.Buffer
	if err := p.Write(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
