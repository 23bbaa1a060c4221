package projection

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"liantu/graph"
	"liantu/message"
	"liantu/schema"
)

// Build reads the whole graph from a store as one consistent cut and makes its
// projection: of all facts, unless options such as [AsOf] say otherwise; of
// several options the last counts. The error is the store's; an element of a
// kind that the model lacks, an edge with a missing end, or invalid options give
// [graph.ErrInvalid].
func Build(ctx context.Context, model *schema.Model, store graph.Reader, options ...Options) (*Projection, error) {
	t := newTable(model)
	if err := t.read(ctx, store); err != nil {
		return nil, err
	}
	var last Options
	for _, o := range options {
		last = o
	}
	return t.assemble(ctx, model, last)
}

// table holds the elements of a graph by id, so that changes can be applied to
// it. The elements themselves are shared with projections and never changed.
type table struct {
	orders  map[string]graph.FactOrder // of the kinds whose order has special rules
	version graph.Version
	namer   *graph.Namer
	nodes   map[graph.ID]*graph.Node
	edges   map[graph.ID]*graph.Edge

	personal map[string]bool // the kinds of nodes that are personal
	removed  bool            // whether a node of such a kind was removed; reset by whoever acts on it
}

func newTable(model *schema.Model) *table {
	t := &table{
		orders: map[string]graph.FactOrder{}, personal: map[string]bool{},
		nodes: map[graph.ID]*graph.Node{}, edges: map[graph.ID]*graph.Edge{},
	}
	for _, k := range model.Nodes {
		t.personal[k.Name] = k.Sensitivity == schema.Personal
	}
	for _, k := range slices.Concat(model.Nodes, model.Edges) {
		if o := graph.FactOrderOf(k); o.Differs() {
			t.orders[k.Name] = o
		}
	}
	return t
}

// inOrder sorts facts by the present rules of the model. A store may hold them as
// they were sorted under earlier rules.
func (t *table) inOrder(kind string, facts []graph.Fact) []graph.Fact {
	if o, ok := t.orders[kind]; ok {
		return o.Sorted(facts)
	}
	return facts
}

// read updates the table to the present state of the store. When it fails the
// table is unchanged.
func (t *table) read(ctx context.Context, store graph.Reader) error {
	if t.namer == nil {
		namer, err := store.Namer(ctx)
		if err != nil {
			return err
		}
		t.namer = namer
	}
	var changes []graph.Change
	version, err := store.Changes(ctx, t.version, func(c graph.Change) error {
		changes = append(changes, c)
		return nil
	})
	if err != nil {
		return err
	}
	for _, c := range changes {
		switch {
		case c.NodeRemoved != nil:
			delete(t.nodes, c.NodeRemoved.ID)
			t.removed = t.removed || t.personal[c.NodeRemoved.Kind]
		case c.EdgeRemoved != nil:
			delete(t.edges, c.EdgeRemoved.ID)
		case c.Node != nil:
			c.Node.Facts = t.inOrder(c.Node.Kind, c.Node.Facts)
			t.nodes[c.Node.ID] = c.Node
		case c.Edge != nil:
			c.Edge.Facts = t.inOrder(c.Edge.Kind, c.Edge.Facts)
			t.edges[c.Edge.ID] = c.Edge
		}
	}
	t.version = version
	return nil
}

// assemble makes the projection of the table.
func (t *table) assemble(ctx context.Context, model *schema.Model, options Options) (*Projection, error) {
	h, err := newHorizon(model, options)
	if err != nil {
		return nil, err
	}
	whole, err := t.show(ctx, horizon{model: model})
	if err != nil || h.day == "" {
		return whole, err
	}
	return t.showOn(ctx, h, whole)
}

// showOn makes the projection of a day of the table, beside that of all its facts.
func (t *table) showOn(ctx context.Context, h horizon, whole *Projection) (*Projection, error) {
	p, err := t.show(ctx, h)
	if p != nil {
		p.present, p.consentOn = whole, max(p.asOf, whole.asOf)
	}
	return p, err
}

// show makes the projection of the table that a horizon shows.
func (t *table) show(ctx context.Context, h horizon) (*Projection, error) {
	p := &Projection{model: h.model, namer: t.namer, version: t.version, builtAt: time.Now(), memo: NewMemo(memoLimit)}
	nodes, edgeList := h.elements(t)
	p.setDates(nodes, edgeList, h)
	p.consentOn = p.asOf
	return p, p.arrange(ctx, nodes, edgeList)
}

// arrange lays out the elements of a projection whose dates are set. The list of
// nodes becomes part of it.
func (p *Projection) arrange(ctx context.Context, nodes []*graph.Node, edgeList []*graph.Edge) error {
	place := placesOf(nodes, edgeList, p.asOf)
	if err := p.number(nodes, place); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	p.idle = newIdle(p)
	if err := p.connect(edgeList); err != nil {
		return err
	}
	p.regions = newRegions(p)
	p.companies = newCompanies(p, place)
	p.industry = newIndustry(p)
	p.indexTexts()
	return ctx.Err()
}

