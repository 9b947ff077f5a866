package document

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestAFileIsOfferedIfItIsWhatItsNameSays(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"ke-hoach.pdf", "%PDF-1.7\n", ""},
		{"quet.pdf", "\xef\xbb\xbf\r\n%PDF-1.4\n", ""},
		{"Kế hoạch.PDF", "%PDF-1.7\n", ""},
		{"mau.docx", "PK\x03\x04", ""},
		{"mau.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ""},
		{"mau.doc", "{\\rtf1", ""},
		{"danh-sach.csv", "\ufeffHọ tên,Thôn\n", ""},
		{"ghi-chu.txt", "\xff\xfeH\x00", ""},
		{"loa.mp3", "ID3\x04", ""},
		{"loa.mp3", "\xff\xfb\x90\x64\x00", ""},
		{"loa.mp3", "\xff\xfa\x90\x64\x00", ""}, // with a checksum
		{"loa.mp3", "\xff\xf3\x40\xc4\x00", ""},
		{"loa.mp3", "\xff\xf2\x40\xc4\x00", ""},
		{"loa.mp3", "\xff\xe3\x18\xc4\x00", ""}, // MPEG 2.5, 8 kHz
		{"loa.mp3", "\xff\xe2\x18\xc4\x00", ""},
		{"loa.mp3", "\xff\xeb\x18\xc4\x00", "document-mislabelled [.mp3]"}, // no such version
		{"loa.mp3", "\xff\xfd\x90\x64\x00", "document-mislabelled [.mp3]"}, // layer II
		{"loa.mp3", "\xff\xf1\x50\x80\x00", "document-mislabelled [.mp3]"}, // AAC
		{"phim.mp4", "\x00\x00\x00\x18ftypmp42", ""},
		{"phim.mp4", "\x00\x00\x00\x14ftypisom\x00\x00\x02\x00", ""},
		{"phim.webm", "\x1aE\xdf\xa3\x9fB\x86\x81\x01\x42\x82\x84webm\x42\x87", ""},
		{"phim.webm", "\x1aE\xdf\xa3\x9fB\x86\x81\x01\x42\x82\x88matroska", "document-mislabelled [.webm]"},
		{"phim.mp4", "\x1aE\xdf\xa3\x9fB\x86\x81\x01\x42\x82\x84webm\x42\x87", "document-mislabelled/rename [.mp4 phim.webm]"},
		{"phim.mp4", "\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  ", "document-mislabelled [.mp4]"},
		{"phim.mp4", "\x00\x00\x10\x00moov\x00\x00\x00\x6cmvhd", "document-mislabelled [.mp4]"},
		{"phim.webm", "\x00\x00\x00\x14ftypisom\x00\x00\x02\x00", "document-mislabelled/rename [.webm phim.mp4]"},
		{"phim.mp4", "RIFF\x00\x00\x00\x00AVI LIST", "document-mislabelled [.mp4]"},
		{"IMG_0123.MOV", "\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00", "document-type/film [.mov IMG_0123.mp4]"},
		{"le-hoi.avi", "RIFF\x00\x00\x00\x00AVI LIST", "document-type/film [.avi le-hoi.mp4]"},
		{"le-hoi.mkv", "\x1aE\xdf\xa3", "document-type/film [.mkv le-hoi.mp4]"},
		{"chay.exe", "MZ\x90\x00", "document-type [.exe]"},
		{"trang.html", "<!DOCTYPE html>", "document-type [.html]"},
		{"macro.docm", "PK\x03\x04", "document-type [.docm]"},
		{"ke-hoach", "%PDF-1.7\n", "document-type/none []"},
		{"ke-hoach.pdf", "MZ\x90\x00", "document-type/program []"},
		{"ke-hoach.pdf", "", "document-empty []"},
		{"ke-hoach.pdf", "<html><body>", "document-mislabelled [.pdf]"},
		{"danh-sach.xls", "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\">", "document-mislabelled [.xls]"},
		{"thu-muc/ke-hoach.docx", "%PDF-1.7\n", "document-mislabelled/rename [.docx ke-hoach.pdf]"},
		{"mau.docx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "document-mislabelled/rename [.docx mau.doc]"},
		{"bang.xls", "PK\x03\x04", "document-mislabelled/rename [.xls bang.xlsx]"},
		{"nen.rar", "PK\x03\x04", "document-mislabelled [.rar]"},
	} {
		got := ""
		if fault, ok := errors.AsType[*Error](Check(c.name, []byte(c.data), int64(len(c.data)))); ok {
			got = fault.ID + " " + fmt.Sprint(fault.Args)
		}
		if got != c.want {
			t.Errorf("%s %q: got %q, want %q", c.name, c.data, got, c.want)
		}
	}
}

func TestAPDFTellsItsPagesWhereverTheyStand(t *testing.T) {
	var stream bytes.Buffer
	z := zlib.NewWriter(&stream)
	fmt.Fprint(z, "1 0 2 30 <</Type/Pages/Kids[3 0 R]/Count 24>> <</Type/Page>>")
	z.Close()
	for _, c := range []struct {
		name, data string
		want       int
	}{
		{"a tree", "%PDF-1.4\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 7 >>\nendobj\n", 7},
		{"the count before the type", "%PDF-1.4\n2 0 obj\n<</Count 7/Type/Pages>>\nendobj\n", 7},
		{"a tree of trees", "%PDF-1.4\n2 0 obj\n<</Type/Pages/Count 9>>\nendobj\n4 0 obj\n<</Type/Pages/Count 4>>\nendobj\n", 9},
		{"linearized", "%PDF-1.4\n5 0 obj\n<</Linearized 1/L 900/N 31/T 800>>\nendobj\n", 31},
		{"an object stream", "%PDF-1.5\n5 0 obj\n<</Type/ObjStm/N 2/First 9/Filter/FlateDecode>>\nstream\r\n" + stream.String() + "\nendstream\n", 24},
		{"a damaged stream", "%PDF-1.5\n5 0 obj\n<</Type/ObjStm>>\nstream\nxyz\nendstream\n", 0},
		{"no tree", "%PDF-1.4\n", 0},
		{"absurd", "%PDF-1.4\n<</Type/Pages/Count 99999999999999999999>>", 0},
		{"no PDF", "<</Type/Pages/Count 9>>", 0},
	} {
		if got := Pages([]byte(c.data)); got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, got, c.want)
		}
	}
}

func FuzzPages(f *testing.F) {
	f.Add([]byte("%PDF-1.4\n2 0 obj\n<< /Type /Pages /Count 7 >>"))
	f.Add([]byte("%PDF-1.5 /Type/ObjStm stream\n" + strings.Repeat("x", 20)))
	f.Fuzz(func(t *testing.T, src []byte) {
		if n := Pages(src); n < 0 || n > 1_000_000 {
			t.Errorf("%d pages", n)
		}
		_ = Check("a.pdf", src, int64(len(src)))
	})
}
