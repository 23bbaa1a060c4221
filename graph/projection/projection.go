// Package projection holds an immutable picture of a graph in memory, made for
// answering questions: vertices are numbers, edges are in flat slices, and all
// that is known about a vertex or an edge is in separate columns. Reads never
// lock and a projection never changes; a new version of the store gives a new
// projection, which [Live] publishes atomically.
//
// Two projections of the same facts are equal, whatever the order and the
// batches in which the facts were loaded and whichever store holds them:
// vertices are numbered by content, not by arrival.
//
// The packages of questions below graph, api, the program and tests may import
// projection; it imports graph and schema.
package projection

import (
	"time"

	"liantu/graph"
	"liantu/schema"
)

// The names of the kinds that the projection, or a question, treats specially.
const (
	Ecosystem  = "Ecosystem"
	Chain      = "Chain"
	Link       = "Link"
	Company    = "Company"
	Region     = "Region"
	Product    = "Product"
	Source     = "Source"
	PartOf     = "PART_OF"
	SameAs     = "SAME_AS"
	Feeds      = "FEEDS"
	OperatesIn = "OPERATES_IN"
	MayOperate = "MAY_OPERATE_IN"
	LocatedIn  = "LOCATED_IN"
	Supplies   = "SUPPLIES"
	Makes      = "MAKES"
	BelongsTo  = "BELONGS_TO"
	InvestsIn  = "INVESTS_IN"
	WorksAt    = "WORKS_AT"
	NativeOf   = "NATIVE_OF"
	Serves     = "SERVES"
	Covers     = "COVERS"
	Involves   = "INVOLVES"
	Targets    = "TARGETS"
	InChargeOf = "IN_CHARGE_OF"

	Person        = "Person"
	Intermediary  = "Intermediary"
	Project       = "Project"
	TaskForce     = "TaskForce"
	Park          = "Park"
	Knows         = "KNOWS"
	MemberOf      = "MEMBER_OF"
	SpecialisesIn = "SPECIALISES_IN"
	Introduced    = "INTRODUCED"
	Fills         = "FILLS"
	Hosts         = "HOSTS"
	Opportunity   = "Opportunity"
	Demands       = "DEMANDS"
	Patent        = "Patent"
	Holds         = "HOLDS"
	AppliesTo     = "APPLIES_TO"
	Judgement     = "Judgement"

	PlacementJudgement = "PlacementJudgement"
)

// Vertex is the number of a node in one projection. The numbers of a kind are
// consecutive; see [Projection.Range]. A number means nothing in another
// projection: store the [graph.ID] instead.
type Vertex int32

// None is no vertex.
const None Vertex = -1

// Projection is the picture of one version of a graph. It is immutable: every
// method is safe for concurrent use, and the caller must not change what a
// method returns.
//
// Vertices are numbered kind after kind, in the order of [schema.Sensitivities] and then of
// their names.
// Within a kind they are ordered by their strongest key, so regions and links
// are in the order of their codes; companies are ordered by the code of their
// place first, so that the companies of any region are a range.
type Projection struct {
	model    *schema.Model
	version  graph.Version
	dataDate string
	assumed  bool // the data date is, as no fact states a day
	asOf     string
	past     bool // of a requested day
	builtAt  time.Time

	present   *Projection // of all facts, beside a whole one of a requested day; else nil
	consentOn string

	kinds  []span // by node kind, in the order of model.Nodes
	byKind map[string]int
	nodes  []*graph.Node // by vertex
	edges  map[string]*edges
	namer  *graph.Namer
	byID   map[graph.ID]Vertex // own and lost ids
	byText map[string][]named  // by normalised name or identifier

	more    *added             // of a projection made by With, else nil
	ownText map[string][]named // of what it adds

	regions   regions
	companies companies
	idle      idle
	industry  industry
	memo      *Memo
}

// span is the range of vertices of one kind.
type span struct{ first, end Vertex }

// Model returns the vocabulary of the projection.
func (p *Projection) Model() *schema.Model { return p.model }

// Version returns the version of the store that the projection shows.
func (p *Projection) Version() graph.Version { return p.version }

// DataDate returns the newest as-of date of any fact, except facts about regions
// and sources and edits (see [graph.Provenance.IsEdit]), as it was given (2016, 2016-05 or 2016-05-31), and "" for a
// projection without such facts. Assumed days count only where no fact states
// one; see [Projection.DataDateAssumed].
func (p *Projection) DataDate() string { return p.dataDate }

