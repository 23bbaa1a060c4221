package rows

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"

	"liantu/message"
)

// looksGraphML reports whether a text is XML whose first element is graphml.
func looksGraphML(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte(bom)), " \t\r\n")
	if !bytes.HasPrefix(head, []byte("<")) {
		return false
	}
	d := xml.NewDecoder(bytes.NewReader(head))
	d.CharsetReader = decodedAlready
	for {
		token, err := d.Token()
		if err != nil {
			return false
		}
		if start, ok := token.(xml.StartElement); ok {
			return start.Name.Local == "graphml"
		}
	}
}

// decodedAlready stands for the encoding that a text declares of itself.
func decodedAlready(_ string, in io.Reader) (io.Reader, error) { return in, nil }

// graphML reads the nodes and edges of a GraphML text in the order in which they
// begin; what a node holds waits for its end. See http://graphml.graphdrawing.org/specification.html;
// keys say which attribute a data element states and, as APOC writes, whether its text
// is a list.
type graphML struct {
	xml        *xml.Decoder
	meter      *tokenMeter
	keys       map[string]graphKey
	defaults   []string // ids of keys with a default
	open       []graphElement
	ended      []graphElement // within the outermost open one
	ready      []graphElement // to be returned
	key        string         // of the open data element, "" for none
	label      bool           // a label that yEd draws is open
	inKey      string         // of the open key element
	text       strings.Builder
	undirected bool
	dense      bool // several elements stand in one line, so that they are numbered
	ordinal    int
}

// graphKey is what a key element says.
type graphKey struct {
	name     string
	edge     string // node, edge or all
	list     bool
	fallback *string
}

// newGraphML reads from a text in UTF-8 that begins with head.
func newGraphML(in io.Reader, head []byte) *graphML {
	g := &graphML{meter: &tokenMeter{in: in}, keys: map[string]graphKey{}}
	g.xml = xml.NewDecoder(g.meter)
	g.xml.CharsetReader = decodedAlready
	g.dense = bytes.Count(head, []byte("\n")) < bytes.Count(head, []byte("<node"))+bytes.Count(head, []byte("<edge"))
	return g
}

// next reads the next node or edge.
func (g *graphML) next(rec *Record) error {
	for {
		if len(g.ready) > 0 {
			g.ready[0].fill(rec)
			g.ready = g.ready[1:]
			return nil
		}
		g.meter.since = 0
		token, err := g.xml.Token()
		line, _ := g.xml.InputPos()
		if errors.Is(err, io.EOF) {
			return io.EOF
		}
		if fault := new(ParseError); errors.As(err, &fault) {
			return &ParseError{Line: line, Reason: fault.Reason, Err: fault.Err}
		}
		if err != nil {
			return &ParseError{Reason: message.New("the graph is not read to its end: %v", err), Err: ErrGraph}
		}
		switch t := token.(type) {
		case xml.StartElement:
			if err := g.start(t, line); err != nil {
				return err
			}
		case xml.CharData:
			if g.key != "" || g.inKey != "" {
				g.text.Write(t)
			}
			if g.text.Len() > MaxCell {
				return &ParseError{Line: line, Reason: message.New("a value is longer than %d bytes", MaxCell), Err: ErrLimit}
			}
		case xml.EndElement:
			if g.end(t.Name.Local) {
				if err := g.close(line); err != nil {
					return err
				}
			}
		}
	}
}

// start opens an element.
func (g *graphML) start(t xml.StartElement, line int) error {
	attribute := func(name string) string {
		for _, a := range t.Attr {
			if a.Name.Local == name {
				return a.Value
			}
		}
		return ""
	}
	switch t.Name.Local {
	case "key":
		g.inKey = attribute("id")
		g.keys[g.inKey] = graphKey{name: attribute("attr.name"), edge: attribute("for"), list: attribute("attr.list") != ""}
	case "default":
		g.text.Reset()
	case "graph":
		g.undirected = attribute("edgedefault") == "undirected"
	case "node", "edge":
		if len(g.open) == MaxDepth {
			return &ParseError{Line: line, Reason: message.New("nodes are nested deeper than %d", MaxDepth), Err: ErrTooLong}
		}
		g.ordinal++
		e := graphElement{
			edge: t.Name.Local == "edge", id: attribute("id"), from: attribute("source"), to: attribute("target"),
			kind: attribute("labels"), undirected: g.undirected, line: line, ordinal: g.ordinal,
		}
		if directed := attribute("directed"); directed != "" {
			e.undirected = directed == "false"
		}
		if e.edge {
			e.kind = attribute("label")
		}
		if g.dense {
			e.line = g.ordinal
		}
		g.open = append(g.open, e)
	case "hyperedge":
		return &ParseError{Line: line, Reason: message.New("the graph has an edge of more than two ends, which is not read"), Err: ErrGraph}
	case "data":
		g.key = attribute("key")
		g.text.Reset()
	case "NodeLabel", "EdgeLabel":
		g.label = true
		g.text.Reset()
	}
	return nil
}

