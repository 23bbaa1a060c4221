package topics

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/schema"
)

// By says by what words were understood.
type By string

// The ways to understand words, as the package comment defines them.
const (
	Code    By = "CODE"    // 编号
	Name    By = "NAME"    // 名称
	Keyword By = "KEYWORD" // 关键词
	Product By = "PRODUCT" // 产品
	Company By = "COMPANY" // 企业
	Part    By = "PART"    // 名称的一部分
)

// Ways returns all ways to understand words.
func Ways() []By { return []By{Code, Name, Keyword, Product, Company, Part} }

// Label returns the word for the way in both languages.
func (b By) Label() schema.Text { return labels[b] }

var labels = map[By]schema.Text{
	Code: {Zh: "编号", En: "code"}, Name: {Zh: "名称", En: "name"}, Keyword: {Zh: "关键词", En: "keyword"},
	Product: {Zh: "产品", En: "product"}, Company: {Zh: "企业", En: "company"}, Part: {Zh: "名称的一部分", En: "part of a name"},
}

// Topic is what words were understood as. It belongs to one picture.
type Topic struct {
	Text string // as asked
	By   By
	Node projection.Vertex // an ecosystem, chain, link, product or company
	// Scope is what to ask about: the node itself, or the links that a product or a
	// company stands for; at least one, ascending.
	Scope []projection.Vertex
	// Others are the other ecosystems, chains and manned links that are called so, in this
	// order, at most ten; empty where something else than a name decided.
	Others []projection.Vertex
}

// The limits of words and of choices.
const (
	maxWords   = 100 // characters
	maxChoices = 10
	maxHits    = 100 // products that are searched
)

// kinds are what words can mean.
var kinds = []string{projection.Ecosystem, projection.Chain, projection.Link, projection.Product, projection.Company}

// Resolve finds what words mean, by the rule of the package. Words that mean several
// things give a [*projection.NotFoundError] that is ambiguous, with the choices, and
// words that mean nothing one with what is near; both hold at most ten, the best first. No
// words, or more than 100 characters, give [graph.ErrInvalid]. It stops with the
// context's error when the context ends.
func Resolve(ctx context.Context, p *projection.Projection, text string) (*Topic, error) {
	words := formOf(text)
	if words.text == "" || utf8.RuneCountInString(text) > maxWords {
		return nil, message.As(graph.ErrInvalid, "about: %q: give a word of 1 to %d characters", text, maxWords)
	}
	index, err := indexOf(ctx, p)
	if err != nil {
		return nil, err
	}
	r := &resolver{Projection: p, ctx: ctx, text: text, words: words, index: index}
	if v := r.coded(); v != projection.None {
		return &Topic{Text: text, By: Code, Node: v, Scope: []projection.Vertex{v}}, nil
	}
	forms := slices.Compact([]string{words.text, coreOf(words.text)})
	for _, steps := range [][]step{
		{r.ecosystems, r.chains, r.mannedLinks, r.mannedProducts, r.company, r.otherLinks, r.otherProducts},
		{r.linksEnding, r.productsEnding},
	} {
		for _, w := range forms {
			for _, find := range steps {
				if err := ctx.Err(); err != nil {
					return nil, err
				}
				if topic, err := find(w); topic != nil || err != nil {
					return topic, err
				}
			}
		}
	}
	return nil, r.nothing(forms[len(forms)-1])
}

// step is a step of the rule: it finds one topic, several choices, which are an
// error, or nothing.
type step func(w string) (*Topic, error)

// resolver is one question.
type resolver struct {
	*projection.Projection
	ctx   context.Context
	text  string
	words form
	index *index
}

// coded is what has the words as its id or code.
func (r *resolver) coded() projection.Vertex {
	text := strings.TrimSpace(r.text)
	if v := r.Vertex(graph.ID(text)); v != projection.None && slices.Contains(kinds[:3], r.Kind(v)) {
		return v
	}
	for _, v := range r.Called(text, kinds[:3]...) {
		if strings.EqualFold(r.Code(v), text) {
			return v
		}
	}
	return projection.None
}

