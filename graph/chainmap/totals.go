package chainmap

import (
	"context"
	"slices"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/graph/ties"
)

// Candidates returns how many companies could be attracted to the link; none are sought for
// one that holds no companies.
func (l *Link) Candidates(ctx context.Context) (n int, sought bool, err error) {
	return l.of.counter.Attract(ctx, l.Link)
}

// Projects returns how many projects of the region fill the link or one below it.
func (l *Link) Projects() int { return len(projectsOf(l)) }

// Targets returns how many companies are targets for the link or one below it.
func (l *Link) Targets() int { return l.of.counter.TargetsAt(l.Link) }

// Projects returns how many projects of the region fill links of the chain.
func (m *Map) Projects() int {
	var all []projection.Vertex
	for _, l := range m.Links {
		all = append(all, projectsOf(l)...)
	}
	slices.Sort(all)
	return len(slices.Compact(all))
}

// Targets returns how many companies are targets for the chain.
func (m *Map) Targets() int { return m.counter.TargetsIn(m.Chain) }

// projectsOf returns the projects in the pipeline of a link, each once.
func projectsOf(l *Link) []projection.Vertex {
	var found []projection.Vertex
	for _, x := range l.Pipeline() {
		found = append(found, x.Project)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// Layers counts the ties of every layer, in the order of [ties.Layers].
func (m *Map) Layers(ctx context.Context, p *projection.Projection) ([]Layer, error) {
	var found []Layer
	for _, layer := range ties.Layers() {
		drawn, err := m.layer(ctx, p, layer)
		if err != nil {
			return nil, err
		}
		found = append(found, Layer{layer, len(drawn.ties), drawn.outside})
	}
	return found, nil
}

// drawn are the ties of a layer within a chain.
type drawn struct {
	ties    []ties.LayerTie
	outside int
}

// maxLayers is the most layers of chains that a picture caches.
const maxLayers = 256

// layer returns the ties of a layer, found once for a picture as long as there is room.
func (m *Map) layer(ctx context.Context, p *projection.Projection, layer ties.Layer) (*drawn, error) {
	type memoKey struct{}
	type key struct {
		chain projection.Vertex
		layer ties.Layer
		grade graph.Grade
	}
	memo := p.Memo(memoKey{}, func() any { return projection.NewMemo(maxLayers) }).(*projection.Memo)
	found, err := memo.Try(ctx, key{m.Chain, layer, m.MinGrade}, func() (any, error) {
		answer, err := ties.LayerTiesOf(ctx, p, m.settings, ties.LayerQuestion{Scope: []string{string(p.ID(m.Chain))}, Layer: layer, MinGrade: m.MinGrade})
		if err != nil {
			return nil, err
		}
		within := func(link projection.Vertex) bool {
			_, found := slices.BinarySearch(answer.Links, link)
			return found
		}
		d := &drawn{}
		for _, t := range answer.Ties {
			if within(t.From) && within(t.To) {
				d.ties = append(d.ties, t)
			} else {
				d.outside++
			}
		}
		return d, nil
	})
	if err != nil {
		return nil, err
	}
	return found.(*drawn), nil
}
