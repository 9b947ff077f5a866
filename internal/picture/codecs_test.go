package picture

import (
	"slices"
	"testing"

	"bantin/internal/digest"
)

func TestPicturesAreMadeAgainWhereGoCodesOtherwise(t *testing.T) {
	made := samples()
	kept := codecsOf("go1.26.8", made)
	if got := codecsOf("go1.26.10", samples()); got != kept {
		t.Error("a point release that makes the same bytes makes all pictures again")
	}
	if got := codecsOf("go1.27.0", made); got == kept {
		t.Error("a feature release makes no picture again")
	}
	if codecsOf("devel +0123456", made) == codecsOf("devel +89abcde", made) {
		t.Error("another state of Go's tree makes no picture again")
	}
	for k := range made {
		other := slices.Clone(made)
		other[k] = slices.Clone(other[k])
		other[k][len(other[k])/2] ^= 1
		if codecsOf("go1.26.8", other) == kept {
			t.Errorf("other bytes of sample %d make no picture again", k)
		}
	}
}

func TestTheSamplesAreOfEveryCoder(t *testing.T) {
	var formats []Format
	for _, data := range samples() {
		formats = append(formats, sniff(data))
	}
	if want := []Format{JPEG, JPEG, PNG, 0}; !slices.Equal(formats, want) {
		t.Errorf("samples are %v, want %v", formats, want)
	}
}

func TestWhatIsKeptIsNamedByHowGoCodes(t *testing.T) {
	brand := func(codecs string) digest.Digest { return BrandKey(codecs, "Khê Hòa", "", digest.Digest{}) }
	if testOptions.Digest("one") == testOptions.Digest("other") || brand("one") == brand("other") {
		t.Error("pictures are kept when Go codes otherwise")
	}
}

// BenchmarkCodecs is what the first look at the store costs a process.
func BenchmarkCodecs(b *testing.B) {
	for b.Loop() {
		codecsOf("go1.26.8", samples())
	}
}
