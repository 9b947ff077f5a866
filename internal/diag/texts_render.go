package diag

var textsRender = map[string]text{
	"template": {Error,
		words{"mẫu này không chạy được: {0}", "xem các trường và hàm trong docs/templates.md; xóa tệp này thì mẫu mặc định được dùng lại"},
		words{"this template does not run: {0}", "see the fields and functions in docs/templates.md; without this file the default template is used again"}},
	"template/syntax": {Error,
		words{"mẫu viết sai cú pháp: {0}", "xem cú pháp ở https://pkg.go.dev/text/template"},
		words{"the template's syntax is wrong: {0}", "see the syntax at https://pkg.go.dev/text/template"}},
	"template/field": {Error,
		words{"mẫu dùng trường {0}, mà {1} không có trường đó", "xem các trường trong docs/templates.md"},
		words{"the template uses the field {0}, which {1} does not have", "see the fields in docs/templates.md"}},
	"template/missing": {Error,
		words{"thiếu mẫu {0}", "chép lại tệp {0} mặc định vào templates/"},
		words{"the template {0} is missing", "copy the default {0} into templates/"}},
	"template/message": {Error,
		words{"mẫu dùng câu chữ {0}, mà {1} không có", "thêm vào {1}: {0}: …"},
		words{"the template uses the text {0}, which {1} does not have", "add to {1}: {0}: …"}},
	"template/words": {Error,
		words{"{0} phải là một dòng chữ", "{0}: …"},
		words{"{0} must be a line of text", "{0}: …"}},
}
