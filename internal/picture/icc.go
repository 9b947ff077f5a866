package picture

import (
	"encoding/binary"
	"slices"
	"strings"
)

// maxICC is how many bytes of a profile are kept; those of print shops have
// some 2 MB.
const maxICC = 4 << 20

// iccTags are the tags of a profile that decide about colours (ICC.1:2022, 9.2;
// bkpt of version 2). All others name or describe somebody or something.
var iccTags = func() map[string]bool {
	known := map[string]bool{}
	for tag := range strings.FieldsSeq(`rXYZ gXYZ bXYZ wtpt bkpt rTRC gTRC bTRC kTRC chad chrm cicp lumi
		A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 D2B0 D2B1 D2B2 D2B3 B2D0 B2D1 B2D2 B2D3 gamt`) {
		known[tag] = true
	}
	return known
}()

// iccTypes are the types of a tag's data that hold numbers only (10.2 to 10.31).
var iccTypes = map[string]bool{
	"XYZ ": true, "curv": true, "para": true, "sf32": true, "uf32": true, "chrm": true, "cicp": true,
	"mft1": true, "mft2": true, "mAB ": true, "mBA ": true, "mpet": true,
}

// What stands for a profile's description and copyright, which every profile
// must have: the word "ICC", as text and copyright of version 2, and of version 4.
var (
	iccDescription2 = []byte("desc\x00\x00\x00\x00\x00\x00\x00\x04ICC\x00" + strings.Repeat("\x00", 8+3+67))
	iccCopyright2   = []byte("text\x00\x00\x00\x00ICC\x00")
	iccWords4       = []byte("mluc\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x0cenUS\x00\x00\x00\x06\x00\x00\x00\x1c\x00I\x00C\x00C")
)

// anonymousICC returns a colour profile with all that decides about colours and
// without its texts, maker, device and date; nil if it is damaged, which
// browsers take for sRGB. What it returned it returns again.
func anonymousICC(profile []byte) []byte {
	const head, entry = 128, 12
	if len(profile) < head+4 || len(profile) > maxICC || string(profile[36:40]) != "acsp" {
		return nil
	}
	order := binary.BigEndian
	size, count := int64(order.Uint32(profile)), int64(order.Uint32(profile[head:]))
	if size > int64(len(profile)) || count > 100 || head+4+entry*count > size {
		return nil
	}
	profile = profile[:size]
	type tag struct {
		name string
		data []byte
	}
	var tags []tag
	for k := range count {
		e := profile[head+4+entry*k:]
		name, from, length := string(e[:4]), int64(order.Uint32(e[4:])), int64(order.Uint32(e[8:]))
		if !iccTags[name] {
			continue
		}
		if from+length > size || length < 8 || !iccTypes[string(profile[from:from+4])] {
			return nil
		}
		if slices.ContainsFunc(tags, func(t tag) bool { return t.name == name }) {
			return nil
		}
		tags = append(tags, tag{name, profile[from : from+length]})
	}
	if len(tags) == 0 {
		return nil
	}
	description, copyright := iccWords4, iccWords4
	if profile[8] < 4 {
		description, copyright = iccDescription2, iccCopyright2
	}
	tags = append(tags, tag{"desc", description}, tag{"cprt", copyright})

	out := make([]byte, head, size)
	copy(out[8:], profile[8:24])   // version, class, colour spaces
	copy(out[36:], "acsp")         // date, platform, maker, model and creator stay empty
	copy(out[64:], profile[64:80]) // rendering intent, illuminant
	out = order.AppendUint32(out, uint32(len(tags)))
	var data []byte
	placed := map[string]uint32{} // curves are often shared
	for _, t := range tags {
		from, ok := placed[string(t.data)]
		if !ok {
			from = uint32(head + 4 + entry*len(tags) + len(data))
			placed[string(t.data)] = from
			data = append(data, t.data...)
			for len(data)%4 != 0 {
				data = append(data, 0)
			}
		}
		out = append(out, t.name...)
		out = order.AppendUint32(out, from)
		out = order.AppendUint32(out, uint32(len(t.data)))
	}
	out = append(out, data...)
	order.PutUint32(out, uint32(len(out)))
	return out
}
