package site

import "fmt"

// rich is a site with everything that a site can have, at a base_url with a
// path. It has no mistakes.
func rich() files {
	f := files{
		"site.yaml": `title: Bản tin xã An Hòa
base_url: https://anhoa.example/tin/
description: Tin của UBND và Ủy ban MTTQ xã An Hòa
organization: {name: UBND xã An Hòa, logo: /emblem.svg, emblem: emblem.svg, email: ubnd@anhoa.example, url: "https://anhoa.example/"}
menu: [/tin-tuc/, {title: Lịch, url: /su-kien/}, {title: Cổng tỉnh, url: "https://tinh.example/"}]
page_size: 5
sitemap: {news: true}
theme: {accent: "#9c1c1f"}
extra: {hotline: "0239 3831 234"}
tags:
  nông thôn mới: {description: Xây dựng nông thôn mới, aliases: /tag/ntm/}
organizations:
  UBND huyện Đức Thọ: {successor: UBND xã An Hòa, aliases: [/ubnd-huyen/, /tin/ubnd-huyen-cu/]}
  UBND xã An Hòa: {description: Cơ quan hành chính}
authors:
  Vũ Cương: {slug: cuong}
`,
		"content/gioi-thieu.md":       front("title: Giới thiệu", "author: Ban biên tập", "organization: Ban biên tập", "aliases: [/about.html]") + "Xem [tin tức](/tin-tuc/) và [lễ ký](tin-tuc/le-ky/index.md#ket-qua).\n",
		"content/lien-he/index.md":    front("title: Liên hệ") + "[Bản đồ](ban-do.pdf)\n",
		"content/lien-he/ban-do.pdf":  "bản đồ",
		"content/tin-tuc/_index.md":   front("title: Tin tức", "description: Tin trong xã", "weight: 1", "aliases: [/tin-cu/]") + "Mở [sổ tay](so-tay.pdf).\n",
		"content/tin-tuc/so-tay.pdf":  "sổ tay",
		"content/tin-tuc/t/_index.md": front("title: Tin thôn"),
		"content/tin-tuc/t/thon-1.md": post("Thôn Một trồng cây", "8:15 2/5/2024", "tags: [nông thôn mới]", "author: [Vũ Cương, Trần Thị An]") + "Như [năm ngoái](../le-ky/index.md).\n",
		"content/thong-bao/_index.md": front("title: Thông báo", "weight: 2"),
		"content/thong-bao/lich.md":   post("Lịch tiếp dân", "5/5/2024", "pinned: true", "aliases: ['/tin.aspx?id=7&c=1', /tin/lich-cu.html, '/lịch cũ/']") + "[Sơ đồ](/so%20do.svg), [đầu trang](#), [trang chủ](/), [lễ ký](../../tin-tuc/le-ky/#ket-qua).\n",
		"content/tin-tuc/le-ky/index.md": front(`title: "Lễ ký: chương trình phối hợp"`, "date: 19:02 11/03/2020", "updated: 12/3/2020",
			"id: 20200311-ky-ket", "lead: Hai bên ký kết.", "author: [Vũ Cương]", "organization: Ủy ban MTTQ xã An Hòa",
			"tags: [phối hợp công tác, nông thôn mới]",
			"image: {file: anh 1.jpg, alt: Hai bên ký kết, caption: Lễ ký, credit: Vũ Cương}",
			"gallery: [{file: /anh/hoi-truong.png, alt: Hội trường}]",
			"attachments: [kế hoạch số 15.pdf, {file: ../so-tay.pdf, title: Sổ tay}]",
			"corrections: [{date: 13/3/2020, text: Sửa tên thôn}, {date: 1/7/2024, text: Sửa số hộ}]",
			"event: {start: 14:00 11/3/2020, end: 16:30 11/3/2020, location: Hội trường, organizer: UBND xã An Hòa, url: 'https://dang-ky.example/'}",
			"agreement: {number: 15/CT, parties: [UBND xã An Hòa, Ủy ban MTTQ xã An Hòa], signed: 11/3/2020, to: 2022, commitments: [Thăm hộ nghèo], document: kế hoạch số 15.pdf}",
			"extra: {phone: '0912345678'}") + "## Kết quả\n\n![Toàn cảnh](anh-2.png)\n",
		"content/tin-tuc/le-ky/anh 1.jpg":          "ảnh 1",
		"content/tin-tuc/le-ky/anh-2.png":          "ảnh 2",
		"content/tin-tuc/le-ky/anh-rieng.jpg":      "không ai dùng",
		"content/tin-tuc/le-ky/kế hoạch số 15.pdf": "kế hoạch",
		"content/tin-tuc/sua-doi.md":               post("Sửa đổi chương trình", "10/1/2022", "agreement: {number: 16/CT, amends: 15/CT, parties: [UBND xã An Hòa, Hội Nông dân xã], to: 8/2024}"),
		"content/tin-tuc/hoi-cho.md":               post("Hội chợ", "20/5/2024", "pinned: 6/2024", "event: {start: 15/6/2024, end: 17/6/2024, organizer: Hội Nông dân xã}"),
		"content/tin-tuc/hen-gio.md":               post("Hẹn giờ", "8:00 10/6/2024", "aliases: [/hen/]", "tags: [phối hợp công tác]", "expires: 2024", "event: {start: 1/9/2024}"),
		"content/tin-tuc/nhap.md":                  post("Nháp", "1/6/2024", "draft: true", "agreement: {parties: [UBND xã An Hòa, Hội Nông dân xã], from: 2025}"),
		"content/tin-tuc/het-han.md":               post("Hết hạn", "1/6/2021", "expires: 2021"),
		"static/emblem.svg":                        "quốc huy",
		"static/favicon.svg":                       "biểu tượng",
		"static/style.css":                         "kiểu",
		"static/bantin.js":                         "mã",
		"static/anh/hoi-truong.png":                "hội trường",
		"static/so do.svg":                         "sơ đồ",
	}
	for k := range 12 {
		f[fmt.Sprintf("content/tin-tuc/viec-%02d.md", k)] = post(fmt.Sprintf("Việc %d", k), fmt.Sprintf("%d/4/2023", k+1),
			"author: Trần Thị An", "organization: UBND xã An Hòa", "tags: [nông thôn mới]")
	}
	return f
}
