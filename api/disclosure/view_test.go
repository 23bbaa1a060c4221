package disclosure

import (
	"testing"

	"liantu/access"
	"liantu/schema"
)

// TestNoPolicySeesNothing checks that what the policy does not grant is refused: a
// row without an entry must not give the whole picture.
func TestNoPolicySeesNothing(t *testing.T) {
	w := &viewer{policy: new(schema.RolePolicy)}
	if w.seesAll() {
		t.Error("an empty row of the policy sees the whole picture")
	}
	for _, s := range schema.Sensitivities {
		if !w.refuses(s, true) || !w.refuses(s, false) {
			t.Errorf("an empty row of the policy sees %s values", s)
		}
	}
	row := &schema.RolePolicy{Scope: schema.ScopeEverything, Sees: map[schema.Sensitivity]schema.Access{
		schema.Public: schema.Show, schema.Internal: schema.Mask, schema.Confidential: schema.Show, schema.Personal: schema.Audit,
	}}
	if !(&viewer{policy: row}).seesAll() {
		t.Error("a row that refuses nothing does not see the whole picture")
	}
}

// TestViewKeysDiffer names scopes that must not share a view.
func TestViewKeysDiffer(t *testing.T) {
	seen := map[string]access.Scope{}
	for _, scope := range []access.Scope{
		{},
		{Regions: []string{"a", "b"}},
		{Regions: []string{`a" "b`}},
		{Regions: []string{"ab"}},
		{Ecosystems: []string{"a", "b"}},
		{Regions: []string{"a"}, Ecosystems: []string{"b"}},
		{Intermediary: "a"},
		{Ecosystems: []string{"a"}},
		{Regions: []string{"a"}},
	} {
		key := ViewKey(&access.Identity{Role: schema.RoleStrategist, Scope: scope})
		if other, taken := seen[key]; taken {
			t.Errorf("%+v and %+v have the key %q", scope, other, key)
		}
		seen[key] = scope
	}
}