// end closes an element, and reports whether it is a node or an edge.
func (g *graphML) end(name string) bool {
	switch name {
	case "key":
		g.inKey = ""
	case "default":
		if k, ok := g.keys[g.inKey]; ok {
			text := strings.TrimSpace(g.text.String())
			k.fallback = &text
			g.keys[g.inKey], g.defaults = k, append(g.defaults, g.inKey)
		}
	case "NodeLabel", "EdgeLabel":
		if g.label && len(g.open) > 0 {
			drawn := map[bool]string{false: "name", true: "label"}
			g.add(drawn[g.open[len(g.open)-1].edge], g.text.String(), false)
		}
		g.label = false
		g.text.Reset()
	case "data":
		k, ok := g.keys[g.key]
		if !ok {
			k.name = g.key // APOC writes no keys unless asked for types
		}
		if k.name != "" && len(g.open) > 0 {
			g.add(k.name, g.text.String(), k.list)
		}
		g.key = ""
	case "node", "edge":
		return len(g.open) > 0
	}
	return false
}

// maxHeld is the most elements that one node may hold.
const maxHeld = 1 << 20

// close ends the innermost open node or edge.
func (g *graphML) close(line int) error {
	e := g.open[len(g.open)-1]
	g.open = g.open[:len(g.open)-1]
	g.addDefaults(&e)
	if g.ended = append(g.ended, e); len(g.ended) > maxHeld {
		return &ParseError{Line: line, Reason: message.New("a node holds more than %d nodes and edges", maxHeld), Err: ErrLimit}
	}
	if len(g.open) == 0 {
		slices.SortFunc(g.ended, func(a, b graphElement) int { return a.ordinal - b.ordinal })
		g.ready, g.ended = append(g.ready[:0], g.ended...), g.ended[:0]
	}
	return nil
}

// add adds an attribute to the open node or edge, unless it has one of the name.
func (g *graphML) add(name, text string, list bool) {
	e := &g.open[len(g.open)-1]
	text = strings.TrimSpace(text)
	if len(e.attributes) == MaxColumns || member(jsonValue{kind: jsonObject, kids: e.attributes}, name) != nil {
		return
	}
	if v, err := parseJSON([]byte(text)); list && err == nil && v.kind == jsonList {
		v.name = name
		e.attributes = append(e.attributes, v)
		return
	}
	e.attributes = append(e.attributes, jsonValue{kind: jsonString, name: name, text: text})
}

// addDefaults adds the attributes that an element does not state.
func (g *graphML) addDefaults(e *graphElement) {
	for _, id := range g.defaults {
		k := g.keys[id]
		of := map[bool]string{false: "node", true: "edge"}[e.edge]
		if k.name == "" || k.edge != of && k.edge != "all" || member(jsonValue{kind: jsonObject, kids: e.attributes}, k.name) != nil {
			continue
		}
		e.attributes = append(e.attributes, jsonValue{kind: jsonString, name: k.name, text: *k.fallback})
	}
}

// tokenMeter limits what is read for one tag or text.
type tokenMeter struct {
	in    io.Reader
	since int // bytes since the token before
}

func (m *tokenMeter) Read(p []byte) (int, error) {
	if m.since > MaxRecord {
		return 0, &ParseError{Reason: message.New("a tag or text is longer than %d bytes", MaxRecord), Err: ErrLimit}
	}
	n, err := m.in.Read(p)
	m.since += n
	return n, err
}