func (r *resolver) ecosystems(w string) (*Topic, error) { return r.named(w, projection.Ecosystem) }
func (r *resolver) chains(w string) (*Topic, error)     { return r.named(w, projection.Chain) }

func (r *resolver) named(w, kind string) (*Topic, error) {
	return r.one(Name, r.ofKind(r.index.called[w], kind))
}

func (r *resolver) mannedLinks(w string) (*Topic, error) {
	return r.links(w, r.index.manned(r.ofKind(r.index.called[w], projection.Link)))
}

// otherLinks decides among links called w at which nobody is: where companies are at
// links that hold w, somebody else may be meant.
func (r *resolver) otherLinks(w string) (*Topic, error) {
	found := r.ofKind(r.index.called[w], projection.Link)
	if holding := r.index.manned(r.holding(w)); len(found) > 0 && len(holding) > 0 {
		return nil, r.several(append(r.index.strongestFirst(found), r.index.strongestFirst(r.index.outermost(holding))...))
	}
	return r.links(w, found)
}

// links decides among links that are called w.
func (r *resolver) links(w string, found []projection.Vertex) (*Topic, error) {
	topic, err := r.one(Name, found)
	if topic != nil && !slices.Contains(r.index.named[w], topic.Node) {
		topic.By = Keyword
	}
	return topic, err
}

// linksEnding decides among the links of which a text holds w, if a text of some ends in it.
func (r *resolver) linksEnding(w string) (*Topic, error) {
	var ending []projection.Vertex
	for _, t := range r.index.texts {
		if r.Kind(t.of) == projection.Link && t.endsIn(w) {
			ending = append(ending, t.of)
		}
	}
	if len(ending) == 0 {
		return nil, nil
	}
	found := r.index.outermost(r.index.mannedFirst(append(r.holding(w), ending...)))
	if len(found) == 1 {
		return r.one(Part, found)
	}
	return nil, r.several(append(r.index.strongestFirst(r.index.outermost(r.index.manned(ending))), r.index.strongestFirst(found)...))
}

// holding are the links of which a text holds w.
func (r *resolver) holding(w string) (found []projection.Vertex) {
	for _, t := range r.index.texts {
		if r.Kind(t.of) == projection.Link && t.holds(w) {
			found = append(found, t.of)
		}
	}
	return found
}

func (r *resolver) mannedProducts(w string) (*Topic, error) {
	products := r.products(w)
	return r.product(Product, products, r.index.manned(r.standFor(projection.BelongsTo, products...)))
}

func (r *resolver) otherProducts(w string) (*Topic, error) {
	products := r.products(w)
	return r.product(Product, products, r.standFor(projection.BelongsTo, products...))
}

