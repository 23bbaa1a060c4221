package api_test

import (
	"encoding/json"
	"strings"
	"testing"

	"liantu/access"
	"liantu/api"
	"liantu/graph"
)

// changed runs a mutation with a selection of its result, and returns that as JSON.
func (o *office) changed(t *testing.T, id *access.Identity, field, selection string) string {
	t.Helper()
	answer := ask(t, o.server, api.Request{Query: "mutation { r: " + field + " { " + selection + " } }", Identity: id})
	if answer["errors"] != nil {
		t.Fatalf("%s: %v", field, answer)
	}
	text, err := json.Marshal(answer["data"].(map[string]any)["r"])
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestChangesShowWhatTheyChanged selects the changed thing of each mutation: it is as it
// is after the change, also when the change is sent again.
func TestChangesShowWhatTheyChanged(t *testing.T) {
	o := newOffice(t)
	for _, c := range []struct{ field, selection, want string }{
		{
			`setConsent(clientMutationId: "1", person: "P-2", consent: WITHDRAWN)`, `person { code consent name }`,
			`{"person":{"code":"P-2","consent":"WITHDRAWN","name":"示**"}}`,
		},
		{
			`declareRole(clientMutationId: "2", link: "光刻胶", role: KEY)`, `__typename link { code declaredRole }`,
			`{"__typename":"DeclareRolePayload","link":{"code":"chip.resist","declaredRole":"KEY"}}`,
		},
		{ // a person's name does not stay, and what is not given stays as it is
			`declareRole(clientMutationId: "7", link: "chip.resist", owner: "市经信局陈立处长", due: "2027-06-30")`, `link { declaredRole declaredOwner declaredDue }`,
			`{"link":{"declaredDue":"2027-06-30","declaredOwner":"市经信局陈**处长","declaredRole":"KEY"}}`,
		},
		{
			`setTargetStatus(clientMutationId: "3", taskForce: "T-1", company: "000001.SZ", status: CONTACTED)`,
			`taskForce { code targets { nodes { stockCode } } } company { stockCode targetedBy { totalCount } } target { status node { stockCode } current }`,
			`{"company":{"stockCode":"000001.SZ","targetedBy":{"totalCount":1}},"target":{"current":true,"node":{"stockCode":"000001.SZ"},"status":"CONTACTED"},` +
				`"taskForce":{"code":"T-1","targets":{"nodes":[{"stockCode":"000001.SZ"}]}}}`,
		},
		{
			`recordIntroduction(clientMutationId: "4", by: "杭州商会", project: "X-1", outcome: MET)`,
			`project { code } by { __typename caption ... on Intermediary { introduced { edges { outcome } } } }`,
			`{"by":{"__typename":"Intermediary","caption":"杭州商会","introduced":{"edges":[{"outcome":"MET"}]}},"project":{"code":"X-1"}}`,
		},
		{
			`judgePlacement(clientMutationId: "5", item: "光刻胶树脂", link: "chip.resist", verdict: YES)`, `company { stockCode } link { code }`,
			`{"company":null,"link":{"code":"chip.resist"}}`,
		},
		{
			`judgePlacement(clientMutationId: "6", company: "600001.SH", link: "chip.fab", verdict: NO)`, `company { stockCode } ... on Written { changed }`,
			`{"changed":true,"company":{"stockCode":"600001.SH"}}`,
		},
	} {
		for range 2 { // the second time the change was made before
			if got := o.changed(t, steward, c.field, c.selection); got != c.want {
				t.Errorf("%s\n%s, want\n%s", c.field, got, c.want)
			}
		}
	}
}

// TestJudgementShowsTheCompanies judges two names the same, and different: the result holds
// one company, and then two.
func TestJudgementShowsTheCompanies(t *testing.T) {
	j := newJudging(t)
	const selection = `companies { name }`
	got := j.changed(t, steward, `judge(clientMutationId: "1", left: "青禾传感技术有限公司", right: "青禾智感", verdict: SAME, date: "2024-05-01")`, selection)
	if want := `{"companies":[{"name":"青禾传感技术有限公司"}]}`; got != want {
		t.Errorf("the same: %s, want %s", got, want)
	}
	got = j.changed(t, steward, `judge(clientMutationId: "2", left: "青禾传感技术有限公司", right: "青禾智感", verdict: DIFFERENT, date: "2024-06-01")`, selection)
	if want := `{"companies":[{"name":"青禾传感技术有限公司"},{"name":"青禾智感"}]}`; got != want {
		t.Errorf("different: %s, want %s", got, want)
	}
	got = j.changed(t, steward, `judge(clientMutationId: "3", left: "查无此厂", right: "云栖电子有限公司", verdict: UNSURE)`, selection)
	if want := `{"companies":[{"name":"云栖电子有限公司"}]}`; got != want {
		t.Errorf("a name of nobody: %s, want %s", got, want)
	}
}

// TestResultsShowWhatTheRoleMaySee has a strategist set a status that it may see, of a
// target whose confidential values are those of another task force.
func TestResultsShowWhatTheRoleMaySee(t *testing.T) {
	o := newOffice(t)
	by := graph.Provenance{Source: "roster", AsOf: "2024-01-01", Grade: graph.GradeB}
	o.apply(t, graph.Batch{Edges: []graph.EdgeDraft{
		joined(t, "TaskForce T-1", "TARGETS", "Company 000001.SZ", map[string]any{"priority": "HIGH", "owner": "王小明"}, by),
		joined(t, "TaskForce T-2", "TARGETS", "Company 000001.SZ", map[string]any{"next_step": "拜访"}, by),
	}})
	answer := ask(t, o.server, api.Request{Identity: strategist, Query: `mutation { setTargetStatus(clientMutationId: "1", taskForce: "T-1", company: "000001.SZ", status: CONTACTED) {
		target { status priority owner } company { targetedBy { edges { nextStep } } } } }`})
	text, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	got := string(text)
	for _, secret := range []string{"王小明", "拜访"} {
		if strings.Contains(got, secret) {
			t.Errorf("the result shows %q: %s", secret, got)
		}
	}
	for _, part := range []string{`"status":"CONTACTED"`, `"priority":"HIGH"`, "FORBIDDEN"} {
		if !strings.Contains(got, part) {
			t.Errorf("the result has no %s: %s", part, got)
		}
	}
}
