package questiontest

import (
	"testing"

	"liantu/graph"
	"liantu/graph/introductions"
	"liantu/graph/tuning"
)

// SmallSettings are the default settings for small graphs: a single company at a link is
// population enough.
func SmallSettings() tuning.Settings {
	s := tuning.Default()
	s.MinPopulation = 1
	return s
}

// Town is a small graph of people and companies.
type Town struct {
	*Builder
	Place, Link, Target graph.Key
}

// NewTown makes a town with a company elsewhere that is at the link it lacks.
func NewTown() *Town {
	b := &Town{Builder: NewBuilder()}
	b.Source(Props{"name": b.Provenance.Source, "population": "LISTED", "complete_in": []string{"100000"}})
	b.Node("Region", Props{"code": "100000", "name": "全国"})
	b.Node("Region", Props{"code": "330000", "name": "浙江省"})
	b.Place = b.Node("Region", Props{"code": "330683", "name": "嵊州市"})
	far := b.Node("Region", Props{"code": "440300", "name": "深圳市"})
	chain := b.Node("Chain", Props{"code": "c", "name": "链"})
	b.Link = b.Node("Link", Props{"code": "c.l", "name": "环节", "declared_role": "CORE"})
	b.Edge("PART_OF", b.Link, chain, nil)
	b.Target = b.Node("Company", Props{"name": "深企"})
	b.Edge("LOCATED_IN", b.Target, far, Props{"role": "REGISTERED"})
	b.Edge("OPERATES_IN", b.Target, b.Link, nil)
	local := b.Node("Company", Props{"name": "本企"})
	b.Edge("LOCATED_IN", local, b.Place, Props{"role": "REGISTERED"})
	other := b.Node("Link", Props{"code": "c.m", "name": "他环节"})
	b.Edge("PART_OF", other, chain, nil)
	b.Edge("OPERATES_IN", local, other, nil)
	return b
}

// Person adds a person; consent is GIVEN unless stated otherwise.
func (b *Town) Person(code string, more Props) graph.Key {
	props := Props{"name": "示例" + code, "consent": "GIVEN", "synthetic": true}
	if code != "" {
		props["code"] = code
	}
	for name, value := range more {
		props[name] = value
	}
	return b.Node("Person", props)
}

// Ask asks for introductions in the picture of the town.
func (b *Town) Ask(t testing.TB, q introductions.Question) *introductions.Answer {
	t.Helper()
	p := Picture(t, t, Stream(t.Context(), t, b.Batch()))
	answer, err := introductions.Ask(t.Context(), p, SmallSettings(), q)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}
