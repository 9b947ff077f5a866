package docx

import (
	"strconv"
	"strings"

	"bantin/internal/importer"
)

// maxLevels is how many levels a list of Word has, and maxMark how many bytes the text
// of a level takes at most: each paragraph of the list repeats it.
const (
	maxLevels = 9
	maxMark   = 1 << 10
)

// abstractList is what lists have in common: they go on counting where another one of
// it has stopped.
type abstractList struct {
	levels [maxLevels]listLevel
	style  string          // that says how it looks; "" if it does itself
	counts *[maxLevels]int // the number that was shown last; nil until one was
}

type countedList struct {
	of       *abstractList
	levels   *[maxLevels]listLevel // its own, or those of the abstract list
	restarts [maxLevels]bool       // levels that begin anew where the list is first met
	met      bool
}

type listLevel struct {
	format string // bullet, decimal, lowerLetter
	text   string // with %1 for the number of the first level: "Điều %1."
	style  string // of paragraphs that stand on this level without saying so
	start  int
	legal  bool // all numbers are shown as decimal
}

// readLevel reads a level. Programs that do not say what stands there mean the usual mark.
func readLevel(n *node) listLevel {
	l := listLevel{format: n.val("numFmt"), text: n.val("lvlText"), style: n.val("pStyle"), start: max(number(n.val("start")), 0), legal: n.on("isLgl")}
	if n.child("start") == nil {
		l.start = 1
	}
	switch {
	case n.child("lvlText") != nil && len(l.text) <= maxMark, l.format == "none":
	case l.format == "bullet":
		l.text = "•"
	default:
		l.text = "%" + strconv.Itoa(number(n.attrs["ilvl"])+1) + "."
	}
	return l
}

// readAbstract reads an abstract list.
func readAbstract(n *node) *abstractList {
	l := &abstractList{style: n.val("numStyleLink")}
	for _, level := range n.children {
		if i := number(level.attrs["ilvl"]); level.name == "lvl" && i >= 0 && i < maxLevels {
			l.levels[i] = readLevel(level)
		}
	}
	return l
}

// readNumbering reads how the lists of a document count, by their numId (ECMA-376,
// part 1, section 17.9).
func readNumbering(root *node) map[string]*countedList {
	lists := map[string]*countedList{}
	if root == nil {
		return lists
	}
	abstract, ofStyle := map[string]*abstractList{}, map[string]*abstractList{}
	for _, n := range root.children {
		if n.name != "abstractNum" {
			continue
		}
		l := readAbstract(n)
		abstract[n.attrs["abstractNumId"]] = l
		if name := n.val("styleLink"); name != "" {
			ofStyle[name] = l
		}
	}
	for _, n := range root.children {
		of := abstract[n.val("abstractNumId")]
		if n.name != "num" || of == nil {
			continue
		}
		if linked := ofStyle[of.style]; linked != nil {
			of = linked
		}
		l := &countedList{of: of, levels: &of.levels}
		for _, change := range n.children {
			if i := number(change.attrs["ilvl"]); change.name == "lvlOverride" && i >= 0 && i < maxLevels {
				l.override(i, change)
			}
		}
		lists[n.attrs["numId"]] = l
	}
	return lists
}

// override changes a level for a list alone.
func (l *countedList) override(i int, change *node) {
	if l.levels == &l.of.levels {
		own := l.of.levels
		l.levels = &own
	}
	if level := change.child("lvl"); level != nil {
		l.levels[i] = readLevel(level)
	}
	if start := number(change.val("startOverride")); start >= 0 {
		l.levels[i].start, l.restarts[i] = start, true
	}
}

// count returns the mark that the next paragraph of a list has on a level.
func (l *countedList) count(level int) string {
	counts := l.of.counts
	if counts == nil {
		counts = &[maxLevels]int{}
		l.of.counts = counts
		for i := range counts {
			counts[i] = l.levels[i].start - 1
		}
	}
	for i, restart := range l.restarts {
		if restart && !l.met {
			counts[i] = l.levels[i].start - 1
		}
	}
	l.met = true
	counts[level]++
	for i := level + 1; i < maxLevels; i++ {
		counts[i] = l.levels[i].start - 1
	}
	mark := l.levels[level].text
	for i := range maxLevels {
		format := l.levels[i].format
		if l.levels[level].legal {
			format = ""
		}
		if place := "%" + strconv.Itoa(i+1); strings.Contains(mark, place) {
			mark = strings.ReplaceAll(mark, place, importer.Numeral(format, max(counts[i], l.levels[i].start)))
		}
	}
	return strings.TrimSpace(mark)
}
