package plaintext

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"bantin/internal/article"
	"bantin/internal/importer"
	"bantin/internal/importer/importertest"
)

var hanoi = time.FixedZone("", 7*3600)

func importAll(t *testing.T, s *importertest.Site, args ...string) *importer.Report {
	t.Helper()
	in, err := importer.FindInputs(args, Wanted)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	return s.Import(t, importer.Options{Format: "text", Files: in}, func(m *importer.Importer) error {
		return Read(context.Background(), in, m, s.Settings.Location)
	})
}

func TestScrapedTextsAreArticles(t *testing.T) {
	s := importertest.New(t)
	r := importAll(t, s, "testdata")
	if len(r.Rows) != 2 {
		t.Fatal(r.Rows)
	}
	var parsed []*article.Article
	var texts []string
	for _, row := range r.Rows {
		src := s.Read(t, row.Path)
		a, _ := article.Parse(strings.TrimPrefix(row.Path, "content/"), []byte(src), hanoi)
		parsed, texts = append(parsed, a), append(texts, src)
		for _, around := range []string{"EmailPrint", "Ý kiến bạn đọc", "lượt truy cập", "Rss", "Tin tức - Sự kiện"} {
			if strings.Contains(src[a.BodyStart:], around) {
				t.Errorf("%s still says %q", row.Path, around)
			}
		}
	}
	meeting, opening := parsed[0], parsed[1]
	if opening.Title.Value != "Lạc Khê: Khánh thành đường hoa thôn Thượng và phát động tuần lễ vệ sinh môi trường năm 2021" ||
		opening.Date.String() != "07:45 05/06/2021" || opening.Lead != "Hội Phụ nữ xã cùng bà con thôn Thượng hoàn thành tuyến đường hoa dài hai cây số sau ba tuần làm việc" ||
		len(opening.Authors) != 1 || opening.Authors[0].Value != "Kim Liên" || opening.Organization.Value != "Hội Phụ nữ xã Lạc Khê" || opening.Draft {
		t.Errorf("%+v", opening)
	}
	for _, caption := range []string{"\n\n*Bà Đặng Thị Nhài, Chủ tịch Hội Phụ nữ xã, trồng cây đầu tiên...*\n\n", "\n\n*và ông Phan Văn Bồi, Trưởng thôn Thượng, tưới nước cùng các cháu thiếu nhi.*\n\n"} {
		if !strings.Contains(texts[1], caption) {
			t.Errorf("no caption %q", caption)
		}
	}
	if meeting.Title.Value != "Xã Lạc Khê ký kết quy chế phối hợp giữa UBND xã và Hội Nông dân xã" || !meeting.Date.IsZero() || !meeting.Draft ||
		len(meeting.Authors) != 2 || meeting.Authors[0].Value != "Thu Cúc" || meeting.Authors[1].Value != "Đình Phong" || !meeting.LeadDerived {
		t.Errorf("%+v", meeting)
	}
	for _, line := range []string{
		"\n# không tìm thấy ngày đăng\n", "\n# chữ trong bài có nhắc: Sáng ngày 17/9, 2019\n", "\n#   parties: [UBND xã, Hội Nông dân xã]\n", "\n#   from: 2019\n#   to: 2022\n#   commitments: 12\n",
		"\n\n*Đại biểu các thôn chứng kiến lễ ký kết*\n\n",
	} {
		if !strings.Contains(texts[0], line) {
			t.Errorf("the draft does not say %q:\n%s", line, texts[0])
		}
	}
	s.Build(t)
	src, err := os.ReadFile("testdata/khanh-thanh.txt")
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Replace(string(src), "7:45 05/06/2021", "", 1)
	words, _, _ = strings.Cut(words, "Kim Liên")
	if same := importertest.Sameness(words, s.Prose(t, r.Rows[1].Path)); same < 0.98 {
		t.Errorf("%.3f of the words are the same", same)
	}
}

func TestASecondRunChangesNothing(t *testing.T) {
	s := importertest.New(t)
	r := importAll(t, s, "testdata")
	ledger := s.Read(t, importer.LedgerFile)
	again := importAll(t, s, "testdata")
	if again.Count(importer.Unchanged) != 2 || s.Read(t, importer.LedgerFile) != ledger {
		t.Errorf("%+v", again.Rows)
	}
	// What was edited here, or is not here any more, is told and left alone.
	edited := s.Read(t, r.Rows[0].Path) + "\nThêm.\n"
	write(t, s, r.Rows[0].Path, edited)
	if err := os.Remove(s.Dir + "/" + r.Rows[1].Path); err != nil {
		t.Fatal(err)
	}
	again = importAll(t, s, "testdata")
	if again.Rows[0].Result != importer.ChangedHere || again.Rows[1].Result != importer.Removed || s.Read(t, r.Rows[0].Path) != edited {
		t.Errorf("%+v", again.Rows)
	}
	if _, err := os.Stat(s.Dir + "/" + r.Rows[1].Path); err == nil {
		t.Error("what was removed is back")
	}
}

