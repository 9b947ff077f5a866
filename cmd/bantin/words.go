package main

import "strings"

// words are what the program says at the terminal beside problems: Vietnamese,
// then English. {0}, {1} … are filled in.
var words = map[string][2]string{
	"built":          {"đã ghi {0} tệp, xóa {1}, giữ nguyên {2}", "wrote {0} files, deleted {1}, left {2} as they were"},
	"verified":       {"không có gì khác: {0} tệp đúng như bản dựng mới", "no difference: {0} files are as a new build makes them"},
	"unpublished":    {"chưa đăng: {0}", "not published: {0}"},
	"drafts":         {"{0} bản nháp", "{0} drafts"},
	"scheduled":      {"{0} hẹn giờ (sớm nhất {1})", "{0} scheduled (the first at {1})"},
	"expired":        {"{0} đã hết hạn", "{0} expired"},
	"not-built":      {"chưa dựng: có {0} lỗi, {1} cảnh báo; trang đang đăng không thay đổi", "not built: {0} errors, {1} warnings; the published site is as it was"},
	"warnings":       {"có {0} cảnh báo", "{0} warnings"},
	"progress":       {"đang dựng {0}/{1} trang", "building page {0} of {1}"},
	"serving":        {"trang xem trước: {0}  (Ctrl-C để dừng)", "preview: {0}  (Ctrl-C stops it)"},
	"hint":           {"gợi ý", "hint"},
	"busy":           {"thư mục ra đang được một lần dựng khác giữ (pid {0})", "the output folder is held by another build (pid {0})"},
	"busy-hint":      {"chờ xong, hoặc dựng ra nơi khác bằng -o", "wait for it, or build elsewhere by -o"},
	"foreign":        {"tệp “{0}” không do bantin ghi mà nằm đúng chỗ của trang", "the file “{0}” was not written by bantin and is in the way of the site"},
	"foreign-hint":   {"dời tệp ấy đi, hoặc dựng ra nơi khác bằng -o", "move that file away, or build elsewhere by -o"},
	"missing":        {"thiếu", "missing"},
	"altered":        {"khác", "altered"},
	"surplus":        {"thừa", "surplus"},
	"different":      {"thư mục ra khác với bản dựng mới ({0} tệp)", "the output differs from a new build ({0} files)"},
	"different-hint": {"chạy bantin build để ghi lại", "run bantin build to write them again"},
	"output-inside":  {"thư mục ra “{0}” nằm trong thư mục nguồn “{1}”", "the output folder “{0}” lies inside the source folder “{1}”"},
	"output-around":  {"thư mục ra “{0}” chứa cả thư mục nguồn của trang", "the output folder “{0}” holds the site's sources"},
	"output-hint":    {"chọn thư mục khác bằng -o", "choose another folder by -o"},
	"help-hint":      {"xem bantin help", "see bantin help"},
}

// say returns a text of the table in the language lang ("vi" or "en").
func say(lang, key string, args ...string) string {
	text := words[key][0]
	if lang == "en" {
		text = words[key][1]
	}
	for i, a := range args {
		text = strings.ReplaceAll(text, "{"+string(rune('0'+i))+"}", a)
	}
	return text
}

// number writes n with the language's mark between thousands.
func number(lang string, n int) string {
	mark := "."
	if lang == "en" {
		mark = ","
	}
	digits := strings.TrimPrefix(itoa(n), "-")
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + mark + digits[i:]
	}
	return digits
}
