package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// pack writes the archive of a target and, for Linux, its packages.
func (r *release) pack(ctx context.Context, t target, program string, packages bool) error {
	data, err := os.ReadFile(program)
	if err != nil {
		return err
	}
	folder := fmt.Sprintf("bantin_%s_%s_%s", r.version, t.system, t.architecture)
	name, write, ending := "bantin", tarGz, ".tar.gz"
	if t.system == "windows" {
		name, write, ending = "bantin.exe", zipped, ".zip"
	}
	archive, err := write(folder, append([]file{{name, data, 0o755}}, r.shared...), r.time)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(r.out, folder+ending), archive, 0o666); err != nil {
		return err
	}
	if t.system != "linux" || !packages {
		return nil
	}
	return r.packages(ctx, t, program)
}

// tarGz returns a .tar.gz with the files in a folder, all of one time, and
// owned by nobody in particular.
func tarGz(folder string, files []file, at time.Time) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	w := tar.NewWriter(z)
	for _, f := range files {
		h := &tar.Header{Name: folder + "/" + f.name, Mode: int64(f.mode), Size: int64(len(f.data)), ModTime: at, Format: tar.FormatPAX}
		if err := w.WriteHeader(h); err != nil {
			return nil, err
		}
		if _, err := w.Write(f.data); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// zipped returns a .zip with the files in a folder, all of one time.
func zipped(folder string, files []file, at time.Time) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: folder + "/" + f.name, Method: zip.Deflate, Modified: at}
		h.SetMode(f.mode)
		part, err := w.CreateHeader(h)
		if err != nil {
			return nil, err
		}
		if _, err := part.Write(f.data); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// linuxPaths gives the folder of a package for each folder of an archive, and
// what the file is called there where that differs.
var linuxPaths = map[string]string{
	"completions/bantin.bash": "/usr/share/bash-completion/completions/bantin",
	"completions/_bantin":     "/usr/share/zsh/vendor-completions/_bantin",
	"completions/bantin.fish": "/usr/share/fish/vendor_completions.d/bantin.fish",
	"completions/bantin.ps1":  "", // for Windows
	"LICENSE":                 "/usr/share/doc/bantin/copyright",
}

// linuxPath returns where a package for Linux puts a file of the archive, ""
// for nowhere.
func linuxPath(name string) string {
	if known, ok := linuxPaths[name]; ok {
		return known
	}
	if manual, ok := strings.CutPrefix(name, "man/"); ok {
		return "/usr/share/man/" + manual + ".gz"
	}
	return path.Join("/usr/share/doc/bantin", name)
}

// packages writes the .deb and the .rpm of a target.
func (r *release) packages(ctx context.Context, t target, program string) error {
	work, err := os.MkdirTemp("", "bantin-package-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	config, err := r.packageConfig(t, program, work)
	if err != nil {
		return err
	}
	settings := filepath.Join(work, "nfpm.json") // JSON is YAML
	if err := os.WriteFile(settings, config, 0o666); err != nil {
		return err
	}
	for _, format := range []string{"deb", "rpm"} {
		out, err := filepath.Abs(filepath.Join(r.out, fmt.Sprintf("bantin_%s_%s.%s", r.version, t.architecture, format)))
		if err != nil {
			return err
		}
		if err := r.command(ctx, []string{"GOFLAGS="}, "go", "run", nfpm, "package", "-f", settings, "-p", format, "-t", out); err != nil {
			return err
		}
	}
	return nil
}

// packageConfig returns the settings of nfpm for a target, whose files it
// writes into work.
func (r *release) packageConfig(t target, program, work string) ([]byte, error) {
	type info struct {
		Mode  os.FileMode `json:"mode"`
		MTime time.Time   `json:"mtime"`
	}
	type content struct {
		Source      string `json:"src"`
		Destination string `json:"dst"`
		Info        info   `json:"file_info"`
	}
	contents := []content{{program, "/usr/bin/bantin", info{0o755, r.time}}}
	for i, f := range r.shared {
		to := linuxPath(f.name)
		if to == "" {
			continue
		}
		data := f.data
		if path.Ext(to) == ".gz" {
			var err error
			if data, err = compressed(data); err != nil {
				return nil, err
			}
		}
		source := filepath.Join(work, fmt.Sprintf("%03d", i))
		if err := os.WriteFile(source, data, 0o666); err != nil {
			return nil, err
		}
		contents = append(contents, content{source, to, info{f.mode, r.time}})
	}
	return json.MarshalIndent(map[string]any{
		"name": "bantin", "version": r.version, "arch": t.architecture, "platform": "linux",
		"section": "web", "priority": "optional", "license": "Apache-2.0",
		"maintainer":  "Bantin <bantin@example.org>",
		"description": "Static site generator for the public news of public bodies\nTurns a folder of Markdown articles into a news site with feeds, calendars, a register of agreements and search.",
		"mtime":       r.time,
		"contents":    contents,
		"deb":         map[string]any{"compression": "xz"},
		"rpm":         map[string]any{"compression": "xz", "buildhost": "localhost"},
	}, "", "  ")
}

// compressed returns data as gzip -9 -n writes it.
func compressed(data []byte) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(data); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
