package api_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"liantu/access"
	"liantu/api"
	"liantu/graph"
	"liantu/loaders/names"
	"liantu/schema"
)

// judging is an office whose service settles the names of companies, until it is
// told to stop.
type judging struct {
	*office
	broken error
	leave  func() // ends the request before the names are settled, nil for no such end
}

func newJudging(t *testing.T) *judging {
	t.Helper()
	j := &judging{office: newOffice(t)}
	by := graph.Provenance{Source: "register", AsOf: "2024-01-01", Grade: graph.GradeA}
	j.apply(t, graph.Batch{Nodes: []graph.NodeDraft{
		thing(t, "Company", map[string]any{"name": "青禾传感技术有限公司", "uscc": "91330106MA2CABCX1G"}, by),
		thing(t, "Company", map[string]any{"name": "青禾智感", "short_name": "青禾智感"}, by),
		thing(t, "Company", map[string]any{"name": "云栖电子有限公司"}, by),
	}})
	j.serveJudging(t)
	return j
}

func (j *judging) serveJudging(t *testing.T) {
	t.Helper()
	j.server = newServer(t, j.world, func(_ *api.Config, d *api.Deps) {
		d.Writer, d.Recorder = j.store, j.log
		d.Settle = func(ctx context.Context, left, right string) (graph.Version, error) {
			if j.broken != nil {
				return 0, j.broken
			}
			if j.leave != nil {
				j.leave()
			}
			return names.SettleJudged(ctx, j.store, schema.Default(), left, right)
		}
		d.Rejoin = func(ctx context.Context, _ string) (graph.Version, error) {
			if _, err := names.JoinAnew(ctx, j.store, schema.Default()); err != nil {
				return 0, err
			}
			return j.store.Version(ctx)
		}
	})
}

// judge judges the two names of one company, or what the names are.
func (j *judging) judge(t *testing.T, id *access.Identity, key, names, verdict, more string) outcome {
	t.Helper()
	left, right, _ := strings.Cut(names, "=")
	return j.change(t, id, fmt.Sprintf(`judge(clientMutationId: %q, left: %q, right: %q, verdict: %s %s)`, key, left, right, verdict, more))
}

// companies counts the companies that two names find, at a version or later.
func (j *judging) companies(t *testing.T, version int64) int {
	t.Helper()
	answer := ask(t, j.server, api.Request{
		Query:    `{ a: company(id: "青禾传感技术有限公司") { id } b: company(id: "青禾智感") { id } }`,
		Identity: steward, Extensions: map[string]any{"minVersion": version},
	})
	data, ok := answer["data"].(map[string]any)
	if !ok || data["a"] == nil || data["b"] == nil {
		t.Fatalf("the companies are %v", answer)
	}
	if data["a"].(map[string]any)["id"] == data["b"].(map[string]any)["id"] {
		return 1
	}
	return 2
}

const pair = "青禾传感技术有限公司=青禾智感"

// TestJudgementsJoinAndSeparate judges two names the same and, on another day,
// different; the version returned contains what follows.
func TestJudgementsJoinAndSeparate(t *testing.T) {
	j := newJudging(t)
	if n := j.companies(t, 3); n != 2 {
		t.Fatalf("%d companies before", n)
	}
	same := j.judge(t, steward, "1", pair, "SAME", `date: "2026-01-01", note: "同一法定代表人"`)
	if same.code != "" || !same.Changed {
		t.Fatalf("judging gives %+v", same)
	}
	if n := j.companies(t, same.Version); n != 1 {
		t.Errorf("%d companies after SAME", n)
	}
	if now, err := j.store.Version(t.Context()); err != nil || int64(now) != same.Version {
		t.Errorf("the version is %d, the store is at %d, error %v", same.Version, now, err)
	}
	if again := j.judge(t, steward, "1", pair, "SAME", `date: "2026-01-01", note: "同一法定代表人"`); again != same {
		t.Errorf("the same key gives %+v, want %+v", again, same)
	}
	late := j.judge(t, steward, "2", pair, "DIFFERENT", `date: "2025-12-31"`)
	if late.code != "CONFLICT" {
		t.Errorf("an older judgement of the same steward gives %+v", late)
	}
	parted := j.judge(t, steward, "3", "青禾智感=青禾传感技术有限公司", "DIFFERENT", `date: "2026-01-02"`)
	if parted.code != "" || parted.Version <= same.Version {
		t.Fatalf("separating gives %+v", parted)
	}
	if n := j.companies(t, parted.Version); n != 2 {
		t.Errorf("%d companies after DIFFERENT", n)
	}
	// Much is stated later, and the same key still returns the earlier version.
	more := j.judge(t, steward, "4", "云栖电子有限公司=青禾智感", "UNSURE", "")
	if again := j.judge(t, steward, "3", "青禾智感=青禾传感技术有限公司", "DIFFERENT", `date: "2026-01-02"`); again != parted || more.Version <= parted.Version {
		t.Errorf("after %+v the same key gives %+v, want %+v", more, again, parted)
	}
	if n := j.companies(t, more.Version); n != 2 {
		t.Errorf("%d companies after UNSURE", n)
	}
}

