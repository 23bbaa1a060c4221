package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"liantu/access"
	"liantu/api"
	"liantu/api/mutations"
	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/projection"
	"liantu/schema"
)

var (
	steward    = &access.Identity{Subject: "user:wang", Role: schema.RoleSteward}
	strategist = &access.Identity{Subject: "user:li", Role: schema.RoleStrategist, Scope: access.Scope{Regions: []string{"330100"}, Ecosystems: []string{"aiot"}}}
)

// office is a service that takes changes of a world with a task force, a
// chamber, a project and a person who can make an introduction.
type office struct {
	*world
	path   string
	server *api.Server
	log    *access.Log
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{path: filepath.Join(t.TempDir(), "graph.db"), log: access.OpenLog(filepath.Join(t.TempDir(), "audit.jsonl"))}
	o.open(t)
	t.Cleanup(func() {
		if err := o.store.Close(); err != nil {
			t.Error(err)
		}
	})
	o.apply(t, smallWorld(t))
	by := graph.Provenance{Source: "roster", AsOf: "2024-01-01", Grade: graph.GradeB}
	o.apply(t, graph.Batch{
		Nodes: []graph.NodeDraft{
			thing(t, "Person", map[string]any{"code": "P-2", "name": "示例某人", "consent": "GIVEN"}, by),
			thing(t, "TaskForce", map[string]any{"code": "T-1", "name": "杭州专班"}, by),
			thing(t, "TaskForce", map[string]any{"code": "T-2", "name": "苏州专班"}, by),
			thing(t, "Intermediary", map[string]any{"name": "杭州商会"}, by),
			thing(t, "Project", map[string]any{"code": "X-1", "name": "项目一"}, by),
			thing(t, "Link", map[string]any{"code": "other", "name": "别处"}, by),
		},
		Edges: []graph.EdgeDraft{
			joined(t, "Person P-2", "NATIVE_OF", "Region 330100", nil, by),
			joined(t, "Person P-2", "WORKS_AT", "Company 000001.SZ", nil, by),
			joined(t, "TaskForce T-1", "IN_CHARGE_OF", "Region 330100", nil, by),
			joined(t, "TaskForce T-1", "IN_CHARGE_OF", "Ecosystem aiot", nil, by),
			joined(t, "TaskForce T-2", "IN_CHARGE_OF", "Region 320500", nil, by),
			joined(t, "Intermediary 杭州商会", "COVERS", "Region 330100", nil, by),
		},
	})
	o.serve(t)
	return o
}

func (o *office) open(t *testing.T) {
	t.Helper()
	store, err := filestore.Open(o.path, schema.Default())
	if err != nil {
		t.Fatal(err)
	}
	o.world = &world{store: store}
}

// serve starts the service as the program does after a restart.
func (o *office) serve(t *testing.T) {
	t.Helper()
	var err error
	if o.live, err = projection.NewLive(t.Context(), schema.Default(), o.store, projection.Options{}); err != nil {
		t.Fatal(err)
	}
	o.server = newServer(t, o.world, func(_ *api.Config, d *api.Deps) { d.Writer, d.Recorder = o.store, o.log })
}

// outcome is what a client sees of one change.
type outcome struct {
	Version int64
	Changed bool
	Load    string
	code    string
	present float64
}

