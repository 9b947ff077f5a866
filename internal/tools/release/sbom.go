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

	"bantin/internal/licenses"
)

// bom is a list of what a program is made of (CycloneDX 1.6, JSON,
// https://cyclonedx.org/docs/1.6/json/). It has no number of its own, since two
// lists of one commit are the same.
type bom struct {
	Schema       string       `json:"$schema"`
	Format       string       `json:"bomFormat"`
	SpecVersion  string       `json:"specVersion"`
	Version      int          `json:"version"`
	Metadata     bomMetadata  `json:"metadata"`
	Components   []component  `json:"components"`
	Dependencies []dependency `json:"dependencies"`
}

type bomMetadata struct {
	Timestamp string    `json:"timestamp"` // RFC 3339
	Component component `json:"component"`
}

// component is a part, or the whole. Its reference is its package URL
// (https://github.com/package-url/purl-spec).
type component struct {
	Type     string         `json:"type"`
	Ref      string         `json:"bom-ref"`
	Name     string         `json:"name"`
	Version  string         `json:"version"`
	Scope    string         `json:"scope,omitempty"`
	Licences []licenceOfBOM `json:"licenses"`
	PURL     string         `json:"purl"`
}

type licenceOfBOM struct {
	Licence struct {
		ID string `json:"id"` // of SPDX
	} `json:"license"`
}

type dependency struct {
	Ref       string   `json:"ref"`
	DependsOn []string `json:"dependsOn"`
}

// listContents makes the list of what the programs are made of: the modules
// that they say are in them, Go's library, and the works that are no modules.
func (r *release) listContents(programs []string) error {
	var parts []component
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
	slices.SortFunc(parts, func(a, b component) int { return strings.Compare(a.Ref, b.Ref) })
	parts = slices.CompactFunc(parts, func(a, b component) bool { return a.Ref == b.Ref })

	whole := newComponent("application", "golang", "bantin", r.version, []string{"Apache-2.0"})
	list := bom{
		Schema: "http://cyclonedx.org/schema/bom-1.6.schema.json", Format: "CycloneDX", SpecVersion: "1.6", Version: 1,
		Metadata:   bomMetadata{r.time.Format(time.RFC3339), whole},
		Components: parts,
	}
	all := dependency{Ref: whole.Ref}
	for _, part := range parts {
		all.DependsOn = append(all.DependsOn, part.Ref)
		list.Dependencies = append(list.Dependencies, dependency{part.Ref, []string{}})
	}
	list.Dependencies = append([]dependency{all}, list.Dependencies...)
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(list); err != nil {
		return err
	}
	r.add("bantin_"+r.version+"_sbom.cdx.json", b.Bytes())
	return nil
}

func newComponent(kind, source, name, version string, ids []string) component {
	url := "pkg:" + source + "/" + strings.Replace(name, "@", "%40", 1) + "@" + version
	c := component{Type: kind, Ref: url, Name: name, Version: version, PURL: url}
	for _, id := range ids {
		var l licenceOfBOM
		l.Licence.ID = id
		c.Licences = append(c.Licences, l)
	}
	return c
}

// modulesIn returns the modules that a program says it contains, and Go's
// library. Each must have its licence among those that the program prints.
func modulesIn(program string) ([]component, error) {
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		return nil, err
	}
	licences, err := licencesOfWorks(licenses.ThirdParty)
	if err != nil {
		return nil, err
	}
	version, _, _ := strings.Cut(strings.TrimPrefix(info.GoVersion, "go"), " ")
	parts := []component{newComponent("library", "golang", "std", version, licences["Go's standard library"])}
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		parts = append(parts, newComponent("library", "golang", m.Path, m.Version, licences[m.Path+" "+m.Version]))
	}
	for _, part := range parts {
		if part.Licences == nil {
			return nil, fmt.Errorf("%s %s is in the program, and its licence is not: go run ./internal/tools/licenses", part.Name, part.Version)
		}
	}
	return parts, nil
}

// fromNPM returns what is in the program and came by npm: the editor of the
// desk, and a typeface.
func (r *release) fromNPM() ([]component, error) {
	var parts []component
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
			parts = append(parts, newComponent("library", "npm", name, p.Version, []string{p.License}))
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
