package neo4jstore

import (
	"fmt"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/schema"
)

// statements are the Cypher statements that write one kind. Each takes $rows, a
// list of rows of the kind's columns, and $rev, and returns the number of rows
// that found their element.
type statements struct {
	properties []string // the columns after the fixed ones, in the model's order
	create     string
	update     string
	remove     string
	find       string // edges only: returns the list of the data of those in $ids
}

// The fixed columns of a row. Rows of edges begin with their ends.
const (
	nodeColumns = 6 // id, data, grade, source, as of, sources
	edgeColumns = 8 // from, to, id, data, grade, source, as of, sources
)

// allStatements makes the statements for every kind of a model.
func allStatements(model *schema.Model) map[string]*statements {
	all := make(map[string]*statements, len(model.Nodes)+len(model.Edges))
	for _, k := range model.Nodes {
		all[k.Name] = nodeStatements(k.Name, k.Properties)
	}
	for _, k := range model.Edges {
		all[k.Name] = edgeStatements(k.Name, k.Properties)
	}
	return all
}

// of returns the statements for a kind. A kind that the model no longer has, but
// the database still holds, has no properties.
func (s *Store) of(kind string, edge bool) *statements {
	if k := s.kinds[kind]; k != nil {
		return k
	}
	if edge {
		return edgeStatements(kind, nil)
	}
	return nodeStatements(kind, nil)
}

func nodeStatements(kind string, properties []*schema.Property) *statements {
	s := &statements{properties: names(properties)}
	columns := append([]string{"_id", "_data", "_grade", "_source", "_as_of", "_sources"}, s.properties...)
	s.create = fmt.Sprintf("UNWIND $rows AS row CREATE (e:_Node:%s {_rev: $rev, %s}) RETURN count(*)",
		quoted(kind), assign(columns, 0, "", ": "))
	s.update = fmt.Sprintf("UNWIND $rows AS row MATCH (e:_Node {_id: row[0]}) SET e._rev = $rev, %s RETURN count(*)",
		assign(columns[1:], 1, "e.", " = "))
	s.remove = "UNWIND $rows AS row MATCH (e:_Node {_id: row[0]}) DETACH DELETE e RETURN count(*)"
	return s
}

func edgeStatements(kind string, properties []*schema.Property) *statements {
	s := &statements{properties: names(properties)}
	columns := append([]string{"_id", "_data", "_grade", "_source", "_as_of", "_sources"}, s.properties...)
	s.create = "UNWIND $rows AS row MATCH (a:_Node {_id: row[0]}) MATCH (b:_Node {_id: row[1]}) " +
		fmt.Sprintf("CREATE (a)-[e:%s {_rev: $rev, %s}]->(b) RETURN count(*)", quoted(kind), assign(columns, 2, "", ": "))
	// By the index of ids, since an end may have very many edges.
	match := fmt.Sprintf("UNWIND $rows AS row MATCH ()-[e:%s {_id: row[2]}]->() ", quoted(kind))
	s.update = match + fmt.Sprintf("SET e._rev = $rev, %s RETURN count(*)", assign(columns[1:], 3, "e.", " = "))
	s.remove = match + "DELETE e RETURN count(*)"
	s.find = fmt.Sprintf("UNWIND $ids AS id MATCH ()-[e:%s {_id: id}]->() RETURN collect(e._data)", quoted(kind))
	return s
}

func names(properties []*schema.Property) []string {
	list := make([]string, len(properties))
	for i, p := range properties {
		list[i] = p.Name
	}
	return list
}

// assign assigns row[first] and so on to the columns. A null in a row leaves the
// property out.
func assign(columns []string, first int, prefix, sign string) string {
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = fmt.Sprintf("%s%s%srow[%d]", prefix, quoted(c), sign, first+i)
	}
	return strings.Join(parts, ", ")
}

// changedEdges makes the statement that returns the data of all edges changed
// after the version $after, "" if the model has no edges. It uses the index
// of each kind, which a relationship of any type would not.
func changedEdges(model *schema.Model) string {
	parts := make([]string, len(model.Edges))
	for i, k := range model.Edges {
		parts[i] = fmt.Sprintf("MATCH ()-[e:%s]->() WHERE e._rev > $after RETURN e._data AS data", quoted(k.Name))
	}
	return strings.Join(parts, " UNION ALL ")
}

// nodeRow makes the row of a node, whose version is set.
func (s *statements) nodeRow(n *graph.Node) ([]any, error) {
	data, err := graph.AppendNode(nil, n)
	if err != nil {
		return nil, err
	}
	row := make([]any, 0, nodeColumns+len(s.properties))
	row = append(row, string(n.ID), data)
	return s.appendFacts(row, n.Facts, sourcesOfNode), nil
}

// edgeRow makes the row of an edge, whose version is set.
func (s *statements) edgeRow(e *graph.Edge) ([]any, error) {
	data, err := graph.AppendEdge(nil, e)
	if err != nil {
		return nil, err
	}
	row := make([]any, 0, edgeColumns+len(s.properties))
	row = append(row, string(e.From), string(e.To), string(e.ID), data)
	return s.appendFacts(row, e.Facts, sourcesOfEdge), nil
}

// sourcesOfNode lists the days and sources of all facts of a node, and
// sourcesOfEdge the grades and sources of the facts that state an edge, each
// once, in ascending order. The list is nil if it has one entry that the other
// fixed columns give already.
func sourcesOfNode(facts []graph.Fact) any {
	return sourcesOf(facts, func(f graph.Fact) string { return f.AsOf + " " + f.Source })
}

func sourcesOfEdge(facts []graph.Fact) any {
	end := slices.IndexFunc(facts, func(f graph.Fact) bool { return f.Property != "" })
	if end >= 0 {
		facts = facts[:end]
	}
	return sourcesOf(facts, func(f graph.Fact) string { return string(f.Grade) + " " + f.Source })
}

func sourcesOf(facts []graph.Fact, text func(graph.Fact) string) any {
	if len(facts) == 0 {
		return nil
	}
	first := text(facts[0])
	differs := func(f graph.Fact) bool { return text(f) != first }
	if facts[0].Property == "" && !slices.ContainsFunc(facts, differs) {
		return nil
	}
	list := make([]string, len(facts))
	for i, f := range facts {
		list[i] = text(f)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// appendFacts appends the grade, source, date and sources of an element, and the
// shown values of its properties. Facts are sorted by property, the shown one
// first.
func (s *statements) appendFacts(row []any, facts []graph.Fact, sources func([]graph.Fact) any) []any {
	grade, source, asOf := any(string(graph.GradeD)), any(nil), any(nil)
	for i, f := range facts {
		if f.Property != "" {
			break
		}
		if i == 0 {
			source, asOf = f.Source, f.Date()
		}
		grade = min(grade.(string), string(f.Grade))
	}
	row = append(row, grade, source, asOf, sources(facts))
	base := len(row)
	row = row[:base+len(s.properties)]
	clear(row[base:])
	last := ""
	for _, f := range facts {
		if f.Property == last {
			continue
		}
		last = f.Property
		for i, p := range s.properties {
			if p == f.Property {
				row[base+i] = f.Value
				break
			}
		}
	}
	return row
}
