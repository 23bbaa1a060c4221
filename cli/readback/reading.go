// Package readback reads back what a graph holds as its sources stated it: a node
// with everything known of it ([Reading.Node]), and whole kinds as files that a
// load reads again ([Reading.Export]) or as the one table in which an office lists
// them ([Reading.Table]).
//
// Everything passes the policy of the caller's role: what it may not know of is not
// in its view, what it may see masked is written blank into files, and what is
// revealed for a purpose is noted for the audit log. Only cli imports it.
package readback

import (
	"cmp"
	"slices"
	"strings"

	"liantu/access"
	"liantu/api/disclosure"
	"liantu/api/fields"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// Reading is a graph as one caller may read it.
type Reading struct {
	Caller  *disclosure.Caller // which notes what was revealed
	picture *projection.Projection
	model   *schema.Model
}

// New makes a reading of the view that a caller has of a whole picture, see
// [disclosure.ViewOf]. The purpose is what the caller states to see personal values;
// the whole picture, of the present, decides of whom, by their consent, and what is the caller's.
func New(view, whole *projection.Projection, id *access.Identity, stated disclosure.Stated) *Reading {
	return &Reading{
		Caller: &disclosure.Caller{
			Identity: id, Purpose: stated, Role: disclosure.RoleOf(id, stated), Scope: disclosure.NewScope(whole, id), Whole: whole,
		},
		picture: view, model: view.Model(),
	}
}

// Use is what somebody at the command line needs personal values for: --purpose and
// --note.
type Use struct{ Purpose, Note string }

// For is [New] for a use, which the role of the identity must be able to state.
func For(use Use, view, whole *projection.Projection, id *access.Identity) (*Reading, error) {
	stated, refusal := disclosure.State(disclosure.Given{Name: "--purpose", Value: use.Purpose}, disclosure.Given{Name: "--note", Value: use.Note}, id.Role, whole)
	if refusal != nil {
		return nil, refusal
	}
	return New(view, whole, id, stated), nil
}

// element is a node or an edge of which facts are read.
type element struct {
	kind *schema.Kind
	disclosure.Element
}

func (r *Reading) node(v projection.Vertex) element {
	n := r.picture.Node(v)
	kind := r.model.Node(n.Kind)
	return element{kind, disclosure.Element{Kind: kind, ID: n.ID, Within: r.Caller.Scope.Node(n.ID)}}
}

func (r *Reading) edge(e *graph.Edge) element {
	kind := r.model.EdgeKind(e.Kind)
	return element{kind, disclosure.Element{Kind: kind, ID: e.ID, From: e.From, To: e.To, Within: r.Caller.Scope.Edge(e)}}
}

// see is what the caller sees of a value, and whether that is the value itself.
func (r *Reading) see(e element, p *schema.Property, value any) (any, bool) {
	return r.Caller.Value(e.kind.Name+"."+fields.LowerCamel(p.Name), e.Element, p, value)
}

// values are values of properties by the name of the property, each once, the shown
// one first.
type values map[string][]any

func (v values) add(property string, value any) {
	if !slices.ContainsFunc(v[property], func(other any) bool { return same(other, value) }) {
		v[property] = append(v[property], value)
	}
}

func same(a, b any) bool { return schema.FormatValue(a) == schema.FormatValue(b) }

// statement is what one source states of an element as of one day with one grade.
type statement struct {
	by     graph.Provenance
	values values
}

// statements divides facts by their provenance, the newest first, and returns all
// values together too. Values that the caller may not see are in neither; their
// properties are added to masked.
func (r *Reading) statements(e element, facts []graph.Fact, masked map[string]bool) ([]*statement, values) {
	var list []*statement
	by, all := map[graph.Provenance]*statement{}, values{}
	veiled := r.veils(e)
	for _, f := range facts {
		if veiled {
			f.Source = disclosure.Veil(f.Source)
		}
		s := by[f.Provenance]
		if s == nil {
			s = &statement{by: f.Provenance, values: values{}}
			by[f.Provenance] = s
			list = append(list, s)
		}
		p := e.kind.Property(f.Property)
		if p == nil {
			continue // that it exists, or a property that the schema no longer has
		}
		if _, whole := r.see(e, p, f.Value); !whole {
			masked[p.Name] = true
			continue
		}
		s.values.add(p.Name, f.Value)
		all.add(p.Name, f.Value)
	}
	slices.SortFunc(list, func(a, b *statement) int {
		return cmp.Or(graph.CompareDates(a.by, b.by), strings.Compare(string(a.by.Grade), string(b.by.Grade)), strings.Compare(a.by.Source, b.by.Source))
	})
	return list, all
}
