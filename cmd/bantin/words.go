package main

import "bantin/internal/language"

// words are what the program says at the terminal beside problems: Vietnamese,
// then English. {0}, {1} … are filled in.
var words = map[string][2]string{
	"built":             {"đã ghi {0} tệp, xóa {1}, giữ nguyên {2}", "wrote {0} files, deleted {1}, left {2} as they were"},
	"verified":          {"không có gì khác: {0} tệp đúng như bản dựng mới", "no difference: {0} files are as a new build makes them"},
	"unpublished":       {"chưa đăng: {0}", "not published: {0}"},
	"cache-not-kept":    {"cảnh báo: không ghi được bộ nhớ đệm: {0}", "warning: the cache could not be written: {0}"},
	"cache-hint":        {"trang vẫn dựng đủ, nhưng lần dựng sau sẽ chậm hơn; cho phép ghi vào {0} và xem đĩa còn chỗ không", "the site is whole, but the next build will be slower; let {0} be written, and see that the disk has room"},
	"drafts":            {"{0} bản nháp", "{0} drafts"},
	"scheduled":         {"{0} hẹn giờ (sớm nhất {1})", "{0} scheduled (the first at {1})"},
	"expired":           {"{0} đã hết hạn", "{0} expired"},
	"not-built":         {"chưa dựng: có {0} lỗi, {1} cảnh báo; trang đang đăng không thay đổi", "not built: {0} errors, {1} warnings; the published site is as it was"},
	"warnings":          {"có {0} cảnh báo", "{0} warnings"},
	"progress":          {"đang dựng {0}/{1} trang", "building page {0} of {1}"},
	"progress-pictures": {"đang thu nhỏ ảnh mới {0}/{1}", "scaling new picture {0} of {1}"},
	"serving":           {"trang xem trước: {0}  (Ctrl-C để dừng)", "preview: {0}  (Ctrl-C stops it)"},
	"not-shown":         {"chưa dựng: có {0} lỗi, {1} cảnh báo; sửa xong, trang xem trước tự cập nhật", "not built: {0} errors, {1} warnings; the preview follows once they are mended"},
	"bad-address":       {"--addr: “{0}” không phải là địa chỉ của riêng máy này", "--addr: “{0}” is not an address of this machine alone"},
	"address-hint":      {"viết như 127.0.0.1:1313", "write it like 127.0.0.1:1313"},
	"polls":             {"hệ thống không báo tệp thay đổi, nên xem lại các tệp mỗi giây một lần", "the system does not tell of changes, so files are looked at every second"},
	"polls-share":       {"thư mục nằm trên {0}, nơi không báo tệp thay đổi, nên xem lại các tệp mỗi giây một lần", "the folder lies on {0}, which does not tell of changes, so files are looked at every second"},
	"polls-limit":       {"hết số thư mục mà hệ thống cho theo dõi, nên xem lại các tệp mỗi giây một lần", "the system lets no more folders be watched, so files are looked at every second"},
	"polls-hint":        {"trên Linux: sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512", "on Linux: sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512"},
	"hint":              {"gợi ý", "hint"},
	"busy":              {"thư mục ra đang được một lần dựng khác giữ (pid {0})", "the output folder is held by another build (pid {0})"},
	"busy-hint":         {"chờ xong, hoặc dựng ra nơi khác bằng -o", "wait for it, or build elsewhere by -o"},
	"foreign":           {"tệp “{0}” không do bantin ghi mà nằm đúng chỗ của trang", "the file “{0}” was not written by bantin and is in the way of the site"},
	"foreign-hint":      {"dời tệp ấy đi, hoặc dựng ra nơi khác bằng -o", "move that file away, or build elsewhere by -o"},
	"strange":           {"“{0}” phải là của riêng bantin, nhưng đó {1}", "“{0}” must be bantin's own, but it {1}"},
	"strange-link":      {"lại là một liên kết", "is a link"},
	"strange-special":   {"lại là một tệp đặc biệt (ống, ổ cắm, thiết bị)", "is a special file (a pipe, a socket or a device)"},
	"strange-no-folder": {"không phải là thư mục", "is no folder"},
	"strange-no-file":   {"không phải là tệp", "is no file"},
	"strange-too-large": {"lại lớn quá mức", "is too large"},
	"strange-foreign":   {"không do bantin ghi", "was not written by bantin"},
	"strange-replaced":  {"bị thay trong lúc đang dựng", "was replaced during the build"},
	"strange-hint":      {"không có gì bị đổi; xem lại rồi xóa hoặc dời nó đi, và dựng lại", "nothing was changed; look at it, delete it or move it away, and build again"},
	"missing":           {"thiếu", "missing"},
	"altered":           {"khác", "altered"},
	"surplus":           {"thừa", "surplus"},
	"different":         {"thư mục ra khác với bản dựng mới ({0} tệp)", "the output differs from a new build ({0} files)"},
	"different-hint":    {"chạy bantin build để ghi lại", "run bantin build to write them again"},
	"output-inside":     {"thư mục ra “{0}” nằm trong thư mục nguồn “{1}”", "the output folder “{0}” lies inside the source folder “{1}”"},
	"output-around":     {"thư mục ra “{0}” chứa cả thư mục nguồn của trang", "the output folder “{0}” holds the site's sources"},
	"output-hint":       {"chọn thư mục khác bằng -o", "choose another folder by -o"},
	"help-hint":         {"xem bantin help", "see bantin help"},

	// check
	"list-unpublished": {"chưa đăng ({0} bài)", "not published ({0})"},
	"is-draft":         {"bản nháp", "a draft"},
	"is-scheduled":     {"hẹn giờ {0}", "scheduled for {0}"},
	"is-expired":       {"đã hết hạn {0}", "expired at {0}"},
	"list-external":    {"liên kết ra ngoài, cần người mở thử ({0})", "links that leave the site, for a person to try ({0})"},
	"checked":          {"đã xem {0} bài: có {1} lỗi, {2} cảnh báo", "looked at {0} articles: {1} errors, {2} warnings"},
	"checked-fine":     {"đã xem {0} bài: không có gì phải sửa", "looked at {0} articles: nothing to mend"},

	// new
	"new-done":     {"đã tạo {0}", "made {0}"},
	"new-next":     {"mở tệp ấy, viết bài, xem thử bằng bantin serve; viết xong thì xóa dòng draft: true", "open that file, write the article, look at it by bantin serve; when done, delete the line draft: true"},
	"new-section":  {"không có chuyên mục “{0}” trong content/", "there is no section “{0}” in content/"},
	"new-sections": {"các chuyên mục: {0}", "the sections are: {0}"},
	"new-none":     {"tạo tệp content/tin-tuc/_index.md với dòng title: Tin tức", "make the file content/tin-tuc/_index.md with a line title: News"},
	"new-slug":     {"tiêu đề “{0}” không có chữ cái hay chữ số nào để đặt tên tệp", "the title “{0}” has no letter or digit to name the file by"},
	"new-exists":   {"đã có {0}", "{0} exists already"},
	"new-other":    {"đặt tiêu đề khác, hoặc mở bài ấy mà sửa", "choose another title, or edit that article"},

	"no-site":      {"không thấy site.yaml trong “{0}”", "there is no site.yaml in “{0}”"},
	"no-site-hint": {"vào thư mục của trang, hoặc chỉ ra bằng -s; tạo trang mới bằng bantin init", "go to the site's folder or name it by -s; make a new site by bantin init"},

	// init
	"init-done":      {"đã tạo trang mới trong {0} ({1} tệp)", "made a new site in {0} ({1} files)"},
	"init-next":      {"chạy bantin serve -s {0}, rồi sửa site.yaml và các bài trong content/", "run bantin serve -s {0}, then edit site.yaml and the articles in content/"},
	"init-full":      {"thư mục “{0}” không trống", "the folder “{0}” is not empty"},
	"init-elsewhere": {"chọn một thư mục trống, hoặc chưa có", "choose an empty folder, or one that is not there yet"},

	// wrong usage
	"try":            {"chạy {0}", "run {0}"},
	"no-command":     {"không có lệnh “{0}”", "there is no command “{0}”"},
	"no-flag":        {"lệnh {1} không có tùy chọn {0}", "{1} has no option {0}"},
	"no-value":       {"tùy chọn {0} thiếu giá trị", "the option {0} needs a value"},
	"bad-value":      {"{0} không thể là “{1}”", "{0} can't be “{1}”"},
	"one-of":         {"chọn một trong: {0}", "choose one of: {0}"},
	"bad-option":     {"tùy chọn không đúng: {0}", "wrong option: {0}"},
	"bad-epoch":      {"SOURCE_DATE_EPOCH không thể là “{0}”: phải là số giây", "SOURCE_DATE_EPOCH can't be “{0}”: it is a number of seconds"},
	"no-argument":    {"lệnh {0} không nhận thêm gì: {1}", "{0} takes no argument: {1}"},
	"few-arguments":  {"lệnh {0} còn thiếu phần phải ghi", "{0} needs more than that"},
	"many-arguments": {"lệnh {0} có phần thừa: {1}", "{0} was given too much: {1}"},
	"bad-moment":     {"{0} không thể là “{1}”: không phải ngày giờ", "{0} can't be “{1}”: that is no date"},
	"moment-form":    {"viết như 11/03/2020 hoặc \"19:02 11/03/2020\"", "write it like 11/03/2020 or \"19:02 11/03/2020\""},
	"meant":          {"có phải là {0}?", "did you mean {0}?"},
}

// say returns a text of the table in the language lang.
func say(lang, key string, args ...string) string {
	text := words[key]
	return language.Fill(language.Pick(lang, text[0], text[1]), args...)
}