// setDates sets the data date and the day of the projection. An edit moves the day, for
// it holds in the picture, but makes the data no newer.
func (p *Projection) setDates(nodes []*graph.Node, edgeList []*graph.Edge, h horizon) {
	var newest, data graph.Provenance
	later := func(date *graph.Provenance, f graph.Provenance) {
		if date.AsOf == "" || graph.CompareDates(f, *date) < 0 {
			*date = f
		}
	}
	note := func(facts []graph.Fact) {
		for _, f := range facts {
			if !h.known(f) {
				continue
			}
			if later(&newest, f.Provenance); !f.IsEdit() {
				later(&data, f.Provenance)
			}
		}
	}
	for _, n := range nodes {
		if n.Kind != Region && n.Kind != Source {
			note(n.Facts)
		}
	}
	for _, e := range edgeList {
		note(e.Facts)
	}
	p.dataDate, p.assumed = data.AsOf, data.Assumed
	p.asOf = schema.LastDay(cmp.Or(h.day, newest.AsOf))
	p.past = h.day != ""
}

// rankedNode is a node with the values that determine its vertex.
type rankedNode struct {
	kind  int
	place string
	key   graph.Key
	node  *graph.Node
}

func (a rankedNode) compare(b rankedNode) int {
	if a.kind != b.kind {
		return cmp.Compare(a.kind, b.kind)
	}
	if a.place != b.place {
		return cmp.Compare(a.place, b.place)
	}
	if a.key != b.key {
		return cmp.Compare(a.key, b.key)
	}
	return cmp.Compare(a.node.ID, b.node.ID)
}

// number gives every node its vertex.
func (p *Projection) number(nodes []*graph.Node, place map[graph.ID]string) error {
	p.byKind = kindOrder(p.model)
	ranked := make([]rankedNode, len(nodes))
	for i, n := range nodes {
		kind, ok := p.byKind[n.Kind]
		if !ok {
			return message.As(graph.ErrInvalid, "node %q: unknown kind %q", n.ID, n.Kind)
		}
		ranked[i] = rankedNode{kind: kind, place: place[n.ID], key: rankingKey(p.model.Node(n.Kind), n), node: n}
	}
	slices.SortFunc(ranked, rankedNode.compare)
	for i := range ranked {
		nodes[i] = ranked[i].node
	}
	p.nodes = nodes
	p.kinds = make([]span, len(p.byKind))
	p.byID = make(map[graph.ID]Vertex, len(nodes))
	v := Vertex(0)
	for i := range p.kinds {
		p.kinds[i].first = v
		for int(v) < len(nodes) && p.byKind[nodes[v].Kind] == i {
			p.byID[nodes[v].ID] = v
			v++
		}
		p.kinds[i].end = v
	}
	return nil
}

// kindOrder numbers the kinds of nodes in the order of [schema.Sensitivities], those of one
// sensitivity by their names. So what a caller may see of its own scope alone comes last,
// and moves no other vertex; see [Projection.With].
func kindOrder(model *schema.Model) map[string]int {
	rank := func(k *schema.Kind) int { return slices.Index(schema.Sensitivities, k.Sensitivity) }
	kinds := slices.Clone(model.Nodes)
	slices.SortStableFunc(kinds, func(a, b *schema.Kind) int { return cmp.Compare(rank(a), rank(b)) })
	order := make(map[string]int, len(kinds))
	for i, k := range kinds {
		order[k.Name] = i
	}
	return order
}

// rankingKey is the key by which a node stands among those of its kind. A key of
// values that are not public would disclose them by the order of a list, so that nodes of a
// personal kind without a public key come last, by their ids.
func rankingKey(kind *schema.Kind, n *graph.Node) graph.Key {
	if len(n.Keys) == 0 {
		return ""
	}
	if kind.Sensitivity != schema.Personal {
		return n.Keys[0]
	}
	_, values, _ := strings.Cut(string(n.Keys[0]), "/")
	for pair := range strings.SplitSeq(values, "&") {
		name, _, _ := strings.Cut(pair, "=")
		if p := kind.Property(name); p == nil || p.Sensitivity != schema.Public {
			return graph.Key(kind.Name + "/~")
		}
	}
	return n.Keys[0]
}

// connect lays out the edges kind by kind.
func (p *Projection) connect(edgeList []*graph.Edge) error {
	byKind := map[string][]joined{}
	for _, e := range edgeList {
		v, from := p.byID[e.From]
		w, to := p.byID[e.To]
		switch {
		case p.model.EdgeKind(e.Kind) == nil:
			return message.As(graph.ErrInvalid, "edge %q: unknown kind %q", e.ID, e.Kind)
		case !from || !to:
			return message.As(graph.ErrInvalid, "edge %q: an end of %s is missing", e.ID, e.Kind)
		}
		byKind[e.Kind] = append(byKind[e.Kind], joined{v, w, e})
	}
	p.edges = make(map[string]*edges, len(byKind))
	for kind, all := range byKind {
		p.edges[kind] = newEdges(p, all)
	}
	return nil
}
