package ties

import (
	"cmp"
	"context"
	"slices"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/graph/tuning"
	"liantu/message"
	"liantu/schema"
)

// Layer is one of the four layers of a map of a chain (招商图谱).
type Layer string

// The layers.
const (
	IndustryLayer Layer = "INDUSTRY" // 产业链: what feeds what
	ValueLayer    Layer = "VALUE"    // 价值链: with the share of value
	SupplyLayer   Layer = "SUPPLY"   // 供应链: supplies between companies, by their links
	FinanceLayer  Layer = "FINANCE"  // 金融链: holdings between companies, by their links
)

// Layers returns all layers.
func Layers() []Layer { return []Layer{IndustryLayer, ValueLayer, SupplyLayer, FinanceLayer} }

// Label returns the word for the layer in both languages.
func (l Layer) Label() schema.Text { return layerLabels[l] }

var layerLabels = map[Layer]schema.Text{
	IndustryLayer: {Zh: "产业链", En: "industry"},
	ValueLayer:    {Zh: "价值链", En: "value"},
	SupplyLayer:   {Zh: "供应链", En: "supply"},
	FinanceLayer:  {Zh: "金融链", En: "finance"},
}

// LayerQuestion asks how links are tied in one layer.
type LayerQuestion struct {
	Scope    []string // ecosystems, chains and links; empty means all links
	Layer    Layer    // "" means the industry layer
	Region   string   // only ties of companies of this region at one end; "" for all; FEEDS edges ignore it
	MinGrade graph.Grade
}

// LayerAnswer holds the ties of one layer. It belongs to one picture.
type LayerAnswer struct {
	Version   graph.Version
	DataDate  string
	Layer     Layer
	Region    projection.Vertex // projection.None for the country
	MinGrade  graph.Grade
	Links     []projection.Vertex // the scope, ascending by code
	Ties      []LayerTie          // heaviest first, then by code of both ends
	Companies int                 // company ties that were folded
}

// LayerTie joins two links in one layer, of which at least one is in the scope.
type LayerTie struct {
	From, To projection.Vertex
	// Weight is 1 for each FEEDS edge that is stated. A tie between companies has
	// the weight 1 too, divided evenly among the pairs of their direct links.
	Weight float64
	Count  int         // edges that are behind it
	Share  gaps.Figure // of the value of To, in the value layer
	Edges  []graph.ID  // up to [MaxTieEdges] of them, ascending
}

// MaxTieEdges is the most edges that a tie names.
const MaxTieEdges = 20

// LayerTiesOf returns the ties of a layer. The value layer is made of FEEDS edges
// that belong to it or state a share of value; the industry layer of those that
// belong to it or to none. The supply and the finance layer hold, besides FEEDS
// edges of theirs, SUPPLIES and INVESTS_IN edges between companies, folded to
// the links at which the two companies are. Errors are those of [gaps.Ask].
func LayerTiesOf(ctx context.Context, p *projection.Projection, settings tuning.Settings, q LayerQuestion) (*LayerAnswer, error) {
	grade, err := settings.Ready(p, q.MinGrade)
	if err != nil {
		return nil, err
	}
	layer := cmp.Or(q.Layer, IndustryLayer)
	if !slices.Contains(Layers(), layer) {
		return nil, message.As(graph.ErrInvalid, "layer %q: not one of %v", layer, Layers())
	}
	region := projection.None
	if q.Region != "" {
		if region, err = p.Lookup(q.Region, projection.Region); err != nil {
			return nil, err
		}
	}
	scope, err := area.LookupAll(p, q.Scope, projection.Ecosystem, projection.Chain, projection.Link)
	if err != nil {
		return nil, err
	}
	w := &weaver{p: p, grade: grade, layer: layer, region: region, links: area.LinksOf(p, scope), ties: map[[2]projection.Vertex]*LayerTie{}}
	if err := w.feeds(ctx); err != nil {
		return nil, err
	}
	companies := 0
	if kind, ok := map[Layer]string{SupplyLayer: projection.Supplies, FinanceLayer: projection.InvestsIn}[layer]; ok {
		if companies, err = w.fold(ctx, kind); err != nil {
			return nil, err
		}
	}
	return &LayerAnswer{
		Version: p.Version(), DataDate: p.DataDate(), Layer: layer, Region: region, MinGrade: w.grade,
		Links: w.links, Ties: w.sorted(), Companies: companies,
	}, nil
}

// weaver collects ties.
type weaver struct {
	p      *projection.Projection
	grade  graph.Grade
	layer  Layer
	region projection.Vertex
	links  []projection.Vertex // ascending
	ties   map[[2]projection.Vertex]*LayerTie
}

func (w *weaver) inScope(link projection.Vertex) bool {
	_, ok := slices.BinarySearch(w.links, link)
	return ok
}

