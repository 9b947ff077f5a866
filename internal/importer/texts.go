package importer

// noteText is what a note says.
type noteText struct {
	weight Weight
	vi, en string
}

// noteTexts are the texts of all notes, by their codes.
var noteTexts = map[string]noteText{
	"old-letters":    {Guess, "chữ viết theo bảng mã cũ {0}, đã chuyển sang Unicode; xem lại các tên riêng", "the letters were in the old encoding {0} and are Unicode now; look at the names"},
	"embedded":       {Told, "khung nhúng {0} đã thành liên kết", "what was embedded, {0}, is a link now"},
	"merged-cells":   {Guess, "bảng có ô gộp, Markdown không có: chữ nằm ở ô đầu, các ô kia để trống", "a table had merged cells, which Markdown has not: the words stand in the first cell, the others are empty"},
	"no-title":       {Gap, "không tìm thấy tiêu đề", "no headline was found"},
	"no-date":        {Gap, "không tìm thấy ngày đăng", "no date was found"},
	"date-hint":      {Guess, "chữ trong bài có nhắc: {0}", "the text mentions: {0}"},
	"listing":        {Told, "trang danh sách hoặc trang trống, không phải bài viết", "a list of articles or an empty page, no article"},
	"frames":         {Told, "trang chỉ ghép các khung; bài nằm trong tệp của khung", "a page of frames; the article is in a frame's file"},
	"wp-status":      {Told, "trạng thái {0}, không phải bài đã đăng", "its status is {0}, it is not published"},
	"wp-password":    {Told, "có mật khẩu, không đưa lên trang công khai", "it has a password, and stays off a public site"},
	"wp-type":        {Told, "loại {0}, không phải bài hay trang; --map có thể cho loại này một chuyên mục", "it is a {0}, no post or page; --map can give that kind a section"},
	"wp-none":        {Told, "không có bài nào trong tệp này", "there is no post in this file"},
	"wp-block":       {Loss, "khối dùng lại số {0} không có trong tệp xuất", "the reusable block {0} is not in the export"},
	"shortcode":      {Loss, "mã ngắn {0} đã bỏ; --map nói được mã này thành gì", "the shortcode {0} was left out; --map can say what it becomes"},
	"bad-field":      {Loss, "không ghi được {0}: {1}", "{0} could not be written: {1}"},
	"section-page":   {Told, "trang đầu của chuyên mục: chỉ lấy tên", "the page of a section: only its title is taken"},
	"headless":       {Told, "trang chỉ để trang khác dùng", "a page that only others use"},
	"permalink":      {Guess, "không điền được mẫu địa chỉ {0}", "the pattern of addresses {0} could not be filled"},
	"shortcode-kept": {Loss, "mã ngắn {0} còn nguyên trong chữ; --map nói được mã này thành gì", "the shortcode {0} is still in the text; --map can say what it becomes"},
	"event-start":    {Guess, "sự kiện không có lúc bắt đầu, lấy theo ngày đăng: {0}", "the event has no start; the date stands in for it: {0}"},
	"extra-large":    {Loss, "các khóa khác của nguồn dài {0} KB, đã bỏ", "other keys of the source were {0} KB and were left out"},
	"too-many-urls":  {Loss, "quá nhiều địa chỉ cũ, chỉ giữ {0}", "too many old addresses; {0} are kept"},
	"guessed-title":  {Guess, "tiêu đề đoán theo dòng đầu", "the headline is a guess by the first line"},
	"guessed-lead":   {Guess, "lời dẫn đoán theo đoạn đầu", "the lead is a guess by the first paragraph"},
	"guessed-author": {Guess, "tác giả đoán theo dòng cuối: {0}", "the author is a guess by the last line: {0}"},
	"guessed-date":   {Guess, "ngày đăng đoán theo: {0}", "the date is a guess by: {0}"},
	"two-dates":      {Gap, "nguồn có hai ngày đăng khác nhau: {0} và {1}", "the source has two dates that differ: {0} and {1}"},
	"ambiguous-date": {Gap, "không rõ ngày hay tháng đứng trước: {0} có thể là {1} hoặc {2}", "is the day or the month first? {0} can be {1} or {2}"},
	"month-first":    {Guess, "nguồn viết tháng trước ngày; {0} được hiểu là {1}", "the source has months before days; {0} is read as {1}"},
	"future-date":    {Told, "ngày đăng ở tương lai: bài chờ tới lúc ấy", "the date is in the future: the article waits until then"},
	"lost-picture":   {Loss, "không có tệp ảnh {0}", "the picture {0} is not there"},
	"lost-caption":   {Loss, "nguồn không có tấm ảnh mang chú thích: {0}", "the source has no picture for the caption: {0}"},
	"lost-file":      {Loss, "không có tệp {0}", "the file {0} is not there"},
	"bad-picture":    {Loss, "tệp ảnh {0} hỏng, hoặc trình duyệt không hiện được ({1})", "the picture {0} is damaged, or no browser shows it ({1})"},
	"refused-file":   {Loss, "tệp {0} thuộc loại không đưa lên trang được", "the file {0} is of a kind that cannot be offered"},
	"outside-file":   {Loss, "đường dẫn {0} chỉ ra ngoài thư mục nguồn, nên bỏ qua", "the path {0} leads out of the source's folder and was left alone"},
	"lost-link":      {Loss, "liên kết {0} không dẫn tới đâu, chỉ giữ chữ", "the link {0} leads nowhere, only its words stay"},
	"dropped-rest":   {Told, "bỏ phần quanh bài: {0}", "left out around the article: {0}"},
	"guessed-alt":    {Guess, "ảnh {0} chưa có lời tả, tạm lấy tiêu đề bài", "the picture {0} has no description; the headline stands in for it"},
	"adopted":        {Told, "đã có sẵn ở đây", "is here already"},
	"empty":          {Loss, "không có chữ nào", "there are no words in it"},
	"alias-taken":    {Loss, "địa chỉ cũ {0} đã là của bài khác", "the old address {0} is another article's already"},
	"mended":         {Loss, "chữ của bài còn lỗi: {0}", "the text has an error: {0}"},
	"agreement":      {Told, "có vẻ là một thỏa thuận; gợi ý nằm trong ghi chú đầu tệp", "it seems to be an agreement; a suggestion stands in a comment at the head of the file"},
	"event":          {Told, "có vẻ báo trước một sự kiện; gợi ý nằm trong ghi chú đầu tệp", "it seems to announce an event; a suggestion stands in a comment at the head of the file"},
	"unreadable":     {Loss, "không đọc được: {0}", "cannot be read: {0}"},
	"too-large":      {Loss, "lớn hơn mọi bài viết", "larger than any article"},
}
