package schema_test

import (
	"maps"
	"strings"
	"testing"

	"liantu/schema"
)

func TestDefaultHasTheKindsOfTheDesign(t *testing.T) {
	m := schema.Default()
	nodes := []string{
		"Chain", "Company", "Ecosystem", "Intermediary", "Judgement", "Link", "Opportunity", "Park",
		"Patent", "Person", "PlacementJudgement", "Product", "Project", "Region", "Source", "TaskForce",
	}
	edges := []string{
		"APPLIES_TO", "BELONGS_TO", "COVERS", "DEMANDS", "FEEDS", "FILLS", "HOLDS", "HOSTS", "INTRODUCED", "INVESTS_IN",
		"INVOLVES", "IN_CHARGE_OF", "KNOWS", "LOCATED_IN", "MAKES", "MAY_OPERATE_IN", "MEMBER_OF", "NATIVE_OF",
		"OPERATES_IN", "PART_OF", "SAME_AS", "SERVES", "SPECIALISES_IN", "SUPPLIES", "TARGETS", "WORKS_AT",
	}
	checkNames(t, m.Nodes, nodes)
	checkNames(t, m.Edges, edges)
}

func checkNames(t *testing.T, kinds []*schema.Kind, want []string) {
	t.Helper()
	var got []string
	for _, k := range kinds {
		got = append(got, k.Name)
	}
	if len(got) != len(want) {
		t.Fatalf("kinds are %q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("kind %d is %q, want %q", i, got[i], want[i])
		}
	}
}

func TestJoins(t *testing.T) {
	m := schema.Default()
	for _, c := range []struct {
		edge, from, to string
		want           bool
	}{
		{"PART_OF", "Link", "Link", true},
		{"PART_OF", "Link", "Chain", true},
		{"PART_OF", "Chain", "Ecosystem", true},
		{"PART_OF", "Product", "Product", true},
		{"PART_OF", "Chain", "Link", false},
		{"PART_OF", "Product", "Link", false},
		{"APPLIES_TO", "Patent", "Link", true},
		{"FEEDS", "Link", "Link", true},
		{"FEEDS", "Link", "Product", false},
		{"SAME_AS", "Link", "Link", true},
		{"SAME_AS", "Link", "Chain", false},
		{"LOCATED_IN", "Person", "Region", true},
		{"LOCATED_IN", "Region", "Person", false},
		{"IN_CHARGE_OF", "TaskForce", "Region", true},
	} {
		if got := m.EdgeKind(c.edge).Joins(c.from, c.to); got != c.want {
			t.Errorf("%s joins %s to %s: %v, want %v", c.edge, c.from, c.to, got, c.want)
		}
	}
	if m.Node("Company").Joins("Company", "Region") {
		t.Error("a node kind joins nothing")
	}
}

// TestFallbackIdentifiesLast reads a kind of which a name identifies only what
// has no code.
func TestFallbackIdentifiesLast(t *testing.T) {
	files := maps.Clone(soundModel)
	files["Firm.yaml"] = strings.Replace(files["Firm.yaml"], "[[code], [name, place]]", "[[code]]\nfallback: [[name, place]]", 1)
	for _, want := range []struct {
		files    map[string]string
		fallback bool
	}{{soundModel, false}, {files, true}} {
		k := readModel(t, want.files).Node("Firm")
		if len(k.Identify) != 2 || k.Identify[1][0] != "name" || k.Fallbacks(0) || k.Fallbacks(1) != want.fallback {
			t.Errorf("the groups are %q, of which those of %q identify what has no other", k.Identify, k.Fallback)
		}
	}
}
