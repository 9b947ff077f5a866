package site

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"bantin/internal/digest"
	"bantin/internal/vietnamese"
)

// everyView are all types that a template or a writer ever sees.
var everyView = []any{
	Chrome{}, Card{}, Home{}, &Article{}, &List{}, Year{}, Terms{}, Events{}, Register{}, FeedsPage{}, SearchPage{}, NotFound{}, Redirect{},
	Feed{}, FeedItem{}, Calendar{}, RegisterData{}, EventData{}, Sitemap{}, OPML{}, Redirects{}, TextFile{},
}

func TestEveryViewIsClosed(t *testing.T) {
	for _, v := range everyView {
		checkClosed(t, reflect.Indirect(reflect.ValueOf(v)).Type().Name(), reflect.TypeOf(v))
	}
}

// checkClosed reports whatever in a type may lead out of a view or hide from
// its digest. A type that holds itself would never end.
func checkClosed(t *testing.T, path string, typ reflect.Type) {
	switch typ {
	case reflect.TypeFor[vietnamese.Date](), reflect.TypeFor[digest.Digest]():
		return
	}
	switch typ.Kind() {
	case reflect.String, reflect.Bool, reflect.Int, reflect.Int64, reflect.Uint8:
	case reflect.Slice:
		checkClosed(t, path+"[]", typ.Elem())
	case reflect.Pointer:
		if typ.Elem().Kind() != reflect.Struct {
			t.Errorf("%s points to a %s", path, typ.Elem())
		}
		checkClosed(t, path, typ.Elem())
	case reflect.Struct:
		if typ.NumMethod() > 0 || reflect.PointerTo(typ).NumMethod() > 0 {
			t.Errorf("%s has methods", path)
		}
		for i := range typ.NumField() {
			checkField(t, path, typ, typ.Field(i))
		}
	default:
		t.Errorf("%s is a %s", path, typ)
	}
}

// standsForIt are the fields that do not count in a view's digest, since a
// digest stands for each: beside it, or in the view that it is written into.
var standsForIt = map[[2]string]bool{
	{"CardRef", "Index"}: true, {"Body", "HTML"}: true, {"Inset", "Text"}: true,
	{"ItemRef", "Index"}: true, {"Feed", "Encoded"}: true, {"FeedItem", "HTML"}: true,
}

func checkField(t *testing.T, path string, owner reflect.Type, field reflect.StructField) {
	path += "." + field.Name
	_, keyless := field.Tag.Lookup("key")
	stood := standsForIt[[2]string{owner.Name(), field.Name}]
	switch {
	case !field.IsExported():
		t.Errorf("%s is hidden from templates", path)
	case keyless != stood:
		t.Errorf("%s counts in the digest: %t", path, !keyless)
	case field.Type == reflect.TypeFor[map[string]any]() && field.Name == "Extra":
	default:
		checkClosed(t, path, field.Type)
	}
}

func TestEveryKindOfPageHasAView(t *testing.T) {
	b := assemble(t, rich(), options{drafts: true, future: true})
	known := map[reflect.Type]bool{}
	for _, v := range everyView {
		known[reflect.TypeOf(v)] = true
	}
	kinds := map[Kind]bool{}
	for _, p := range b.Pages() {
		kinds[p.Kind] = true
		if typ := reflect.TypeOf(b.View(p, b.digests)); !known[typ] {
			t.Errorf("the view of %s is a %s, which is not among the views", p.Path, typ)
		}
	}
	for kind := range KindStatic { // which is copied
		if !kinds[kind] {
			t.Errorf("the rich site has no page of kind %d", kind)
		}
	}
}

func TestEveryKindHasItsClassAndItsTurnInTheSitemap(t *testing.T) {
	unlisted := []Kind{
		KindArticle, KindNotFound, KindRedirect, KindFeed, KindCalendar, KindRegisterData, KindEventData, KindSitemap, KindOPML,
		KindRedirects, KindTextFile, KindSearch,
	}
	for kind := range KindStatic {
		if kind.Class() == ClassAsset {
			t.Errorf("kind %d is put in place with the assets", kind)
		}
		if (listedAt[kind] == 0) != slices.Contains(unlisted, kind) {
			t.Errorf("kind %d: the sitemap of pages lists it at turn %d", kind, listedAt[kind])
		}
	}
}

func TestAViewFollowsFromTheSourcesAlone(t *testing.T) {
	digests := func() map[string]digest.Digest {
		b := assemble(t, rich(), options{drafts: true, future: true})
		all := map[string]digest.Digest{"": digest.Value(b.Chrome())}
		for _, p := range b.Pages() {
			all[p.Path] = digest.Value(b.View(p, b.digests))
			if again := digest.Value(b.View(p, b.digests)); again != all[p.Path] {
				t.Errorf("two views of %s differ", p.Path)
			}
		}
		return all
	}
	first := digests()
	for range 5 {
		if again := digests(); !maps.Equal(first, again) {
			for path, d := range again {
				if d != first[path] {
					t.Errorf("%s differs when the site is assembled again", path)
				}
			}
			t.Fatalf("%d files, then %d", len(first), len(again))
		}
	}
}

func TestMakingOneViewChangesNoOther(t *testing.T) {
	b := assemble(t, rich(), options{})
	pages := b.Pages()
	first := make([]digest.Digest, len(pages))
	for n, p := range pages {
		first[n] = digest.Value(b.View(p, b.digests))
	}
	for n := len(pages) - 1; n >= 0; n-- {
		if digest.Value(b.View(pages[n], b.digests)) != first[n] {
			t.Errorf("the view of %s changes when others are made", pages[n].Path)
		}
	}
}

func TestTheTextOfAnArticleIsKnownByItsSourceAndItsTargets(t *testing.T) {
	base := files{
		"content/tin-tuc/a.md": post("A", "1/3/2020") + "[đọc](b.md) ![ảnh](anh.jpg)\n",
		"content/tin-tuc/b.md": post("B", "2/3/2020"), "content/tin-tuc/anh.jpg": "ảnh",
	}
	key := func(more files) digest.Digest {
		b := assemble(t, base.and(more), options{})
		return b.digests.Bodies[b.indexOf("tin-tuc/a.md")]
	}
	first := key(nil)
	for name, c := range map[string]struct {
		more  files
		stays bool
	}{
		"another text":            {files{"content/tin-tuc/a.md": post("A", "1/3/2020") + "[đọc](b.md) ![hình](anh.jpg)\n"}, false},
		"a target that moves":     {files{"content/tin-tuc/b.md": post("B", "2/3/2020", "slug: c")}, false},
		"another picture":         {files{"content/tin-tuc/anh.jpg": "ảnh mới"}, false},
		"another text elsewhere":  {files{"content/tin-tuc/b.md": post("B", "2/3/2020") + "Khác.\n"}, true},
		"another title elsewhere": {files{"content/tin-tuc/b.md": post("C", "2/3/2020")}, true},
		"one article more":        {files{"content/tin-tuc/c.md": post("C", "3/3/2020")}, true},
	} {
		if stays := key(c.more) == first; stays != c.stays {
			t.Errorf("%s: the key stays is %t", name, stays)
		}
	}
}
