package config

import (
	"strings"

	"bantin/internal/diag"
)

// mistakes are wrong settings, each with its problems in two strings: place,
// code and message; and hint. What is required and not there is added below.
var mistakes = []struct {
	src  string
	want []string
}{
	{"", []string{
		"1:1 missing-key: thiếu base_url",
		"thêm dòng base_url: https://example.vn/",
		"1:1 missing-key: thiếu tiêu đề",
		"thêm dòng title: Trang tin xã Khê Hòa",
	}},
	{"title:\nbase_url: example.vn\n", []string{
		"1:1 missing-key: tiêu đề bị bỏ trống",
		"title: Trang tin xã Khê Hòa",
		`2:11 bad-base-url: "example.vn" không phải là địa chỉ của một trang web`,
		"base_url: https://example.vn/",
	}},
	{"title: ''\nbase_url: ftp://example.vn/\n", []string{
		"1:8 empty: tiêu đề bị bỏ trống",
		"điền vào, hoặc xóa dòng này nếu không bắt buộc",
		`2:11 bad-base-url: "ftp://example.vn/" không phải là địa chỉ của một trang web`,
		"base_url: https://example.vn/",
	}},
	{"base_url: https://example.vn/?a=1\n", []string{
		"1:11 bad-base-url: địa chỉ của trang không được có phần sau dấu ? hoặc #",
		"base_url: https://example.vn/",
	}},
	{"base_url: https://a:b@example.vn/tin\n", []string{
		"1:11 bad-base-url: địa chỉ của trang không được có tên đăng nhập hay mật khẩu",
		"base_url: https://example.vn/tin/",
	}},
	{"base_url: https://example.vn/a//b/\n", []string{
		"1:11 bad-base-url: đường dẫn trong địa chỉ của trang có // hoặc đoạn . hay ..",
		"base_url: https://example.vn/a/b/",
	}},
	{"base_url: https://example.vn/a/../b/\n", []string{
		"1:11 bad-base-url: đường dẫn trong địa chỉ của trang có // hoặc đoạn . hay ..",
		"base_url: https://example.vn/b/",
	}},
	{"base_url: https://\n", []string{
		`1:11 bad-base-url: "https://" không phải là địa chỉ của một trang web`,
		"base_url: https://example.vn/",
	}},
	{"base_url: trang tin\n", []string{
		`1:11 bad-base-url: "trang tin" không phải là địa chỉ của một trang web`,
		"base_url: https://example.vn/",
	}},
	{"base_url: https://exa mple.vn/\n", []string{
		`1:11 bad-base-url: "https://exa mple.vn/" không phải là địa chỉ của một trang web`,
		"base_url: https://example.vn/",
	}},
	{"base_url: //example.vn/tin#x\n", []string{
		`1:11 bad-base-url: "//example.vn/tin#x" không phải là địa chỉ của một trang web`,
		"base_url: https://example.vn/tin/",
	}},
	{"id: example.vn\n", []string{
		`1:5 bad-site-id: "example.vn" không phải là mã gốc của kênh tin`,
		"viết tên miền của trang, dấu phẩy, rồi năm bắt đầu dùng, như example.vn,2026",
	}},
	{"id: example.vn,2026-02-31\n", []string{
		"1:5 bad-site-id: không có ngày 2026-02-31 trong lịch",
		"viết năm, hoặc năm-tháng-ngày, như example.vn,2026-03-11",
	}},
	{"id: 'tag:example.vn,2026'\n", []string{
		`1:5 bad-site-id: "tag:example.vn,2026" không phải là mã gốc của kênh tin`,
		"viết tên miền của trang, dấu phẩy, rồi năm bắt đầu dùng, như example.vn,2026",
	}},
	{"language: vn\n", []string{
		"1:11 bad-language: “vn” không phải là mã ngôn ngữ",
		"language: vi",
	}},
	{"language: zh-hant\n", []string{
		"1:11 bad-language: “zh-hant” không phải là mã ngôn ngữ",
		"language: zh-Hant",
	}},
	{"language: tiếng Việt\n", []string{
		"1:11 bad-language: “tiếng Việt” không phải là mã ngôn ngữ",
		"viết mã như en, km, zh-Hant",
	}},
	{"languages: {kh: {title: ព័ត៌មាន}, xx: {title: X}}\n", []string{
		"1:13 bad-language: mã ngôn ngữ “kh” viết chưa đúng dạng",
		"km:",
		"1:35 bad-language: “xx” không phải là mã ngôn ngữ",
		"viết mã như en, km, zh-Hant",
	}},
	{"timezone: Asia/Hanoi\n", []string{
		`1:11 bad-timezone: không có múi giờ "Asia/Hanoi"`,
		"timezone: Asia/Ho_Chi_Minh",
	}},
	{"timezone: Local\n", []string{
		`1:11 bad-timezone: không có múi giờ "Local"`,
		"timezone: Asia/Ho_Chi_Minh",
	}},
	{"organization: UBND xã\n", []string{
		"1:15 wrong-type: organization phải là một khối gồm các khóa con",
		"viết mỗi khóa một dòng dưới organization:, thụt vào hai dấu cách; các khóa dùng được: name, logo, emblem, address, phone, email, url, responsible",
	}},
	{"organization: {email: abc, url: example.vn, logo: ../x.svg, emblem: 'C:\\x.svg'}\n", []string{
		`1:23 bad-email: "abc" không phải là địa chỉ thư điện tử`,
		"viết như email: lienhe@example.vn",
		"1:33 bad-url: url phải là một địa chỉ web đầy đủ",
		"url: https://example.vn",
		"1:51 bad-static-file: logo phải là đường dẫn tới một tệp trong thư mục static/",
		"chép tệp vào static/ rồi viết như logo: /bieu-trung.svg",
		"1:69 bad-static-file: emblem phải là đường dẫn tới một tệp trong thư mục static/",
		"chép tệp vào static/ rồi viết như emblem: /bieu-trung.svg",
	}},
	{"feedback:\n  email: a@b.vn?subject=x\n", []string{
		`2:10 bad-email: "a@b.vn?subject=x" không phải là địa chỉ thư điện tử`,
		"email: a@b.vn",
	}},
	{"organization: {email: 'MAILTO:A@b.vn'}\n", []string{
		`1:23 bad-email: "MAILTO:A@b.vn" không phải là địa chỉ thư điện tử`,
		"email: A@b.vn",
	}},
	{"organization: {email: a&b@c.vn}\n", []string{
		`1:23 bad-email: "a&b@c.vn" không phải là địa chỉ thư điện tử`,
		"viết như email: lienhe@example.vn",
	}},
	{"organization: {email: a@b}\n", []string{
		`1:23 bad-email: "a@b" không phải là địa chỉ thư điện tử`,
		"viết như email: lienhe@example.vn",
	}},
	{"organization: {email: a@b.c/d}\n", []string{
		`1:23 bad-email: "a@b.c/d" không phải là địa chỉ thư điện tử`,
		"viết như email: lienhe@example.vn",
	}},
	{"organization: {email: Tên <a@b.vn>, logo: /a b.svg}\n", []string{
		`1:23 bad-email: "Tên <a@b.vn>" không phải là địa chỉ thư điện tử`,
		"viết như email: lienhe@example.vn",
	}},
	{"page_size: 4\n", []string{
		"1:12 out-of-range: page_size phải từ 5 đến 200",
		"viết một số từ 5 đến 200",
	}},
	{"page_size: hai mươi\n", []string{
		"1:12 wrong-type: page_size phải là một số nguyên",
		"viết một số từ 5 đến 200",
	}},
	{"page_size: [20]\n", []string{
		"1:12 wrong-type: page_size phải là một số nguyên",
		"viết một số từ 5 đến 200",
	}},
	{"feed: {items: 101, full_text: có}\n", []string{
		"1:15 out-of-range: items phải từ 1 đến 100",
		"viết một số từ 1 đến 100",
		"1:31 wrong-type: full_text phải là true (có) hoặc false (không)",
		"full_text: true",
	}},
	{"feed: {items: 0, full_text: không}\n", []string{
		"1:15 out-of-range: items phải từ 1 đến 100",
		"viết một số từ 1 đến 100",
		"1:29 wrong-type: full_text phải là true (có) hoặc false (không)",
		"full_text: false",
	}},
	{"related: 21\n", []string{
		"1:10 out-of-range: related phải từ 0 đến 20",
		"viết một số từ 0 đến 20",
	}},
	{"mergers:\n  A: {into: '', from: 2025}\n  B:\n  C: {into: [], from: 2025}\n  D: {into: [null], from: hôm qua}\n  E: {into: {a: b}, from: [2025], tu: x}\n  a: {into: B, from: 2025}\n", []string{
		"2:13 empty: into bị bỏ trống",
		"điền vào, hoặc xóa dòng này nếu không bắt buộc",
		"3:3 wrong-type: B phải là một khối gồm các khóa con",
		"viết mỗi khóa một dòng dưới B:, thụt vào hai dấu cách; các khóa dùng được: into, from",
		"4:13 empty: into bị bỏ trống",
		"điền vào, hoặc xóa dòng này nếu không bắt buộc",
		"5:14 empty: into có một mục trống",
		"điền mục này hoặc xóa nó",
		"5:27 bad-date: \"hôm qua\" không phải là ngày",
		"viết như 11/03/2020 hoặc 19:02 11/03/2020",
		"6:13 wrong-type: into phải là một danh sách",
		"viết mỗi mục một dòng, mở đầu bằng \"- \"",
		"6:27 wrong-type: from phải là một đoạn chữ, không phải danh sách hay khối khóa",
		"from: \"2025\"",
		"6:35 unknown-key: không có khóa tu",
		"các khóa dùng được: into, from",
		"7:3 duplicate-name: a và A (dòng 2) là một tên",
		"giữ một trong hai",
	}},
	{"mergers: [A]\n", []string{
		`1:10 wrong-type: mergers phải là một khối gồm các dòng "tên: giá trị"`,
		"viết mỗi tên một dòng dưới mergers:, thụt vào hai dấu cách",
	}},
	{"menu: tin-tuc\n", []string{
		"1:7 wrong-type: menu phải là một danh sách",
		"menu: [tin-tuc]",
	}},
	{"menu: [tin-tuc, https://a.vn/, {title: x}, {url: https://a.vn/}, {title: A, url: a.vn}]\n", []string{
		"1:17 bad-menu: liên kết ra ngoài trong trình đơn phải có tên",
		`- {title: Cổng thông tin, url: "https://a.vn/"}`,
		"1:32 missing-key: thiếu url",
		"thêm dòng url: /tin-tuc/",
		"1:44 bad-menu: liên kết ra ngoài trong trình đơn phải có tên",
		`- {title: Cổng thông tin, url: "https://a.vn/"}`,
		"1:82 bad-url: url phải là một địa chỉ web đầy đủ",
		"url: https://a.vn",
	}},
	{"tags:\n  Thư viện: {slug: Thư viện}\n  thư  viện: {}\n  hoà: {slug: hoa}\n  Huệ: {slug: hoa}\n  x: chữ\n  y: {slug: '!!!'}\n  z: {aliases: [cu, https://a.vn/cu/, '/a#b', '/']}\n  hòa: {successor: a}\n", []string{
		`2:20 bad-slug: "Thư viện" không dùng được trong địa chỉ trang`,
		"slug: thu-vien",
		"3:3 duplicate-name: thư viện và Thư viện (dòng 2) là một tên",
		"giữ một trong hai",
		"5:15 duplicate-slug: slug hoa đã dùng cho hoà (dòng 4)",
		"viết một slug khác",
		"6:6 wrong-type: x phải là một khối gồm các khóa con",
		"viết mỗi khóa một dòng dưới x:, thụt vào hai dấu cách; các khóa dùng được: slug, description, aliases",
		`7:13 bad-slug: "!!!" không dùng được trong địa chỉ trang`,
		"viết bằng chữ thường không dấu, chữ số và dấu gạch nối",
		"8:17 bad-prefix: địa chỉ cũ phải mở đầu bằng dấu /",
		"viết: /cu",
		"8:21 bad-prefix: địa chỉ cũ chỉ gồm phần sau tên miền",
		"viết: /cu/",
		"8:39 bad-prefix: không chuyển hướng được từ /a#b",
		`viết đường dẫn của một trang cũ, không có dấu # hay \, như /chuyen-muc-cu/`,
		"8:47 bad-prefix: không chuyển hướng được từ /",
		`viết đường dẫn của một trang cũ, không có dấu # hay \, như /chuyen-muc-cu/`,
		"9:3 duplicate-name: hòa và hoà (dòng 4) là một tên",
		"giữ một trong hai",
		"9:9 unknown-key: không có khóa successor",
		"các khóa dùng được: slug, description, aliases",
	}},
	{"organizations: [a]\n", []string{
		`1:16 wrong-type: organizations phải là một khối gồm các dòng "tên: giá trị"`,
		"viết mỗi tên một dòng dưới organizations:, thụt vào hai dấu cách",
	}},
	{"paths: {tag: Thẻ, calendar: '2020', page: tac-gia, author: x, event: x}\n", []string{
		`1:14 bad-slug: "Thẻ" không dùng được trong địa chỉ trang`,
		"tag: the",
		"1:29 bad-slug: 2020 chỉ gồm chữ số nên sẽ lẫn với địa chỉ của các năm",
		"viết một từ có chữ cái",
		"1:70 same-word: từ x đã dùng cho author",
		"viết một từ khác",
	}},
	{"paths: {tag: the, organization: the, foo: x}\n", []string{
		"1:33 same-word: từ the đã dùng cho tag",
		"viết một từ khác",
		"1:38 unknown-key: không có khóa foo",
		"các khóa dùng được: page, tag, organization, author, event, agreement, search, calendar",
	}},
	{"glossary: {UBND: '', HĐND: [a]}\n", []string{
		"1:18 empty: UBND bị bỏ trống",
		"điền vào, hoặc xóa dòng này nếu không bắt buộc",
		"1:28 wrong-type: HĐND phải là một đoạn chữ, không phải danh sách hay khối khóa",
		`HĐND: "a"`,
	}},
	{"glossary: [a]\n", []string{
		`1:11 wrong-type: glossary phải là một khối gồm các dòng "tên: giá trị"`,
		"viết mỗi tên một dòng dưới glossary:, thụt vào hai dấu cách",
	}},
	{"theme: {accent: đỏ, cover: 1}\n", []string{
		`1:17 bad-colour: "đỏ" không phải là mã màu`,
		`accent: "#1f6f54"`,
		"1:28 wrong-type: cover phải là true (có) hoặc false (không)",
		"cover: true",
	}},
	{"theme: {accent: 1F6F54}\n", []string{
		`1:17 bad-colour: "1F6F54" không phải là mã màu`,
		`accent: "#1f6f54"`,
	}},
	{"theme: {accent: #1f6f54}\n", []string{
		"1:17 yaml-start: accent bắt đầu bằng ký tự # nên phải đặt trong ngoặc kép",
		`accent: "#1f6f54"`,
	}},
	{"theme:\n  accent: #1f6f54\n", []string{
		"2:11 yaml-start: accent bắt đầu bằng ký tự # nên phải đặt trong ngoặc kép",
		`accent: "#1f6f54"`,
	}},
	{"share: {email: yes}\n", []string{
		"1:16 wrong-type: email phải là true (có) hoặc false (không)",
		"email: true",
	}},
	{"feedback: {email: x, url: a}\n", []string{
		`1:19 bad-email: "x" không phải là địa chỉ thư điện tử`,
		"viết như email: lienhe@example.vn",
		"1:27 bad-url: url phải là một địa chỉ web đầy đủ",
		"url: https://example.vn/",
	}},
	{"counter: dem\n", []string{
		"1:10 bad-counter: đường dẫn của bộ đếm phải mở đầu và kết thúc bằng dấu /",
		"counter: /dem/",
	}},
	{"counter: http://a.vn/dem\n", []string{
		"1:10 bad-counter: bộ đếm ở tên miền khác phải có địa chỉ https, với dấu / ở cuối",
		"counter: https://a.vn/dem/",
	}},
	{"counter: //đếm.vn:8443\n", []string{
		"1:10 bad-counter: bộ đếm ở tên miền khác phải có địa chỉ https, với dấu / ở cuối",
		"counter: https://xn--m-kia809t.vn:8443/",
	}},
	{"counter: \"https://a.vn; script-src *\"\n", []string{
		"1:10 bad-counter: bộ đếm ở tên miền khác phải có địa chỉ https, với dấu / ở cuối",
		"counter: https://dem.example/",
	}},
	{"notify: {hubs: [hub.example.vn, \"https://a:b@hub.example/?x=1#y\"], indexnow: khóa}\n", []string{
		"1:17 bad-url: hubs phải là một địa chỉ web đầy đủ",
		"hubs: https://hub.example.vn",
		"1:33 bad-hub: địa chỉ của trạm WebSub không được có tên, mật khẩu hay dấu #",
		`hubs: ["https://hub.example/?x=1"]`,
		"1:78 bad-indexnow: khóa IndexNow có từ 8 đến 128 chữ cái không dấu, chữ số hoặc dấu -",
		"tự đặt một khóa, như indexnow: 0a1b2c3d4e5f60718293a4b5c6d7e8f9",
	}},
	{"counter: /\n", []string{
		"1:10 bad-counter: đường dẫn của bộ đếm phải mở đầu và kết thúc bằng dấu /",
		"counter: /dem/",
	}},
	{"images: {widths: [480, 320], quality: 0}\n", []string{
		"1:24 widths-order: chiều rộng 320 không lớn hơn 480 đứng trước nó",
		"widths: [320, 480]",
		"1:39 out-of-range: quality phải từ 1 đến 100",
		"viết một số từ 1 đến 100",
	}},
	{"images: {widths: 480}\n", []string{
		"1:18 wrong-type: widths phải là một danh sách",
		"widths: [480]",
	}},
	{"images: {widths: [1, a]}\n", []string{
		"1:19 out-of-range: widths phải từ 16 đến 8192",
		"viết một số từ 16 đến 8192",
	}},
	{"markdown: {html: true}\n", []string{
		`1:18 bad-choice: html không thể là "true"`,
		"viết một trong các giá trị: sanitize",
	}},
	{"sitemap: {news: 1}\n", []string{
		"1:17 wrong-type: news phải là true (có) hoặc false (không)",
		"news: true",
	}},
	{"gone: [tin/, 'https://a.vn/x/']\n", []string{
		"1:8 bad-prefix: địa chỉ cũ phải mở đầu bằng dấu /",
		"viết: /tin/",
		"1:14 bad-prefix: địa chỉ cũ chỉ gồm phần sau tên miền",
		"viết: /x/",
	}},
	{"gone: ['/tin.aspx?id=9', /tin/]\n", []string{
		"1:8 bad-prefix: gone chỉ nhận đường dẫn, mà /tin.aspx?id=9 có dấu ?",
		"bỏ địa chỉ này: nơi không có trang nào thì máy chủ trả lời 404",
	}},
	{"gone: /?p=12\n", []string{
		"1:7 bad-prefix: gone chỉ nhận đường dẫn, mà /?p=12 có dấu ?",
		"bỏ địa chỉ này: nơi không có trang nào thì máy chủ trả lời 404",
	}},
	{"checks: {foo: off, yaml-hash: none, curly-quotes: error, yaml-colon: off}\n", []string{
		"1:10 unknown-check: không có cảnh báo foo; mức của lỗi thì không đổi được",
		"các cảnh báo: " + strings.Join(diag.Warnings(), ", "),
		`1:31 bad-choice: yaml-hash không thể là "none"`,
		"viết một trong các giá trị: off, warning, error",
		"1:58 unknown-check: không có cảnh báo yaml-colon; mức của lỗi thì không đổi được",
		"các cảnh báo: " + strings.Join(diag.Warnings(), ", "),
	}},
	{"checks: {long-titel: off}\n", []string{
		"1:10 unknown-check: không có cảnh báo long-titel",
		"có phải là long-title?",
	}},
	{"extra: x\n", []string{
		`1:8 wrong-type: extra phải là một khối gồm các dòng "tên: giá trị"`,
		"viết mỗi tên một dòng dưới extra:, thụt vào hai dấu cách",
	}},
	{"tiltle: x\n", []string{
		"1:1 unknown-key: không có khóa tiltle, và title thì đã có",
		"xóa dòng này, hoặc gộp vào title",
	}},
	{"descripton: x\n", []string{
		"1:1 unknown-key: không có khóa descripton",
		"description: x",
	}},
	{"ngôn ngữ: vi\n", []string{
		"1:1 unknown-key: không có khóa ngôn ngữ",
		"language: vi",
	}},
	{"baseURL: https://example.vn/\n", []string{
		"1:1 unknown-key: không có khóa baseURL, và base_url thì đã có",
		"xóa dòng này, hoặc gộp vào base_url",
	}},
	{"pageSize: 5\n", []string{
		"1:1 unknown-key: không có khóa pageSize",
		"page_size: 5",
	}},
}
