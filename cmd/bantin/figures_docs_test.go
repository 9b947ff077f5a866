package main

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestTheReadmeTellsTheFiguresOfTheBenchmarks holds that what the README says of times is
// what the tables of docs/benchmarks.md say, to as many decimals as it says it.
func TestTheReadmeTellsTheFiguresOfTheBenchmarks(t *testing.T) {
	told := regexp.MustCompile(`10,000 articles are built in (\S+) s, .*\(Hugo, without one: (\S+) s\), .* published in (\S+) s \((\S+) s\); ` +
		`100,000 take (\S+) s and (\S+) s \((\S+) and (\S+) s\)`).FindStringSubmatch(ownFile(t, "README.md"))
	if told == nil {
		t.Fatal("the sentence with the figures is not found")
	}
	tables := strings.Split(ownFile(t, "docs/benchmarks.md"), "\n### ")
	for i, of := range []struct{ table, row string }{
		{"10,000 articles", "bantin, clean"}, {"10,000 articles", "hugo, clean"}, {"10,000 articles", "bantin, add one"}, {"10,000 articles", "hugo, add one"},
		{"100,000 articles", "bantin, clean"}, {"100,000 articles", "bantin, add one"}, {"100,000 articles", "hugo, clean"}, {"100,000 articles", "hugo, add one"},
	} {
		measured := -1.0
		for _, table := range tables {
			title, rest, _ := strings.Cut(table, "\n")
			if row := regexp.MustCompile(`(?m)^\| ` + of.row + ` \| ([\d.]+) \|`).FindStringSubmatch(rest); title == of.table && row != nil {
				measured, _ = strconv.ParseFloat(row[1], 64)
			}
		}
		_, decimals, _ := strings.Cut(told[i+1], ".")
		if want := strconv.FormatFloat(measured, 'f', len(decimals), 64); told[i+1] != want {
			t.Errorf("%s, %s: the README says %s s, the table %s", of.table, of.row, told[i+1], want)
		}
	}
}
