package cli

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"liantu/access"
)

// withdrawConsent withdraws a consent as a steward, reads the version that
// contains it, and finds the change on record and among the loads.
func withdrawConsent(t *testing.T, g *guarded) {
	t.Helper()
	as := func(user, query string) string {
		t.Helper()
		status, body := g.ask(t, http.DefaultClient, "Bearer "+g.keys[user], query, "")
		if status != http.StatusOK {
			t.Fatalf("%s: %d %s", user, status, body)
		}
		return body
	}
	const ways = `{ introductions(region: "330683", company: "阳光电源股份有限公司", first: 20) { nodes { hops { to { ... on Person { code } } from { ... on Person { code } } } } } }`
	if before := as("wang", ways); !strings.Contains(before, `"V003"`) {
		t.Fatalf("before: %s", before)
	}
	const withdraw = `mutation { setConsent(clientMutationId: "w1", person: "V003", consent: WITHDRAWN, date: "2026-11-29") { version changed load } }`
	for _, user := range []string{"kan", "li"} {
		if got := as(user, withdraw); !strings.Contains(got, "FORBIDDEN") {
			t.Errorf("%s withdraws a consent: %s", user, got)
		}
	}
	first := as("wang", withdraw)
	var answer struct {
		Data struct {
			SetConsent struct {
				Version int
				Changed bool
				Load    string
			}
		}
	}
	if err := json.Unmarshal([]byte(first), &answer); err != nil || !answer.Data.SetConsent.Changed {
		t.Fatalf("withdrawing gives %s, error %v", first, err)
	}
	if again := as("wang", withdraw); !strings.Contains(again, answer.Data.SetConsent.Load) {
		t.Errorf("the same again gives %s", again)
	}
	const late = `mutation { setConsent(clientMutationId: "w2", person: "V003", consent: REFUSED, date: "2026-11-30", expectedVersion: 1) { version } }`
	if got := as("wang", late); !strings.Contains(got, "CONFLICT") || !strings.Contains(got, fmt.Sprintf(`"presentVersion":%d`, answer.Data.SetConsent.Version)) {
		t.Errorf("a change made on what was there before gives %s", got)
	}
	status, after := g.askFrom(t, g.keys["wang"], ways, answer.Data.SetConsent.Version)
	if status != http.StatusOK || strings.Contains(after, "V003") || strings.Contains(after, "errors") {
		t.Errorf("after: %d %s", status, after)
	}
	if got := as("wang", `{ loads(first: 1) { nodes { id source } } }`); !strings.Contains(got, answer.Data.SetConsent.Load) || !strings.Contains(got, "user:wang") {
		t.Errorf("the newest load: %s", got)
	}
	found := map[access.Action]int{}
	if err := access.OpenLog(g.audit).Entries(func(e access.Entry) error {
		if e.Action == access.Change && e.Who == "user:wang" || slices.Contains(e.Fields, "Mutation.setConsent") {
			found[e.Action]++
		}
		return nil
	}); err != nil || found[access.Change] != 3 || found[access.Denied] != 2 {
		t.Errorf("the record has %v, error %v", found, err)
	}
}

// judgeNames judges two names as a steward, after which the graph has it.
func judgeNames(t *testing.T, g *guarded) {
	t.Helper()
	const judge = `mutation { judge(clientMutationId: "j1", left: "阳光电源", right: "阳光电源股份有限公司", verdict: UNSURE) { version changed load } }`
	for user, want := range map[string]string{"li": "FORBIDDEN", "wang": `"changed":true`} {
		if status, body := g.ask(t, http.DefaultClient, "Bearer "+g.keys[user], judge, ""); status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s judges: %d %s, want %s", user, status, body, want)
		}
	}
}
