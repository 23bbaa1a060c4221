package candidates

import (
	"math"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/projection"
	"liantu/message"
)

// Filters say which companies are wanted; the zero Filters all.
type Filters struct {
	Listed     bool     // those with a stock code
	Ownership  []string // values of the property ownership, or STATE for both that are state owned; empty for any
	Places     []string // regions where they are: codes, ids or names; empty for any
	Employees  int      // at least so many; 0 for any
	CapitalWan float64  // registered capital of at least so much in 万元; 0 for any
}

// OwnershipState stands for CENTRAL_STATE and LOCAL_STATE.
const OwnershipState = "STATE"

// Filter is one of the filters of a question.
type Filter string

// The filters, in the order in which they are applied.
const (
	ByListing   Filter = "LISTED"
	ByOwnership Filter = "OWNERSHIP"
	ByPlace     Filter = "PLACE"
	ByEmployees Filter = "EMPLOYEES"
	ByCapital   Filter = "CAPITAL"
)

// Filtered says how many companies a filter removed that passed those before it.
type Filtered struct {
	Filter  Filter
	Removed int // of which it is known that they are not wanted
	Unknown int // of which it is not known
}

// outcome is what became of a company.
type outcome int8

const (
	untested outcome = iota
	passed
	removed
	unknown
)

// test is a filter that a question applies.
type test struct {
	Filtered
	of func(company projection.Vertex) outcome
}

// filter applies the filters of a question, to every company once.
type filter struct {
	first projection.Vertex
	done  []outcome
	tests []test
}

// Ownerships returns the words by which companies can be filtered, in the order of the
// schema.
func Ownerships(p *projection.Projection) []string {
	words := []string{OwnershipState}
	for _, v := range p.Model().Node(projection.Company).Property("ownership").Values {
		words = append(words, v.Name)
	}
	return words
}

// newFilter returns nil if nothing is filtered.
func newFilter(p *projection.Projection, q Filters) (*filter, error) {
	f := &filter{}
	add := func(name Filter, of func(projection.Vertex) outcome) {
		f.tests = append(f.tests, test{Filtered{Filter: name}, of})
	}
	if q.Listed {
		add(ByListing, func(v projection.Vertex) outcome { return outcomeOf(true, p.Text(v, "stock_code") != "") })
	}
	if len(q.Ownership) > 0 {
		wanted, err := ownershipsOf(p, q.Ownership)
		if err != nil {
			return nil, err
		}
		add(ByOwnership, func(v projection.Vertex) outcome {
			owner := p.Text(v, "ownership")
			return outcomeOf(owner != "", slices.Contains(wanted, owner))
		})
	}
	if len(q.Places) > 0 {
		regions, err := area.LookupAll(p, q.Places, projection.Region)
		if err != nil {
			return nil, err
		}
		add(ByPlace, func(v projection.Vertex) outcome { return placed(p, p.PlaceOf(v), regions) })
	}
	if q.Employees < 0 || q.CapitalWan < 0 || math.IsNaN(q.CapitalWan) {
		return nil, message.As(graph.ErrInvalid, "a least size cannot be negative")
	}
	if q.Employees > 0 {
		add(ByEmployees, func(v projection.Vertex) outcome { return reaches(p.Size(v, true), float64(q.Employees)) })
	}
	if q.CapitalWan > 0 {
		add(ByCapital, func(v projection.Vertex) outcome { return reaches(p.Size(v, false), q.CapitalWan) })
	}
	if len(f.tests) == 0 {
		return nil, nil
	}
	var end projection.Vertex
	f.first, end = p.Range(projection.Company)
	f.done = make([]outcome, end-f.first)
	return f, nil
}

// ownershipsOf checks the words and replaces STATE by what it stands for.
func ownershipsOf(p *projection.Projection, texts []string) ([]string, error) {
	var wanted []string
	for _, text := range texts {
		word := strings.ToUpper(strings.ReplaceAll(text, "-", "_"))
		if value, err := p.Model().Node(projection.Company).Property("ownership").Parse(text); err == nil {
			word, _ = value.(string)
		}
		switch known := Ownerships(p); {
		case !slices.Contains(known, word):
			return nil, message.As(graph.ErrInvalid, "ownership %q: not one of %v", text, strings.Join(known, ", "))
		case word == OwnershipState:
			wanted = append(wanted, "CENTRAL_STATE", "LOCAL_STATE")
		default:
			wanted = append(wanted, word)
		}
	}
	return wanted, nil
}

func outcomeOf(known, wanted bool) outcome {
	switch {
	case !known:
		return unknown
	case wanted:
		return passed
	}
	return removed
}

func placed(p *projection.Projection, place string, regions []projection.Vertex) outcome {
	result := removed
	for _, region := range regions {
		switch code := p.AreaOf(region); {
		case projection.Within(place, code):
			return passed
		case projection.Within(code, place):
			result = unknown
		}
	}
	return result
}

func reaches(size, least float64) outcome { return outcomeOf(!math.IsNaN(size), size >= least) }

// passes reports whether a company passes all filters; there may be none.
func (f *filter) passes(company projection.Vertex) bool {
	if f == nil {
		return true
	}
	done := &f.done[company-f.first]
	for i := 0; *done == untested && i < len(f.tests); i++ {
		switch result := f.tests[i].of(company); result {
		case removed:
			f.tests[i].Removed++
			*done = result
		case unknown:
			f.tests[i].Unknown++
			*done = result
		}
	}
	if *done == untested {
		*done = passed
	}
	return *done == passed
}

// counted returns what each filter removed.
func (f *filter) counted() []Filtered {
	found := make([]Filtered, len(f.tests))
	for i, t := range f.tests {
		found[i] = t.Filtered
	}
	return found
}
