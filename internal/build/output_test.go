package build

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"bantin/internal/source"
)

func TestTheOutputMayNotLieWhereInputIsLookedFor(t *testing.T) {
	s := newSite(t, minimal(nil)) // without templates/ and static/
	for _, output := range []string{"templates", "static/x"} {
		_, err := s.builder(func(o *Options) { o.Output = filepath.Join(s.dir, output) }).Build(context.Background())
		if _, ok := errors.AsType[*source.OutputError](err); !ok {
			t.Errorf("%s: error %v", output, err)
		}
	}
}
