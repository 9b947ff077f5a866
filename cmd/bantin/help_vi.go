package main

// frameVietnamese and helpVietnamese are all that the program tells of itself in
// Vietnamese.
var frameVietnamese = frame{
	usage: "Cách dùng", examples: "Thí dụ", commands: "Lệnh", flags: "Tùy chọn", options: "tùy chọn", byDefault: "mặc định",
	more: "Xem thêm về một lệnh: bantin help LỆNH",
	exitCodes: `Mã kết thúc: 0 xong; 1 nội dung có lỗi; 2 dùng sai lệnh; 3 không đọc hay ghi
được, hoặc --verify thấy khác; 130 bị ngắt.`,
	common: map[string]string{
		"source":  "thư mục `TRANG` (mặc định: thư mục này, hoặc thư mục gần nhất ở trên có site.yaml)",
		"lang":    "`NGÔN-NGỮ` của thông báo: vi hoặc en (mặc định: của trang)",
		"help":    "xem phần trợ giúp này",
		"now":     "làm như thể bây giờ là `LÚC` ấy, như 2/1/2026 hoặc \"19:02 11/03/2020\"",
		"version": "in phiên bản",
	},
}

var helpVietnamese = map[string]help{
	"": {
		short:    "Bantin biến một thư mục bài viết thành trang tin của cơ quan",
		long:     `Bantin biến một thư mục bài viết bằng Markdown thành trang tin của cơ quan.`,
		examples: "  bantin init xa-khe-hoa\n  bantin serve -s xa-khe-hoa --open",
	},
	"build": {
		short: "Dựng trang vào thư mục ra",
		long: `Build dựng cả trang từ site.yaml và content/ thành những tệp có thể đưa ngay lên
máy chủ. Chỉ những gì thay đổi mới được dựng và ghi lại; có lỗi thì trang đang
đăng vẫn nguyên.`,
		examples: "  bantin build\n  bantin build -s /srv/xa-khe-hoa -o /var/www/xa-khe-hoa --json",
		flags: map[string]string{
			"output":   "`THƯ-MỤC` ra (mặc định: public trong thư mục của trang)",
			"base-url": "`ĐỊA-CHỈ` của trang, thay cho base_url trong site.yaml",
			"drafts":   "dựng cả bản nháp, có đánh dấu",
			"future":   "dựng cả bài hẹn giờ, có đánh dấu",
			"clean":    "không dùng bộ nhớ đệm",
			"verify":   "không ghi gì; báo lỗi nếu thư mục ra khác với một bản dựng mới",
			"jobs":     "dùng `SỐ` luồng làm việc (mặc định: mỗi nhân một luồng)",
			"json":     "in báo cáo bằng JSON",
		},
	},
	"serve": {
		short: "Xem thử trang trên máy này trong lúc viết",
		long: `Serve dựng trang vào một thư mục riêng, .bantin/serve/, và chỉ cho máy này xem.
Mỗi khi một tệp được lưu, trang được dựng lại và trình duyệt tự tải lại; có lỗi
thì lỗi hiện ngay trên trang, bản dựng tốt gần nhất được giữ. Bản nháp và bài
hẹn giờ cũng hiện, có đánh dấu. Ctrl-C để dừng.

Cùng lúc mở bàn biên tập trên một cổng riêng: danh sách bài, biểu mẫu, chỗ viết
với trang thật bên cạnh, ảnh và tài liệu, đăng bài. Bàn biên tập chỉ ghi vào
content/ và không đổi gì ngoài chỗ được sửa. Với --published thì không có.`,
		examples: "  bantin serve --open\n  bantin serve -s /srv/xa-khe-hoa --addr 127.0.0.1:8080 --published",
		flags: map[string]string{
			"addr":      "`ĐỊA-CHỈ` để xem, chỉ của máy này",
			"published": "chỉ hiện những gì đã đăng, không có bàn biên tập",
			"desk-addr": "`ĐỊA-CHỈ` của bàn biên tập, chỉ của máy này; mặc định là cổng kế tiếp",
			"no-desk":   "không mở bàn biên tập",
			"open":      "mở trình duyệt",
		},
	},
	"new": {
		arguments: `CHUYÊN-MỤC "Tiêu đề"`,
		short:     "Tạo tệp cho một bài mới",
		long: `New tạo tệp cho một bài mới trong một chuyên mục của content/: một bản nháp có
sẵn id, tiêu đề và giờ này, với ghi chú về những khóa có thể thêm. Với --photos,
bài có một thư mục riêng để chứa ảnh và tài liệu. Lệnh này không bao giờ ghi đè.

Với --language, bài được viết bằng một ngôn ngữ khác của trang. Thay cho CHUYÊN-MỤC
có thể là tệp của một bài, một trang hay một chuyên mục đã có: tệp mới nằm cạnh tệp
ấy và là bản dịch của nó.

Tệp templates/new.vi.md (hoặc new.en.md) trong thư mục của trang thay cho mẫu
bài mới; {{.ID}}, {{.Title}}, {{.Date}}, {{.Day}}, {{.Event}}, {{.Agreement}}
và {{.Original}} được điền vào.`,
		examples: "  bantin new tin-tuc \"Họp dân thôn Đông: bàn việc làm đường\"\n  bantin new phoi-hop \"Ký kết chương trình phối hợp năm 2026\" --agreement --event\n  bantin new tin-tuc/hop-dan.md \"Village meeting\" --language en",
		flags: map[string]string{
			"event":     "kèm phần của một sự kiện",
			"agreement": "kèm phần của một thỏa thuận",
			"photos":    "kèm một thư mục riêng cho ảnh và tài liệu",
			"language":  "viết bằng ngôn ngữ có `MÃ` này, một trong languages của site.yaml",
		},
	},
	"check": {
		short: "Chỉ ra lỗi và chỗ sơ ý, không ghi gì",
		long: `Check báo mọi điều mà build báo, và cả những chỗ sơ ý mà build cho qua: ảnh
chưa có lời tả, tiêu đề nhảy cấp, chữ chép từ Word, tên chỉ khác nhau một chữ,
ngày có vẻ đã đảo tháng lên trước, tệp không ai dùng. Lệnh này kể những bài chưa
đăng và các liên kết ra ngoài, xem cả bản nháp, và không ghi gì.

Với --fix, những lỗi chắc chắn biết cách sửa được sửa trong phần khai báo của
bài: lệnh cho xem chỗ khác nhau, hỏi rồi mới ghi.

Mỗi loại có một mã. Dưới checks trong site.yaml, mỗi mã có thể đặt là off,
warning hoặc error; docs/checks.md có thí dụ cho từng mã.`,
		examples: "  bantin check\n  bantin check --fix\n  bantin check -s /srv/xa-khe-hoa --strict --format github",
		flags: map[string]string{
			"format":       "`KIỂU` in: text, json, github (lệnh của GitHub Actions) hoặc sarif (2.1.0)",
			"strict":       "coi mọi cảnh báo là lỗi",
			"fix":          "sửa những lỗi chắc chắn biết cách sửa, sau khi hỏi",
			"translations": "kể từng bài chưa dịch hay có bản dịch cũ hơn bản gốc",
			"yes":          "với --fix: sửa luôn, không hỏi",
		},
	},
	"mv": {
		arguments: "CŨ MỚI",
		short:     "Đổi tên hoặc dời bài hay chuyên mục, liên kết theo cùng",
		long: `Mv đổi tên hoặc dời tệp của một bài, thư mục của bài có ảnh, hay cả một chuyên
mục với mọi thứ trong đó. Bản dịch nằm cạnh bài đi cùng bài. Liên kết tới bài trong
các bài khác, liên kết trong chính bài và menu trong site.yaml được viết lại; id được
giữ nguyên, để người theo dõi không nhận bài hai lần; địa chỉ cũ được ghi vào aliases,
của chuyên mục thì một lần cho tất cả, để liên kết cũ vẫn tới nơi. MỚI là tệp mới, thư
mục mới, hoặc một chuyên mục có sẵn. Lệnh này không bao giờ ghi đè.`,
		examples: "  bantin mv content/tin-tuc/hop-dan.md content/tin-tuc/hop-dan-thon-dong.md\n  bantin mv content/tin-tuc/le-ky content/phoi-hop\n  bantin mv content/tin-tuc content/tin-xa",
	},
	"publish": {
		arguments: "TỆP...",
		short:     "Cho đăng bản nháp: bỏ draft, ghi giờ này",
		long: `Publish bỏ khóa draft của bản nháp và ghi giờ này vào date, rồi cho biết bài sẽ
ở địa chỉ nào. Bài có date ở tương lai thì giữ ngày ấy, và lên trang đúng lúc
ấy. Bài còn lỗi thì không đổi gì. Dựng trang bằng bantin build.`,
		examples: "  bantin publish content/tin-tuc/hop-dan.md\n  bantin publish content/tin-tuc/hop-dan.md content/tin-tuc/le-ky/index.md",
	},
	"deploy": {
		arguments: "NƠI",
		short:     "Dựng rồi đưa trang lên nơi đặt nó",
		long: `Deploy dựng trang, rồi đưa những gì khác lên NƠI: một tên ở mục deploy trong
site.yaml, hoặc một địa chỉ sftp://, s3:// hay file://. Trang có lỗi thì không
đưa lên. Cái mới lên trước, cái cũ xóa sau; bị ngắt thì lần sau làm tiếp. Tệp
do người khác để ở đó không bị đụng tới. Khóa lấy từ môi trường và các tệp quen
thuộc (~/.aws/credentials, ~/.ssh), không bao giờ từ site.yaml.`,
		examples: "  bantin deploy chinh --dry-run\n  bantin deploy sftp://web@may.example/srv/www --keep 7d\n  bantin deploy chinh --watch\n  bantin deploy 's3://kho/xa?endpoint=https://s3.example'",
		flags: map[string]string{
			"dry-run":    "chỉ kể ra những gì sẽ làm",
			"delete":     "xóa cả những tệp ở đó mà không phải của trang",
			"keep":       "giữ ảnh, kiểu dáng và chỉ mục đã bỏ thêm một `THỜI-GIAN`, như 7d, cho các trang còn trong bộ nhớ đệm",
			"watch":      "chạy mãi: đưa lên lại mỗi khi có thay đổi, và khi tới giờ của một bài",
			"purge-list": "ghi địa chỉ đã thay đổi vào `TỆP`, để xóa khỏi CDN",
			"json":       "in báo cáo bằng JSON",
		},
	},
	"count": {
		arguments: "BÁO-CÁO",
		short:     "Ghi lượt xem theo nhật ký của máy chủ, để các trang hiện ra",
		long: `Count đọc BÁO-CÁO do GoAccess lập từ nhật ký truy cập, rồi ghi cho mỗi trang số
lần nó được xem, đúng như các trang có counter đọc. Máy chủ phục vụ thư mục ấy ở
đường dẫn counter trong site.yaml. Trang phải được dựng trước. Lập báo cáo bằng:
goaccess access.log --log-format=COMBINED -o bao-cao.json`,
		examples: "  bantin count bao-cao.json -o /var/lib/bantin/dem\n  bantin count -s /srv/xa-khe-hoa bao-cao.json -o /var/lib/bantin/dem",
		flags: map[string]string{
			"output": "`THƯ-MỤC` để ghi số đếm",
		},
	},
	"words": {
		arguments: "MÃ",
		short:     "Ghi ra những chữ của trang cần dịch",
		long: `Words thêm vào templates/MÃ.yaml những chữ của trang mà tệp ấy còn thiếu: tên
tháng, chữ trên nút, tiêu đề. Các dòng ấy bằng tiếng Anh, để dịch ngay trong tệp.
Những gì đã có trong tệp được giữ nguyên.`,
		examples: "  bantin words km\n  bantin words zh-Hant",
	},
	"init": {
		arguments: "THƯ-MỤC",
		short:     "Tạo một trang mới",
		long: `Init tạo một trang nhỏ mà đủ trong một thư mục mới hoặc trống: cài đặt có ghi
chú, mỗi loại bài một thí dụ, tệp .gitignore, cài đặt cho VS Code và một thí dụ
cho CI. Thư mục mới tạo kho Git, hay chỉ có README, vẫn là trống. Trang bằng
tiếng Việt; với --lang en thì bằng tiếng Anh. Với --languages, trang có nhiều ngôn
ngữ: mã đầu là ngôn ngữ chính; ngôn ngữ mà Bantin chưa có sẵn chữ thì
templates/ có một tệp chữ để dịch.`,
		examples: "  bantin init xa-khe-hoa && bantin serve -s xa-khe-hoa\n  bantin init parish --lang en\n  bantin init xa-khe-hoa --languages vi,en",
		flags: map[string]string{
			"languages": "các ngôn ngữ của trang: những `MÃ` cách nhau bằng dấu phẩy, ngôn ngữ chính đứng đầu",
		},
	},
	"import": {
		arguments: "KIỂU NGUỒN...",
		short:     "Nhập bài từ trang cũ, giữ mọi địa chỉ cũ",
		long: `Import đọc bài của một trang cũ và ghi thành bài trong content/: chữ, ảnh, tài
liệu, ngày đăng, tác giả; địa chỉ cũ vào aliases. KIỂU là wordpress (tệp xuất .xml,
cùng thư mục uploads nếu có), hugo hay jekyll (thư mục của trang), html (thư mục các trang đã lưu), feed (tệp RSS,
Atom, JSON), docx (văn bản Word) hoặc text (chữ chép từ trang). NGUỒN là tệp hoặc thư mục. Không
tải gì từ mạng, không bao giờ ghi đè. Chạy lại thì chỉ thêm bài mới: tệp
import.csv của trang ghi nhớ những gì đã nhập.

Bài thiếu điều mà chỉ người biết, như ngày đăng, thành bản nháp với ghi chú ở
đầu tệp. Với --check-redirects, lệnh thử từng địa chỉ cũ trong TỆP (mỗi dòng
một địa chỉ) với trang đã dựng. docs/migration.md hướng dẫn từng bước.`,
		examples: "  bantin import html /srv/trang-cu --dry-run\n  bantin import text bai-cu.txt --section tin-tuc --report nhap.csv",
		flags: map[string]string{
			"section":         "`CHUYÊN-MỤC` của mọi bài mà --map không nói tới (mặc định: theo nguồn, hoặc tin-tuc)",
			"map":             "`TỆP` YAML nói chuyên mục, tác giả, khóa nào của nguồn thành gì",
			"profile":         "với html: `TỆP` YAML nói tiêu đề, ngày, chữ của bài nằm ở đâu, bằng bộ chọn CSS",
			"report":          "ghi báo cáo về từng mục vào `TỆP` .txt, .csv hoặc .json",
			"dry-run":         "chỉ cho xem sẽ ghi gì",
			"check-redirects": "thử các địa chỉ cũ trong `TỆP` với trang đã dựng",
		},
	},
	"schema": {
		arguments: "[article|site]",
		short:     "In JSON Schema của phần khai báo hoặc của site.yaml",
		long: `Schema in JSON Schema của phần khai báo bài viết (article, mặc định) hoặc của
site.yaml (site), để trình soạn thảo gợi ý và kiểm tra khóa. Nó được lập từ chính
bảng mà Bantin dùng để kiểm tra.`,
		examples: "  bantin schema article > .vscode/article.schema.json\n  bantin schema site --lang en > .vscode/site.schema.json",
	},
	"man": {
		arguments: "[LỆNH]",
		short:     "In trang hướng dẫn (man) của một lệnh",
		long: `Man in trang hướng dẫn của một lệnh theo định dạng man, để xem bằng man hoặc cài
vào /usr/share/man. Các gói cài đặt có sẵn những trang này.`,
		examples: "  bantin man build | man -l -\n  bantin man --lang en > /usr/local/share/man/man1/bantin.1",
	},
	"version": {
		short:    "In phiên bản của chương trình",
		long:     `Version in phiên bản của chương trình, bản ghi Git nếu biết, và phiên bản của Go.`,
		examples: "  bantin version\n  bantin version --licenses",
		flags: map[string]string{
			"licenses": "in giấy phép của những phần do người khác viết có trong chương trình",
		},
	},
	"help": {
		arguments: "[LỆNH]",
		short:     "Xem trợ giúp về một lệnh",
		long:      `Help cho xem trợ giúp về một lệnh, hoặc danh sách các lệnh.`,
		examples:  "  bantin help build\n  bantin help --lang en",
	},
	"completion": {
		short:    "In tập lệnh để shell tự điền lệnh bantin",
		long:     `Completion in tập lệnh để shell tự điền lệnh, tùy chọn và chuyên mục khi nhấn Tab.`,
		examples: "  bantin completion bash > /etc/bash_completion.d/bantin\n  bantin completion powershell | Out-String | Invoke-Expression",
	},
	"completion bash": {
		short:    "Tập lệnh cho bash",
		long:     "Để bash tự điền lệnh bantin. Cần gói bash-completion.",
		examples: "  source <(bantin completion bash)\n  bantin completion bash > /etc/bash_completion.d/bantin",
		flags:    completionFlagsVietnamese,
	},
	"completion zsh": {
		short:    "Tập lệnh cho zsh",
		long:     "Để zsh tự điền lệnh bantin. Cần autoload -U compinit; compinit trong ~/.zshrc.",
		examples: "  source <(bantin completion zsh)\n  bantin completion zsh > \"${fpath[1]}/_bantin\"",
		flags:    completionFlagsVietnamese,
	},
	"completion fish": {
		short:    "Tập lệnh cho fish",
		long:     "Để fish tự điền lệnh bantin.",
		examples: "  bantin completion fish | source\n  bantin completion fish > ~/.config/fish/completions/bantin.fish",
		flags:    completionFlagsVietnamese,
	},
	"completion powershell": {
		short:    "Tập lệnh cho PowerShell",
		long:     "Để PowerShell tự điền lệnh bantin. Ghi dòng ấy vào $PROFILE thì phiên nào cũng có.",
		examples: "  bantin completion powershell | Out-String | Invoke-Expression\n  bantin completion powershell >> $PROFILE",
		flags:    completionFlagsVietnamese,
	},
}

var completionFlagsVietnamese = map[string]string{"no-descriptions": "không kèm lời giải thích"}
