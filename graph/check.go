package graph

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"liantu/message"
	"liantu/schema"
)

// checker collects the faults of the drafts of a batch.
type checker struct {
	model   *schema.Model
	faults  []Fault
	known   map[*schema.Kind]map[string]*schema.Property
	orders  map[*schema.Kind]FactOrder
	sources map[Provenance]string // what is wrong with it, "" if nothing
}

func newChecker(model *schema.Model) *checker {
	return &checker{
		model:   model,
		known:   map[*schema.Kind]map[string]*schema.Property{},
		orders:  map[*schema.Kind]FactOrder{},
		sources: map[Provenance]string{},
	}
}

// place is the draft that a fault belongs to.
type place struct {
	edge  bool
	index int
	kind  string
}

func (c *checker) fault(at place, property, format string, args ...any) {
	c.faults = append(c.faults, Fault{
		Edge: at.edge, Index: at.index, Kind: at.kind,
		Property: property, Reason: message.New(format, args...),
	})
}

// badValue is the fault of a value that is not valid. A personal one is not quoted.
func (c *checker) badValue(at place, p *schema.Property, err error) {
	if p.Sensitivity == schema.Personal {
		c.fault(at, p.Name, "the value is not valid; it is personal and is not shown here")
		return
	}
	c.fault(at, p.Name, "%v", err)
}

// compareFaults orders faults by sort and position of their drafts.
func compareFaults(a, b Fault) int {
	if a.Edge != b.Edge {
		return compareBools(a.Edge, b.Edge)
	}
	return cmp.Compare(a.Index, b.Index)
}

// node checks what can be checked of a node draft without the store.
func (c *checker) node(at place, d NodeDraft) {
	kind := c.model.Node(d.Kind)
	if kind == nil {
		c.fault(at, "", "unknown kind of node %q", d.Kind)
		return
	}
	if len(d.Keys) == 0 {
		c.fault(at, "", "has no key, so nothing identifies it")
	}
	for _, k := range d.Keys {
		switch {
		case len(k) > MaxKeyLen:
			c.fault(at, "", "the key %q is longer than %d bytes", cut(k.String()), MaxKeyLen)
		case !utf8.ValidString(string(k)):
			c.fault(at, "", "the key %q is not UTF-8", k)
		case !strings.HasPrefix(string(k), idKeyPrefix) && keyGroup(kind, k) < 0:
			c.fault(at, "", "the key %q is not made of properties that identify a %s", k, d.Kind)
		}
	}
	c.facts(at, kind, d.Facts)
}

// edge checks what can be checked of an edge draft without its ends.
func (c *checker) edge(at place, d EdgeDraft) {
	kind := c.model.EdgeKind(d.Kind)
	if kind == nil {
		c.fault(at, "", "unknown kind of edge %q", d.Kind)
		return
	}
	for _, k := range []Key{d.From, d.To} {
		if len(k) > MaxKeyLen || !utf8.ValidString(string(k)) {
			c.fault(at, "", "the end %q is not UTF-8 or longer than %d bytes", cut(k.String()), MaxKeyLen)
		}
	}
	if !utf8.ValidString(d.Discriminator) || len(d.Discriminator) > MaxKeyLen {
		c.fault(at, "", "the discriminator %q is not UTF-8 or longer than %d bytes", cut(d.Discriminator), MaxKeyLen)
	}
	if parts := strings.Count(d.Discriminator, "/") + 1; d.Discriminator != "" && parts > len(kind.Key) {
		c.fault(at, "", "the discriminator %q has %d parts where the kind has %d key properties", d.Discriminator, parts, len(kind.Key))
	}
	c.facts(at, kind, d.Facts)
	for _, f := range d.Facts {
		i := slices.Index(kind.Key, f.Property)
		if i < 0 {
			continue
		}
		stated := discriminatorPart(d.Discriminator, i)
		if text := keyEscaper.Replace(valueText(f.Value)); text != stated {
			if p := kind.Property(f.Property); p != nil && p.Sensitivity == schema.Personal {
				text, stated = concealedText, concealedText
			}
			c.fault(at, f.Property, "%q in a fact but %q in the discriminator", text, stated)
		}
	}
}

func (c *checker) facts(at place, kind *schema.Kind, facts []Fact) {
	properties := c.properties(kind)
	for _, f := range facts {
		if reason := c.provenance(f.Provenance); reason != "" {
			c.fault(at, f.Property, "%s", reason)
		}
		if f.Property == "" {
			if f.Value != nil {
				c.fault(at, "", "the fact that it exists has the value %q", cut(fmt.Sprint(f.Value)))
			}
			continue
		}
		p := properties[f.Property]
		if p == nil {
			c.fault(at, f.Property, "unknown to the kind")
			continue
		}
		if err := p.Valid(f.Value); err != nil {
			c.badValue(at, p, err)
		}
	}
}

