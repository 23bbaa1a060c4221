package schema

import (
	_ "embed" // for the tables
	"slices"
	"strconv"
	"strings"

	"liantu/hanzi"
	"liantu/message"
)

// FormerRegion is a division under a code or a name that no longer holds.
type FormerRegion struct {
	Code string // six digits of GB/T 2260
	Name string
	// From and Until are the first and the last year at whose end it held. From is
	// 0 for 1980 or earlier; both are 0 where the years are not known.
	From, Until int
	// Successor is the code of the region that it became or is part of; of one that
	// was divided the region that has its seat. It is "" where that is not certain.
	Successor string
}

// formerTable holds the divisions under codes and names that held at the end of
// any year from 1980 and hold no more, in order of code and year. regions.py
// writes it, and says by which sources and rules.
//
//go:embed regions_former.csv
var formerTable string

// aliasTable holds other names of regions with the code: those before a renaming,
// an upgrade or a merger, collected by hand, and the like of 全中国.
//
//go:embed regions_aliases.csv
var aliasTable string

// FormerRegions returns the divisions that held under another code or name, in
// order of code, of one code the latest last. The slice is the caller's.
func FormerRegions() []FormerRegion { return slices.Clone(regions().past) }

// recent is the year from which a former name counts as much as one of today:
// files still have it, so that a name of today elsewhere does not exclude it.
const recent = 2000

func (a *atlas) readFormer() {
	for line := range strings.Lines(aliasTable) {
		name, code, _ := strings.Cut(strings.TrimSpace(line), ",")
		r := &a.list[a.byCode[code]]
		r.Aliases = append(r.Aliases, name)
	}
	for i := range a.list {
		slices.Sort(a.list[i].Aliases)
	}
	for line := range strings.Lines(formerTable) {
		field := strings.Split(strings.TrimSpace(line), ",")
		f := FormerRegion{Code: field[0], Name: field[1], From: year(field[2]), Until: year(field[3]), Successor: field[4]}
		a.past = append(a.past, f)
		a.former[f.Code] = f.Successor // of the latest in the end
		if f.Successor == "" {
			a.ended[f.Code], a.ended[hanzi.Simplify(f.Name)] = f, f
		}
	}
}

// year reads a year of a table, 0 for none.
func year(text string) int {
	n, _ := strconv.Atoi(text) // the tables have digits or nothing
	return n
}

// addFormer indexes the former names. A name that also belonged to a division of
// which no successor is certain counts only below a region that contains it.
func (a *atlas) addFormer() {
	for _, f := range a.past {
		if f.Successor == "" {
			continue
		}
		cost := costFormer
		if f.Until >= recent {
			cost = costExact
		}
		_, lost := a.ended[hanzi.Simplify(f.Name)]
		a.addName(f.Name, regionName{region: a.byCode[f.Successor], cost: cost, below: lost})
	}
}

// whatBecame says of a code or name that was a division what is known of it, nothing
// for anything else.
func (a *atlas) whatBecame(text string) message.Text {
	f, ok := a.ended[text]
	if !ok {
		return message.Text{}
	}
	return message.New("%s (%s) was a division until %d, and what has become of it is not certain", f.Name, f.Code, f.Until)
}
