package main

import (
	"bytes"
	"cmp"
	"debug/buildinfo"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/CycloneDX/cyclonedx-go"

	"bantin/internal/licenses"
)

// listContents makes the list of what the programs are made of (CycloneDX 1.6,
// JSON): the modules that they say are in them, Go's library, and the works that
// are no modules. It has no number of its own: two lists of one commit are the
// same.
func (r *release) listContents(programs []string) error {
	var parts []cyclonedx.Component
	for _, program := range programs {
		found, err := modulesIn(program)
		if err != nil {
			return err
		}
		parts = append(parts, found...)
	}
	others, err := r.fromNPM()
	if err != nil {
		return err
	}
	parts = append(parts, others...)
	parts = append(parts, // see internal/libwebp
		component("github", "webmproject/libwebp", "v1.4.0", []string{"BSD-3-Clause"}),
		component("golang", "github.com/gen2brain/webp", "v0.5.5", []string{"MIT"}),
	)
	slices.SortFunc(parts, func(a, b cyclonedx.Component) int { return strings.Compare(a.BOMRef, b.BOMRef) })
	parts = slices.CompactFunc(parts, func(a, b cyclonedx.Component) bool { return a.BOMRef == b.BOMRef })

	whole := component("golang", "bantin", r.version, []string{"Apache-2.0"})
	whole.Type = cyclonedx.ComponentTypeApplication
	var refs []string
	for _, part := range parts {
		refs = append(refs, part.BOMRef)
	}
	list := cyclonedx.NewBOM()
	list.Metadata = &cyclonedx.Metadata{Timestamp: r.time.Format(time.RFC3339), Component: &whole}
	list.Components = &parts
	list.Dependencies = &[]cyclonedx.Dependency{{Ref: whole.BOMRef, Dependencies: &refs}}
	var b bytes.Buffer
	if err := cyclonedx.NewBOMEncoder(&b, cyclonedx.BOMFileFormatJSON).SetPretty(true).SetEscapeHTML(false).EncodeVersion(list, cyclonedx.SpecVersion1_6); err != nil {
		return err
	}
	r.add("bantin_"+r.version+"_sbom.cdx.json", b.Bytes())
	return nil
}

// component returns a part by its package URL
// (https://github.com/package-url/purl-spec) and what it is under, in SPDX's
// words.
func component(source, name, version string, ids []string) cyclonedx.Component {
	url := "pkg:" + source + "/" + strings.Replace(name, "@", "%40", 1) + "@" + version
	var licences cyclonedx.Licenses
	for _, id := range ids {
		licences = append(licences, cyclonedx.LicenseChoice{License: &cyclonedx.License{ID: id}})
	}
	return cyclonedx.Component{Type: cyclonedx.ComponentTypeLibrary, BOMRef: url, Name: name, Version: version, PackageURL: url, Licenses: &licences}
}

// modulesIn returns the modules that a program says it contains, and Go's
// library. Each must have its licence among those that the program prints.
func modulesIn(program string) ([]cyclonedx.Component, error) {
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		return nil, err
	}
	licences, err := licencesOfWorks(licenses.ThirdParty)
	if err != nil {
		return nil, err
	}
	version, _, _ := strings.Cut(strings.TrimPrefix(info.GoVersion, "go"), " ")
	parts := []cyclonedx.Component{component("golang", "std", version, licences["Go's standard library"])}
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		parts = append(parts, component("golang", m.Path, m.Version, licences[m.Path+" "+m.Version]))
	}
	for _, part := range parts {
		if len(*part.Licenses) == 0 {
			return nil, fmt.Errorf("%s %s is in the program, and its licence is not: go run ./internal/tools/licenses", part.Name, part.Version)
		}
	}
	return parts, nil
}

// fromNPM returns what is in the program and came by npm: the editor of the
// desk, and a typeface.
func (r *release) fromNPM() ([]cyclonedx.Component, error) {
	var parts []cyclonedx.Component
	for _, lock := range []struct {
		file string
		of   func(name string) bool
	}{
		{"internal/desk/client/package-lock.json", func(string) bool { return true }},
		{"internal/browsertest/package-lock.json", func(name string) bool { return strings.HasPrefix(name, "@fontsource/") }},
	} {
		data, err := os.ReadFile(filepath.Join(r.root, filepath.FromSlash(lock.file)))
		if err != nil {
			return nil, err
		}
		var read struct {
			Packages map[string]struct{ Version, License string }
		}
		if err := json.Unmarshal(data, &read); err != nil {
			return nil, fmt.Errorf("%s: %w", lock.file, err)
		}
		for _, folder := range slices.Sorted(maps.Keys(read.Packages)) {
			name := strings.TrimPrefix(folder, "node_modules/")
			if name == "" || !lock.of(name) {
				continue
			}
			p := read.Packages[folder]
			if p.Version == "" || p.License == "" {
				return nil, fmt.Errorf("%s: %s has no version or no licence", lock.file, name)
			}
			parts = append(parts, component("npm", name, p.Version, []string{p.License}))
		}
	}
	return parts, nil
}

// terms are words by which the text of a licence is known, the first that fit.
var terms = []struct {
	id   string // of SPDX (https://spdx.org/licenses/)
	text *regexp.Regexp
}{
	{"OFL-1.1", words(`SIL OPEN FONT LICENSE Version 1\.1`)},
	{"MPL-2.0", words(`Mozilla Public License,? Version 2\.0`)},
	{"Apache-2.0", words(`Apache License Version 2\.0, January 2004`)},
	{"BSD-3-Clause", words(`Redistribution and use in source and binary forms.* Neither the name of|Redistribution and use in source and binary forms.* may not? be used to endorse`)},
	{"BSD-2-Clause", words(`Redistribution and use in source and binary forms`)},
	{"MIT", words(`Permission is hereby granted, free of charge, to any person obtaining a copy`)},
	{"ISC", words(`Permission to use, copy, modify, and(/or)? distribute this software for any purpose`)},
	{"CC0-1.0", words(`CC0 1\.0 Universal`)},
	{"Unlicense", words(`This is free and unencumbered software released into the public domain`)},
}

func words(pattern string) *regexp.Regexp { return regexp.MustCompile("(?i)" + pattern) }

// licencesOfWorks returns what the works of licenses.ThirdParty are under, by
// their lines there. What has several texts is under all of them.
func licencesOfWorks(text string) (map[string][]string, error) {
	found := map[string][]string{}
	var unknown []string // notices, and licences that are not in terms
	for _, section := range strings.Split(text, "\n"+strings.Repeat("=", 80)+"\n")[1:] {
		works, licence, ok := strings.Cut(section, "\n"+strings.Repeat("-", 80)+"\n")
		if !ok {
			return nil, errors.New("the licences have another form than internal/tools/licenses gives them")
		}
		id, licence := "", strings.Join(strings.Fields(licence), " ")
		for _, t := range terms {
			if t.text.MatchString(licence) {
				id = t.id
				break
			}
		}
		for _, work := range strings.Split(works, "\n") {
			if id == "" {
				unknown = append(unknown, work)
			} else if !slices.Contains(found[work], id) {
				found[work] = append(found[work], id)
				slices.SortFunc(found[work], cmp.Compare[string])
			}
		}
	}
	for _, work := range unknown {
		if found[work] == nil {
			return nil, fmt.Errorf("the licence of %s is not known: give it a line in terms", work)
		}
	}
	return found, nil
}
