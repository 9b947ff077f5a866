package diag

import (
	"maps"
	"slices"
)

// Warnings returns the codes whose severity a site may set, in their order:
// those of which any problem is a warning.
func Warnings() []string {
	codes := map[string]bool{}
	for id, t := range texts() {
		if t.Severity == Warning {
			codes[Problem{ID: id}.Code()] = true
		}
	}
	return slices.Sorted(maps.Keys(codes))
}

var textsConfig = map[string]text{
	"bad-base-url": {Error,
		words{"\"{0}\" không phải là địa chỉ của một trang web", "base_url: {1}"},
		words{"\"{0}\" is not the address of a web site", "base_url: {1}"}},
	"bad-base-url/user": {Error,
		words{"địa chỉ của trang không được có tên đăng nhập hay mật khẩu", "base_url: {1}"},
		words{"the site's address must have no user name or password in it", "base_url: {1}"}},
	"bad-base-url/query": {Error,
		words{"địa chỉ của trang không được có phần sau dấu ? hoặc #", "base_url: {1}"},
		words{"the site's address must have nothing behind a ? or #", "base_url: {1}"}},
	"bad-base-url/path": {Error,
		words{"đường dẫn trong địa chỉ của trang có // hoặc đoạn . hay ..", "base_url: {1}"},
		words{"the path of the site's address has // or a part . or .. in it", "base_url: {1}"}},
	"bad-site-id": {Error,
		words{"\"{0}\" không phải là mã gốc của kênh tin", "viết tên miền của trang, dấu phẩy, rồi năm bắt đầu dùng, như example.vn,2026"},
		words{"\"{0}\" can't be the authority of feed ids", "write the site's host, a comma, and the year since when it is yours, like example.vn,2026"}},
	"bad-site-id/date": {Error,
		words{"không có ngày {0} trong lịch", "viết năm, hoặc năm-tháng-ngày, như example.vn,2026-03-11"},
		words{"there is no {0} in the calendar", "write the year, or year-month-day, like example.vn,2026-03-11"}},
	"bad-timezone": {Error,
		words{"không có múi giờ \"{0}\"", "timezone: Asia/Ho_Chi_Minh"},
		words{"there is no time zone \"{0}\"", "timezone: Asia/Ho_Chi_Minh"}},
	"bad-email": {Error,
		words{"\"{1}\" không phải là địa chỉ thư điện tử", "viết như {0}: lienhe@example.vn"},
		words{"\"{1}\" is not an e-mail address", "write it like {0}: contact@example.vn"}},
	"bad-email/near": {Error,
		words{"\"{1}\" không phải là địa chỉ thư điện tử", "{0}: {2}"},
		words{"\"{1}\" is not an e-mail address", "{0}: {2}"}},
	"bad-static-file": {Error,
		words{"{0} phải là đường dẫn tới một tệp trong thư mục static/", "chép tệp vào static/ rồi viết như {0}: /bieu-trung.svg"},
		words{"{0} must be the path of a file of the folder static/", "copy the file into static/ and write it like {0}: /logo.svg"}},
	"bad-slug": {Error,
		words{"\"{0}\" không dùng được trong địa chỉ trang", "viết bằng chữ thường không dấu, chữ số và dấu gạch nối"},
		words{"\"{0}\" can't stand in a URL", "write lower-case letters without accents, digits and hyphens"}},
	"bad-slug/near": {Error,
		words{"\"{0}\" không dùng được trong địa chỉ trang", "{1}"},
		words{"\"{0}\" can't stand in a URL", "{1}"}},
	"bad-slug/number": {Error,
		words{"{0} chỉ gồm chữ số nên sẽ lẫn với địa chỉ của các năm", "viết một từ có chữ cái"},
		words{"{0} is all digits and would be taken for the URL of a year", "write a word with letters"}},
	"same-word": {Error,
		words{"từ {0} đã dùng cho {1}", "viết một từ khác"},
		words{"the word {0} stands for {1} already", "write another word"}},
	"bad-colour": {Error,
		words{"\"{0}\" không phải là mã màu", "accent: \"{1}\""},
		words{"\"{0}\" is not a colour", "accent: \"{1}\""}},
	"bad-counter": {Error,
		words{"đường dẫn của bộ đếm phải mở đầu và kết thúc bằng dấu /", "counter: {0}"},
		words{"the counter's path must begin and end with /", "counter: {0}"}},
	"bad-counter/host": {Error,
		words{"bộ đếm phải nằm trên cùng tên miền với trang", "viết đường dẫn mà máy chủ chuyển tới bộ đếm: counter: /dem/"},
		words{"the counter must be on the site's own host", "write the path that the server maps to the counter: counter: /dem/"}},
	"widths-order": {Error,
		words{"chiều rộng {0} không lớn hơn {1} đứng trước nó", "widths: {2}"},
		words{"the width {0} is not more than {1} before it", "widths: {2}"}},
	"unknown-check": {Error,
		words{"không có cảnh báo {0}; mức của lỗi thì không đổi được", "các cảnh báo: {1}"},
		words{"there is no warning {0}; the severity of errors can't be set", "the warnings are: {1}"}},
	"unknown-check/near": {Error,
		words{"không có cảnh báo {0}", "có phải là {1}?"},
		words{"there is no warning {0}", "did you mean {1}?"}},
	"duplicate-name": {Error,
		words{"{0} và {1} (dòng {2}) là một tên", "giữ một trong hai"},
		words{"{0} and {1} (line {2}) are the same name", "keep one of the two"}},
	"duplicate-slug": {Error,
		words{"slug {0} đã dùng cho {1} (dòng {2})", "viết một slug khác"},
		words{"the slug {0} is that of {1} (line {2}) already", "write another slug"}},
	"bad-prefix": {Error,
		words{"địa chỉ cũ phải mở đầu bằng dấu /", "viết: {0}"},
		words{"an old address must begin with /", "write: {0}"}},
	"bad-prefix/host": {Error,
		words{"địa chỉ cũ chỉ gồm phần sau tên miền", "viết: {0}"},
		words{"an old address is only what stands behind the host's name", "write: {0}"}},
	"bad-prefix/path": {Error,
		words{"không chuyển hướng được từ {0}", "viết đường dẫn của một trang cũ, không có dấu # hay \\, như /chuyen-muc-cu/"},
		words{"{0} can't be redirected", "write the path of an old page, without # or \\, like /old-section/"}},
	"bad-menu": {Error,
		words{"liên kết ra ngoài trong thực đơn phải có tên", "- {title: Cổng thông tin, url: \"{0}\"}"},
		words{"a link of the menu to another site needs a title", "- {title: Portal, url: \"{0}\"}"}},
	"too-many-values": {Error,
		words{"{0} có {1} mục, nhiều hơn {2} mục", "giữ lại nhiều nhất {2} mục"},
		words{"{0} has {1} items, more than {2}", "keep {2} items at most"}},
	"too-many-values/menu": {Error,
		words{"trang có {0} chuyên mục ở cấp trên cùng, quá nhiều cho một thực đơn", "ghi menu trong site.yaml với nhiều nhất {1} mục"},
		words{"the site has {0} sections at the top, too many for a menu", "give menu in site.yaml, with {1} items at most"}},
	"too-many-tags": {Error,
		words{"bài này có {0} thẻ, nhiều hơn {1} thẻ", "chỉ giữ những thẻ mà bạn đọc sẽ tìm, nhiều nhất {1} thẻ"},
		words{"this article has {0} tags, more than {1}", "keep those that readers will look for, {1} at most"}},
}
