package render

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bantin/internal/site"
)

// jsonLD returns the objects of a page's JSON-LD graph.
func jsonLD(t *testing.T, root element) []map[string]any {
	t.Helper()
	scripts := all(root, "script", "type=application/ld+json")
	if len(scripts) != 1 {
		t.Fatalf("found %d blocks of JSON-LD, want 1", len(scripts))
	}
	var document struct {
		Context string           `json:"@context"`
		Graph   []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal([]byte(scripts[0].FirstChild.Data), &document); err != nil {
		t.Fatal(err)
	}
	if document.Context != "https://schema.org" {
		t.Errorf("@context is %q", document.Context)
	}
	return document.Graph
}

// wantJSON fails unless got is the JSON value want.
func wantJSON(t *testing.T, got any, want string) {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(want), &value); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(value, got); diff != "" {
		t.Error("-want +got:\n" + diff)
	}
}

func TestAnArticleIsANewsArticle(t *testing.T) {
	v := testArticle()
	v.Gallery = nil
	graph := jsonLD(t, parseHTML(t, render(t, renderer(t, "vi"), v)))
	wantJSON(t, graph[0], `{
		"@type": "NewsArticle",
		"headline": "Ký kết chương trình phối hợp hoạt động giữa UBND xã với Ủy ban MTTQ và các đoàn thể năm 2020",
		"description": "Mô tả của Ký kết chương trình phối hợp hoạt động giữa UBND xã với Ủy ban MTTQ và các đoàn thể năm 2020",
		"datePublished": "2020-03-11T19:02:00+07:00",
		"dateModified": "2020-03-13T07:30:00+07:00",
		"author": [{"@type": "Person", "name": "Vũ Cương", "url": "https://anhoa.example/tac-gia/vu-cuong/"}],
		"publisher": {
			"@type": "GovernmentOrganization", "@id": "https://anhoa.example/#organization",
			"name": "Ủy ban nhân dân xã An Hòa", "url": "https://anhoa.example/",
			"logo": {"@type": "ImageObject", "url": "https://anhoa.example/emblem.svg"},
			"address": "Số 1 đường Trung tâm, xã An Hòa", "telephone": "0239 3831 234", "email": "ubnd@anhoa.example"
		},
		"sourceOrganization": {
			"@type": "GovernmentOrganization", "name": "Ủy ban MTTQ xã An Hòa",
			"url": "https://anhoa.example/don-vi/uy-ban-mttq-xa-an-hoa/"
		},
		"image": [{
			"@type": "ImageObject", "url": "https://anhoa.example/tin-tuc/ky-ket-2020/anh-1.jpg",
			"width": 1600, "height": 1067, "caption": "Lễ ký kết tại hội trường UBND xã", "creditText": "Vũ Cương"
		}],
		"articleSection": "Tin tức – Sự kiện",
		"keywords": ["phối hợp công tác", "nông thôn mới"],
		"isPartOf": {"@type": "WebSite", "@id": "https://anhoa.example/#site", "name": "Bản tin xã An Hòa", "url": "https://anhoa.example/"},
		"mainEntityOfPage": "https://anhoa.example/tin-tuc/ky-ket-2020/",
		"inLanguage": "vi",
		"correction": [{
			"@type": "CorrectionComment", "text": "Bản trước ghi sai số nội dung cam kết.", "datePublished": "2020-03-13T07:30:00+07:00"
		}]
	}`)
}

func TestABreadcrumbLeadsFromTheHomePageToThePage(t *testing.T) {
	graph := jsonLD(t, parseHTML(t, render(t, renderer(t, "vi"), testArticle())))
	wantJSON(t, graph[1], `{
		"@type": "BreadcrumbList",
		"itemListElement": [
			{"@type": "ListItem", "position": 1, "name": "Bản tin xã An Hòa", "item": "https://anhoa.example/"},
			{"@type": "ListItem", "position": 2, "name": "Tin tức – Sự kiện", "item": "https://anhoa.example/tin-tuc/"},
			{"@type": "ListItem", "position": 3,
			 "name": "Ký kết chương trình phối hợp hoạt động giữa UBND xã với Ủy ban MTTQ và các đoàn thể năm 2020",
			 "item": "https://anhoa.example/tin-tuc/ky-ket-2020/"}
		]
	}`)
}

func TestAnEventTellsItsStatusAndPlace(t *testing.T) {
	const offline, online = "https://schema.org/OfflineEventAttendanceMode", "https://schema.org/OnlineEventAttendanceMode"
	for status, want := range map[string][2]string{
		"scheduled": {"https://schema.org/EventScheduled", offline},
		"postponed": {"https://schema.org/EventPostponed", offline},
		"cancelled": {"https://schema.org/EventCancelled", offline},
		"online":    {"https://schema.org/EventScheduled", online},
	} {
		v, e := testArticle(), testEvent
		e.Status, e.Link = status, "https://hop.example/phong-1"
		v.Event = &e
		event := jsonLD(t, parseHTML(t, render(t, renderer(t, "vi"), v)))[2]
		if got := [2]string{event["eventStatus"].(string), event["eventAttendanceMode"].(string)}; got != want {
			t.Errorf("%s: %v, want %v", status, got, want)
		}
		place := `{"@type": "Place", "name": "Hội trường UBND xã", "address": "Số 1 đường Trung tâm"}`
		if status == "online" {
			place = `{"@type": "VirtualLocation", "url": "https://hop.example/phong-1"}`
		}
		wantJSON(t, event["location"], place)
	}
}

