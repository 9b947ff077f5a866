package diag

import (
	"slices"
	"testing"
)

func TestAProblemSpeaksItsLanguage(t *testing.T) {
	p := New(Pos{"a.md", 2, 8}, "yaml-colon", "title", `title: "A: B"`)
	tests := []struct{ got, want string }{
		{p.Message("vi"), "title có dấu hai chấm nên phải đặt trong ngoặc kép"},
		{p.Message("en"), "title has a colon in it, so it must stand in double quotes"},
		{p.Hint("vi"), `title: "A: B"`},
		{p.Hint("en"), `title: "A: B"`},
		{p.Code(), "yaml-colon"},
		{Problem{ID: "unknown-key/near"}.Code(), "unknown-key"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

func TestProblemsSortByPlaceAndAreToldOnce(t *testing.T) {
	at := func(file string, line, col int, id string, args ...string) Problem {
		return Problem{Pos: Pos{file, line, col}, ID: id, Args: args}
	}
	sorted := List{
		at("a.md", 0, 0, "x"),
		at("a.md", 2, 1, "x"),
		at("a.md", 2, 10, "a"),
		at("a.md", 2, 10, "x", "1"),
		at("a.md", 2, 10, "x", "2"),
		at("a.md", 10, 1, "x"),
		at("b.md", 1, 1, "x"),
	}
	mixed := slices.Concat(sorted, sorted)
	slices.Reverse(mixed)
	same := func(a, b Problem) bool { return a.Pos == b.Pos && a.ID == b.ID && slices.Equal(a.Args, b.Args) }
	if got := mixed.Sort(); !slices.EqualFunc(got, sorted, same) {
		t.Errorf("got %v, want %v", got, sorted)
	}
}

func TestOnlyAnErrorStopsTheBuild(t *testing.T) {
	tests := []struct {
		list List
		want bool
	}{
		{nil, false},
		{List{{Severity: Warning}, {Severity: Off}}, false},
		{List{{Severity: Warning}, {Severity: Error}}, true},
	}
	for _, tt := range tests {
		if got := tt.list.HasErrors(); got != tt.want {
			t.Errorf("%v: %v", tt.list, got)
		}
	}
}

func TestAReportIsAListForPrograms(t *testing.T) {
	list := List{
		New(Pos{"a.md", 2, 8}, "yaml-colon", "tiêu đề", "x"),
		{Pos: Pos{"a.md", 3, 0}, Severity: Off, ID: "yaml-colon"},
	}
	want := []Report{{"a.md", 2, 8, "error", "yaml-colon", "tiêu đề có dấu hai chấm nên phải đặt trong ngoặc kép", "x"}}
	if got := list.Report("vi"); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if List(nil).Report("vi") == nil {
		t.Error("the report of no problem is null in JSON")
	}
}