// change runs a mutation with one field.
func (o *office) change(t *testing.T, id *access.Identity, field string) outcome {
	t.Helper()
	answer := ask(t, o.server, api.Request{Query: "mutation { r: " + field + " { version changed load clientMutationId } }", Identity: id})
	out := outcome{code: firstCode(answer)}
	if out.code != "" {
		extensions := answer["errors"].([]any)[0].(map[string]any)["extensions"].(map[string]any)
		out.present, _ = extensions["presentVersion"].(float64)
		return out
	}
	text, err := json.Marshal(answer["data"].(map[string]any)["r"])
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// paths counts the introductions from Hangzhou to a company, at a version or later.
func (o *office) paths(t *testing.T, version int64) float64 {
	t.Helper()
	answer := ask(t, o.server, api.Request{
		Query: `{ introductions(region: "330100", company: "000001.SZ") { totalCount } }`, Identity: steward,
		Extensions: map[string]any{"minVersion": version},
	})
	if code := firstCode(answer); code != "" {
		t.Fatalf("introductions: %v", answer)
	}
	return answer["data"].(map[string]any)["introductions"].(map[string]any)["totalCount"].(float64)
}

// TestConsentIsHeeded withdraws a consent, after which the path is gone.
func TestConsentIsHeeded(t *testing.T) {
	o := newOffice(t)
	if n := o.paths(t, 2); n != 1 {
		t.Fatalf("%v ways before", n)
	}
	got := o.change(t, steward, `setConsent(clientMutationId: "1", person: "P-2", consent: WITHDRAWN)`)
	if got.code != "" || !got.Changed || got.Version != 3 {
		t.Fatalf("withdrawing gives %+v", got)
	}
	if n := o.paths(t, got.Version); n != 0 {
		t.Errorf("%v ways after", n)
	}
	if again := o.change(t, steward, `setConsent(clientMutationId: "2", person: "P-2", consent: GIVEN)`); again.code != "CONFLICT" || again.present != 3 {
		t.Errorf("a consent on the day of its withdrawal gives %+v", again)
	}
	if undone, err := o.store.Undo(t.Context(), got.Load); err != nil || undone.Version != 4 {
		t.Fatalf("undo: %+v, %v", undone, err)
	}
	if n := o.paths(t, 4); n != 1 {
		t.Errorf("%v ways once it is taken back", n)
	}
}

// TestConsentEnds gives a consent with an end. Given again without one it would still
// end, which must be reported.
func TestConsentEnds(t *testing.T) {
	o := newOffice(t)
	for i, tt := range []struct {
		args, code string
		paths      float64
	}{
		{`consent: GIVEN, date: "2024-02-01", until: "2024-03-01"`, "", 0},
		{`consent: GIVEN, date: "2024-04-01"`, "CONFLICT", 0},
		{`consent: GIVEN, date: "2024-04-01", until: "2024-03-01"`, "BAD_INPUT", 0},
		{`consent: REFUSED, date: "2024-04-01", until: "2099-12-31"`, "BAD_INPUT", 0},
		{`consent: GIVEN, date: "2024-04-01", until: "2099-12-31"`, "", 1},
	} {
		got := o.change(t, steward, fmt.Sprintf(`setConsent(clientMutationId: "%d", person: "P-2", %s)`, i, tt.args))
		if got.code != tt.code {
			t.Errorf("%s gives %+v, want the code %q", tt.args, got, tt.code)
		}
		if n := o.paths(t, max(got.Version, 1)); n != tt.paths {
			t.Errorf("after %s there are %v ways, want %v", tt.args, n, tt.paths)
		}
	}
}

// TestChangesOnce sends the same change again: at once, from several clients
// together, and after a restart.
func TestChangesOnce(t *testing.T) {
	o := newOffice(t)
	const ask = `setTargetStatus(clientMutationId: "k", taskForce: "T-1", company: "000001.SZ", status: CONTACTED)`
	results := make([]outcome, 4)
	var all sync.WaitGroup
	for i := range results {
		all.Go(func() { results[i] = o.change(t, strategist, ask) })
	}
	all.Wait()
	first := results[0]
	if first.code != "" || first.Version != 3 || !first.Changed {
		t.Fatalf("the first gives %+v", first)
	}
	if i := slices.IndexFunc(results, func(r outcome) bool { return r != first }); i >= 0 {
		t.Errorf("the same change gives %+v and %+v", first, results[i])
	}
	later := o.change(t, strategist, `setTargetStatus(clientMutationId: "l", taskForce: "T-1", company: "000001.SZ", status: TALKS)`)
	if later.Version != 4 {
		t.Errorf("the next change gives %+v", later)
	}
	if err := o.store.Close(); err != nil {
		t.Fatal(err)
	}
	o.open(t)
	o.serve(t)
	if got := o.change(t, strategist, ask); got != first {
		t.Errorf("after a restart it gives %+v, want %+v", got, first)
	}
	if got := o.change(t, strategist, strings.Replace(ask, "CONTACTED", "PAUSED", 1)); got.code != "BAD_INPUT" {
		t.Errorf("the key of another change gives %+v", got)
	}
	if got := o.change(t, steward, strings.Replace(ask, "CONTACTED", "PAUSED", 1)); got.code != "" || got.Version != 5 {
		t.Errorf("the key of somebody else gives %+v", got)
	}
}

// TestChangesRestOnWhatWasSeen changes what somebody else has changed meanwhile.
func TestChangesRestOnWhatWasSeen(t *testing.T) {
	o := newOffice(t)
	role := func(key, role, more string) outcome {
		return o.change(t, strategist, fmt.Sprintf(`declareRole(clientMutationId: %q, link: "chip.fab", role: %s %s)`, key, role, more))
	}
	if got := role("1", "KEY", `date: "2025-01-01" expectedVersion: 2`); got.Version != 3 || got.code != "" {
		t.Fatalf("the first gives %+v", got)
	}
	if got := role("2", "CORE", `date: "2025-02-01" expectedVersion: 2`); got.code != "CONFLICT" || got.present != 3 {
		t.Errorf("a change of what has changed gives %+v", got)
	}
	if got := o.change(t, strategist, `declareRole(clientMutationId: "3", link: "chip.test", role: KEY, expectedVersion: 2)`); got.code != "" || got.Version != 4 {
		t.Errorf("a change of something else gives %+v", got)
	}
	if got := role("2", "CORE", `date: "2025-02-01" expectedVersion: 4`); got.code != "" || got.Version != 5 {
		t.Errorf("a change of what was seen gives %+v", got)
	}
	if got := role("4", "KEY", `date: "2025-01-15"`); got.code != "CONFLICT" || got.present != 5 {
		t.Errorf("a statement older than what stands gives %+v", got)
	}
	if got := o.change(t, strategist, `declareRole(clientMutationId: "6", link: "chip.fab")`); got.code != "BAD_INPUT" {
		t.Errorf("a declaration of nothing gives %+v", got)
	}
	for _, bad := range []string{`expectedVersion: 99`, `expectedVersion: 0`, `date: "2025"`} {
		if got := role("5", "KEY", bad); got.code != "BAD_INPUT" {
			t.Errorf("%s gives %+v", bad, got)
		}
	}
}

// TestChangesInOrder makes several changes by one document.
func TestChangesInOrder(t *testing.T) {
	o := newOffice(t)
	step := func(key, outcome string) string {
		return fmt.Sprintf(`%s: recordIntroduction(clientMutationId: %q, by: "杭州商会", project: "X-1", outcome: %s) { version }`, key, key, outcome)
	}
	answer := ask(t, o.server, api.Request{Query: "mutation {" + step("a", "INTRODUCED") + step("b", "MET") + step("c", "INTRODUCED") + "}", Identity: strategist})
	data, ok := answer["data"].(map[string]any)
	if !ok || firstCode(answer) != "CONFLICT" || data["c"] != nil {
		t.Fatalf("a step back gives %v", answer)
	}
	for key, want := range map[string]float64{"a": 3, "b": 4} {
		if got := data[key].(map[string]any)["version"]; got != want {
			t.Errorf("%s has the version %v, want %v", key, got, want)
		}
	}
}

// TestStepOfAPersonIsNotDisclosed makes a step that cannot follow on what a person did: the
// error does not say what that was, which is personal.
func TestStepOfAPersonIsNotDisclosed(t *testing.T) {
	o := newOffice(t)
	step := func(key, outcome string) string {
		return fmt.Sprintf(`%s: recordIntroduction(clientMutationId: %q, by: "P-2", project: "X-1", outcome: %s) { version }`, key, key, outcome)
	}
	answer := ask(t, o.server, api.Request{Query: "mutation {" + step("a", "NEGOTIATING") + step("b", "MET") + "}", Identity: steward})
	text, err := json.Marshal(answer["errors"])
	if err != nil || firstCode(answer) != "CONFLICT" || strings.Contains(string(text), "NEGOTIATING") {
		t.Errorf("a step back gives %v, error %v", answer, err)
	}
}

// TestWhoMayChange tries every change in every role, within and beyond its
// scope, and reads the audit log.
func TestWhoMayChange(t *testing.T) {
	o := newJudging(t)
	edits := map[string]string{
		"consent": `setConsent(clientMutationId: %q, person: "P-2", consent: GIVEN)`,
		"target":  `setTargetStatus(clientMutationId: %q, taskForce: "T-1", company: "600002.SH", status: LISTED)`,
		"abroad":  `setTargetStatus(clientMutationId: %q, taskForce: "T-2", company: "600002.SH", status: LISTED)`,
		"role":    `declareRole(clientMutationId: %q, link: "chip.test", role: KEY)`,
		"beyond":  `declareRole(clientMutationId: %q, link: "other", role: KEY)`,
		"names":   `judge(clientMutationId: %q, left: "云栖电子有限公司", right: "青禾智感", verdict: DIFFERENT)`,
		"step":    `recordIntroduction(clientMutationId: %q, by: "杭州商会", project: "X-1", outcome: INTRODUCED)`,
	}
	may := map[schema.Role]string{
		schema.RoleAnonymous: "target abroad role beyond step", schema.RoleViewer: "", schema.RoleIntermediary: "",
		schema.RoleStrategist: "target role step", schema.RoleSteward: "names consent target abroad role beyond step", schema.RoleAdmin: "",
	}
	denied, made := 0, 0
	for _, id := range who {
		for name, field := range edits {
			want := "FORBIDDEN"
			if slices.Contains(strings.Fields(may[id.Role]), name) {
				want = ""
				made++
			} else {
				denied++
			}
			if got := o.change(t, id, fmt.Sprintf(field, name)); got.code != want {
				t.Errorf("%s: %s gives %+v, want the code %q", id.Role, name, got, want)
			}
		}
	}
	found := map[access.Action]int{}
	if err := o.log.Entries(func(e access.Entry) error {
		found[e.Action]++
		if e.Action == access.Change && (e.Who == "" || len(e.IDs) == 0 || len(e.Fields) == 0 || e.Version == 0) {
			t.Errorf("the record says too little: %+v", e)
		}
		text, err := json.Marshal(e)
		if strings.Contains(string(text), "GIVEN") || strings.Contains(string(text), "示例某人") {
			t.Errorf("the record holds a value: %s", text)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if found[access.Denied] != denied || found[access.Change] != made {
		t.Errorf("the record has %v, want %d denied and %d made", found, denied, made)
	}
}

// TestChangesWithoutAStore sends changes to a service that accepts none.
func TestChangesWithoutAStore(t *testing.T) {
	s := newServer(t, newWorld(t), nil)
	answer := ask(t, s, api.Request{Query: `mutation { declareRole(clientMutationId: "1", link: "chip.fab", role: KEY) { version } }`})
	if firstCode(answer) != "UNAVAILABLE" {
		t.Errorf("it answers %v", answer)
	}
}

// failing is a store whose changes fail.
type failing struct{ mutations.Writer }

func (failing) Apply(context.Context, graph.Batch) (graph.Result, error) {
	return graph.Result{}, graph.ErrUnavailable
}

// TestFailedChangeIsRecorded checks that the audit log says of a change that failed
// that it was not made.
func TestFailedChangeIsRecorded(t *testing.T) {
	o := newOffice(t)
	o.server = newServer(t, o.world, func(_ *api.Config, d *api.Deps) { d.Writer, d.Recorder = failing{o.store}, o.log })
	if got := o.change(t, steward, `setConsent(clientMutationId: "1", person: "P-2", consent: GIVEN)`); got.code != "UNAVAILABLE" {
		t.Errorf("it answers %+v", got)
	}
	var details []string
	if err := o.log.Entries(func(e access.Entry) error {
		details = append(details, e.Detail)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(details) != 2 || strings.Contains(details[0], "not made") || !strings.HasSuffix(details[1], ": not made, or not known") {
		t.Errorf("the record has %q", details)
	}
}
