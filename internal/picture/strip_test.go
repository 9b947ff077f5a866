package picture

import (
	"bytes"
	"errors"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/image/webp"

	"bantin/internal/testsize"
)

// xmp is what phones and editors leave in pictures.
const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
	`<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Secret</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>`

// telling is pictures of all formats that tell more than they show.
func telling(t testing.TB) map[string][]byte {
	photo := jpegOf(t, scene(160, 120))
	thumbnail := "JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x02\x01" + "Secret"
	jpeg := withSegment(photo, markerCOM, "Secret")
	jpeg = withSegment(jpeg, markerAPP0+13, "Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x06Secret")
	jpeg = withSegment(jpeg, markerAPP0+2, "MPF\x00MM\x00*Secret")
	jpeg = withSegment(jpeg, markerAPP0+1, "http://ns.adobe.com/xap/1.0/\x00"+xmp)
	jpeg = withSegment(jpeg, markerAPP0+1, exifOf(1)+"Secret")
	jpeg = withSegment(jpeg, markerAPP0, thumbnail)
	jpeg = append(jpeg, "\xff\xd8\xff\xe1Secret video"...)

	png := withChunk(pngOf(t, corners(30, 20)), "tEXt", "Author\x00Secret")
	png = withChunk(png, "iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+xmp)
	png = withChunk(png, "eXIf", strings.TrimPrefix(exifOf(1), exifPrefix)+"Secret")
	png = withChunk(png, "tIME", "\x07\xea\x0b\x15\x16\x05\x00")

	gif := gifOf(t, 2)
	at := 13 + colourTable(gif[10])
	comment := "\x21\xfe\x06Secret\x00"
	application := "\x21\xff\x0bXMP DataXMP" + "\x06Secret\x00"
	gif = []byte(string(gif[:at]) + comment + application + string(gif[at:]))

	svg := []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><!-- Secret --><metadata>` + xmp +
		`</metadata><path d="M0 0h9v9z"/></svg>`)
	return map[string][]byte{"anh.jpg": jpeg, "anh.png": png, "anh.gif": gif, "anh.svg": svg, "anh.webp": webpOf(t)}
}

// webpOf returns a WebP, which there is no encoder for: one white pixel,
// losslessly, in the extended format with EXIF and XMP.
func webpOf(t testing.TB) []byte {
	t.Helper()
	chunk := func(kind, data string) string {
		n := len(data)
		if n%2 == 1 {
			data += "\x00"
		}
		return kind + string([]byte{byte(n), byte(n >> 8), 0, 0}) + data
	}
	body := "WEBP" + chunk("VP8X", "\x0c\x00\x00\x00\x00\x00\x00\x00\x00\x00") +
		chunk("VP8L", "\x2f\x00\x00\x00\x00\x07\xd0\xff\xfe\xf7\xbf\xff\x81\x88\xe8\x7f\x00\x00") +
		chunk("EXIF", strings.TrimPrefix(exifOf(1), exifPrefix)+"Secret") + chunk("XMP ", xmp)
	return []byte("RIFF" + string([]byte{byte(len(body)), byte(len(body) >> 8), 0, 0}) + body)
}

func TestNothingIsLeftButThePicture(t *testing.T) {
	for name, src := range telling(t) {
		h, set, files := mustMake(t, src)
		clean, _, err := Strip(src, h.Format)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !bytes.Contains(src, []byte("Secret")) {
			t.Fatalf("%s has no secret to begin with", name)
		}
		for _, data := range append(files, clean) {
			for _, secret := range []string{"Secret", "Exif", "GPS", "xmpmeta", "EXIF", "eXIf"} {
				if bytes.Contains(data, []byte(secret)) {
					t.Errorf("%s still has %s", name, secret)
				}
			}
		}
		if set.Original.Size != int64(len(clean)) {
			t.Errorf("%s: the original has %d bytes, not %d", name, set.Original.Size, len(clean))
		}
		again, _, err := Strip(clean, h.Format)
		if err != nil || !bytes.Equal(again, clean) {
			t.Errorf("%s is not clean after it was cleaned: %v", name, err)
		}
	}
}

func TestStrippingChangesNoPixel(t *testing.T) {
	for name, src := range telling(t) {
		if name == "anh.svg" {
			continue
		}
		h, err := ReadHeader(src)
		if err != nil {
			t.Fatal(err)
		}
		clean, _, err := Strip(src, h.Format)
		if err != nil {
			t.Fatal(err)
		}
		before, _, err1 := image.Decode(bytes.NewReader(src))
		after, _, err2 := image.Decode(bytes.NewReader(clean))
		if err1 != nil || err2 != nil {
			t.Fatalf("%s: %v, %v", name, err1, err2)
		}
		for y := range before.Bounds().Dy() {
			for x := range before.Bounds().Dx() {
				if before.At(x, y) != after.At(x, y) {
					t.Fatalf("%s differs at %d, %d", name, x, y)
				}
			}
		}
	}
}

func TestAColourProfileGoesWithEveryVariant(t *testing.T) {
	profile := iccOf("Display P3")
	src := withSegment(jpegOf(t, scene(700, 500)), markerAPP0+2, iccPrefix+"\x01\x01"+profile)
	_, _, files := mustMake(t, src)
	for k, data := range files {
		got := embeddedProfile(data)
		if sniff(data) == WebP {
			got = profileInWebP(t, data)
		}
		if !bytes.Equal(got, anonymousICC([]byte(profile))) || len(got) == 0 {
			t.Errorf("file %d has the profile %q", k, got)
		}
	}
	srgb := withSegment(jpegOf(t, scene(700, 500)), markerAPP0+2, iccPrefix+"\x01\x01"+iccOf("sRGB IEC61966-2.1"))
	if _, _, files := mustMake(t, srgb); bytes.Contains(files[0], []byte("ICC_PROFILE")) {
		t.Error("sRGB needs no profile")
	}
}

// profileInWebP returns the colour profile of a WebP, whose head must announce it.
func profileInWebP(t *testing.T, src []byte) (profile []byte) {
	t.Helper()
	if _, err := webp.Decode(bytes.NewReader(src)); err != nil {
		t.Error(err)
	}
	announced := false
	if err := walkWebP(src, func(kind string, data, _ []byte) {
		switch kind {
		case "VP8X":
			announced = data[0] == webpICC
		case "ICCP":
			profile = data
		}
	}); err != nil || !announced {
		t.Errorf("the profile is not announced, %v", err)
	}
	return profile
}

func TestExiftoolFindsNoMetadata(t *testing.T) {
	exiftool := testsize.Program(t, "exiftool")
	dirty, clean := t.TempDir(), t.TempDir()
	for name, src := range telling(t) {
		h, _, files := mustMake(t, src)
		stripped, _, err := Strip(src, h.Format)
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dirty, name), src)
		write(t, filepath.Join(clean, name), stripped)
		for k, data := range files {
			write(t, filepath.Join(clean, string(rune('a'+k))+name), data)
		}
	}
	find := func(dir string) string {
		out, err := exec.Command(exiftool, "-q", "-r", "-if", "$EXIF:all or $GPS:all or $XMP:all or $IPTC:all or $ThumbnailImage or $Comment",
			"-p", "$FileName", dir).CombinedOutput()
		if _, said := errors.AsType[*exec.ExitError](err); err != nil && !said { // it exits with 1 or 2 if none fits
			t.Fatal(err)
		}
		return string(out)
	}
	if found := find(dirty); !strings.Contains(found, "anh.jpg") || !strings.Contains(found, "anh.png") {
		t.Fatalf("exiftool finds nothing to begin with: %s", found)
	}
	if found := find(clean); found != "" {
		t.Errorf("exiftool finds metadata in\n%s", found)
	}
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestBytesBetweenSegmentsAreNoDamage(t *testing.T) {
	photo := jpegOf(t, scene(160, 120))
	odd := append([]byte("\xff\xd8stray\xff\x00\xff\xff\xff"), photo[3:]...)
	clean, _, err := Strip(odd, JPEG)
	if err != nil || !bytes.Equal(clean, photo) {
		t.Errorf("%d bytes of %d are left, %v", len(clean), len(photo), err)
	}
	if h, err := ReadHeader(odd[2:]); err == nil {
		t.Errorf("without its start it is %+v", h)
	}
}
