package build

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestABuildWithoutNewsWritesNothing(t *testing.T) {
	s := newSite(t, rich(t))
	b := s.builder()
	_, err := b.Build(context.Background())
	s.must(err)
	age(t, b)
	before := s.marks()
	s.build()
	if diff := cmp.Diff(before, s.marks()); diff != "" {
		t.Error(diff)
	}
}
