package capability

import (
	"cmp"
	"context"
	"math"
	"slices"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/graph/projection"
	"liantu/graph/shrinkage"
)

// What a share must show for a way to count.
const (
	leastTogether = 3      // companies elsewhere that are at both links
	leastMakers   = 2      // companies elsewhere at the link that make the same product
	leastUsers    = 3      // companies elsewhere at the link that make something of the same material
	leastShare    = 0.1    // the least lower limit of the share
	leastLift     = 2      // how many times as likely the link must be
	oneSided      = 1.2816 // z of a one-sided confidence of 90 %
	mostByShare   = 0.8    // the greatest fit that a share gives
	mainShare     = 0.1    // of the revenue, for a product to be a main one
)

// low returns the lower limit of a share of b in a.
func low(b, a int) float64 {
	limit, _ := shrinkage.Share(float64(b), float64(a), oneSided)
	return limit
}

// beside counts companies at a link in the whole country: by other link at which
// they are too, by product that they make, and by material of which they make one.
type beside struct {
	links, products, materials map[projection.Vertex]int
}

func noneBeside() *beside {
	return &beside{links: map[projection.Vertex]int{}, products: map[projection.Vertex]int{}, materials: map[projection.Vertex]int{}}
}

// maxBeside is the most links of which a picture caches what goes with them.
const maxBeside = 256

func besideOf(ctx context.Context, v *area.View, link projection.Vertex) (*beside, error) {
	type memoKey struct{}
	type key struct {
		grade graph.Grade
		link  projection.Vertex
	}
	memo := v.Picture.Memo(memoKey{}, func() any { return projection.NewMemo(maxBeside) }).(*projection.Memo)
	found, err := memo.Try(ctx, key{v.Grade, link}, func() (any, error) { return newBeside(ctx, v, link) })
	if err != nil {
		return nil, err
	}
	return found.(*beside), nil
}

func newBeside(ctx context.Context, v *area.View, link projection.Vertex) (*beside, error) {
	b := noneBeside()
	if err := b.add(ctx, v, v.Presence.At(link), 1); err != nil {
		return nil, err
	}
	for _, list := range [][]projection.Vertex{v.Picture.CountsAt(link), v.Picture.CountedAt(link)} {
		for _, near := range list {
			delete(b.links, near)
		}
	}
	for _, below := range v.Picture.CountedAt(link) {
		products := v.Picture.In(projection.BelongsTo, below)
		for i, product := range products.Others {
			if v.Picture.Current(projection.BelongsTo, products.Edges[i]) {
				delete(b.products, product)
			}
		}
	}
	return b, nil
}

// add counts companies at the link, each so many times, at their other links and
// by what they make.
func (b *beside) add(ctx context.Context, v *area.View, companies []projection.Vertex, times int) error {
	for i, company := range companies {
		if i%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		for _, other := range v.Presence.LinksOf(company) {
			b.links[other] += times
		}
		for _, product := range madeBy(v.Picture, company) {
			b.products[product.product] += times
		}
		for _, material := range usedBy(v.Picture, company) {
			b.materials[material] += times
		}
	}
	return nil
}

// made is a main product of a company, or a material of a product.
type made struct {
	product projection.Vertex
	edge    graph.ID
}

// madeBy returns the main products of a company.
func madeBy(p *projection.Projection, company projection.Vertex) (found []made) {
	makes := p.Out(projection.Makes, company)
	for i, product := range makes.Others {
		edge, _, _ := p.Edge(projection.Makes, makes.Edges[i])
		value, _ := edge.Get("revenue_share")
		if share, stated := value.(float64); p.Current(projection.Makes, makes.Edges[i]) && (!stated || share >= mainShare) {
			found = append(found, made{product, edge.ID})
		}
	}
	return found
}

// madeOf returns the materials that feed a product.
func madeOf(p *projection.Projection, product projection.Vertex) (found []made) {
	feeds := p.In(projection.Feeds, product)
	for i, material := range feeds.Others {
		if p.Current(projection.Feeds, feeds.Edges[i]) {
			edge, _, _ := p.Edge(projection.Feeds, feeds.Edges[i])
			found = append(found, made{material, edge.ID})
		}
	}
	return found
}

