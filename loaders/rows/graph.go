package rows

import (
	"slices"
	"strconv"
	"strings"

	"liantu/message"
)

// Documents that hold a graph in a form of their own, GraphML and node-link JSON,
// are read as the objects that apoc.export.json writes: of a node type, id, labels and
// properties, of an edge type, id, label, start.id, end.id and properties.

// kindNames are the names of attributes that say what a node or an edge is, the
// surest first: those of APOC, of TinkerPop, and what people choose.
var kindNames = map[bool][]string{
	false: {"labels", "labelV", "TYPE", "type", "kind", "category", "label"},
	true:  {"label", "labelE", "TYPE", "type", "relationship", "relation", "rel", "kind"},
}

// graphElement is a node or an edge of such a document.
type graphElement struct {
	edge          bool
	id, from, to  string
	kind          string // that a place of its own states, "" for none
	undirected    bool
	attributes    []jsonValue // members of an object, each with its name
	line, ordinal int
}

// object makes the object of an element. What says its kind is no property.
func (e *graphElement) object() jsonValue {
	text := func(name, text string) jsonValue { return jsonValue{kind: jsonString, name: name, text: text} }
	within := func(name string, kids ...jsonValue) jsonValue {
		return jsonValue{kind: jsonObject, name: name, kids: kids}
	}
	kind, rest := e.kinds()
	out := jsonValue{kind: jsonObject}
	if !e.edge {
		kind.name = "labels"
		out.kids = append(out.kids, text("type", "node"), text("id", e.id))
	} else {
		kind.name = "label"
		id := e.id
		if id == "" {
			id = strconv.Itoa(e.ordinal)
		}
		out.kids = append(out.kids, text("type", "relationship"), text("id", id), within("start", text("id", e.from)), within("end", text("id", e.to)))
	}
	if kind.kind != 0 {
		out.kids = append(out.kids, kind)
	} else if e.edge {
		out.kids = append(out.kids, text("label", ""))
	}
	out.kids = append(out.kids, within("properties", rest...))
	return out
}

// kinds returns what says the kind of an element, and its other attributes.
func (e *graphElement) kinds() (jsonValue, []jsonValue) {
	for _, name := range kindNames[e.edge] {
		i := slices.IndexFunc(e.attributes, func(a jsonValue) bool { return a.name == name && (a.kind == jsonString || a.kind == jsonList) })
		if i < 0 {
			continue
		}
		kind := e.attributes[i]
		if kind.kind == jsonString {
			kind = labelList(kind.text)
		}
		return kind, e.named(slices.Concat(e.attributes[:i], e.attributes[i+1:]))
	}
	if e.kind != "" {
		return labelList(e.kind), e.named(e.attributes)
	}
	return jsonValue{}, e.attributes
}

// named makes the label of a node that has no name its name, as it is in what Gephi
// writes, where something else says the kind.
func (e *graphElement) named(attributes []jsonValue) []jsonValue {
	has := func(name string) int {
		return slices.IndexFunc(attributes, func(a jsonValue) bool { return a.name == name })
	}
	if at := has("label"); !e.edge && at >= 0 && has("name") < 0 {
		attributes[at].name = "name"
	}
	return attributes
}

// labelList reads labels as APOC writes them into one text, such as :Company:ST. Any
// other text is one label, or several that semicolons divide.
func labelList(text string) jsonValue {
	rest, ok := strings.CutPrefix(text, ":")
	if !ok {
		return jsonValue{kind: jsonString, text: text}
	}
	list := jsonValue{kind: jsonList}
	for label := range strings.SplitSeq(rest, ":") {
		list.kids = append(list.kids, jsonValue{kind: jsonString, text: label})
	}
	return list
}

// fill makes a record of the element. An edge without direction is a fault, since
// its ends do not say which is the subject.
func (e *graphElement) fill(rec *Record) {
	rec.Line = e.line
	if e.edge && e.undirected {
		rec.Err = &ParseError{Line: e.line, Reason: message.New("the edge has no direction; export the graph as a directed one"), Err: ErrGraph}
		return
	}
	rec.flatten("", "", e.object(), nil)
	for i := range rec.Fields {
		rec.Fields[i].offset = i + 1
	}
}

// nodeLink returns the elements of a document in the node-link form of networkx and
// D3: {"directed": true, "nodes": [{"id": 1}], "links": [{"source": 1, "target": 2}]}. It
// reports false for any other document.
func nodeLink(v jsonValue) ([]graphElement, bool) {
	nodes, links := member(v, "nodes"), member(v, "links")
	if links == nil {
		links = member(v, "edges")
	}
	if nodes == nil || links == nil || nodes.kind != jsonList || links.kind != jsonList || len(nodes.kids) == 0 {
		return nil, false
	}
	directed := member(v, "directed")
	var all []graphElement
	for i, kid := range slices.Concat(nodes.kids, links.kids) {
		e := graphElement{edge: i >= len(nodes.kids), ordinal: i + 1, line: i + 1, undirected: directed != nil && directed.text == "false"}
		ends := map[string]*string{"id": &e.id}
		if e.edge {
			ends = map[string]*string{"source": &e.from, "target": &e.to}
		}
		e.attributes = slices.Clone(kid.kids)
		for name, end := range ends {
			at := slices.IndexFunc(e.attributes, func(a jsonValue) bool { return a.name == name })
			if at < 0 || e.attributes[at].kind != jsonString && e.attributes[at].kind != jsonNumber {
				return nil, false
			}
			*end = e.attributes[at].text
			e.attributes = slices.Delete(e.attributes, at, at+1)
		}
		all = append(all, e)
	}
	return all, true
}

// member returns a member of an object, nil for none.
func member(v jsonValue, name string) *jsonValue {
	for i := range v.kids {
		if v.kind == jsonObject && v.kids[i].name == name {
			return &v.kids[i]
		}
	}
	return nil
}
