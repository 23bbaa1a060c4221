package quality

import (
	"cmp"
	"context"
	"slices"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/projection"
	"liantu/message"
)

// Populations are the populations that there are, as they are held in a region. They
// belong to one picture.
type Populations struct {
	Region   projection.Vertex
	MinGrade graph.Grade
	List     []Held // widest first, then those of more links
}

// Held is a population, within a scope, as it is held in a region: the numbers of
// [Population] without those of reading.
type Held struct {
	Population
	// Known reports whether it is complete in the region or in one in it. Otherwise how
	// many members there are is not known.
	Known bool
}

// PopulationsOf lists the populations that there are, in a region or in the whole country
// for "": those that some source declares, wherever it does, and of those that none does
// one for all links. Errors are those of [Ask].
func PopulationsOf(ctx context.Context, p *projection.Projection, least graph.Grade, region string, grade graph.Grade) (*Populations, error) {
	if grade != "" && !grade.Valid() {
		return nil, message.As(graph.ErrInvalid, "grade %q: not one of A, B, C and D", grade)
	}
	v, err := p.Lookup(cmp.Or(region, projection.Country), projection.Region)
	if err != nil {
		return nil, err
	}
	all := &Populations{Region: v, MinGrade: cmp.Or(grade, least)}
	frames := area.FramesOf(p, "")
	for _, population := range area.Populations() {
		declared := false
		for _, f := range frames {
			if f.Population != population {
				continue
			}
			declared = true
			one, members, err := populationOf(ctx, p, f, v, all.MinGrade)
			if err != nil {
				return nil, err
			}
			all.List = append(all.List, Held{one, members != nil})
		}
		if !declared {
			all.List = append(all.List, Held{Population: Population{Population: population, Lacking: slices.Clone(p.ChildRegions(v))}})
		}
	}
	return all, nil
}
