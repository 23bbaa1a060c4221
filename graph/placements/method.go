package placements

import (
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/place"
)

// Method is how the companies of one picture are placed: by their words, the judgements
// of the picture as rules, and the points that these teach.
type Method struct {
	Precision  float64 // the part of the confirmed that is to be right
	Judgements *Judgements
	Lesson     place.Lesson
	placer     *place.Placer
	links      map[string]projection.Vertex // by code
}

// NewMethod prepares the links of a picture and learns from its judgements.
func NewMethod(p *projection.Projection, precision float64) (*Method, error) {
	links := Links(p)
	m := &Method{Precision: precision, Judgements: ReadJudgements(p)}
	taxonomy, err := place.NewTaxonomy(links)
	if err != nil {
		return nil, err
	}
	pupil := place.NewPupil(taxonomy)
	for from := 0; from < len(m.Judgements.examples); {
		to := from
		pairs := map[string]place.Verdict{}
		for ; to < len(m.Judgements.examples) && m.Judgements.examples[to].company == m.Judgements.examples[from].company; to++ {
			pairs[m.Judgements.examples[to].link] = m.Judgements.examples[to].verdict
		}
		if c, _, ok := Company(p, m.Judgements.examples[from].company); ok {
			pupil.Add(c, pairs)
		}
		from = to
	}
	model, lesson, err := pupil.Relearn(place.BuiltIn(), precision)
	if err != nil {
		return nil, err
	}
	m.Lesson = lesson
	words, err := place.With(links, model, precision)
	if err != nil {
		return nil, err
	}
	m.placer, m.links = words.Under(m.Judgements.Items), make(map[string]projection.Vertex, len(links))
	for v, end := p.Range(projection.Link); v < end; v++ {
		m.links[p.Code(v)] = v
	}
	return m, nil
}

// company returns what a company says of itself with what was decided about it, and the
// provenance of the newest of either; ok is false where nothing is said and no link is affirmed.
func (m *Method) company(p *projection.Projection, v projection.Vertex) (c place.Company, by, judged graph.Provenance, ok bool) {
	c, by, ok = Company(p, v)
	j := m.Judgements.companies[v]
	if j == nil {
		return c, by, judged, ok
	}
	c.Judged, judged = j.links, j.by
	for _, l := range j.links {
		if l.Verdict == place.Yes && !ok {
			ok = true
		}
	}
	return c, by, judged, ok
}

// Explain returns the placements of a company with the points of their terms; ok is false
// where the picture holds nothing that the company says of itself and nobody judged it.
func (m *Method) Explain(p *projection.Projection, v projection.Vertex) (list []place.Explanation, ok bool) {
	c, _, _, ok := m.company(p, v)
	if !ok {
		return nil, false
	}
	return m.placer.Explain(c), true
}
