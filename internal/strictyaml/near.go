package strictyaml

import (
	"strings"

	"bantin/internal/vietnamese"
)

// Nearest returns the one of known that key was most likely meant to be, or "".
func Nearest(key string, known []string) string {
	folded := foldKey(key)
	if k := vietnameseKeys[folded]; k != "" {
		for _, candidate := range known {
			if candidate == k {
				return k
			}
		}
	}
	best, least := "", max(1, len(folded)/3)+1
	for _, candidate := range known {
		if d := Distance(folded, foldKey(candidate)); d < least {
			best, least = candidate, d
		}
	}
	return best
}

// foldKey reduces a key to what the finger and the eye hardly miss.
func foldKey(key string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "").Replace(vietnamese.Fold(key))
}

// vietnameseKeys gives the key for the word that an editor would use.
var vietnameseKeys = map[string]string{
	"tieude": "title", "tua": "title", "tuade": "title",
	"ngay": "date", "ngaydang": "date", "thoigian": "date", "capnhat": "updated", "ngaycapnhat": "updated",
	"hethan": "expires", "nhap": "draft", "bannhap": "draft",
	"sapo": "lead", "dandan": "lead", "tomtat": "lead", "mota": "description",
	"tacgia": "author", "nguoiviet": "author", "donvi": "organization", "coquan": "organization",
	"the": "tags", "tag": "tags", "tukhoa": "tags", "chuyenmuc": "tags",
	"duongdan": "slug", "anh": "image", "hinh": "image", "hinhanh": "image", "anhbia": "image",
	"thuvien": "gallery", "thuvienanh": "gallery", "dinhkem": "attachments", "tepdinhkem": "attachments",
	"dinhchinh": "corrections", "ghim": "pinned", "sukien": "event", "thoathuan": "agreement",
	"batdau": "start", "ketthuc": "end", "diadiem": "location", "diachi": "address",
	"donvitochuc": "organizer", "tochuc": "organizer", "trangthai": "status",
	"cacben": "parties", "ben": "parties", "so": "number", "sohieu": "number", "ngayky": "signed",
	"tungay": "from", "denngay": "to", "camket": "commitments", "vanban": "document", "suadoi": "amends",
	"tep": "file", "chuthich": "caption", "nguon": "credit", "nguonanh": "credit", "noidung": "text",
	"ngonngu": "language", "muigio": "timezone", "tencoquan": "organization", "dienthoai": "phone",
	"ten": "name", "kyhieu": "number",
}

// Distance returns how many bytes must be added, dropped, changed or swapped
// with their neighbour to make b of a (optimal string alignment).
func Distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