// TestJudgementIsCompleted stops after the judgement and before the names are
// settled: the same key again completes it.
func TestJudgementIsCompleted(t *testing.T) {
	j := newJudging(t)
	j.broken = graph.ErrUnavailable
	if got := j.judge(t, steward, "1", pair+" ", "SAME", ""); got.code != "UNAVAILABLE" {
		t.Fatalf("a judgement that is interrupted gives %+v", got)
	}
	if n := j.companies(t, 3); n != 2 {
		t.Fatalf("%d companies although nothing was settled", n)
	}
	j.broken = nil
	got := j.judge(t, steward, "1", pair+" ", "SAME", "")
	if got.code != "" || !got.Changed || j.companies(t, got.Version) != 1 {
		t.Errorf("the same again gives %+v", got)
	}
	if loads, err := j.store.Loads(t.Context()); err != nil || !loads[0].Done {
		t.Errorf("the loads are %+v, error %v", loads, err)
	}
}

// TestJudgementOutlivesItsClient ends the request between the judgement and what
// follows from it, which is done nevertheless.
func TestJudgementOutlivesItsClient(t *testing.T) {
	j := newJudging(t)
	ctx, leave := context.WithCancel(t.Context())
	j.leave = leave
	j.server.Execute(ctx, api.Request{
		Query:    `mutation { judge(clientMutationId: "1", left: "青禾传感技术有限公司", right: "青禾智感", verdict: SAME) { version } }`,
		Identity: steward,
	})
	if ctx.Err() == nil {
		t.Fatal("the client has not left")
	}
	loads, err := j.store.Loads(t.Context())
	if err != nil || !loads[0].Done {
		t.Errorf("the loads are %+v, error %v", loads, err)
	}
	version, err := j.store.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if n := j.companies(t, int64(version)); n != 1 {
		t.Errorf("%d companies after SAME", n)
	}
}

// TestJudgementsThatAreRefused sends judgements that are invalid, rest on what has
// changed, or reach a service that accepts none.
func TestJudgementsThatAreRefused(t *testing.T) {
	j := newJudging(t)
	first := j.judge(t, steward, "1", pair, "UNSURE", `date: "2026-01-01"`)
	if first.code != "" {
		t.Fatalf("judging gives %+v", first)
	}
	for name, got := range map[string]outcome{
		"BAD_INPUT: no name":       j.judge(t, steward, "2", " =青禾智感", "SAME", ""),
		"BAD_INPUT: one name":      j.judge(t, steward, "2", "青禾智感=青禾智感", "SAME", ""),
		"BAD_INPUT: no full day":   j.judge(t, steward, "2", pair, "SAME", `date: "2026"`),
		"BAD_INPUT: a day to come": j.judge(t, steward, "2", pair, "SAME", `date: "2999-01-01"`),
		"CONFLICT: seen before":    j.judge(t, steward, "2", pair, "SAME", fmt.Sprintf(`date: "2026-01-02", expectedVersion: %d`, first.Version-1)),
		"BAD_INPUT: another use":   j.judge(t, steward, "1", pair, "SAME", `date: "2026-01-01"`),
		"FORBIDDEN: a strategist":  j.judge(t, strategist, "2", pair, "SAME", ""),
	} {
		if want, _, _ := strings.Cut(name, ":"); got.code != want {
			t.Errorf("%s gives %+v", name, got)
		}
	}
	if n := j.companies(t, 3); n != 2 {
		t.Errorf("%d companies after judgements that were refused", n)
	}
	j.server = newServer(t, j.world, func(_ *api.Config, d *api.Deps) { d.Writer = j.store })
	if got := j.judge(t, steward, "3", pair, "SAME", ""); got.code != "UNAVAILABLE" {
		t.Errorf("a service that settles no names gives %+v", got)
	}
}

// TestNotesOfJudgementsNameNobody judges with the name and the number of a person in the
// note, and reads it as a role that sees persons masked.
func TestNotesOfJudgementsNameNobody(t *testing.T) {
	j := newJudging(t)
	j.apply(t, graph.Batch{Nodes: []graph.NodeDraft{thing(t, "Person", map[string]any{"code": "P-9", "name": "鹂晨曦"}, registered)}})
	if _, err := j.live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second is the same change again
		if got := j.judge(t, steward, "1", pair, "UNSURE", `note: "鹂晨曦 13911110007 说是同一家"`); got.code != "" {
			t.Fatalf("judging gives %+v", got)
		}
	}
	if _, err := j.live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	answer := ask(t, j.server, api.Request{Query: `{ nodes(kind: Judgement) { nodes { ... on Judgement { note } } } }`, Identity: callerOf(schema.RoleAdmin)})
	if note := at(t, answer, "data", "nodes", "nodes", 0).(map[string]any)["note"]; note != "鹂** 139****0007 说是同一家" {
		t.Errorf("the note is %v", note)
	}
}
