package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image"
	"strings"
	"testing"
)

// iccOf returns a colour profile of version 2 with a description, a copyright,
// and tags of colour.
func iccOf(description string) string {
	type tag struct{ name, data string }
	desc := "desc\x00\x00\x00\x00" + string(binary.BigEndian.AppendUint32(nil, uint32(len(description)+1))) + description + "\x00" + strings.Repeat("\x00", 78)
	tags := []tag{
		{"desc", desc}, {"cprt", "text\x00\x00\x00\x00Secret owner\x00"}, {"dmnd", desc}, {"vued", "text\x00\x00\x00\x00Secret\x00"},
		{"wtpt", "XYZ \x00\x00\x00\x00\x00\x00\xf6\xd6\x00\x01\x00\x00\x00\x00\xd3\x2d"},
		{"rXYZ", "XYZ \x00\x00\x00\x00\x00\x00\x83\xdf\x00\x00\x3d\xbf\xff\xff\xff\xbb"},
		{"rTRC", "curv\x00\x00\x00\x00\x00\x00\x00\x01\x02\x33"}, {"gTRC", "curv\x00\x00\x00\x00\x00\x00\x00\x01\x02\x33"},
		{"XTRA", "text\x00\x00\x00\x00Secret tag\x00"},
	}
	head := make([]byte, 128)
	copy(head[4:], "SECR\x02\x20\x00\x00mntrRGB XYZ ")
	copy(head[36:], "acspSECR\x00\x00\x00\x00SecrSecr")
	copy(head[80:], "Secr")
	table, data := binary.BigEndian.AppendUint32(nil, uint32(len(tags))), []byte(nil)
	for _, t := range tags {
		table = append(table, t.name...)
		table = binary.BigEndian.AppendUint32(table, uint32(128+4+12*len(tags)+len(data)))
		table = binary.BigEndian.AppendUint32(table, uint32(len(t.data)))
		data = append(data, t.data...)
	}
	out := append(append(head, table...), data...)
	binary.BigEndian.PutUint32(out, uint32(len(out)))
	return string(out) + "Secret behind the end"
}

func TestAColourProfileKeepsItsColoursAndLosesItsTexts(t *testing.T) {
	clean := anonymousICC([]byte(iccOf("Secret camera")))
	for _, colour := range []string{"wtpt", "rXYZ", "rTRC", "gTRC", "\x00\x00\x83\xdf\x00\x00\x3d\xbf", "\x02\x33", "acsp", "RGB XYZ ", "desc", "cprt"} {
		if !bytes.Contains(clean, []byte(colour)) {
			t.Errorf("%q is gone", colour)
		}
	}
	for _, secret := range []string{"Secr", "SECR", "dmnd", "vued", "XTRA"} {
		if bytes.Contains(clean, []byte(secret)) {
			t.Errorf("%q is left", secret)
		}
	}
	if again := anonymousICC(clean); !bytes.Equal(again, clean) {
		t.Errorf("%q became %q", clean, again)
	}
	if int(binary.BigEndian.Uint32(clean)) != len(clean) || bytes.Count(clean, []byte("curv")) != 1 {
		t.Errorf("%d bytes: %q", len(clean), clean)
	}
}

func TestADamagedColourProfileIsLeftOut(t *testing.T) {
	whole := iccOf("x")
	for _, p := range []string{
		"", "Secret", whole[:200], whole[:128] + "\xff\xff\xff\xff" + whole[132:],
		strings.Replace(whole, "acsp", "Secr", 1), strings.Replace(whole, "XYZ \x00\x00\x00\x00\x00\x00\x83", "text\x00\x00\x00\x00\x00\x00\x83", 1),
		strings.Replace(whole, "rXYZ", "wtpt", 1),
	} {
		if got := anonymousICC([]byte(p)); got != nil {
			t.Errorf("%q became %q", p, got)
		}
	}
}

func TestOversizeChunksAreLeftOut(t *testing.T) {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	_, _ = z.Write([]byte(iccOf("Secret camera")))
	z.Close()
	drawing := pngOf(t, corners(30, 20))
	png := withChunk(drawing, "pHYs", "\x00\x00\x0b\x13\x00\x00\x0b\x13\x01Secret")
	png = withChunk(png, "gAMA", "\x00\x00\xb1\x8fSecret")
	png = withChunk(png, "iCCP", "Secret camera\x00\x00"+packed.String())

	jpeg := withSegment(jpegOf(t, scene(160, 120)), markerAPP0+14, "Adobe\x00\x64\x00\x00\x00\x00\x01Secret")
	jpeg = withSegment(jpeg, markerAPP0+2, iccPrefix+"\x01\x01"+iccOf("Secret camera"))

	gif := string(gifOf(t, 2))
	at := 13 + colourTable(gif[10])
	gif = gif[:at] + "\x21\x01\x0cSecretSecret\x06Secret\x00" + "\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x06Secret\x00" +
		"\x21\xff\x0cxNETSCAPE2.0\x06Secret\x00" + "\x21\xf9\x04\x00\x0a\x00\x00\x06Secret\x00" + "\x21\x77\x06Secret\x00" + gif[at:]

	for name, src := range map[string][]byte{"a.png": png, "a.jpg": jpeg, "a.gif": []byte(gif), "a.webp": webpWith("ICCP", iccOf("Secret camera"))} {
		h, set, files := mustMake(t, src)
		clean, _, err := Strip(src, h.Format)
		if err != nil || !bytes.Contains(src, []byte("Secret")) {
			t.Fatalf("%s: %v", name, err)
		}
		for _, data := range append(files, clean) {
			if bytes.Contains(data, []byte("Secret")) {
				t.Errorf("%s still has its secret: %q", name, data)
			}
		}
		if _, _, err := image.Decode(bytes.NewReader(clean)); err != nil {
			t.Errorf("%s is broken: %v", name, err)
		}
		if again, _, err := Strip(clean, h.Format); err != nil || !bytes.Equal(again, clean) || set.Original.Size != int64(len(clean)) {
			t.Errorf("%s is not clean after it was cleaned: %v", name, err)
		}
	}
	clean, _, _ := Strip(png, PNG)
	if !bytes.Contains(clean, []byte("iCCPICC\x00")) {
		t.Error("the colours of the PNG are gone")
	}
	clean, _, _ = Strip([]byte(gif), GIF)
	if !bytes.Contains(clean, []byte("NETSCAPE2.0\x03\x01\x00\x00\x00")) {
		t.Error("the GIF no longer repeats")
	}
}

func TestAFrameOfAWebPHoldsNothingButItsPixels(t *testing.T) {
	frame := strings.Repeat("\x00", webpFrame) + "VP8L\x02\x00\x00\x00\x2f\x00" + "EXIF\x06\x00\x00\x00Secret"
	clean, err := stripWebP(webpWith("ANMF", frame))
	if err != nil || bytes.Contains(clean, []byte("Secret")) || !bytes.Contains(clean, []byte("VP8L\x02")) {
		t.Errorf("%q, %v", clean, err)
	}
}

// webpWith returns a WebP of one white pixel with another chunk in it.
func webpWith(kind, data string) []byte {
	body := []byte("WEBP")
	body = appendWebP(body, "VP8X", []byte("\x20\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	body = appendWebP(body, kind, []byte(data))
	body = appendWebP(body, "VP8L", []byte("\x2f\x00\x00\x00\x00\x07\xd0\xff\xfe\xf7\xbf\xff\x81\x88\xe8\x7f\x00\x00"))
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}