// products are those that are called w.
func (r *resolver) products(w string) (found []projection.Vertex) {
	found = r.Called(r.text, projection.Product)
	if w != r.words.text {
		found = append(found, r.Called(w, projection.Product)...)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func (r *resolver) productsEnding(w string) (*Topic, error) {
	hits, err := r.Search(r.ctx, w, maxHits, projection.Product)
	if err != nil {
		return nil, err
	}
	var products []projection.Vertex
	for _, h := range hits {
		if formOf(h.Text).endsIn(w) {
			products = append(products, h.Vertex)
		}
	}
	return r.product(Part, products, r.index.mannedFirst(r.standFor(projection.BelongsTo, products...)))
}

// product decides among the links that products stand for. One that stands for it is
// the node of the topic.
func (r *resolver) product(by By, products, links []projection.Vertex) (*Topic, error) {
	topic, err := r.one(by, links)
	if topic != nil {
		topic.Node, topic.Others = products[0], nil
	}
	return topic, err
}

// company finds a company by what identifies it or by a name.
func (r *resolver) company(w string) (*Topic, error) {
	id := r.Vertex(graph.ID(strings.TrimSpace(r.text)))
	if w != r.words.text || r.Kind(id) != projection.Company && len(r.Called(r.text, projection.Company)) == 0 {
		return nil, nil // names of companies have no tails
	}
	v, err := r.Lookup(r.text, projection.Company)
	if err != nil {
		return nil, err
	}
	if links := r.standFor(projection.OperatesIn, v); len(links) > 0 {
		return &Topic{Text: r.text, By: Company, Node: v, Scope: r.index.outermost(links)}, nil
	}
	return nil, nil
}

// one is the topic of the only subject that is found, nil for none, and an error with
// the choices for several.
func (r *resolver) one(by By, found []projection.Vertex) (*Topic, error) {
	found = r.index.outermost(found)
	switch len(found) {
	case 0:
		return nil, nil
	case 1:
		return &Topic{Text: r.text, By: by, Node: found[0], Scope: found, Others: r.others(found[0])}, nil
	}
	return nil, r.several(r.index.strongestFirst(found))
}

// several is the error of words that may mean several things, with the choices.
func (r *resolver) several(choices []projection.Vertex) error {
	fault := &projection.NotFoundError{Text: r.text, Ambiguous: true, Near: r.hits(choices)}
	return message.As(fault, "%q may mean several things: give the code of the one meant", r.text)
}

// others are what else is called as the words are.
func (r *resolver) others(v projection.Vertex) (found []projection.Vertex) {
	called := r.index.called[r.words.text]
	for _, kind := range kinds[:3] {
		of := r.ofKind(called, kind)
		if kind == projection.Link {
			of = r.index.strongestFirst(r.index.manned(of))
		}
		for _, other := range of {
			if other != v && len(found) < maxChoices {
				found = append(found, other)
			}
		}
	}
	return found
}

// standFor returns the links that edges of a kind that hold lead to from some nodes,
// each once, ascending.
func (r *resolver) standFor(kind string, nodes ...projection.Vertex) (links []projection.Vertex) {
	for _, v := range nodes {
		arcs := r.Out(kind, v)
		for i, to := range arcs.Others {
			if r.Current(kind, arcs.Edges[i]) && r.Kind(to) == projection.Link {
				links = append(links, to)
			}
		}
	}
	slices.Sort(links)
	return slices.Compact(links)
}

// near finds what is near to words that mean nothing.
func (r *resolver) near(ctx context.Context, w string) ([]projection.Hit, error) {
	type end struct {
		of     projection.Vertex
		length int
	}
	var ends []end
	for _, t := range r.index.texts {
		if r.Kind(t.of) == projection.Link && r.words.endsIn(t.text) {
			ends = append(ends, end{t.of, len(t.text)})
		}
	}
	slices.SortStableFunc(ends, func(a, b end) int {
		return cmp.Or(cmp.Compare(b.length, a.length), cmp.Compare(r.index.strength(b.of), r.index.strength(a.of)))
	})
	near := r.index.strongestFirst(r.holding(w))
	for _, e := range ends {
		near = append(near, e.of)
	}
	hits, err := r.Near(ctx, r.text, maxChoices, kinds...)
	if err != nil {
		return nil, err
	}
	for _, h := range hits {
		near = append(near, h.Vertex)
	}
	return r.hits(near), nil
}

// nothing is the error of words that mean nothing, which finds what is near.
func (r *resolver) nothing(w string) error {
	_, err := r.Lookup(r.text, kinds...)
	var fault *projection.NotFoundError
	if !errors.As(err, &fault) {
		fault = &projection.NotFoundError{Text: r.text, Kinds: kinds} // a company or a product that stands for no link
	}
	fault.Near = nil
	fault.Search = func(ctx context.Context) ([]projection.Hit, error) { return r.near(ctx, w) }
	if len(fault.Other) > 0 {
		return fault
	}
	return message.As(fault, "no ecosystem, chain, link, product or company is called %q", r.text)
}

// hits lists at most ten nodes, each once.
func (r *resolver) hits(nodes []projection.Vertex) (hits []projection.Hit) {
	for _, v := range nodes {
		if len(hits) < maxChoices && !slices.ContainsFunc(hits, func(h projection.Hit) bool { return h.Vertex == v }) {
			hits = append(hits, projection.Hit{Vertex: v, Score: 1, Text: r.text})
		}
	}
	return hits
}

// ofKind returns the nodes that are of a kind, ascending.
func (r *resolver) ofKind(nodes []projection.Vertex, kind string) []projection.Vertex {
	return slices.DeleteFunc(slices.Clone(nodes), func(v projection.Vertex) bool { return r.Kind(v) != kind })
}
