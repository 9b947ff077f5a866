package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

// rooms says what each package of the house may import of the others; docs/architecture.md
// gives the reasons. A package that is not here has no room yet.
var rooms = map[string]string{
	"bantin/content":                        "",
	"bantin/static":                         "",
	"bantin/templates":                      "",
	"bantin/internal/memlayout":             "",
	"bantin/internal/digest":                "memlayout",
	"bantin/internal/lazyregexp":            "",
	"bantin/internal/percent":               "",
	"bantin/internal/vietnamese":            "lazyregexp",
	"bantin/internal/language":              "",
	"bantin/internal/messages":              "language",
	"bantin/internal/messages/messagestest": "language messages",
	"bantin/internal/diag":                  "language messages",
	"bantin/internal/strictfs":              "",
	"bantin/internal/openat":                "",
	"bantin/internal/libwebp":               "",
	"bantin/internal/picture":               "digest libwebp strictfs",
	"bantin/internal/cachefile":             "digest memlayout strictfs",
	"bantin/internal/document":              "lazyregexp",
	"bantin/internal/strictyaml":            "lazyregexp diag vietnamese messages",
	"bantin/internal/config":                "lazyregexp strictyaml diag vietnamese language percent",
	"bantin/internal/source":                "diag vietnamese openat",
	"bantin/internal/article":               "lazyregexp strictyaml diag digest vietnamese language messages percent",
	"bantin/internal/site":                  "article config diag digest vietnamese strictyaml language percent",
	"bantin/internal/check":                 "lazyregexp article site config strictyaml diag vietnamese",
	"bantin/internal/templatecompiler":      "",
	"bantin/internal/render":                "lazyregexp templatecompiler site templates strictyaml diag digest vietnamese language",
	"bantin/internal/search":                "digest vietnamese",
	"bantin/internal/publish":               "digest strictfs openat vietnamese",
	"bantin/internal/hosting":               "lazyregexp percent",
	"bantin/internal/hosting/hostingtest":   "testsize",
	"bantin/internal/foldfs":                "",
	"bantin/internal/testsize":              "",
	"bantin/internal/deploy":                "publish hosting digest strictfs vietnamese",
	"bantin/internal/notify":                "",
	"bantin/internal/visits":                "percent",
	"bantin/internal/build":                 "hosting source article site check picture document render search publish config diag digest cachefile vietnamese language strictfs messages",
	"bantin/internal/preview":               "build hosting publish source diag digest language strictfs messages percent",
	"bantin/internal/skeleton":              "language lazyregexp templates",
	"bantin/internal/licenses":              "",
	"bantin/internal/corpus":                "article strictyaml vietnamese language",
	"bantin/internal/browsertest":           "hosting build static templates",
	"bantin/internal/tools/screenshots":     "browsertest",
	"bantin/internal/tools/corpus":          "corpus",
	"bantin/internal/tools/scripts":         "",
	"bantin/internal/tools/soak":            "digest",
	"bantin/internal/tools/fuzz":            "",
	"bantin/internal/tools/vulncheck":       "",
	"bantin/internal/tools/licenses":        "",
	"bantin/internal/tools/release":         "language licenses messages",
	"bantin/internal/tools/peerbench":       "corpus article strictyaml digest templates",
	"bantin/cmd/bantin":                     "deploy notify visits licenses hosting lazyregexp importer importer/plaintext importer/savedpage importer/wordpress importer/hugo importer/jekyll importer/feed importer/docx mending edits desk preview build check article config strictyaml site skeleton source publish diag vietnamese static templates language strictfs messages",

	"bantin/internal/mending":          "article diag lazyregexp strictyaml vietnamese messages",
	"bantin/internal/edits":            "article source strictfs vietnamese",
	"bantin/internal/desk":             "article build config diag document edits importer language mending picture site source strictfs strictyaml vietnamese messages percent",
	"bantin/internal/tools/deskbundle": "",

	"bantin/internal/importer":              "lazyregexp article config source picture document strictyaml diag vietnamese language messages percent",
	"bantin/internal/importer/importertest": "importer build config vietnamese static templates",
	"bantin/internal/importer/plaintext":    "importer",
	"bantin/internal/importer/savedpage":    "importer lazyregexp strictyaml diag vietnamese percent",
	"bantin/internal/importer/wordpress":    "importer lazyregexp vietnamese percent",
	"bantin/internal/importer/frontmatter":  "importer article lazyregexp strictyaml vietnamese",
	"bantin/internal/importer/hugo":         "importer importer/frontmatter article lazyregexp strictyaml vietnamese",
	"bantin/internal/importer/feed":         "importer lazyregexp vietnamese",
	"bantin/internal/importer/docx":         "importer lazyregexp strictyaml vietnamese",
	"bantin/internal/importer/jekyll":       "importer importer/frontmatter article lazyregexp strictyaml vietnamese",
}

// outside says which libraries only one room may import, so that each trap of
// theirs has one place.
var outside = map[string]string{
	"github.com/yuin/goldmark":                        "bantin/internal/article bantin/internal/tools/peerbench", // which measures goldmark by itself
	"github.com/adrg/frontmatter":                     "bantin/internal/article",
	"github.com/gorilla/feeds":                        "bantin/internal/render",
	"github.com/arran4/golang-ical":                   "bantin/internal/render",
	"go.yaml.in/yaml/v3":                              "bantin/internal/strictyaml bantin/internal/article",
	"github.com/spf13/cobra":                          "bantin/cmd/bantin",
	"github.com/fsnotify/fsnotify":                    "bantin/internal/preview",
	"github.com/JohannesKaufmann/html-to-markdown/v2": "bantin/internal/importer",
	"codeberg.org/readeck/go-readability/v2":          "bantin/internal/importer/savedpage",
	"github.com/zeebo/xxh3":                           "bantin/internal/digest bantin/internal/publish",
	"github.com/minio/minio-go/v7":                    "bantin/internal/deploy",
	"github.com/pkg/sftp":                             "bantin/internal/deploy",
	"github.com/andybalholm/brotli":                   "bantin/internal/publish",
}

func TestImportsRunDownwardOnly(t *testing.T) {
	for _, p := range packages(t) {
		allowed, known := rooms[p.ImportPath]
		if !known {
			t.Errorf("%s has no room in the house: give it one here and in docs/architecture.md", p.ImportPath)
			continue
		}
		for _, imported := range p.Imports {
			if short, ours := strings.CutPrefix(imported, "bantin/"); ours && !mentions(allowed, strings.TrimPrefix(short, "internal/")) {
				t.Errorf("%s imports %s, which is not below it", p.ImportPath, imported)
			}
			for library, room := range outside {
				if (imported == library || strings.HasPrefix(imported, library+"/")) && !mentions(room, p.ImportPath) {
					t.Errorf("%s imports %s, which is the business of %s", p.ImportPath, imported, room)
				}
			}
		}
	}
}

func mentions(list, word string) bool {
	for _, w := range strings.Fields(list) {
		if w == word {
			return true
		}
	}
	return false
}

type listedPackage struct {
	ImportPath string
	Imports    []string
}

// packages lists the packages of the module with their imports, those of tests
// left out.
func packages(t *testing.T) []listedPackage {
	t.Helper()
	c := exec.Command("go", "list", "-json=ImportPath,Imports", "bantin/...")
	c.Dir = "../.."
	out, err := c.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var list []listedPackage
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listedPackage
		err := d.Decode(&p)
		if errors.Is(err, io.EOF) {
			return list
		}
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
}
