package readback_test

import (
	"testing"

	"liantu/access"
	"liantu/api/disclosure"
	"liantu/cli/readback"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/schema"
)

// TestReadingsOfAnEarlierDay reads what two projects are worth as of a day on which one was in
// the scope of the caller and the other was not; they have changed places since. The scope is
// that of the present.
func TestReadingsOfAnEarlierDay(t *testing.T) {
	b := questiontest.NewBuilder()
	b.Provenance.AsOf = "2020"
	here, there := b.Node("Region", questiontest.Props{"code": "330100", "name": "杭州市"}), b.Node("Region", questiontest.Props{"code": "320500", "name": "苏州市"})
	ecosystem, chain := b.Node("Ecosystem", questiontest.Props{"code": "e", "name": "示例生态圈"}), b.Node("Chain", questiontest.Props{"code": "c", "name": "示例链"})
	link := b.Node("Link", questiontest.Props{"code": "l", "name": "示例环节"})
	b.Edge("PART_OF", chain, ecosystem, nil)
	b.Edge("PART_OF", link, chain, nil)
	left, come := b.Node("Project", questiontest.Props{"code": "X1", "name": "迁出项目", "investment": 12345.0}), b.Node("Project", questiontest.Props{"code": "X2", "name": "迁入项目", "investment": 67890.0})
	b.Edge("FILLS", left, link, nil)
	b.Edge("FILLS", come, link, nil)
	b.Edge("LOCATED_IN", left, here, nil)
	b.Edge("LOCATED_IN", come, there, nil)
	b.Provenance.AsOf = "2024"
	b.Edge("LOCATED_IN", left, here, questiontest.Props{"valid_to": "2023"})
	b.Edge("LOCATED_IN", left, there, nil)
	b.Edge("LOCATED_IN", come, there, questiontest.Props{"valid_to": "2023"})
	b.Edge("LOCATED_IN", come, here, nil)
	whole := questiontest.Picture(t, t, questiontest.Store(t, t, b.Batch()))
	id := &access.Identity{Role: schema.RoleStrategist, Scope: access.Scope{Regions: []string{"330100"}, Ecosystems: []string{"e"}}}
	then, err := whole.On(t.Context(), "2022")
	if err != nil {
		t.Fatal(err)
	}
	for _, picture := range []*projection.Projection{whole, then} {
		view, err := disclosure.ViewOf(t.Context(), schema.Default(), picture, id)
		if err != nil {
			t.Fatal(err)
		}
		r, err := readback.For(readback.Use{}, view, whole, id)
		if err != nil {
			t.Fatal(err)
		}
		for code, want := range map[string]string{"X1": "", "X2": "67890"} {
			v, err := view.Lookup(code, projection.Project)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, row := range r.Node("en", v, -1).Table.Rows {
				if row[1].Raw == "investment" {
					got = row[2].Raw
				}
			}
			if got != want {
				t.Errorf("as of %s %s is worth %q, want %q", picture.AsOf(), code, got, want)
			}
		}
	}
}
