package loaders_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"liantu/graph"
	"liantu/loaders"
	"liantu/schema"
)

// namedThings are one node of every kind to which edges may lead, by name.
var namedThings = map[string]string{
	"Ecosystem": "示例生态圈", "Chain": "示例产业链", "Link": "示例环节", "Product": "示例产品", "Company": "星澜实业有限公司",
	"Park": "示例产业园", "Intermediary": "示例商会", "Person": "示例人", "Project": "示例项目", "TaskForce": "示例专班",
	"Opportunity": "示例机遇", "Region": "浙江省杭州市西湖区",
}

// alongCase is a table of one row whose columns state an edge beside a node.
type alongCase struct {
	row  schema.AlongRow
	node string // name of the node of the row
	to   string // name of the node at the other end
	csv  string
}

// TestEdgesBesideNodes loads, for every column of every edge that may stand in
// tables of a kind, a table with it and everything that may stand beside, and
// finds the edge with all properties in the graph and nothing unused.
func TestEdgesBesideNodes(t *testing.T) {
	model := schema.Default()
	for _, kind := range model.Nodes {
		rows := model.Along(kind)
		if len(rows) == 0 {
			continue
		}
		t.Run(kind.Name, func(t *testing.T) {
			store := openStore(t)
			if r := load(t, loaders.Options{Store: store, FS: files(thingFiles(model)), Source: "s", AsOf: "2026"}); !r.Complete() {
				t.Fatal(text(t, r))
			}
			tables := map[string]string{}
			cases := map[string]alongCase{}
			for i, row := range rows {
				for j, c := range alongCases(kind, row, fmt.Sprintf("行%d", i)) {
					name := fmt.Sprintf("%02d-%02d.csv", i, j)
					tables[name], cases[name] = c.csv, c
				}
			}
			r := load(t, loaders.Options{Store: store, FS: files(tables), Kind: kind.Name, Source: "s", AsOf: "2026"})
			for _, f := range r.Faults {
				if f.Code != loaders.CodeNoSource {
					t.Errorf("%v\n%s", f, tables[f.File])
				}
			}
			edges := edgesByName(t, store)
			for _, name := range slices.Sorted(maps.Keys(cases)) {
				cases[name].check(t, edges)
			}
		})
	}
}

// thingFiles are tables of the things to which edges lead.
func thingFiles(model *schema.Model) map[string]string {
	tables := map[string]string{}
	for kind, name := range namedThings {
		if kind != "Region" {
			head, row := identity(model.Node(kind), name)
			tables[kind+".csv"] = head + "\n" + row + "\n"
		}
	}
	tables["PART_OF.csv"] = "from_kind,from,to_kind,to\nLink,示例环节,Chain,示例产业链\nChain,示例产业链,Ecosystem,示例生态圈\n"
	return tables
}

// identity is the header and the row of a node with just what identifies it.
func identity(kind *schema.Kind, name string) (head, row string) {
	heads, values := []string{kind.Caption}, []string{name}
	for _, p := range kind.Properties {
		if p.Name == "code" {
			heads, values = append(heads, "code"), append(values, "code-"+name)
		}
	}
	return strings.Join(heads, ","), strings.Join(values, ",")
}

// alongCases makes a table for every head by which a column may name the other
// end.
func alongCases(kind *schema.Kind, row schema.AlongRow, node string) (cases []alongCase) {
	other := row.Kinds[0]
	add := func(heads, values []string) {
		name := fmt.Sprintf("%s之%d", node, len(cases))
		head, line := identity(kind, name)
		for _, b := range row.Beside {
			heads, values = append(heads, b.Heads[len(cases)%len(b.Heads)]), append(values, valueFor(b.Property))
		}
		if len(row.Within) > 0 {
			heads, values = append(heads, row.Within[len(cases)%len(row.Within)]), append(values, namedThings["Chain"])
		}
		csv := head + "," + strings.Join(heads, ",") + "\n" + line + "," + strings.Join(values, ",") + "\n"
		cases = append(cases, alongCase{row, name, namedThings[other.Name], csv})
	}
	for _, head := range row.Heads {
		value := namedThings[other.Name]
		if row.Pattern != "" {
			value += "董事长"
		}
		if kind.Property("code") != nil && kind.Find(head) == kind.Property("code") || kind.Find(head) == kind.Property(kind.Caption) {
			continue
		}
		add([]string{head}, []string{value})
	}
	if len(row.Path) > 0 {
		for i := range 8 {
			var heads []string
			for _, group := range row.Path {
				heads = append(heads, group[i%len(group)])
			}
			add(heads, []string{"浙江省", "杭州市", "西湖区"})
		}
	}
	return cases
}

// valueFor is a valid value of a property as it stands in a file.
func valueFor(p *schema.Property) string {
	switch p.Type {
	case schema.TypeEnum:
		return p.Values[len(p.Values)-1].Label.Zh
	case schema.TypeMoney:
		return "12.5万元"
	case schema.TypePercent:
		return "30%"
	case schema.TypeDate:
		return "2026-03-01"
	case schema.TypeBool:
		return "是"
	case schema.TypeInt:
		return "3"
	}
	return "甲等"
}

// check finds the edge and its properties.
func (c alongCase) check(t *testing.T, edges map[string]*graph.Edge) {
	t.Helper()
	from, to := c.node, c.to
	if c.row.AsTo() {
		from, to = to, from
	}
	e := edges[c.row.Edge.Name+" "+from+" "+to]
	if e == nil {
		t.Errorf("%s from %s to %s is not in the graph:\n%s", c.row.Edge.Name, from, to, c.csv)
		return
	}
	want := map[string]any{}
	for name, text := range c.row.Set {
		want[name], _ = c.row.Edge.Property(name).Parse(text)
	}
	for _, b := range c.row.Beside {
		want[b.Property.Name], _ = b.Property.Parse(valueFor(b.Property))
	}
	for name := range c.row.Parts {
		want[name] = "董事长"
	}
	for name, value := range want {
		if got, _ := e.Get(name); got != value {
			t.Errorf("%s of %s is %v, want %v:\n%s", name, c.row.Edge.Name, got, value, c.csv)
		}
	}
}

// edgesByName returns the edges of a store by kind and the names of their ends.
func edgesByName(t *testing.T, s graph.Store) map[string]*graph.Edge {
	t.Helper()
	names, edges := map[graph.ID]string{}, map[string]*graph.Edge{}
	_, err := s.Changes(t.Context(), 0, func(c graph.Change) error {
		if n := c.Node; n != nil {
			caption := schema.Default().Node(n.Kind).Caption
			if n.Kind == "Region" {
				caption = "full_name"
			}
			v, _ := n.Get(caption)
			names[n.ID], _ = v.(string)
		}
		if e := c.Edge; e != nil {
			edges[e.Kind+" "+names[e.From]+" "+names[e.To]] = e
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return edges
}