// add adds to the tie between two links, if one of them is asked about.
func (w *weaver) add(from, to projection.Vertex, weight float64, edge graph.ID) *LayerTie {
	if from == to || !w.inScope(from) && !w.inScope(to) {
		return nil
	}
	key := [2]projection.Vertex{from, to}
	tie := w.ties[key]
	if tie == nil {
		tie = &LayerTie{From: from, To: to, Share: gaps.Missing(gaps.NoShare)}
		w.ties[key] = tie
	}
	tie.Weight += weight
	tie.Count++
	tie.Edges = append(tie.Edges, edge)
	return tie
}

// feeds adds the FEEDS edges of the layer.
func (w *weaver) feeds(ctx context.Context) error {
	for i, link := range w.links {
		if i%64 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		out, in := w.p.Out(projection.Feeds, link), w.p.In(projection.Feeds, link)
		for k, to := range out.Others {
			w.feed(link, to, out.Edges[k])
		}
		for k, from := range in.Others {
			if !w.inScope(from) { // else it was counted there
				w.feed(from, link, in.Edges[k])
			}
		}
	}
	return nil
}

func (w *weaver) feed(from, to projection.Vertex, number int32) {
	if !w.p.Current(projection.Feeds, number) {
		return
	}
	edge, _, _ := w.p.Edge(projection.Feeds, number)
	stated, _ := edge.Get("layer")
	share, hasShare := edge.Get("value_share")
	text, _ := stated.(string)
	belongs := Layer(cmp.Or(text, string(IndustryLayer))) == w.layer
	if !belongs && (w.layer != ValueLayer || !hasShare) {
		return
	}
	tie := w.add(from, to, 1, edge.ID)
	if x, ok := share.(float64); tie != nil && ok && w.layer == ValueLayer && x >= tie.Share.Or(0) {
		tie.Share = gaps.Known(x)
	}
}

// fold adds the edges between companies, by the links at which they are, and
// returns how many took part.
func (w *weaver) fold(ctx context.Context, kind string) (int, error) {
	direct := map[projection.Vertex][]projection.Vertex{}
	linksAt := func(company projection.Vertex) []projection.Vertex {
		links, ok := direct[company]
		if !ok {
			links = w.linksOf(company)
			direct[company] = links
		}
		return links
	}
	folded := 0
	for number := range int32(w.p.EdgeCount(kind)) {
		if number%256 == 0 && ctx.Err() != nil {
			return 0, ctx.Err()
		}
		edge, from, to := w.p.Edge(kind, number)
		if !w.p.Current(kind, number) || w.p.Kind(from) != projection.Company || w.p.Kind(to) != projection.Company || !w.local(from, to) {
			continue
		}
		sources, targets := linksAt(from), linksAt(to)
		took := false
		for _, a := range sources {
			for _, b := range targets {
				if slices.Contains(w.p.Same(a), b) {
					continue // within one link
				}
				took = w.add(a, b, 1/float64(len(sources)*len(targets)), edge.ID) != nil || took
			}
		}
		if took {
			folded++
		}
	}
	return folded, nil
}

// local reports whether one of two companies is in the region asked about.
func (w *weaver) local(companies ...projection.Vertex) bool {
	return w.region == projection.None || slices.ContainsFunc(companies, func(c projection.Vertex) bool {
		return projection.Within(w.p.PlaceOf(c), w.p.AreaOf(w.region))
	})
}

// linksOf returns the links at which a company itself is and those that are the same,
// ascending.
func (w *weaver) linksOf(company projection.Vertex) []projection.Vertex {
	var links []projection.Vertex
	for _, link := range w.directLinks(company) {
		links = append(links, w.p.Same(link)...)
	}
	slices.Sort(links)
	return slices.Compact(links)
}

// directLinks returns the links at which a company itself is, without those
// above them.
func (w *weaver) directLinks(company projection.Vertex) []projection.Vertex {
	var links []projection.Vertex
	arcs := w.p.Out(projection.OperatesIn, company)
	for i, link := range arcs.Others {
		edge, _, _ := w.p.Edge(projection.OperatesIn, arcs.Edges[i])
		if edge.Grade() <= w.grade && w.p.Current(projection.OperatesIn, arcs.Edges[i]) && w.p.Kind(link) == projection.Link {
			links = append(links, link)
		}
	}
	return slices.Compact(links)
}

func (w *weaver) sorted() []LayerTie {
	ties := make([]LayerTie, 0, len(w.ties))
	for _, tie := range w.ties {
		slices.Sort(tie.Edges)
		tie.Edges = slices.Compact(tie.Edges)
		tie.Edges = tie.Edges[:min(len(tie.Edges), MaxTieEdges)]
		ties = append(ties, *tie)
	}
	slices.SortFunc(ties, func(a, b LayerTie) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return ties
}
