package questiontest

import (
	"fmt"
	"math/rand/v2"

	areas "liantu/graph/area"
	"liantu/graph/tuning"

	"pgregory.net/rapid"
)

// RandomSettings draws settings under which small graphs lead everywhere.
func RandomSettings(t *rapid.T) tuning.Settings { return GenerateSettings(numbers(t, "settings")) }

// GenerateSettings draws the settings of [RandomSettings] from a source of random
// numbers.
func GenerateSettings(r *rand.Rand) tuning.Settings {
	s := tuning.Default()
	s.MinPopulation = pick(r, []int{1, 1, 1, 2, 2, 5, 20})
	s.FrameYears = pick(r, []float64{0, 1, 3, 3, 10})
	s.EntryRate = pick(r, []float64{0, 0.05, 0.5})
	s.Review = pick(r, []float64{0.35, 0.35, 0.6, 0.01})
	s.HiddenUnknown = pick(r, []float64{0.1, 0.5, 0.5, 2, 5})
	s.FillExpected = pick(r, []float64{0.1, 0.5, 0.5, 3})
	s.FillPull = pick(r, []int{1, 3, 3, 10})
	s.FillPullExpected = pick(r, []float64{0, 0.1, 0.1, 1})
	s.WeakBelow = pick(r, []float64{0.5, 0.8, 0.8, 1})
	s.StrongAbove = pick(r, []float64{1, 1.25, 1.25, 2})
	s.SingleFirmMin = pick(r, []int{1, 1, 3})
	s.CapacityKnown = pick(r, []float64{0.2, 0.5, 0.5, 1})
	s.MomentumMin = pick(r, []int{1, 3, 5})
	s.Importance.Restricted = pick(r, []float64{0, 0, 0.2})
	return s
}

// RandomPopulation draws the population that a question names, mostly none.
func RandomPopulation(t *rapid.T) areas.Population {
	return pick(numbers(t, "population"), append(areas.Populations(), "", "", "", areas.Listed))
}

// wholes are regions that a source may declare that it holds whole; 440300 is not in
// the graph.
var wholes = [][]string{
	{"100000"},
	{"100000"},
	{"100000"},
	{"330000"},
	{"330000", "320000"},
	{"330100"},
	{"330100", "330200"},
	{"330106", "330109"},
	{"330106", "330109", "330212"},
	{"320500", "330000"},
	{"320582"},
	{"110000"},
	{"110108"},
	{"330000", "320000", "110000"},
	{"330000", "320582", "110108"},
	{"330000"},
	{"320000", "110000"},
	{"330200", "320000"},
	{"440300"},
	{"330100", "440300"},
}

// drawSources adds the nodes of some of the sources. In many graphs one that
// states most of the facts holds the whole country.
func (r *drawing) drawSources() {
	r.speakers = []string{"a", "a", "b", "b", "c", "d", "e"}
	scopes := [][]string{nil, nil, nil, {"c1"}, {"eco"}, {"c1", "c2"}, {"l0"}, {"l0", "l1"}, {"c1", "l1"}, {"c2"}, {"nowhere"}}
	populations := []string{"REGISTERED", "ABOVE_SCALE", "CERTIFIED", "LISTED", "LISTED"}
	common := pick(r.rand, populations)
	if !r.one(3) {
		r.speakers = append(r.speakers, "a", "a", "a", "a", "a", "a", "a", "a")
		r.source("a", Props{"population": common, "complete_in": []string{"100000"}})
		if r.one(3) {
			r.source("e", Props{"population": common, "complete_in": []string{"100000"}, "is_placement": true})
		}
		if r.one(2) {
			return
		}
	}
	// Often several sources hold parts of the same population, of various dates.
	isCommon := r.one(2)
	for _, name := range []string{"b", "c", "d", "e"}[:r.rand.IntN(5)] {
		props := Props{}
		if !r.one(8) {
			props["population"] = pick(r.rand, append(populations, "SELECTION"))
		}
		if isCommon && !r.one(8) {
			props["population"], scopes = common, scopes[:1]
		}
		if !r.one(8) {
			props["complete_in"] = pick(r.rand, wholes)
		}
		if scope := pick(r.rand, scopes); scope != nil {
			props["scope"] = scope
		}
		if r.one(3) {
			props["complete_on"] = pick(r.rand, listDays)
		}
		if r.one(5) {
			props["is_placement"] = !r.one(4)
		}
		r.source(name, props)
	}
}

// listDays are the days of lists, around those as of which facts are stated.
var listDays = []string{"2019", "2021", "2021-12-31", "2023-05", "2023-06", "2024-06-29", "2024-06-30", "2024"}

// source adds the node of a source, with a date or without.
func (r *drawing) source(name string, props Props) {
	props["name"], props["title"] = name, fmt.Sprintf("来源%s", name)
	if r.one(2) {
		props["data_date"] = pick(r.rand, listDays)
	}
	r.Source(props)
}
