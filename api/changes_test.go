package api_test

import (
	"context"
	"path/filepath"
	"sync/atomic"
	"testing"

	"liantu/api"
	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/past"
	"liantu/graph/projection"
	"liantu/schema"
)

// history makes pictures of the past of a world, as the service does, and counts them.
type history struct {
	w    *world
	dir  string
	made atomic.Int64
}

func (h *history) Picture(ctx context.Context, point past.Point) (*projection.Projection, error) {
	h.made.Add(1)
	return past.Picture(ctx, h.w.store, func(secret graph.Secret) (graph.Store, error) {
		return filestore.OpenWith(filepath.Join(h.dir, point.String()+".db"), schema.Default(), secret)
	}, point)
}

func newHistory(t *testing.T, w *world) (*history, *api.Server) {
	t.Helper()
	h := &history{w: w, dir: t.TempDir()}
	return h, newServer(t, w, func(_ *api.Config, d *api.Deps) { d.Past = h })
}

const changedSince = `query($since: String!, $region: ID!) { changes(region: $region, since: $since) { totalCount since version byFrame frames { name before after }
	nodes { code link { code } before { state action companies } after { state action numbers { companies } } causes { source more fewer } text { zh en } } } }`

func since(point string) map[string]any { return map[string]any{"since": point, "region": "330200"} }

// TestChangesSinceAVersion asks what a new company changed, and compares with the verdicts
// that gaps answered before and answers after.
func TestChangesSinceAVersion(t *testing.T) {
	w := newWorld(t)
	h, s := newHistory(t, w)
	verdicts := func() map[string]string {
		states := map[string]string{}
		answer := ask(t, s, api.Request{Query: `{ gaps(region: "330200", levels: ALL, withEmpty: true) { nodes { state action link { code } } } }`})
		for _, v := range at(t, answer, "data", "gaps", "nodes").([]any) {
			action, _ := at(t, v, "action").(string)
			states[at(t, v, "link", "code").(string)] = at(t, v, "state").(string) + " " + action
		}
		return states
	}
	before := verdicts()
	w.hire(t, "600900.SH", "330200", "chip.fab")
	after := verdicts()
	answer := ask(t, s, api.Request{Query: changedSince, Variables: since("v1")})
	if c := firstCode(answer); c != "" {
		t.Fatal(answer["errors"])
	}
	changed := map[string]bool{}
	for _, c := range at(t, answer, "data", "changes", "nodes").([]any) {
		code := at(t, c, "code").(string)
		changed[code] = true
		for side, want := range map[string]string{"before": before[code], "after": after[code]} {
			action, _ := at(t, c, side, "action").(string)
			if got := at(t, c, side, "state").(string) + " " + action; got != want {
				t.Errorf("%s %s: %s, want %s", code, side, got, want)
			}
		}
		if code == "chip.fab" && (at(t, c, "before", "companies") != 0.0 || at(t, c, "after", "numbers", "companies") != 1.0 || len(at(t, c, "causes").([]any)) != 1) {
			t.Errorf("%s: %v", code, c)
		}
	}
	if !changed["chip.fab"] {
		t.Errorf("the link of the new company did not change: %v", answer)
	}
	for code := range after {
		if before[code] != after[code] && !changed[code] && at(t, answer, "data", "changes", "byFrame") == 0.0 {
			t.Errorf("%s changed from %s to %s and is not listed", code, before[code], after[code])
		}
	}
	// The same point is not made again, another one takes its place.
	ask(t, s, api.Request{Query: changedSince, Variables: map[string]any{"since": "1", "region": "330100"}})
	if n := h.made.Load(); n != 1 {
		t.Errorf("%d pictures of one point", n)
	}
	ask(t, s, api.Request{Query: changedSince, Variables: since("2023")})
	ask(t, s, api.Request{Query: changedSince, Variables: map[string]any{"since": "v1", "region": "330000"}})
	if n := h.made.Load(); n != 2 {
		t.Errorf("%d pictures of a version that was asked for before and after a day", n)
	}
}

// TestChangesNameTheDeclaredRole asks what changed since a link got a role in a plan, which
// is at the link itself.
func TestChangesNameTheDeclaredRole(t *testing.T) {
	w := newWorld(t)
	h := &history{w: w, dir: t.TempDir()}
	s := newServer(t, w, func(_ *api.Config, d *api.Deps) { d.Past, d.Writer = h, w.store })
	if a := ask(t, s, api.Request{Query: `mutation { declareRole(clientMutationId: "1", link: "chip.test", role: CORE) { version } }`}); firstCode(a) != "" {
		t.Fatal(a["errors"])
	}
	answer := ask(t, s, api.Request{Query: `{ changes(region: "330100", since: "v1") { nodes { code before { action } after { action } causes { source } text { zh en } } } }`})
	nodes, _ := at(t, answer, "data", "changes", "nodes").([]any)
	if len(nodes) != 1 || at(t, nodes[0], "code") != "chip.test" || at(t, nodes[0], "text", "zh") != "规划定位 未定位 → 核心" || at(t, nodes[0], "text", "en") != "role in the plan none → core" {
		t.Errorf("%v", answer)
	}
}

// TestChangesRefuse asks since what is no point, of a version that never was, and of a
// service without a past.
func TestChangesRefuse(t *testing.T) {
	w := newWorld(t)
	_, s := newHistory(t, w)
	for point, code := range map[string]string{"yesterday": "BAD_INPUT", "v99": "NOT_FOUND", "v-1": "BAD_INPUT", "v1": ""} {
		if answer := ask(t, s, api.Request{Query: changedSince, Variables: since(point)}); firstCode(answer) != code {
			t.Errorf("%s: %v, want %s", point, answer["errors"], code)
		}
	}
	if answer := ask(t, newServer(t, w, nil), api.Request{Query: changedSince, Variables: since("v1")}); firstCode(answer) != "UNAVAILABLE" {
		t.Errorf("without a past: %v", answer)
	}
	if answer := ask(t, newServer(t, w, nil), api.Request{Query: changedSince, Variables: since("2023")}); firstCode(answer) != "" {
		t.Errorf("since a day without a past: %v", answer)
	}
	two := `{ a: changes(region: "330100", since: "v1") { totalCount } b: changes(region: "330100", since: "v0") { totalCount } }`
	if answer := ask(t, s, api.Request{Query: two}); firstReason(answer) != "WORK_LIMIT" {
		t.Errorf("two in one request: %v", answer)
	}
}
