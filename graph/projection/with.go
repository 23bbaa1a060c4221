package projection

import (
	"cmp"
	"slices"
	"time"

	"liantu/graph"
	"liantu/schema"
)

// added is what a projection made by [Projection.With] holds beside the one under it.
type added struct {
	under *Projection
	byID  map[graph.ID]Vertex
	nodes map[string]bool    // the kinds of nodes that it adds or changes, beyond personal values
	ends  map[[2]string]bool // the kinds of the ends of such edges
	bytes int64
}

// With returns a projection of the elements of p with further ones: each takes the place of
// the one with its id, or is new. It shares everything with p that stays the same, so that
// it costs little where few elements are given, and equals the projection that would be
// made of all these elements anew. An edge with an end that is not there is left out.
//
// The second result is false where too much would change, and the projection has to be made
// anew: if an element decides the order of vertices, which companies are where, or what a
// link is part of. An element that takes the place of another one may differ from it in
// facts of properties that are not [Columned] and in keys other than the strongest one.
func (p *Projection) With(nodes []*graph.Node, edgeList []*graph.Edge) (*Projection, bool) {
	q := *p
	q.memo, q.builtAt = NewMemo(memoLimit), time.Now()
	q.more = &added{under: p, nodes: map[string]bool{}, ends: map[[2]string]bool{}}
	q.more.bytes = int64(len(p.kinds))*8 + memoAllowance
	if p.more != nil || !q.addNodes(nodes) || !q.addEdges(edgeList) {
		return nil, false
	}
	return &q, true
}

// memoAllowance is about the memory that a projection made by [Projection.With] takes
// besides its columns: for itself, and for what questions cache in it.
const memoAllowance = 1 << 20

// Held returns about how many bytes a projection made by [Projection.With] takes beside the
// one under it, 0 for any other.
func (p *Projection) Held() int64 {
	if p.more == nil {
		return 0
	}
	return p.more.bytes
}

// Bytes returns about how many bytes a projection takes, without the elements themselves:
// most of it are the texts and ids by which nodes are found, and what questions cache.
func (p *Projection) Bytes() int64 {
	size := int64(len(p.nodes)) * bytesOfNode
	for _, e := range p.edges {
		size += e.bytes()
	}
	return size
}

// bytesOfText is about what a text takes under which a node is found, with its place in the
// index of a search.
const bytesOfText = 1024

// bytesOfNode is about what a node takes in a projection: in its columns, under its id, and
// under its texts.
const bytesOfNode = 1200

// Shared returns the projection that p was made of by [Projection.With] if it answers the
// same to whoever reads no personal value and no node of the given kinds, nor an edge
// there; else p. What is computed of it and cached there serves all that were made of it.
func (p *Projection) Shared(but ...string) *Projection {
	if p.more == nil {
		return p
	}
	for kind := range p.more.nodes {
		if !slices.Contains(but, kind) {
			return p
		}
	}
	for ends := range p.more.ends {
		if !slices.Contains(but, ends[0]) && !slices.Contains(but, ends[1]) {
			return p
		}
	}
	return p.more.under
}

// Columned reports whether a property of nodes decides more of a projection than its own
// value: a text that finds the node, a column, or the order of vertices.
func Columned(property string) bool {
	switch property {
	case "employees", "registered_capital", "founded", "leader", "synthetic", "status", "holds":
		return true
	}
	return slices.ContainsFunc(naming, func(by struct {
		property string
		strength int
	},
	) bool {
		return by.property == property
	})
}

// addNodes puts nodes in the place of others, and new ones at the end.
func (p *Projection) addNodes(nodes []*graph.Node) bool {
	under := p.more.under
	if len(nodes) == 0 {
		return true
	}
	var fresh []rankedNode
	p.nodes = slices.Clone(p.nodes)
	for _, n := range nodes {
		v, known := under.byID[n.ID]
		if !known || under.nodes[v].ID != n.ID {
			kind, ok := p.byKind[n.Kind]
			if !ok {
				return false
			}
			fresh = append(fresh, rankedNode{kind: kind, key: rankingKey(p.model.Node(n.Kind), n), node: n})
			continue
		}
		old := p.nodes[v]
		if kind := p.model.Node(n.Kind); rankingKey(kind, old) != rankingKey(kind, n) {
			return false
		}
		if !p.personalOnly(p.model.Node(n.Kind), old.Facts, n.Facts) {
			p.more.nodes[n.Kind] = true
		}
		p.nodes[v] = n
	}
	p.more.bytes += int64(cap(p.nodes)+len(fresh)) * 8
	return p.append(fresh)
}

