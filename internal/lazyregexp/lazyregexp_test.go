package lazyregexp

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

func TestAnExpressionIsCompiledOnce(t *testing.T) {
	digits := New(`^\d+$`)
	if first, second := digits(), digits(); first != second {
		t.Error("the expression was compiled twice")
	}
	if !digits().MatchString("2026") || digits().MatchString("x") {
		t.Error("the expression is another one")
	}
}

// What is compiled when the program starts is paid for by every command, that
// builds nothing too.
func TestNoPackageCompilesExpressionsWhenTheProgramStarts(t *testing.T) {
	for _, root := range []string{"../../internal", "../../cmd"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "tools/") {
				return err
			}
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			for _, decl := range file.Decls {
				global, ok := decl.(*ast.GenDecl)
				if !ok || global.Tok != token.VAR {
					continue
				}
				ast.Inspect(global, func(n ast.Node) bool {
					if _, later := n.(*ast.FuncLit); later {
						return false
					}
					if s, ok := n.(*ast.SelectorExpr); ok && strings.HasPrefix(s.Sel.Name, "MustCompile") {
						t.Errorf("%s: a pattern is compiled at the start; use lazyregexp.New", files.Position(n.Pos()))
					}
					return true
				})
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
