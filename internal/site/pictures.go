package site

import (
	"html/template"
	"path"
	"slices"
	"strconv"
	"strings"

	"bantin/internal/article"
	"bantin/internal/diag"
	"bantin/internal/digest"
)

// Variant is a smaller form of a picture, published beside it.
type Variant struct {
	Width, Height int
	Extension     string // ".jpg"
	Size          int64
	Digest        digest.Digest
}

// Fault is why a file cannot be published: the ID of a diag text whose
// arguments are the file's name and Args.
type Fault struct {
	ID   string
	Args []string
	// Picture says that the file would tell where a photo was taken, so that it
	// must not be published even where no article names it.
	Picture bool
}

// fault reports why file f, named at pos, cannot be published. Those of
// pictures in static/ are told at the file itself.
func (f File) fault(pos diag.Pos, name string) diag.List {
	if f.Fault == nil || f.Fault.Picture && strings.HasPrefix(f.Path, "static/") {
		return nil
	}
	return diag.List{diag.New(pos, f.Fault.ID, append([]string{path.Base(name)}, f.Fault.Args...)...)}
}

// pictureFault is fault for a file that is to be shown as a picture.
func (f File) pictureFault(pos diag.Pos, name string) diag.List {
	isToConvert := f.Fault != nil && (f.Fault.Picture || f.Fault.ID == "document-type/film")
	if !strings.HasPrefix(mediaType(f.Path), "image/") && !isToConvert {
		return diag.List{diag.New(pos, "not-a-picture", path.Base(name))}
	}
	return f.fault(pos, name)
}

// checkStatic reports the pictures of static/ that cannot be published.
func (b *library) checkStatic() diag.List {
	var problems diag.List
	from, to := b.staticFiles()
	for _, f := range b.in.Files[from:to] {
		if f.Fault != nil && f.Fault.Picture {
			args := append([]string{path.Base(f.Path)}, f.Fault.Args...)
			problems = append(problems, diag.New(diag.Pos{File: f.Path}, f.Fault.ID, args...))
		}
	}
	return problems
}

// variantURL returns the URL of a variant of the picture at u: anh-480.jpg
// beside anh.jpg, and anh.png-480.jpg beside anh.png, so that it never takes
// the place of a variant of another picture.
func variantURL(u string, v Variant, size string) string {
	return strings.TrimSuffix(u, v.Extension) + "-" + size + v.Extension
}

func (v Variant) url(u string) string { return variantURL(u, v, strconv.Itoa(v.Width)) }

func (v Variant) shareURL(u string) string {
	return variantURL(u, v, strconv.Itoa(v.Width)+"x"+strconv.Itoa(v.Height))
}

// usualWidth is the least width in pixels of the picture that is shown where
// the browser does not choose one itself.
const usualWidth = 800

// offer is one form of a picture among which browsers choose.
type offer struct {
	Rendition
	extension string
	size      int64
}

// offers returns the forms of picture f, which stands at u, by width. The
// original is one of them if it is no wider than a variant may be.
func (b *library) offers(f File, u string) []offer {
	list := make([]offer, 0, len(f.Variants)+1)
	for _, v := range f.Variants {
		list = append(list, v.offer(u))
	}
	if n := len(list); n == 0 || list[n-1].Width < f.Width && f.Width <= slices.Max(b.cfg.Images.Widths) {
		list = append(list, offer{Rendition{versioned(u, f.Digest), f.Width, f.Height}, path.Ext(f.Path), f.Size})
	}
	return list
}

func (v Variant) offer(u string) offer {
	return offer{Rendition{versioned(v.url(u), v.Digest), v.Width, v.Height}, v.Extension, v.Size}
}

// webp lists the forms of picture f, which stands at u, for browsers that read
// WebP, as srcset does.
func (f File) webp(u string) template.Srcset {
	offers := make([]offer, len(f.WebP))
	for k, v := range f.WebP {
		offers[k] = v.offer(u)
	}
	return candidates(offers)
}

// usual returns the form for browsers that do not choose themselves.
func usual(offers []offer) offer {
	for _, o := range offers {
		if o.Width >= usualWidth {
			return o
		}
	}
	return offers[len(offers)-1]
}

// srcset lists the forms by their widths (HTML, 4.8.4.2.1), "" if there is no
// choice.
func srcset(offers []offer) template.Srcset {
	if len(offers) < 2 {
		return ""
	}
	return candidates(offers)
}

func candidates(offers []offer) template.Srcset {
	var b strings.Builder
	for k, o := range offers {
		if k > 0 {
			b.WriteString(", ")
		}
		b.WriteString(o.URL)
		b.WriteByte(' ')
		b.WriteString(strconv.Itoa(o.Width))
		b.WriteByte('w')
	}
	return template.Srcset(b.String())
}

// Image is a picture ready to be shown.
type Image struct {
	URL           string          // root-relative
	Width, Height int             // pixels; 0 if unknown
	Srcset        template.Srcset // all sizes of it for the browser to choose from, "" for one
	WebP          template.Srcset // the same as WebP, "" if that is not offered
	Full          Rendition       // the largest of them
	Share         Rendition       // a cover as social networks show it
	Alt           string
	Caption       string
	Credit        string
	Type          string // media type
	Size          int64  // bytes
	AltIn         string // language of Alt, if that is not the page's
	CaptionIn     string // likewise of Caption
}

// Rendition is one size of a picture.
type Rendition struct {
	URL           string // root-relative
	Width, Height int    // pixels; 0 if unknown
}

// image returns the view of a picture of an article, nil for none.
func (t *kinship) image(e *entry, image *article.Image) *Image {
	b := t.self
	if image == nil {
		return nil
	}
	f, u, _ := b.fileOf(e, image.File.Value)
	offers := b.offers(f, u)
	shown, largest := usual(offers), offers[len(offers)-1]
	v := &Image{
		URL:     shown.URL,
		Width:   shown.Width,
		Height:  shown.Height,
		Srcset:  srcset(offers),
		WebP:    f.webp(u),
		Full:    largest.Rendition,
		Share:   largest.Rendition,
		Alt:     image.Alt,
		Caption: image.Caption,
		Credit:  image.Credit,
		Type:    mediaType(shown.extension),
		Size:    shown.size,

		AltIn:     b.languageIf(e, image.AltForeign),
		CaptionIn: b.languageIf(e, image.CaptionForeign),
	}
	if s := f.Share; s != nil {
		v.Share = Rendition{versioned(s.shareURL(u), s.Digest), s.Width, s.Height}
	}
	return v
}