// append numbers new nodes. They must be of kinds of which there is no node yet and that
// come after all others.
func (p *Projection) append(fresh []rankedNode) bool {
	slices.SortFunc(fresh, rankedNode.compare)
	p.kinds = slices.Clone(p.kinds)
	p.more.byID = make(map[graph.ID]Vertex, len(fresh))
	for i, span := range p.kinds {
		if len(fresh) > 0 && i >= fresh[0].kind {
			if span.first != span.end || columnedKind(p.model, fresh) {
				return false
			}
			p.kinds[i] = spanOf(Vertex(len(p.nodes)), fresh, i)
		}
	}
	for _, n := range fresh {
		v := Vertex(len(p.nodes))
		p.nodes = append(p.nodes, n.node)
		p.more.byID[n.node.ID] = v
		p.more.nodes[n.node.Kind] = true
		p.more.bytes += 128
	}
	own := map[string][]named{}
	for v := Vertex(len(p.more.under.nodes)); int(v) < len(p.nodes); v++ {
		p.indexTextsOf(v, p.more.byID, own)
	}
	p.ownText = own
	p.more.bytes += int64(len(own)) * bytesOfText
	return true
}

// spanOf is the range of the new nodes of a kind that are numbered from first on.
func spanOf(first Vertex, fresh []rankedNode, kind int) span {
	from, _ := slices.BinarySearchFunc(fresh, kind, func(n rankedNode, kind int) int { return cmp.Compare(n.kind, kind) })
	end, _ := slices.BinarySearchFunc(fresh, kind+1, func(n rankedNode, kind int) int { return cmp.Compare(n.kind, kind) })
	return span{first + Vertex(from), first + Vertex(end)}
}

// columnedKind reports whether a new node is of a kind whose nodes have columns.
func columnedKind(model *schema.Model, fresh []rankedNode) bool {
	return slices.ContainsFunc(fresh, func(n rankedNode) bool {
		switch n.node.Kind {
		case Company, Region, Link, Chain, Ecosystem:
			return true
		}
		return model.Node(n.node.Kind) == nil
	})
}

// personalOnly reports whether two lists of facts differ at most in personal ones, of which
// one list lacks some.
func (p *Projection) personalOnly(k *schema.Kind, a, b []graph.Fact) bool {
	return k != nil && open(k, a) == open(k, b)
}

// open counts the facts that are not personal.
func open(k *schema.Kind, facts []graph.Fact) (n int) {
	for _, f := range facts {
		if property := k.Property(f.Property); property == nil || property.Sensitivity != schema.Personal {
			n++
		}
	}
	return n
}

// addEdges puts edges in the place of others, or beside them.
func (p *Projection) addEdges(edgeList []*graph.Edge) bool {
	byKind := map[string][]joined{}
	for _, e := range edgeList {
		from, to := p.Vertex(e.From), p.Vertex(e.To)
		if from == None || to == None {
			continue
		}
		switch {
		case e.Kind == PartOf, e.Kind == SameAs, e.Kind == Feeds, e.Kind == OperatesIn, p.model.EdgeKind(e.Kind) == nil:
			return false // the industry
		case e.Kind == LocatedIn && p.Kind(from) == Company:
			return false // the order of the companies
		}
		byKind[e.Kind] = append(byKind[e.Kind], joined{from, to, e})
	}
	if len(byKind) == 0 {
		return true
	}
	under := p.edges
	p.edges = make(map[string]*edges, len(under)+len(byKind))
	for kind, of := range under {
		p.edges[kind] = of
	}
	for kind, list := range byKind {
		of := p.merged(p.model.EdgeKind(kind), under[kind], list)
		p.edges[kind] = of
		p.more.bytes += of.bytes()
	}
	return true
}

// merged lays out the edges of a kind with further ones.
func (p *Projection) merged(kind *schema.Kind, old *edges, list []joined) *edges {
	slices.SortFunc(list, joined.compare)
	if old == nil {
		old = &edges{}
	}
	e := newColumns(len(old.all) + len(list))
	i := 0
	take := func(j joined, current bool) {
		e.all, e.from, e.targets = append(e.all, j.edge), append(e.from, j.from), append(e.targets, j.to)
		e.current = append(e.current, current)
	}
	for _, j := range list {
		order := -1
		for ; i < len(old.all); i++ {
			was := joined{old.from[i], old.targets[i], old.all[i]}
			if order = was.compare(j); order >= 0 {
				break
			}
			take(was, old.current[i])
		}
		if i < len(old.all) && order == 0 {
			if !p.personalOnly(kind, old.all[i].Facts, j.edge.Facts) {
				p.more.ends[[2]string{p.Kind(j.from), p.Kind(j.to)}] = true
			}
			i++
		} else {
			p.more.ends[[2]string{p.Kind(j.from), p.Kind(j.to)}] = true
		}
		take(j, p.holdsNow(j))
	}
	for ; i < len(old.all); i++ {
		take(joined{old.from[i], old.targets[i], old.all[i]}, old.current[i])
	}
	e.layOut(p)
	return e
}
