// Package document knows the files that articles offer for download: which
// kinds may be offered, and whether a file is what its name says.
//
// It looks at names and bytes only and changes nothing: documents are published
// byte for byte. Its invariant: what Check lets through runs on no reader's
// machine by a double click and shows nothing in the site's name in a browser.
package document

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
)

// content is what the bytes of a file tell of its kind.
type content uint8

const (
	unknown content = iota
	pdf
	zip // and the formats that are ZIP archives
	ole // the compound files of older office programs
	rtf
	mp3
	mp4
	matroska
	rar
	sevenZip
	plain // text without markup
	html
	program
)

// kinds are the endings that may be offered, with what such a file may hold.
var kinds = map[string][]content{
	".pdf":  {pdf},
	".docx": {zip}, ".xlsx": {zip}, ".pptx": {zip}, ".odt": {zip}, ".ods": {zip}, ".odp": {zip},
	".doc": {ole, rtf}, ".xls": {ole}, ".ppt": {ole}, ".rtf": {rtf},
	".zip": {zip}, ".rar": {rar}, ".7z": {sevenZip},
	".txt": {plain}, ".csv": {plain}, ".ics": {plain}, ".json": {plain}, ".geojson": {plain},
	".mp3": {mp3}, ".m4a": {mp4}, ".mp4": {mp4}, ".webm": {matroska},
}

// rename is the ending to propose for what a file holds in truth.
var rename = map[content]string{
	pdf: ".pdf", rtf: ".rtf", mp3: ".mp3", mp4: ".mp4", matroska: ".webm", rar: ".rar", sevenZip: ".7z",
}

// signatures are the first bytes of files.
var signatures = []struct {
	magic string
	is    content
}{
	{"PK\x03\x04", zip}, {"PK\x05\x06", zip}, {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ole}, {"{\\rtf", rtf},
	{"ID3", mp3}, {"\xff\xfb", mp3}, {"\xff\xf3", mp3}, {"\xff\xf2", mp3}, {"\x1aE\xdf\xa3", matroska},
	{"Rar!\x1a\x07", rar}, {"7z\xbc\xaf\x27\x1c", sevenZip},
	{"MZ", program}, {"\x7fELF", program}, {"\xca\xfe\xba\xbe", program}, {"\xcf\xfa\xed\xfe", program}, {"#!", program},
}

// sniff tells what a file holds.
func sniff(src []byte) content {
	if bytes.Contains(src[:min(len(src), 1024)], []byte("%PDF-")) { // ISO 32000-1, annex H, note 13
		return pdf
	}
	for _, s := range signatures {
		if bytes.HasPrefix(src, []byte(s.magic)) {
			return s.is
		}
	}
	if len(src) > 8 && string(src[4:8]) == "ftyp" {
		return mp4
	}
	return sniffText(src)
}

// sniffText tells whether a file is a text, and whether a browser could take
// it for a page.
func sniffText(src []byte) content {
	head := src[:min(len(src), 1024)]
	if bytes.IndexByte(head, 0) >= 0 && !bytes.HasPrefix(head, []byte("\xff\xfe")) && !bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return unknown
	}
	start := strings.ToLower(string(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")))
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<script", "<iframe", "<svg", "<?xml", "<?php", "<meta"} {
		if strings.HasPrefix(start, tag) {
			return html
		}
	}
	return plain
}

// Error is why a file cannot be offered; ID is that of a diag text whose
// arguments are the file's name and Args.
type Error struct {
	ID   string
	Args []string
}

func (e *Error) Error() string { return fmt.Sprintf("%s %q", e.ID, e.Args) }

// Check returns an *Error if the file src of a name cannot be offered for
// download.
func Check(name string, src []byte) error {
	ending := strings.ToLower(path.Ext(name))
	allowed, known := kinds[ending]
	is := sniff(src)
	switch {
	case !known && ending == "":
		return &Error{ID: "document-type/none"}
	case !known:
		return &Error{ID: "document-type", Args: []string{ending}}
	case is == program:
		return &Error{ID: "document-type/program"}
	case len(src) == 0:
		return &Error{ID: "document-empty"}
	}
	if slices.Contains(allowed, is) {
		return nil
	}
	if to := better(ending, is); to != "" {
		return &Error{ID: "document-mislabelled/rename", Args: []string{ending, strings.TrimSuffix(path.Base(name), path.Ext(name)) + to}}
	}
	return &Error{ID: "document-mislabelled", Args: []string{ending}}
}

// better returns the ending that fits what a file holds, "" if that cannot be
// told: many kinds are ZIP archives, and older office files are all alike.
func better(ending string, is content) string {
	switch {
	case is == zip && kinds[ending+"x"] != nil:
		return ending + "x"
	case is == ole && kinds[strings.TrimSuffix(ending, "x")] != nil:
		return strings.TrimSuffix(ending, "x")
	}
	return rename[is]
}
