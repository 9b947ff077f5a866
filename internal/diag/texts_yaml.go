package diag

import "strings"

// ForKey returns the ID of the text of id in which the key of the front matter
// or of site.yaml is called by an editor's word, or id itself when there is none.
func ForKey(id, key string) string {
	if _, ok := keyWords[key]; ok {
		if _, ok := textsOfKeys[id]; ok {
			return id + "/" + key
		}
	}
	return id
}

// keyWords are an editor's words for the keys.
var keyWords = map[string]string{
	"title":        "tiêu đề",
	"date":         "ngày",
	"start":        "lúc bắt đầu",
	"file":         "tên tệp",
	"text":         "nội dung",
	"lead":         "lời dẫn",
	"description":  "phần mô tả",
	"author":       "tên tác giả",
	"organization": "tên đơn vị",
	"tags":         "thẻ",
	"alt":          "lời tả ảnh (alt)",
	"caption":      "chú thích ảnh",
	"credit":       "nguồn ảnh",
	"location":     "địa điểm",
	"address":      "địa chỉ",
	"organizer":    "tên đơn vị tổ chức",
	"parties":      "tên các bên",
	"number":       "số hiệu",
}

var textsYAML = join(textsOfKeys, inWords(textsOfKeys), textsOfBlocks)

// textsOfKeys are the problems of one value; {0} is its key.
var textsOfKeys = map[string]text{
	"yaml-colon": {Error,
		words{"{0} có dấu hai chấm nên phải đặt trong ngoặc kép", "{1}"},
		words{"{0} has a colon in it, so it must stand in double quotes", "{1}"}},
	"yaml-comma": {Error,
		words{"{0} có dấu phẩy nên phải đặt trong ngoặc kép", "{1}"},
		words{"{0} has a comma in it, so it must stand in double quotes", "{1}"}},
	"yaml-start": {Error,
		words{"{0} bắt đầu bằng ký tự {1} nên phải đặt trong ngoặc kép", "{2}"},
		words{"{0} begins with the character {1}, so it must stand in double quotes", "{2}"}},
	"yaml-bracket": {Error,
		words{"{0} mở ngoặc {1} mà không có {2} đóng lại", "{3}"},
		words{"{0} opens a bracket {1} that no {2} closes", "{3}"}},
	"yaml-bracket/inside": {Error,
		words{"{0} có dấu ngoặc [ ] hoặc { } nên phải đặt trong ngoặc kép", "{1}"},
		words{"{0} has a bracket [ ] or { } in it, so it must stand in double quotes", "{1}"}},
	"yaml-quote": {Error,
		words{"{0} mở ngoặc kép hoặc nháy đơn mà không đóng lại", "{1}"},
		words{"{0} opens a quote and does not close it", "{1}"}},
	"yaml-after-quote": {Error,
		words{"{0} còn chữ nằm sau dấu đóng ngoặc kép", "{1}"},
		words{"{0} goes on behind its closing quote", "{1}"}},
	"yaml-escape": {Error,
		words{`{0} có dấu \ trong ngoặc kép, phải viết thành \\`, "{1}"},
		words{`{0} has a \ in double quotes, which must be written \\`, "{1}"}},
	"yaml-character/escape": {Error,
		words{`trong {0} có dấu \ thành ký tự điều khiển không nhìn thấy được ({1})`, "{2}"},
		words{`a \ in {0} makes an invisible control character ({1})`, "{2}"}},
	"yaml-hash": {Warning,
		words{"{0} bị cắt ở dấu #: phần \"{1}\" bị coi là ghi chú nên bị bỏ đi", "{2}"},
		words{"{0} is cut at the #: \"{1}\" is taken for a comment and left out", "{2}"}},
	"yaml-syntax": {Error,
		words{"không đọc được {0} theo YAML", "đặt giá trị trong ngoặc kép, và xem lại dấu ngoặc và dấu cách đầu dòng"},
		words{"{0} can't be read as YAML", "put the value in double quotes, and look at brackets and indentation"}},
	"yaml-hash/flow": {Error,
		words{"{0} có dấu # nên phải đặt trong ngoặc kép", "{1}"},
		words{"{0} has a # in it, so it must stand in double quotes", "{1}"}},
	"yaml-question": {Error,
		words{"{0} có dấu ? trong ngoặc vuông nên phải đặt trong ngoặc kép", "{1}"},
		words{"{0} has a ? within brackets, so it must stand in double quotes", "{1}"}},
	"yaml-space": {Error,
		words{"{0} thiếu dấu cách sau dấu hai chấm", "{1}"},
		words{"{0} lacks a space behind the colon", "{1}"}},
	"curly-quotes": {Warning,
		words{"{0} nằm trong ngoặc kép cong “ ”, loại ngoặc này sẽ hiện ra cùng với chữ", "{1}\nnếu muốn giữ ngoặc cong: {2}"},
		words{"{0} stands in curly quotes “ ”, which will be shown with the text", "{1}\nto keep the curly quotes: {2}"}},

	"curly-quotes/value": {Warning,
		words{"{0} nằm trong ngoặc kép cong “ ”; phần ở trong được đọc, ngoặc thì bỏ", "{1}"},
		words{"{0} stands in curly quotes “ ”, which are left out", "{1}"}},

	"missing-key": {Error,
		words{"thiếu {0}", "thêm dòng {1}"},
		words{"{0} is missing", "add a line {1}"}},
	"empty": {Error,
		words{"{0} bị bỏ trống", "điền vào, hoặc xóa dòng này nếu không bắt buộc"},
		words{"{0} is blank", "fill it in, or delete the line if it is not required"}},
	"empty/item": {Error,
		words{"{0} có một mục trống", "điền mục này hoặc xóa nó"},
		words{"{0} has an empty item", "fill in this item or delete it"}},
	"wrong-type/text": {Error,
		words{"{0} phải là một đoạn chữ, không phải danh sách hay khối khóa", "{1}"},
		words{"{0} must be a text, not a list or a block of keys", "{1}"}},
	"wrong-type/texts": {Error,
		words{"{0} phải là một đoạn chữ hoặc danh sách các đoạn chữ", "{1}"},
		words{"{0} must be a text or a list of texts", "{1}"}},
	"wrong-type/item": {Error,
		words{"mỗi mục của {0} phải là một đoạn chữ", "đặt mục này trong ngoặc kép: {1}"},
		words{"each item of {0} must be a text", "put this item in double quotes: {1}"}},
	"wrong-type/bool": {Error,
		words{"{0} phải là true (có) hoặc false (không)", "{1}"},
		words{"{0} must be true or false", "{1}"}},
	"wrong-type/bool/either": {Error,
		words{"{0} phải là true (có) hoặc false (không)", "viết {0}: true, hoặc {0}: false"},
		words{"{0} must be true or false", "write {0}: true, or {0}: false"}},
	"wrong-type/int": {Error,
		words{"{0} phải là một số nguyên", "viết một số từ {1} đến {2}"},
		words{"{0} must be a whole number", "write a number from {1} to {2}"}},
	"out-of-range": {Error,
		words{"{0} phải từ {1} đến {2}", "viết một số từ {1} đến {2}"},
		words{"{0} must be from {1} to {2}", "write a number from {1} to {2}"}},
	"bad-choice": {Error,
		words{"{0} không thể là \"{1}\"", "viết một trong các giá trị: {2}"},
		words{"{0} can't be \"{1}\"", "write one of: {2}"}},
	"bad-url": {Error,
		words{"{0} phải là một địa chỉ web đầy đủ", "{0}: {1}"},
		words{"{0} must be a full web address", "{0}: {1}"}},
}

