package questiontest

import (
	"fmt"
	"math/rand/v2"

	"liantu/graph"
)

// GenerateTies draws a small graph of people, companies and intermediaries with
// all that introductions follow: several posts of one person at one company,
// past and present ones, consent of every sort, loops, dates that are missing.
func GenerateTies(r *rand.Rand) graph.Batch {
	b := &tieBuilder{Builder: NewBuilder(), r: r}
	b.nodes()
	b.tie("NATIVE_OF", b.people, b.regions[1:], 6, b.dates)
	b.tie("COVERS", b.intermediaries, b.regions, 2, b.dates)
	b.tie("WORKS_AT", b.people, b.companies, 12, b.post)
	b.tie("KNOWS", b.people, b.people, 6, b.knows)
	b.tie("MEMBER_OF", append(b.people[:len(b.people):len(b.people)], b.companies...), b.intermediaries, 5, b.dates)
	b.tie("SUPPLIES", b.companies, b.companies, 3, b.dates)
	b.tie("INVESTS_IN", b.companies, b.companies, 2, b.dates)
	b.tie("SERVES", b.intermediaries, b.companies, 4, b.serves)
	return b.Batch()
}

// tieBuilder draws nodes and the ties between them.
type tieBuilder struct {
	*Builder
	r                                          *rand.Rand
	regions, companies, people, intermediaries []graph.Key
}

// nodes draws all nodes, and where companies are and what they do.
func (b *tieBuilder) nodes() {
	for _, code := range []string{"100000", "330000", "330100", "330106", "440300"} {
		b.regions = append(b.regions, b.Node("Region", Props{"code": code, "name": "地区" + code}))
	}
	for i := range 6 {
		company := b.Node("Company", Props{"name": fmt.Sprint("企业", i)})
		b.companies = append(b.companies, company)
		if b.r.IntN(4) > 0 {
			b.Edge("LOCATED_IN", company, b.regions[b.r.IntN(5)], Props{"role": "REGISTERED"})
		}
	}
	chain := b.Node("Chain", Props{"code": "c", "name": "链"})
	for i := range 3 {
		link := b.Node("Link", Props{"code": fmt.Sprint("c.l", i), "name": fmt.Sprint("环节", i), "declared_role": "CORE"})
		b.Edge("PART_OF", link, chain, nil)
		b.Edge("OPERATES_IN", b.companies[i], link, nil)
		b.Edge("OPERATES_IN", b.companies[i+b.r.IntN(3)], link, nil)
	}
	for i := range 7 {
		b.people = append(b.people, b.Node("Person", b.person(i)))
	}
	for i := range 3 {
		b.intermediaries = append(b.intermediaries, b.Node("Intermediary", Props{"name": fmt.Sprint("机构", i)}))
	}
}

// person draws somebody, with consent of any kind.
func (b *tieBuilder) person(i int) Props {
	p := Props{"code": fmt.Sprint("P", i), "name": fmt.Sprint("示例", i), "consent": "GIVEN"}
	switch b.r.IntN(9) {
	case 0:
		p["consent"] = "REFUSED"
	case 1:
		delete(p, "consent")
	case 2:
		p["consent_until"] = pick(b.r, []string{"2024-06", "2024-07-01", "2025"})
	}
	return p
}

// tie draws edges of one kind, each stated on its own day with its own grade.
func (b *tieBuilder) tie(kind string, from, to []graph.Key, count int, props func() Props) {
	for range count {
		b.Provenance.AsOf = pick(b.r, []string{"2018", "2021-03", "2024-06-30"})
		b.Provenance.Grade = pick(b.r, []graph.Grade{"A", "B", "D"})
		b.Provenance.Assumed = b.r.IntN(4) == 0
		b.Edge(kind, pick(b.r, from), pick(b.r, to), props())
	}
	b.Provenance = NewBuilder().Provenance
}

func (b *tieBuilder) dates() Props {
	p := Props{}
	if b.r.IntN(2) == 0 {
		p["valid_from"] = pick(b.r, []string{"2009", "2015-05", "2024-06-30", "2024-08"})
	}
	if b.r.IntN(3) == 0 {
		p["valid_to"] = pick(b.r, []string{"2012", "2016-02", "2030"})
	}
	return p
}

func (b *tieBuilder) post() Props {
	p := b.dates()
	p["post"] = fmt.Sprint("职务", b.r.IntN(3))
	if b.r.IntN(2) == 0 {
		p["influence"] = pick(b.r, []string{"DECIDES", "ADVISES", "KNOWS"})
	}
	return p
}

func (b *tieBuilder) knows() Props {
	p := Props{}
	if b.r.IntN(2) == 0 {
		p["closeness"] = pick(b.r, []string{"CLOSE", "REGULAR", "DISTANT"})
	}
	if b.r.IntN(2) == 0 {
		p["last_contact"] = pick(b.r, []string{"2014", "2023-11-02"})
	}
	return p
}

func (b *tieBuilder) serves() Props {
	p := Props{"service": pick(b.r, []string{"AUDITOR", "LAW_FIRM"})}
	if b.r.IntN(2) == 0 {
		p["date"] = pick(b.r, []string{"2010-04-01", "2020", "2025-01-01"})
	}
	return p
}
