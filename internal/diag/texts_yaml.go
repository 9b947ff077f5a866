package diag

var textsYAML = map[string]text{
	"yaml-colon": {Error,
		words{"{0} có dấu hai chấm nên phải đặt trong ngoặc kép", "{1}"},
		words{"{0} has a colon in it, so it must stand in double quotes", "{1}"}},
}
