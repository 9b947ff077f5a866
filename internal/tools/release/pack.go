package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"time"
)

// pack makes the archive of a target and, for Linux, its packages.
func (r *release) pack(t target, program string) error {
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
	r.add(folder+ending, archive)
	if t.system != "linux" {
		return nil
	}
	for _, kind := range []struct {
		ending string
		make   func(architecture string, program []byte) ([]byte, error)
	}{{"deb", r.deb}, {"rpm", r.rpm}} {
		made, err := kind.make(t.architecture, data)
		if err != nil {
			return fmt.Errorf("%s: %w", kind.ending, err)
		}
		r.add(fmt.Sprintf("bantin_%s_%s.%s", r.version, t.architecture, kind.ending), made)
	}
	return nil
}

// tarGz returns a .tar.gz with the files in a folder, all of one time, and
// owned by nobody in particular.
func tarGz(folder string, files []file, at time.Time) ([]byte, error) {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
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
	return compressed(b.Bytes(), gzip.DefaultCompression)
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

// compressed returns data as gzip -n does: without a name or a time.
func compressed(data []byte, level int) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, level)
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
