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
	quickTime
	webm
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
	".mp3": {mp3}, ".m4a": {mp4}, ".mp4": {mp4}, ".webm": {webm},
}

// films are the endings of films that many browsers do not play.
var films = []string{
	".mov", ".qt", ".avi", ".mkv", ".wmv", ".asf", ".flv", ".f4v", ".mpg", ".mpeg", ".mts", ".m2ts", ".vob", ".3gp", ".3g2", ".m4v", ".ogv",
}

// rename is the ending to propose for what a file holds in truth.
var rename = map[content]string{
	pdf: ".pdf", rtf: ".rtf", mp3: ".mp3", mp4: ".mp4", webm: ".webm", rar: ".rar", sevenZip: ".7z",
}

// signatures are the first bytes of files.
var signatures = []struct {
	magic string
	is    content
}{
	{"PK\x03\x04", zip}, {"PK\x05\x06", zip}, {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ole}, {"{\\rtf", rtf},
	{"ID3", mp3},
	{"Rar!\x1a\x07", rar}, {"7z\xbc\xaf\x27\x1c", sevenZip},
	{"MZ", program}, {"\x7fELF", program}, {"\xca\xfe\xba\xbe", program}, {"\xcf\xfa\xed\xfe", program}, {"#!", program},
}

// sniff tells what a file holds.
func sniff(src []byte) content {
	if bytes.Contains(src[:min(len(src), HeadLength)], []byte("%PDF-")) { // ISO 32000-1, annex H, note 13
		return pdf
	}
	for _, s := range signatures {
		if bytes.HasPrefix(src, []byte(s.magic)) {
			return s.is
		}
	}
	if isMP3Frame(src) {
		return mp3
	}
	if is := sniffFilm(src); is != unknown {
		return is
	}
	return sniffText(src)
}

// isMP3Frame tells whether src begins with the header of a frame of layer III: eleven
// set bits, a version that is not reserved, and the layer (ISO/IEC 11172-3, 2.4.1.3, and
// MPEG 2.5, which has one set bit less). Its checksum is optional.
func isMP3Frame(src []byte) bool {
	return len(src) > 1 && src[0] == 0xff && src[1]&0xe6 == 0xe2 && src[1]&0x18 != 0x08
}

// sniffFilm tells films apart: by the brand of an ISO base media file (ISO/IEC
// 14496-12, 4.3), the first box of an older QuickTime one, the document type of
// an EBML header (RFC 8794, 11.2.4).
func sniffFilm(src []byte) content {
	if bytes.HasPrefix(src, []byte("\x1aE\xdf\xa3")) {
		if bytes.Contains(src[:min(len(src), 64)], []byte("\x42\x82\x84webm")) {
			return webm
		}
		return matroska
	}
	if len(src) < 12 {
		return unknown
	}
	switch string(src[4:8]) {
	case "ftyp":
		if string(src[8:12]) == "qt  " {
			return quickTime
		}
		return mp4
	case "moov", "mdat", "wide", "pnot":
		return quickTime
	}
	return unknown
}

// sniffText tells whether a file is a text, and whether a browser could take
// it for a page.
func sniffText(src []byte) content {
	head := src[:min(len(src), HeadLength)]
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

// HeadLength is how many of a file's first bytes tell what it holds.
const HeadLength = 1024

// Check returns an *Error if a file of a name cannot be offered for download.
// head is its beginning, of HeadLength bytes if it has so many, size all its
// bytes.
func Check(name string, head []byte, size int64) error {
	ending := strings.ToLower(path.Ext(name))
	allowed, known := kinds[ending]
	is := sniff(head)
	switch {
	case !known && ending == "":
		return &Error{ID: "document-type/none"}
	case slices.Contains(films, ending):
		better := strings.TrimSuffix(path.Base(name), path.Ext(name)) + ".mp4"
		return &Error{ID: "document-type/film", Args: []string{ending, better}}
	case !known:
		return &Error{ID: "document-type", Args: []string{ending}}
	case is == program:
		return &Error{ID: "document-type/program"}
	case size == 0:
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