// DataDateAssumed reports whether the data date is assumed, since no fact states
// a day.
func (p *Projection) DataDateAssumed() bool { return p.assumed }

// AsOf returns the day whose state the projection shows, an ISO date: the one
// given in [Options], else the last day of the data date, else "".
func (p *Projection) AsOf() string { return p.asOf }

// Past reports whether the projection shows a requested day, and hides what
// became known later; see [AsOf].
func (p *Projection) Past() bool { return p.past }

// Present returns the projection of all facts of the same version, which is another one
// only for that of a requested day: what somebody may see is decided by it. A part has none
// but itself, so that nobody gets more from it than it shows.
func (p *Projection) Present() *Projection {
	if p.present == nil {
		return p
	}
	return p.present
}

// ConsentOn returns the day on which consent must hold at least, an ISO date: that of the
// projection, or of that of all facts where this is later.
func (p *Projection) ConsentOn() string { return p.consentOn }

// BuiltAt returns when the projection was made. It is the only property of a
// projection that does not follow from the facts.
func (p *Projection) BuiltAt() time.Time { return p.builtAt }

// Age returns how long ago the projection was made.
func (p *Projection) Age() time.Duration { return time.Since(p.builtAt) }

// Order returns the number of vertices.
func (p *Projection) Order() int { return len(p.nodes) }

// Range returns the vertices of a kind as first <= v < end. The range of an
// unknown kind or of one without nodes is empty.
func (p *Projection) Range(kind string) (first, end Vertex) {
	i, ok := p.byKind[kind]
	if !ok {
		return 0, 0
	}
	return p.kinds[i].first, p.kinds[i].end
}

// Count returns the number of nodes of a kind.
func (p *Projection) Count(kind string) int {
	first, end := p.Range(kind)
	return int(end - first)
}

// Kind returns the name of the kind of a vertex, and "" for [None].
func (p *Projection) Kind(v Vertex) string {
	if v < 0 || int(v) >= len(p.nodes) {
		return ""
	}
	return p.nodes[v].Kind
}

// ID returns the permanent id of a vertex, and "" for [None].
func (p *Projection) ID(v Vertex) graph.ID {
	if v < 0 || int(v) >= len(p.nodes) {
		return ""
	}
	return p.nodes[v].ID
}

// Node returns all that is known about a vertex, with the provenance of every
// fact and the conflicts between sources, and nil for [None]. The node must
// not be changed.
func (p *Projection) Node(v Vertex) *graph.Node {
	if v < 0 || int(v) >= len(p.nodes) {
		return nil
	}
	return p.nodes[v]
}

// Value returns the shown value of a property of a vertex and whether it is
// known.
func (p *Projection) Value(v Vertex, property string) (any, bool) {
	n := p.Node(v)
	if n == nil {
		return nil, false
	}
	return n.Get(property)
}

// Text returns the shown value of a text property, and "" if it is unknown or
// not a text.
func (p *Projection) Text(v Vertex, property string) string {
	value, _ := p.Value(v, property)
	s, _ := value.(string)
	return s
}

// Caption returns the name by which a vertex may be named to everybody: the property
// that the schema declares as caption, else its name or short name, else its code, each only where
// the schema marks it public, else its id. So it never names a person; what of a name a
// caller may see is decided by package disclosure.
func (p *Projection) Caption(v Vertex) string {
	n := p.Node(v)
	if n == nil {
		return ""
	}
	k := p.model.Node(n.Kind)
	if k == nil {
		return string(n.ID)
	}
	for _, name := range [...]string{k.Caption, "name", "short_name", "title", "code"} {
		if property := k.Property(name); property == nil || property.Sensitivity != schema.Public {
			continue
		}
		if s := p.Text(v, name); s != "" {
			return s
		}
	}
	return string(n.ID)
}

// Code returns the code of a vertex (of a region, link, chain or ecosystem),
// and "" if it has none.
func (p *Projection) Code(v Vertex) string { return p.Text(v, "code") }

// Synthetic reports whether a vertex is marked as invented for demonstration.
func (p *Projection) Synthetic(v Vertex) bool {
	value, _ := p.Value(v, "synthetic")
	b, _ := value.(bool)
	return b
}
