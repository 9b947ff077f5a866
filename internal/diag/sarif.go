package diag

import (
	"encoding/json"
	"net/url"
	"slices"
)

// The part of SARIF 2.1.0 (OASIS) that tells problems in files.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID string `json:"id"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifMessage    `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifMessage struct {
		Text string `json:"text"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI       string `json:"uri"`
		URIBaseID string `json:"uriBaseId"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
	}
)

// SARIF returns the list as a log of the Static Analysis Results Interchange
// Format 2.1.0, made by the given version of Bantin, with texts in the
// language lang.
func (l List) SARIF(lang, version string) ([]byte, error) {
	reports := l.Report(lang)
	run := sarifRun{
		Tool:       sarifTool{sarifDriver{Name: "bantin", Version: version, Rules: []sarifRule{}}},
		ColumnKind: "unicodeCodePoints",
		Results:    []sarifResult{},
	}
	var codes []string
	for _, r := range reports {
		codes = append(codes, r.Code)
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	for _, code := range codes {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{code})
	}
	for _, r := range reports {
		rule, _ := slices.BinarySearch(codes, r.Code)
		run.Results = append(run.Results, r.sarif(rule))
	}
	return json.MarshalIndent(sarifLog{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{run},
	}, "", "  ")
}

// sarif returns the problem as a result of the rule at place rule.
func (r Report) sarif(rule int) sarifResult {
	message := r.Message
	if r.Hint != "" {
		message += "\n" + r.Hint
	}
	place := sarifPhysical{Artifact: sarifArtifact{URI: (&url.URL{Path: r.File}).String(), URIBaseID: "%SRCROOT%"}}
	if r.Line > 0 {
		place.Region = &sarifRegion{r.Line, r.Column}
	}
	return sarifResult{
		RuleID: r.Code, RuleIndex: rule, Level: r.Severity,
		Message:   sarifMessage{message},
		Locations: []sarifLocation{{place}},
	}
}
