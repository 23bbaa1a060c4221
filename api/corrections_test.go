package api_test

import (
	"fmt"
	"strings"
	"testing"

	"liantu/access"
	"liantu/graph"
)

// TestDeclarationsAreCorrected declares the role of a link several times on one day: the
// last declaration holds, what it does not name stays, and each may be sent again.
func TestDeclarationsAreCorrected(t *testing.T) {
	o := newOffice(t)
	const selection = `corrected link { declaredRole declaredOwner declaredDue }`
	for i, c := range []struct{ declared, want string }{
		{`role: KEY, owner: "市经信局"`, `{"corrected":false,"link":{"declaredDue":null,"declaredOwner":"市经信局","declaredRole":"KEY"}}`},
		{`role: PROMINENT`, `{"corrected":true,"link":{"declaredDue":null,"declaredOwner":"市经信局","declaredRole":"PROMINENT"}}`},
		{`role: CORE, due: "2027-06-30"`, `{"corrected":false,"link":{"declaredDue":"2027-06-30","declaredOwner":"市经信局","declaredRole":"CORE"}}`},
		{`role: RESTRICTED`, `{"corrected":true,"link":{"declaredDue":"2027-06-30","declaredOwner":"市经信局","declaredRole":"RESTRICTED"}}`},
		{`owner: "链长办"`, `{"corrected":true,"link":{"declaredDue":"2027-06-30","declaredOwner":"链长办","declaredRole":"RESTRICTED"}}`},
	} {
		field := fmt.Sprintf(`declareRole(clientMutationId: "c%d", link: "chip.fab", %s, date: "2025-03-01")`, i, c.declared)
		for range 2 {
			if got := o.changed(t, strategist, field, selection); got != c.want {
				t.Errorf("%s\n%s, want\n%s", field, got, c.want)
			}
		}
	}
	taken := 0
	if err := o.log.Entries(func(e access.Entry) error {
		if strings.Contains(e.Detail, "takes back") {
			taken++
		}
		return nil
	}); err != nil || taken < 3 {
		t.Errorf("the audit log has %d declarations that were taken back, error %v", taken, err)
	}
}

// TestWhatIsNotCorrected declares a role over what another source states of the same day, and
// over what somebody else has declared since: neither is taken back.
func TestWhatIsNotCorrected(t *testing.T) {
	o := newOffice(t)
	plan := graph.Provenance{Source: "plan", AsOf: "2025-03-01", Grade: graph.GradeA}
	o.apply(t, graph.Batch{Nodes: []graph.NodeDraft{thing(t, "Link", map[string]any{"code": "chip.fab", "name": "制造", "declared_role": "CORE"}, plan)}})
	change := func(key, link, role, more string) outcome {
		return o.change(t, strategist, fmt.Sprintf(`declareRole(clientMutationId: %q, link: %q, role: %s, date: "2025-03-01" %s)`, key, link, role, more))
	}
	if got := change("1", "chip.fab", "KEY", ""); got.code != "CONFLICT" {
		t.Errorf("a plan of the same day is replaced: %+v", got)
	}
	own := change("own", "chip.resist", "KEY", "")
	o.apply(t, graph.Batch{Nodes: []graph.NodeDraft{thing(t, "Link", map[string]any{"code": "chip.resist", "name": "光刻胶", "declared_role": "CORE"}, plan)}})
	before, err := o.store.Version(t.Context())
	if err != nil || own.code != "" {
		t.Fatalf("%+v, %v", own, err)
	}
	if got := change("over", "chip.resist", "PROMINENT", ""); got.code != "CONFLICT" {
		t.Errorf("a plan is replaced, since there is an own declaration of its day: %+v", got)
	}
	if after, err := o.store.Version(t.Context()); err != nil || after != before {
		t.Errorf("a declaration that is refused takes an earlier one back: version %d after %d, %v", after, before, err)
	}
	first := change("2", "chip.test", "KEY", "")
	if first.code != "" {
		t.Fatalf("the first gives %+v", first)
	}
	if got := change("3", "chip.test", "PROMINENT", fmt.Sprintf("expectedVersion: %d", first.Version-1)); got.code != "CONFLICT" || got.present != float64(first.Version) {
		t.Errorf("a declaration that was not seen is replaced: %+v", got)
	}
	if got := change("4", "chip.test", "PROMINENT", fmt.Sprintf("expectedVersion: %d", first.Version)); got.code != "" || got.Version <= first.Version {
		t.Errorf("a declaration that was seen is not corrected: %+v", got)
	}
}
