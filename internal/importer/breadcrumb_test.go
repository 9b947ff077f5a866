package importer_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"bantin/internal/importer"
)

func TestALineWithMarksBetweenItsWordsIsABreadcrumbUnlessItEndsAsTextDoes(t *testing.T) {
	for line, isText := range map[string]bool{
		`Trang chủ » Tin tức » Hội nghị`:                    false,
		`Trang chủ » Tin tức » Hội nghị tổng kết công tác…`: false,
		`Trang chủ » Tin tức » Hội nghị tổng kết công...`:   false,
		`Trang chủ » Tin tức » “Hội nghị tổng kết…”`:        false,
		`Trang chủ » Tin tức (xem thêm..)`:                  false,
		`Bà con đi bộ » đi xe » đi tàu đều tới được.`:       true,
		`“Bà con đi bộ » đi xe » đi tàu đều tới được.”`:     true,
		`(Bà con đi bộ » đi xe » đi tàu đều tới được!)`:     true,
		`Bà con đi theo hướng ủy ban » chợ » đình:`:         true,
	} {
		body, err := html.Parse(strings.NewReader("<p>" + line + "</p><p>Sáng 5/3, thôn Đông họp dân bàn việc làm đường.</p>"))
		if err != nil {
			t.Fatal(err)
		}
		for body.Data != "body" {
			body = body.LastChild
		}
		importer.Recognize(body, importer.Known{})
		if got := strings.Contains(importer.TextOf(body), line); got != isText {
			t.Errorf("%s: it is text: %t", line, got)
		}
	}
}