func (c *checker) properties(kind *schema.Kind) map[string]*schema.Property {
	m := c.known[kind]
	if m == nil {
		m = make(map[string]*schema.Property, len(kind.Properties))
		for _, p := range kind.Properties {
			m[p.Name] = p
		}
		c.known[kind] = m
	}
	return m
}

func (c *checker) orderOf(kind *schema.Kind) FactOrder {
	o, ok := c.orders[kind]
	if !ok {
		o = FactOrderOf(kind)
		c.orders[kind] = o
	}
	return o
}

// The parts of a provenance obey the same rules as properties do.
var (
	sourceProperty = &schema.Property{Name: "source", Type: schema.TypeText}
	asOfProperty   = &schema.Property{Name: "as_of", Type: schema.TypeDate}
)

// provenance says what is wrong with a provenance, "" if nothing. A batch
// repeats a few of them many times, so the results are cached.
func (c *checker) provenance(p Provenance) string {
	reason, ok := c.sources[p]
	if !ok {
		if err := sourceProperty.Valid(p.Source); err != nil {
			reason = fmt.Sprintf("the source of a fact: %v", err)
		} else if err := asOfProperty.Valid(p.AsOf); err != nil {
			reason = fmt.Sprintf("the as-of date of a fact: %v", err)
		} else if !p.Grade.Valid() {
			reason = fmt.Sprintf("the grade of a fact, %q, is none of A, B, C, D", p.Grade)
		}
		c.sources[p] = reason
	}
	return reason
}

// cut shortens a text for a message.
func cut(s string) string {
	const limit = 80
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "") + "…"
}

// check collects the faults that can be found without the store.
func (p *planner) check() {
	p.badNodes = make([]bool, len(p.batch.Nodes))
	for i, d := range p.batch.Nodes {
		before := len(p.faults)
		p.node(place{index: i, kind: d.Kind}, d)
		p.badNodes[i] = len(p.faults) > before
	}
	p.badEdges = make([]bool, len(p.batch.Edges))
	for i, d := range p.batch.Edges {
		before := len(p.faults)
		p.edge(place{edge: true, index: i, kind: d.Kind}, d)
		p.badEdges[i] = len(p.faults) > before
	}
}

// checkFound collects the faults of drafts that name something that does not
// exist or is of the wrong kind. Drafts that are at fault already were not
// looked up.
func (p *planner) checkFound() {
	for i, d := range p.batch.Nodes {
		if p.badNodes[i] {
			continue
		}
		at := place{index: i, kind: d.Kind}
		if p.badNodes[i] = p.forgotten(at, p.recurring(&p.batch.Nodes[i])...); p.badNodes[i] {
			continue
		}
		for _, k := range d.Keys {
			id, ok := p.storedID(k)
			if !ok && strings.HasPrefix(string(k), idKeyPrefix) {
				p.fault(at, "", "the key %q finds no node", k)
			}
			if ok && p.nodes[id].Kind != d.Kind {
				p.fault(at, "", "the key %q finds a node of kind %q", k, p.nodes[id].Kind)
			}
		}
	}
	for i, d := range p.batch.Edges {
		if p.badEdges[i] {
			continue
		}
		at := place{edge: true, index: i, kind: d.Kind}
		from, okFrom := p.end(at, "from", d.From)
		to, okTo := p.end(at, "to", d.To)
		if okFrom && okTo && !p.model.EdgeKind(d.Kind).Joins(from, to) {
			p.fault(at, "", "may not lead from %q to %q", from, to)
		}
	}
}

// end returns the kind of the node at an end of an edge draft. It reports
// false when that is unknown, which is a fault of the edge unless the end is a
// draft that is at fault itself.
func (p *planner) end(at place, name string, k Key) (string, bool) {
	if id, ok := p.storedID(k); ok {
		if n := p.nodes[id]; n != nil {
			return n.Kind, true
		}
		return k.Kind(), true
	}
	if p.forgotten(at, k) {
		return "", false
	}
	if draft, ok := p.owner[k]; ok {
		return p.batch.Nodes[draft].Kind, !p.badNodes[draft]
	}
	p.fault(at, "", "the end %s: the key %q finds nothing", name, k)
	return "", false
}
