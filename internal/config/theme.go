package config

import (
	"maps"
	"slices"
)

// Palette is a set of colours that go together, in light and dark. A site's
// own accent wins over the palette's, and Light.Link and the like then follow
// from it.
type Palette struct {
	Name        string
	Accent      string // #rrggbb, as all colours here
	Light, Dark Colours
}

// Colours are the colours of a palette that static/style.css names so. Those
// it does not hold (for warnings, focus and the like) fit every palette.
type Colours struct {
	Paper, Soft, Line string // the page, what stands apart on it, hairlines
	Ink, Muted        string // text
	Link, Bar, Rule   string // from the accent: links, the menu's bar under white, heavy lines
}

var palettes = map[string]Palette{
	"lacquer": {
		Name: "lacquer", Accent: "#9c1c1f",
		Light: Colours{"#ffffff", "#f9f3ec", "#ddd1c4", "#1f1a17", "#5f564e", "#9c1c1f", "#861518", "#861518"},
		Dark:  Colours{"#191514", "#27201e", "#4d423c", "#f0e9e3", "#c0b4aa", "#f2a59d", "#611b1b", "#d0605b"},
	},
	"paddy": {
		Name: "paddy", Accent: "#17634a",
		Light: Colours{"#ffffff", "#f1f5ee", "#d0d8ca", "#181c19", "#525a52", "#17634a", "#12543e", "#12543e"},
		Dark:  Colours{"#141715", "#1f2521", "#3f4842", "#e8ede9", "#b1bab3", "#8fd3b4", "#17463a", "#4aa583"},
	},
	"indigo": {
		Name: "indigo", Accent: "#1f4b99",
		Light: Colours{"#ffffff", "#f1f4f8", "#ced6df", "#171b21", "#525a66", "#1f4b99", "#1b3f80", "#1b3f80"},
		Dark:  Colours{"#14161a", "#1f232a", "#3d444f", "#e7eaf0", "#b0b8c4", "#9dbdf5", "#22407a", "#6f97e0"},
	},
}

func paletteNames() []string { return slices.Sorted(maps.Keys(palettes)) }

// Font is a typeface for headlines that comes with the program.
type Font struct {
	Name   string
	Family string // as CSS calls it
	Files  []FontFile
	// License is the file of static/ with the terms under which it comes.
	License string
}

// FontFile is the part of a typeface that has some letters. Its name is that
// of a file of static/.
type FontFile struct{ Name, Range string }

// Each file is one of an npm package of Fontsource, with the range of letters
// that the package gives it; internal/browsertest holds them equal.
var fonts = map[string]Font{
	"be-vietnam-pro": {
		Name: "be-vietnam-pro", Family: "Be Vietnam Pro", License: "fonts/be-vietnam-pro-OFL.txt",
		Files: []FontFile{
			{"fonts/be-vietnam-pro-vietnamese-700-normal.woff2", "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB"},
			{"fonts/be-vietnam-pro-latin-700-normal.woff2", "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD"},
		},
	},
}

// Fonts returns the typefaces that come with the program.
func Fonts() []Font { return slices.Collect(maps.Values(fonts)) }

func fontNames() []string { return slices.Sorted(maps.Keys(fonts)) }