// textsOfBlocks are the problems of a block's form.
var textsOfBlocks = map[string]text{
	"yaml-indent": {Error,
		words{"dòng này thụt vào không khớp với các dòng trên", "{0}"},
		words{"this line's indentation fits none of the lines above", "{0}"}},
	"yaml-tab": {Error,
		words{"dòng này thụt vào bằng phím Tab; YAML chỉ nhận dấu cách", "{0}"},
		words{"this line is indented with a tab; YAML takes spaces only", "{0}"}},
	"yaml-line": {Error,
		words{"dòng này không có dạng \"khóa: giá trị\"", "nếu là phần tiếp của dòng trên thì thụt vào hai dấu cách; nếu là khóa mới thì viết khóa, dấu hai chấm, dấu cách, rồi giá trị"},
		words{"this line is not of the form \"key: value\"", "if it continues the line above, indent it by two spaces; if it is a new key, write the key, a colon, a space, then the value"}},
	"yaml-documents": {Error,
		words{"dòng {0} chia tệp làm hai phần; chỉ phần trên được đọc", "xóa dòng này"},
		words{"the line {0} cuts the file in two; only the upper part is read", "delete this line"}},
	"yaml-character": {Error,
		words{"có ký tự điều khiển không nhìn thấy được ({0})", "xóa ký tự này, hoặc gõ lại dòng"},
		words{"there is an invisible control character ({0})", "delete it, or type the line again"}},
	"yaml-large": {Error,
		words{"tệp lớn hơn {0}", "chuyển bớt nội dung sang nơi khác"},
		words{"the file is larger than {0}", "move some of its contents elsewhere"}},
	"yaml-deep": {Error,
		words{"các khối lồng nhau quá {0} tầng", "bỏ bớt tầng"},
		words{"blocks are nested more than {0} deep", "use fewer levels"}},
	"yaml-alias": {Error,
		words{"không dùng được bí danh YAML ({0})", "viết lại giá trị ở đây; nếu là chữ thì đặt trong ngoặc kép: \"{0}\""},
		words{"YAML aliases ({0}) are not allowed", "write the value here again; if it is text, put it in double quotes: \"{0}\""}},
	"yaml-anchor": {Error,
		words{"không dùng được neo YAML ({0})", "xóa {0}"},
		words{"YAML anchors ({0}) are not allowed", "delete {0}"}},
	"yaml-tag": {Error,
		words{"không dùng được thẻ kiểu YAML ({0})", "xóa {0}"},
		words{"YAML tags ({0}) are not allowed", "delete {0}"}},
	"yaml-merge": {Error,
		words{"không dùng được khóa gộp YAML (<<)", "viết lại các khóa ở đây"},
		words{"YAML merge keys (<<) are not allowed", "write the keys here again"}},
	"yaml-key": {Error,
		words{"tên khóa phải là chữ", "viết khóa, dấu hai chấm, dấu cách, rồi giá trị: title: Tin mới"},
		words{"a key must be a text", "write the key, a colon, a space, then the value: title: News"}},
	"yaml-key/empty": {Error,
		words{"thiếu tên khóa trước dấu hai chấm", "viết tên khóa trước dấu hai chấm: title: Tin mới"},
		words{"the key before the colon is missing", "write the key before the colon: title: News"}},
	"wrong-type/list": {Error,
		words{"{0} phải là một danh sách", "viết mỗi mục một dòng, mở đầu bằng \"- \""},
		words{"{0} must be a list", "write each item on a line of its own that begins with \"- \""}},
	"wrong-type/list/one": {Error,
		words{"{0} phải là một danh sách", "{1}"},
		words{"{0} must be a list", "{1}"}},
	"wrong-type/block": {Error,
		words{"{0} phải là một khối gồm các khóa con", "viết mỗi khóa một dòng dưới {0}:, thụt vào hai dấu cách; các khóa dùng được: {1}"},
		words{"{0} must be a block of keys", "write each key on a line of its own below {0}:, indented by two spaces; the keys are: {1}"}},
	"wrong-type/map": {Error,
		words{"{0} phải là một khối gồm các dòng \"tên: giá trị\"", "viết mỗi tên một dòng dưới {0}:, thụt vào hai dấu cách"},
		words{"{0} must be a block of lines \"name: value\"", "write each name on a line of its own below {0}:, indented by two spaces"}},
	"duplicate-key": {Error,
		words{"khóa {0} đã có ở dòng {1}", "giữ một trong hai dòng"},
		words{"the key {0} stands on line {1} already", "keep one of the two lines"}},
	"duplicate-key/synonym": {Error,
		words{"{0} và {1} là một khóa, chỉ được viết một lần", "giữ một trong hai dòng"},
		words{"{0} and {1} are the same key, which may be given once only", "keep one of the two lines"}},
	"unknown-key": {Error,
		words{"không có khóa {0}", "các khóa dùng được: {1}"},
		words{"there is no key {0}", "the keys are: {1}"}},
	"unknown-key/near": {Error,
		words{"không có khóa {0}", "{1}"},
		words{"there is no key {0}", "{1}"}},
}

// inWords returns the texts once more for each key that has a word, with the
// word in the place of {0}.
func inWords(texts map[string]text) map[string]text {
	all := make(map[string]text, len(texts)*len(keyWords))
	for id, t := range texts {
		for key, word := range keyWords {
			all[id+"/"+key] = text{t.Severity,
				words{strings.ReplaceAll(t.VI.Msg, "{0}", word), strings.ReplaceAll(t.VI.Hint, "{0}", key)},
				words{strings.ReplaceAll(t.EN.Msg, "{0}", key), strings.ReplaceAll(t.EN.Hint, "{0}", key)}}
		}
	}
	return all
}
