package lists

import (
	"cmp"
	"slices"

	"liantu/message"
	"liantu/schema"
)

// From so many companies, of which such a share are in one region, a list looks complete.
const (
	fewest = 50
	share  = .95
)

// Place is a region in which a company is.
type Place struct {
	Company int
	Region  string
}

// Guess is a region of which a list looks like a complete one.
type Guess struct {
	Region           schema.Region
	Companies, There int
}

// MayLook reports whether a list of so many companies may look complete.
func MayLook(companies int) bool { return companies >= fewest }

// Unplaced reports whether so many placed companies of all are too few to tell.
func Unplaced(placed, companies int) bool { return float64(placed) < share*float64(companies) }

// Look guesses of which city or county a list of so many companies is a complete one; it
// reports false if it looks like none. A company may have several places.
func Look(companies int, places []Place) (Guess, bool) {
	slices.SortFunc(places, func(a, b Place) int {
		return cmp.Or(cmp.Compare(a.Company, b.Company), cmp.Compare(a.Region, b.Region))
	})
	there := map[string]int{}
	last := map[string]int{} // by region: the company that was counted last, plus one
	for _, p := range places {
		for _, area := range areas(p.Region) {
			if last[area] != p.Company+1 {
				last[area] = p.Company + 1
				there[area]++
			}
		}
	}
	best := Guess{Companies: companies}
	for code, n := range there {
		r, ok := schema.RegionByCode(code)
		if !ok || Unplaced(n, companies) {
			continue
		}
		if best.There == 0 || schema.Within(code, best.Region.Code) {
			best.Region, best.There = r, n
		}
	}
	return best, MayLook(companies) && best.There > 0
}

// areas lists the county and the city in which a region lies, itself included. The
// municipalities are cities.
func areas(code string) []string {
	var list []string
	for r, ok := schema.RegionByCode(code); ok; r, ok = schema.Parent(r.Code) {
		if r.Level == schema.LevelCity || r.Level == schema.LevelCounty || isMunicipality(r.Code) {
			list = append(list, r.Code)
		}
	}
	return list
}

// isMunicipality reports whether a region is one of the cities that are provinces.
func isMunicipality(code string) bool {
	return slices.Contains([]string{"110000", "120000", "310000", "500000"}, code)
}

// Question asks whether the list of a source is complete.
func (g Guess) Question(source string) message.Text {
	return message.New("the list %q looks like a complete one of %s %s (%d companies, %d %% of them there) and does not say what it was meant to hold: if it is complete, load it again with --population ABOVE_SCALE --complete-in %[2]s (or another population); if it is a selection, with --population SELECTION; until then no absence follows from it",
		source, g.Region.Code, g.Region.Name, g.Companies, 100*g.There/g.Companies)
}
