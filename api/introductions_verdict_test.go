package api_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"liantu/api"
	"liantu/api/engine"
	"liantu/api/fault"
	"liantu/schema"
)

// TestAVerdictHasItsIntroductions asks for the introductions of a verdict over HTTP: they
// are those of the question for its region and link, page by page.
func TestAVerdictHasItsIntroductions(t *testing.T) {
	w := newWorld(t)
	acquainted(t, w)
	base := serve(t, newServer(t, w, nil))
	const shown = `{ totalCount pageInfo { endCursor hasNextPage } link { code } region { code } nodes { company { code } strength hops { edge text { zh } } } }`
	r := send(t, "POST", base+"/graphql", `{"query":"{ asked: introductions(region: \"330100\", link: \"chip.resist\", first: 1) `+shown+
		` gaps(region: \"330100\", link: \"chip.resist\", first: 1) { nodes { introductions(first: 1) `+shown+` } } }"}`, "Content-Type", plainJSON)
	var answer struct {
		Data struct {
			Asked map[string]any
			Gaps  struct {
				Nodes []struct{ Introductions map[string]any }
			}
		}
	}
	if err := json.Unmarshal([]byte(r.body), &answer); err != nil || len(answer.Data.Gaps.Nodes) != 1 {
		t.Fatalf("%v: %s", err, r.body)
	}
	asked, nested := answer.Data.Asked, answer.Data.Gaps.Nodes[0].Introductions
	if asked["totalCount"] != float64(1) || nested["totalCount"] != float64(1) {
		t.Fatalf("introductions: %v of the question, %v of the verdict", asked["totalCount"], nested["totalCount"])
	}
	cursor := nested["pageInfo"].(map[string]any)["endCursor"].(string)
	delete(asked, "pageInfo")
	delete(nested, "pageInfo")
	if !reflect.DeepEqual(asked, nested) {
		t.Errorf("the question answers\n%v\nand the verdict has\n%v", asked, nested)
	}
	for link, fits := range map[string]bool{"chip.resist": true, "chip": false} {
		r = send(t, "POST", base+"/graphql", `{"query":"{ gaps(region: \"330100\", link: \"`+link+`\", levels: ALL, first: 1) { nodes { introductions(first: 1, after: \"`+cursor+`\") { nodes { strength } } } } }"}`, "Content-Type", plainJSON)
		if refused := strings.Contains(r.body, `"errors"`); refused == fits {
			t.Errorf("the cursor at %s: %s", link, r.body)
		}
	}
}

// TestAFieldTakesTheRightToItsQuestion asks in every role for what a verdict answers beside
// the questions at the root: it is refused to exactly those that may not ask these, and the
// verdict around it remains.
func TestAFieldTakesTheRightToItsQuestion(t *testing.T) {
	s := newServer(t, plant(t).world, nil)
	for _, id := range who {
		row := schema.DefaultPolicy().Role(id.Role)
		for _, question := range []string{"introductions", "candidates"} {
			treated := api.Treat(s, id, "", "Verdict", question)
			if refused := treated == engine.Refuse; refused == row.MayAsk(question) {
				t.Errorf("%s is refused %s of a verdict: %t", id.Role, question, refused)
			}
		}
		if !row.MayAsk("gaps") {
			continue
		}
		answer := s.Execute(t.Context(), api.Request{
			Query: `{ gaps(region: "330100", first: 1) { nodes { state introductions { totalCount } } } }`, Identity: id, ID: "x",
		})
		refused := len(answer.Errors) == 1 && answer.Errors[0].Code() == fault.CodeForbidden
		if refused == row.MayAsk("introductions") || !refused && len(answer.Errors) > 0 {
			t.Errorf("%s: errors %v", id.Role, answer.Errors)
		}
		if !strings.Contains(string(answer.Data), `"state":`) || strings.Contains(string(answer.Data), `"introductions":null`) != refused {
			t.Errorf("%s: %s", id.Role, answer.Data)
		}
	}
}
