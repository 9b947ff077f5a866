package config_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"bantin/internal/config"
	"bantin/internal/testsize"
)

// TestEachSettingIsReadOutsideThisPackage holds that no setting is only
// validated: an editor who sets it must see it do something.
func TestEachSettingIsReadOutsideThisPackage(t *testing.T) {
	testsize.SkipLong(t, "the tree is compiled, to be read")
	read := fieldsRead(t)
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(r reflect.Type) {
		for r.Kind() == reflect.Slice || r.Kind() == reflect.Map || r.Kind() == reflect.Pointer {
			r = r.Elem()
		}
		if r.Kind() != reflect.Struct || r.PkgPath() != "bantin/internal/config" || seen[r] {
			return
		}
		seen[r] = true
		for i := range r.NumField() {
			f := r.Field(i)
			if !read[r.Name()+"."+f.Name] && !readByIn[r.Name()+"."+f.Name] {
				t.Errorf("no package reads %s.%s", r.Name(), f.Name)
			}
			walk(f.Type)
		}
	}
	walk(reflect.TypeFor[config.Config]())
	if len(seen) < 10 {
		t.Errorf("only %d types of settings were looked at", len(seen))
	}
}

// readByIn are the settings that Config.In turns into others, which are read.
var readByIn = map[string]bool{
	"Language.Pos": true, "Language.Title": true, "Language.Description": true, "Language.Menu": true,
	"Language.Organization": true, "Language.Reuse": true, "Language.Paths": true, "Taxon.In": true,
}

// fieldsRead returns the fields of this package's types that others of the program name.
func fieldsRead(t *testing.T) map[string]bool {
	t.Helper()
	cmd := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Export,Dir,GoFiles", "bantin/cmd/bantin")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	type pkg struct {
		ImportPath, Export, Dir string
		GoFiles                 []string
	}
	var list []pkg
	exports := map[string]string{}
	for d := json.NewDecoder(out); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		list, exports[p.ImportPath] = append(list, p), p.Export
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	imports := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	read := map[string]bool{}
	for _, p := range list {
		if !strings.HasPrefix(p.ImportPath, "bantin/") || p.ImportPath == "bantin/internal/config" {
			continue
		}
		var files []*ast.File
		for _, name := range p.GoFiles {
			f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, f)
		}
		info := &types.Info{Selections: map[*ast.SelectorExpr]*types.Selection{}}
		checker := types.Config{Importer: imports}
		if _, err := checker.Check(p.ImportPath, fset, files, info); err != nil {
			t.Fatal(err)
		}
		for _, s := range info.Selections {
			recv := s.Recv()
			if ptr, ok := recv.(*types.Pointer); ok {
				recv = ptr.Elem()
			}
			if named, ok := recv.(*types.Named); ok && s.Kind() == types.FieldVal && s.Obj().Pkg() != nil && s.Obj().Pkg().Path() == "bantin/internal/config" {
				read[named.Obj().Name()+"."+s.Obj().Name()] = true
			}
		}
	}
	return read
}