// usedBy returns the materials of which a company makes a main product, ascending,
// each once.
func usedBy(p *projection.Projection, company projection.Vertex) (found []projection.Vertex) {
	for _, product := range madeBy(p, company) {
		for _, material := range madeOf(p, product.product) {
			found = append(found, material.product)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// byShares returns the ways by shares, in no order.
func (f *finder) byShares(ctx context.Context) ([]Way, error) {
	all, err := besideOf(ctx, f.View, f.link)
	if err != nil {
		return nil, err
	}
	here := noneBeside()
	if f.Level != projection.LevelCountry {
		if err := here.add(ctx, f.View, f.Here(f.Presence.At(f.link)), 1); err != nil {
			return nil, err
		}
	}
	first, end := f.Picture.Range(projection.Company)
	attributed := f.Presence.Attributed(first, end)
	atLink := len(f.Presence.At(f.link))
	if f.Level != projection.LevelCountry {
		attributed -= f.Presence.Attributed(f.First, f.End)
		atLink -= len(f.Here(f.Presence.At(f.link)))
	}
	least := max(leastShare, leastLift*float64(atLink)/float64(max(attributed, 1)))
	var ways []Way
	for other, n := range all.links {
		if both := n - here.links[other]; both >= leastTogether {
			at := f.elsewhere(f.Presence.At(other))
			if limit := low(both, at); limit >= least {
				ways = append(ways, Way{Basis: Together, Fit: fitOf(limit), Through: other, Both: both, At: at, companies: f.stated(other)})
			}
		}
	}
	makers, err := f.byThings(ctx, SameProduct, all.products, here.products, leastMakers, least)
	if err != nil {
		return nil, err
	}
	users, err := f.byThings(ctx, SameMaterial, all.materials, here.materials, leastUsers, least)
	return slices.Concat(ways, makers, users), err
}

// byThings returns the ways by the companies of products or materials: of those that so
// many elsewhere are at the link too that the lower limit of their share is the least.
func (f *finder) byThings(ctx context.Context, basis Basis, all, here map[projection.Vertex]int, leastBoth int, least float64) (ways []Way, err error) {
	for thing, n := range all {
		both := n - here[thing]
		if both < leastBoth {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		list := companiesOf(f.Picture, basis, thing)
		at := f.elsewhere(slices.DeleteFunc(slices.Clone(list), func(company projection.Vertex) bool {
			return f.Presence.Attributed(company, company+1) == 0
		}))
		if limit := low(both, at); limit >= least {
			ways = append(ways, Way{Basis: basis, Fit: fitOf(limit), Through: thing, Both: both, At: at, companies: f.Here(list)})
		}
	}
	return ways, nil
}

// stated returns the companies of the region that a statement puts at a link
// itself or one that is the same, ascending: what is below a heading may have little in common.
func (f *finder) stated(link projection.Vertex) []projection.Vertex {
	var found []projection.Vertex
	same := f.Picture.Same(link)
	for _, company := range f.Here(f.Presence.At(link)) {
		at := f.Picture.Out(projection.OperatesIn, company)
		for i, other := range at.Others {
			edge, _, _ := f.Picture.Edge(projection.OperatesIn, at.Edges[i])
			if slices.Contains(same, other) && edge.Grade() <= f.Grade && f.Picture.Current(projection.OperatesIn, at.Edges[i]) {
				found = append(found, company)
				break
			}
		}
	}
	return found
}

func fitOf(limit float64) float64 { return min(mostByShare, math.Sqrt(limit)) }

// maxMade is the most products and materials whose companies a picture caches.
const maxMade = 20_000

// companiesOf returns the active companies of which a product is a main one, or which
// make a main one of a material; ascending, each once.
func companiesOf(p *projection.Projection, basis Basis, thing projection.Vertex) []projection.Vertex {
	type memoKey struct{}
	type key struct {
		basis Basis
		thing projection.Vertex
	}
	memo := p.Memo(memoKey{}, func() any { return projection.NewMemo(maxMade) }).(*projection.Memo)
	return memo.Get(key{basis, thing}, func() any {
		if basis == SameMaterial {
			return usersOf(p, thing)
		}
		return makersOf(p, thing)
	}).([]projection.Vertex)
}

func makersOf(p *projection.Projection, product projection.Vertex) (found []projection.Vertex) {
	for _, company := range p.In(projection.Makes, product).Others {
		if slices.ContainsFunc(madeBy(p, company), func(x made) bool { return x.product == product }) {
			found = append(found, company)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func usersOf(p *projection.Projection, material projection.Vertex) (found []projection.Vertex) {
	feeds := p.Out(projection.Feeds, material)
	for i, product := range feeds.Others {
		if p.Current(projection.Feeds, feeds.Edges[i]) {
			found = append(found, makersOf(p, product)...)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// elsewhere counts the companies of an ascending list that are not in the region,
// or all where that is the country.
func (f *finder) elsewhere(list []projection.Vertex) int {
	if f.Level == projection.LevelCountry {
		return len(list)
	}
	return len(list) - len(f.Here(list))
}

// compare puts the best fit first.
func (w Way) compare(other Way) int {
	return cmp.Or(cmp.Compare(other.Fit, w.Fit), cmp.Compare(w.Basis, other.Basis), cmp.Compare(w.Through, other.Through))
}
