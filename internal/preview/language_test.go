package preview

import (
	"errors"
	"strings"
	"testing"

	"bantin/internal/build"
	"bantin/internal/diag"
	"bantin/internal/messages/messagestest"
)

func TestThePreviewSpeaksAFurtherLanguage(t *testing.T) {
	messagestest.Register()
	opt := Options{Lang: messagestest.Code, Lines: func(string, int) (string, bool) { return "", false }}
	report := &build.Report{Problems: diag.List{diag.New(diag.Pos{File: "a.md", Line: 1}, "missing-key/title", "title", "title: …")}}
	o := newOverlay(opt, true, report, nil)
	if o.Title != "§Not built: 1 errors, 0 warnings" || !strings.HasPrefix(o.Note, "§The page behind") || o.Label != "§hint" || o.Copy != "§Copy" ||
		len(o.Problems) != 1 || o.Problems[0].Message != "§error[missing-key]: §title is missing" || o.Problems[0].Hint != "§add a line title: …" {
		t.Errorf("got %+v", o)
	}
	if o := newOverlay(opt, true, report, errors.New("x")); o.Title != "§The site could not be built" {
		t.Errorf("got %+v", o)
	}
	if page := string(placeholder(messagestest.Code)); !strings.Contains(page, `<html lang="eo">`) || !strings.Contains(page, "<h1>§Nothing to show yet</h1>") {
		t.Errorf("got %s", page)
	}
}
