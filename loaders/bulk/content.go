package bulk

import (
	"slices"
	"strings"

	"liantu/loaders/rows"
	"liantu/schema"
)

// Content is what a file in one of the formats holds.
type Content struct {
	heads   []head
	objects bool
	own     bool // its ids mean nothing in other files
	groups  map[string]*group
	rows    int
}

// group is the rows that have the same labels, or the same type.
type group struct {
	labels []string
	edge   bool
	rows   int
	first  int             // line of the first of them
	filled map[string]bool // columns that have a value in one of them
	other  map[string]bool // columns that hold something else than codes of stocks
}

// Read reads a file to its end and returns what it holds, nil if it is in
// neither format, of which its heads or its first object are proof. The reader
// was opened with [IsHead] to find the header. Rows that cannot be read, and the
// rest of a file from where reading fails, are not counted: whoever loads the
// rows meets the same faults.
func Read(r *rows.Reader) *Content {
	c := &Content{groups: map[string]*group{}}
	if columns := r.Columns(); columns != nil {
		if c.heads = tableHeads(columns); c.heads == nil {
			return nil
		}
	}
	c.objects = c.heads == nil
	known := map[string]head{}
	for i := range c.heads {
		c.heads[i].stock = mayBeStock(c.heads[i].name)
		known[c.heads[i].column] = c.heads[i]
	}
	for {
		rec, err := r.Next()
		if err != nil && c.objects && c.rows == 0 {
			return nil
		}
		if err != nil {
			return c
		}
		if rec.Blank || rec.Err != nil {
			continue
		}
		if c.objects && c.rows == 0 && !isObject(rec) {
			return nil
		}
		c.rows++
		c.own = r.Graph()
		c.add(rec, known)
	}
}

// isObject reports whether a record is an object of apoc.export.json.
func isObject(rec *rows.Record) bool {
	for i := range rec.Fields {
		if _, ok := objectHead(rec.Fields[i].Name); !ok {
			return false
		}
	}
	has := func(field string) bool { return rec.Get(field) != nil }
	kind := rec.Get(objectType)
	return kind != nil && has(objectID) &&
		(kind.Text == objectNode || kind.Text == objectEdge && has("label") && has(objectStart) && has(objectEnd))
}

// add counts a record in its group.
func (c *Content) add(rec *rows.Record, known map[string]head) {
	var labels []string
	edge := c.objects && rec.Get(objectType) != nil && rec.Get(objectType).Text == objectEdge
	for i := range rec.Fields {
		f := &rec.Fields[i]
		h, ok := known[f.Name]
		if !ok {
			if h, ok = objectHead(f.Name); !ok {
				h = head{column: f.Name, name: f.Name}
			}
			h.stock = mayBeStock(h.name)
			known[f.Name] = h
			c.heads = append(c.heads, h)
		}
		if h.role == label && !edge || h.role == edgeType {
			labels = append(labels, Labels(f.Text, f.List)...)
		}
	}
	key := strings.Join(append(labels, kindOfRow(edge)), ";")
	g := c.groups[key]
	if g == nil {
		g = &group{labels: labels, edge: edge || c.edges(), first: rec.Line, filled: map[string]bool{}, other: map[string]bool{}}
		c.groups[key] = g
	}
	g.rows++
	for i := range rec.Fields {
		f := &rec.Fields[i]
		if schema.Blank(f.Text) && len(f.List) == 0 && !f.Nested {
			continue
		}
		g.filled[f.Name] = true
		if known[f.Name].stock && !g.other[f.Name] {
			_, err := schema.ParseStockCode(f.Text)
			g.other[f.Name] = err != nil
		}
	}
}

// stockHeads are names of columns that may hold the codes of stocks, the likelier
// one first.
var stockHeads = []string{schema.NormalName("code"), schema.NormalName("stock_id")}

func mayBeStock(name string) bool { return slices.Contains(stockHeads, schema.NormalName(name)) }

func kindOfRow(edge bool) string {
	if edge {
		return objectEdge
	}
	return objectNode
}

// edges reports whether the rows of a table are edges.
func (c *Content) edges() bool {
	return !c.objects && (c.with(startID) != nil || c.with(endID) != nil || c.with(edgeType) != nil)
}

// with returns the columns that have a role, in file order.
func (c *Content) with(r role) []string {
	var columns []string
	for _, h := range c.heads {
		if h.role == r {
			columns = append(columns, h.column)
		}
	}
	return columns
}

// space returns the space of the ids of a role.
func (c *Content) space(r role) string {
	if i := slices.IndexFunc(c.heads, func(h head) bool { return h.role == r }); i >= 0 {
		return c.heads[i].space
	}
	return ""
}

// sorted returns the groups in the order of their first rows.
func (c *Content) sorted() []*group {
	var all []*group
	for _, g := range c.groups {
		all = append(all, g)
	}
	slices.SortFunc(all, func(a, b *group) int { return a.first - b.first })
	return all
}

// Columns returns the names of the columns in file order, or of the fields in
// the order in which they occur.
func (c *Content) Columns() []string {
	var names []string
	for _, h := range c.heads {
		names = append(names, h.column)
	}
	return names
}

// Labels returns the labels in a cell: the elements of a list, else the parts of
// the text between semicolons. Blank ones are left out.
func Labels(text string, list []string) []string {
	if list == nil {
		list = strings.Split(text, ";")
	}
	var labels []string
	for _, l := range list {
		if l = strings.TrimSpace(l); l != "" {
			labels = append(labels, l)
		}
	}
	return labels
}
