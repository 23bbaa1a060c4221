package disclosure

import (
	"testing"

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
