package site

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"
)

// A method belongs to the least part that can give it: docs/architecture.md
// names the parts.
func TestTheSiteIsAFacadeOfItsParts(t *testing.T) {
	const most = 28 // methods of its own, exported ones too
	names, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var own []string
	for _, f := range names {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Recv == nil {
				continue
			}
			if star, ok := fn.Recv.List[0].Type.(*ast.StarExpr); ok && star.X.(*ast.Ident).Name == "Site" {
				own = append(own, fn.Name.Name)
			}
		}
	}
	if len(own) > most {
		t.Errorf("Site has %d methods of its own, more than %d: give the new ones to one of its parts\n%s", len(own), most, strings.Join(own, " "))
	}
}
