package article

import (
	"strings"
	"testing"
)

func TestAddressesFollowWhatMovedAndNothingElseChanges(t *testing.T) {
	moved := func(address string) string {
		switch address {
		case "cu.md":
			return "mới (1).md"
		case "anh bìa.jpg", "anh.jpg":
			return "../" + address
		case "/tin/cu/":
			return "/tin/moi/"
		}
		return ""
	}
	for src, want := range map[string]string{
		"[a](cu.md) [b](<cu.md>) [c](cu.md#muc \"Tên\") ![d](anh%20b%C3%ACa.jpg) cu.md": "[a](mới%20%281%29.md) [b](<mới (1).md>) [c](mới%20%281%29.md#muc \"Tên\") ![d](../anh%20bìa.jpg) cu.md",
		"[a][r]\n\n[r]: cu.md 'x'\n[s]: <anh bìa.jpg>\n":                                "[a][r]\n\n[r]: mới%20%281%29.md 'x'\n[s]: <../anh bìa.jpg>\n",
		"<a href=\"cu.md\">x</a> <img src='anh.jpg'>":                                   "<a href=\"mới%20%281%29.md\">x</a> <img src='../anh.jpg'>",
		"`[a](cu.md)` ``x ` [a](cu.md)`` ` [a](cu.md)":                                  "`[a](cu.md)` ``x ` [a](cu.md)`` ` [a](mới%20%281%29.md)",
		"```\n[a](cu.md)\n~~~\n```\n[a](cu.md)\n~~~~\n[a](cu.md)\n":                     "```\n[a](cu.md)\n~~~\n```\n[a](mới%20%281%29.md)\n~~~~\n[a](cu.md)\n",
		"[a](/tin/cu/?q=1#x) [a](/tin/cu) [a](x.md) [a]() [a](":                         "[a](/tin/moi/?q=1#x) [a](/tin/cu) [a](x.md) [a]() [a](",
		"Dòng một\r\n[a](cu.md)\r\n":                                                    "Dòng một\r\n[a](mới%20%281%29.md)\r\n",
	} {
		front := "---\ntitle: A # ghi chú\nimage: {file: anh.jpg, alt: B}\nattachments: [anh.jpg, x.pdf]\nagreement:\n  amends: cu.md # ấy\n  parties: [a, b]\ntags: [anh.jpg]\n---\n"
		wantFront := strings.NewReplacer("{file: anh.jpg", "{file: ../anh.jpg", "[anh.jpg, x", "[../anh.jpg, x", "amends: cu.md", "amends: mới (1).md").Replace(front)
		got, problems := Relink("tin/a.md", []byte(front+src), moved)
		if string(got) != wantFront+want || problems != nil {
			t.Errorf("%q:\n%s%v\nwant\n%s", src, got, problems, wantFront+want)
		}
	}
	if got, problems := Relink("tin/a.md", []byte("---\ntitle: A: B\n---\n"), moved); got != nil || !problems.HasErrors() {
		t.Errorf("%q, %v", got, problems)
	}
}