func write(t *testing.T, s *importertest.Site, name, text string) {
	t.Helper()
	if err := os.WriteFile(s.Dir+"/"+name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestAnItemThatChangedAtTheSourceIsToldAndNewOnesAreAdded(t *testing.T) {
	s := importertest.New(t)
	dir := t.TempDir()
	file := dir + "/a.txt"
	text := "Xã họp dân về nước sạch\n\n8:00 01/02/2021\n\nBuổi họp bàn việc kéo đường ống nước sạch về ba thôn còn lại của xã trong năm nay.\n\nBà con đồng tình với mức đóng góp mà xã đề nghị, và cử người giám sát.\n"
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	first := importAll(t, s, dir)
	before := s.Read(t, first.Rows[0].Path)
	os.WriteFile(file, []byte(text+"\nTin bổ sung của xã.\n"), 0o666)
	os.WriteFile(dir+"/b.txt", []byte(strings.Replace(text, "nước sạch", "điện", 2)), 0o666)
	again := importAll(t, s, dir)
	if again.Rows[0].Result != importer.ChangedSource || again.Rows[1].Result != importer.Written || s.Read(t, first.Rows[0].Path) != before {
		t.Errorf("%+v", again.Rows)
	}
	// Without its ledger, a site is not overwritten either.
	os.Remove(s.Dir + "/" + importer.LedgerFile)
	os.WriteFile(file, []byte(text), 0o666)
	again = importAll(t, s, dir)
	if s.Read(t, first.Rows[0].Path) != before || again.Count(importer.Unchanged) != 2 {
		t.Errorf("an article was overwritten, or written twice: %+v", again.Rows)
	}
}

func TestADryRunWritesNothing(t *testing.T) {
	s := importertest.New(t)
	in, err := importer.FindInputs([]string{"testdata"}, Wanted)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	r := s.Import(t, importer.Options{Format: "text", Files: in, DryRun: true}, func(m *importer.Importer) error {
		return Read(context.Background(), in, m, hanoi)
	})
	entries, _ := os.ReadDir(s.Dir)
	if len(entries) != 1 || r.Count(importer.Written) != 2 {
		t.Errorf("%v %+v", entries, r.Rows)
	}
}

func TestMonthsBeforeDaysAreToldByTheWholeSource(t *testing.T) {
	text := func(title, date string) string {
		return title + "\n\n" + date + "\n\nBuổi họp bàn việc kéo đường ống nước sạch về ba thôn còn lại của xã trong năm nay.\n\nBà con đồng tình với mức đóng góp mà xã đề nghị, và cử người giám sát.\n"
	}
	for name, c := range map[string]struct {
		dates map[string]string // by file: the date as it stands and as it is read
	}{
		"months first": {map[string]string{"3/25/2020 7:02:00 PM": "19:02 25/03/2020", "3/11/2020 7:02:00 PM": "19:02 11/03/2020"}},
		"days first":   {map[string]string{"25/3/2020 19:02": "19:02 25/03/2020", "3/11/2020 19:02": "19:02 03/11/2020"}},
		"no telling":   {map[string]string{"3/11/2020 19:02": "19:02 03/11/2020"}},
		"both":         {map[string]string{"25/3/2020 19:02": "19:02 25/03/2020", "3/25/2020 19:02": "19:02 25/03/2020", "3/11/2020 19:02": ""}},
	} {
		s := importertest.New(t)
		dir := t.TempDir()
		i := 0
		for typed := range c.dates {
			os.WriteFile(dir+"/"+string(rune('a'+i))+".txt", []byte(text("Tin ngày "+string(rune('a'+i))+" của xã về nước", typed)), 0o666)
			i++
		}
		r := importAll(t, s, dir)
		for _, row := range r.Rows {
			a, _ := article.Parse(strings.TrimPrefix(row.Path, "content/"), []byte(s.Read(t, row.Path)), hanoi)
			src, _ := os.ReadFile(row.Source)
			typed := strings.Split(string(src), "\n")[2]
			if want := c.dates[typed]; a.Date.String() != want || a.Draft != (want == "") {
				t.Errorf("%s: %s is read as %q, draft %v", name, typed, a.Date.String(), a.Draft)
			}
		}
		s.Build(t)
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range []string{"testdata/khanh-thanh.txt", "testdata/hop-dan.txt"} {
		src, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Add([]byte("\xff\xfea\x00"))
	f.Fuzz(func(t *testing.T, src []byte) {
		it := Parse(src, importer.Input{Name: "a.txt", Shown: "a.txt"}, importer.OrderMixed, hanoi)
		if _, err := importer.Markdown(it.Body); err != nil {
			t.Error(err)
		}
	})
}

func TestATextWithMarksBetweenItsWordsIsNoPathOfThePage(t *testing.T) {
	const rest = "\n\nBà con đồng tình với mức đóng góp mà xã đề nghị, và cử người giám sát.\n"
	for first, stays := range map[string]bool{
		"Mức hỗ trợ là 500 nghìn đồng / hộ / năm.": true,
		"Bà con hỏi:\n> Bao giờ có nước?":          true,
		"Trang chủ > Tin tức > Nước sạch":          false,
	} {
		it := Parse([]byte("Xã họp dân về nước sạch\n\n8:00 01/02/2021\n\n"+first+rest), importer.Input{Name: "a.txt", Shown: "a.txt"}, importer.DayFirst, hanoi)
		text := it.Lead + " " + importer.TextOf(it.Body)
		if got := strings.Contains(text, first[strings.LastIndexAny(first, ">/")+1:]); got != stays {
			t.Errorf("%q: lead %q, section %q, text %q", first, it.Lead, it.Section, importer.TextOf(it.Body))
		}
	}
}