func TestTheHomePageTellsOfTheSiteAndItsBody(t *testing.T) {
	graph := jsonLD(t, parseHTML(t, render(t, renderer(t, "vi"), testViews()["home.html"])))
	wantJSON(t, graph[0], `{
		"@type": "WebSite", "@id": "https://anhoa.example/#site", "name": "Bản tin xã An Hòa", "url": "https://anhoa.example/",
		"description": "Tin của UBND và Ủy ban MTTQ xã An Hòa", "inLanguage": "vi",
		"publisher": {"@type": "GovernmentOrganization", "@id": "https://anhoa.example/#organization"}
	}`)
	if got := graph[1]["@type"]; got != "GovernmentOrganization" {
		t.Errorf("the second thing is a %v", got)
	}
}

func TestABodyWithoutANameIsCalledLikeItsSite(t *testing.T) {
	c := chrome("vi")
	c.Body = site.Organization{}
	r := New(parseWith(t, "vi", nil), c, testCard, len(testCards))
	graph := jsonLD(t, parseHTML(t, render(t, r, testViews()["home.html"])))
	wantJSON(t, graph[1], `{"@type": "GovernmentOrganization", "@id": "https://anhoa.example/#organization", "name": "Bản tin xã An Hòa", "url": "https://anhoa.example/"}`)
}

func TestAnEventTellsAllThatIsKnown(t *testing.T) {
	v, e := testArticle(), testEvent
	v.Event = &e
	v.Head.Description = "Mời bà con dự."
	event := jsonLD(t, parseHTML(t, render(t, renderer(t, "vi"), v)))[2]
	for _, key := range []string{"inLanguage", "eventStatus", "eventAttendanceMode"} {
		delete(event, key)
	}
	wantJSON(t, event, `{
		"@type": "Event", "name": "`+e.Title+`", "description": "Mời bà con dự.",
		"url": "https://anhoa.example/tin-tuc/ky-ket-2020/",
		"image": [{
			"@type": "ImageObject", "url": "https://anhoa.example`+v.Cover.Full.URL+`",
			"width": 1600, "height": 1067, "caption": "Lễ ký kết tại hội trường UBND xã", "creditText": "Vũ Cương"
		}],
		"startDate": "`+e.Start.ISO()+`", "endDate": "`+e.End.ISO()+`",
		"location": {"@type": "Place", "name": "Hội trường UBND xã", "address": "Số 1 đường Trung tâm"},
		"organizer": {"@type": "GovernmentOrganization", "name": "`+e.Organizer.Title+`", "url": "https://anhoa.example`+e.Organizer.URL+`"}
	}`)
}

// Google requires of an Event a place with an address.
func TestAnEventOfUnknownPlaceIsNotToldToGoogle(t *testing.T) {
	for _, c := range []struct{ location, address, status, want string }{
		{"", "", "scheduled", ""},
		{"Hội trường", "", "scheduled", `{"@type": "Place", "name": "Hội trường", "address": "Hội trường"}`},
		{"", "Thôn Đông", "scheduled", `{"@type": "Place", "name": "Thôn Đông", "address": "Thôn Đông"}`},
		{"", "", "online", `{"@type": "VirtualLocation", "url": "https://anhoa.example/tin-tuc/ky-ket-2020/"}`},
	} {
		v, e := testArticle(), testEvent
		e.Location, e.Address, e.Status, e.Link = c.location, c.address, c.status, ""
		v.Event = &e
		graph := jsonLD(t, parseHTML(t, render(t, renderer(t, "vi"), v)))
		if c.want == "" {
			if len(graph) != 2 {
				t.Errorf("there is a %v", graph[2])
			}
			continue
		}
		wantJSON(t, graph[2]["location"], c.want)
	}
}

func TestAnArticleWithoutAnAuthorIsThatOfItsBody(t *testing.T) {
	v := testArticle()
	v.Authors = nil
	author := jsonLD(t, parseHTML(t, render(t, renderer(t, "vi"), v)))[0]["author"]
	wantJSON(t, author, `[{"@type": "GovernmentOrganization", "name": "Ủy ban MTTQ xã An Hòa", "url": "https://anhoa.example/don-vi/uy-ban-mttq-xa-an-hoa/"}]`)
	v.Byline = nil
	author = jsonLD(t, parseHTML(t, render(t, renderer(t, "vi"), v)))[0]["author"]
	wantJSON(t, author, `[{"@type": "GovernmentOrganization", "@id": "https://anhoa.example/#organization", "name": "Ủy ban nhân dân xã An Hòa", "url": "https://anhoa.example/"}]`)
}

func FuzzNoTextBreaksOutOfJSONLD(f *testing.F) {
	f.Add("Ký kết", "Hội trường")
	f.Add(`</script><script>alert(1)</script>`, `<!--`)
	f.Add("\u2028\xff\x00", `\u003c/script>`)
	r := New(parseWith(f, "vi", nil), chrome("vi"), testCard, len(testCards))
	f.Fuzz(func(t *testing.T, title, location string) {
		v, e := testArticle(), testEvent
		v.Title, v.Head.Title, v.Head.Description = title, title, title
		e.Title, e.Location, e.Address, e.Organizer = title, location, location, &site.Link{Title: location, URL: "/"}
		v.Event = &e
		graph := jsonLD(t, parseHTML(t, render(t, r, v)))
		if got, want := graph[0]["headline"], string([]rune(title)); got != want {
			t.Errorf("headline %q, want %q", got, want)
		}
	})
}
