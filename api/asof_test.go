package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"liantu/access"
	"liantu/api"
	"liantu/api/fault"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/schema"
)

// earlierWorld is the small world, in which Hangzhou has a company at the link of photoresist
// since 2021 and persons who can introduce others.
func earlierWorld(tb testing.TB) *world {
	tb.Helper()
	w := newWorld(tb)
	acquainted(tb, w)
	since := graph.Provenance{Source: "register", AsOf: "2021", Grade: graph.GradeA}
	b := graph.Batch{Nodes: []graph.NodeDraft{
		thing(tb, "Company", map[string]any{"stock_code": "600077.SH", "name": "早年公司", "employees": int64(7)}, since),
		thing(tb, "Company", map[string]any{"stock_code": "600077.SH", "employees": int64(70)}, registered),
	}}
	for _, more := range [][3]string{{"LOCATED_IN", "Region 330100"}, {"OPERATES_IN", "Link chip.resist"}} {
		var props map[string]any
		if more[0] == "LOCATED_IN" {
			props = map[string]any{"role": "REGISTERED"}
		}
		b.Edges = append(b.Edges, joined(tb, "Company 600077.SH", more[0], more[1], props, since))
	}
	w.apply(tb, b)
	if _, err := w.live.Refresh(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	return w
}

func asOf(day string) map[string]any { return map[string]any{"asOf": day} }

// TestAnEarlierDayIsThatOfThePicture asks random questions of an earlier day, in each role, and
// compares with a service that has no other picture than that of the day.
func TestAnEarlierDayIsThatOfThePicture(t *testing.T) {
	w := earlierWorld(t)
	now := newServer(t, w, roomy)
	for _, day := range []string{"2022", "2024-06-30", "2025"} {
		live, err := projection.NewLive(t.Context(), schema.Default(), w.store, projection.AsOf(day))
		if err != nil {
			t.Fatal(err)
		}
		then := newServer(t, &world{live: live, store: w.store}, roomy)
		compared := 0
		for i, as := range identities() {
			for seed := range uint64(60) {
				q := &questions{schema: api.SchemaOf(now), random: rand.New(rand.NewPCG(seed, uint64(i)))}
				query := q.query()
				if strings.Contains(query, ":changes") {
					continue
				}
				got := now.Execute(t.Context(), api.Request{Query: query, Identity: as, Extensions: asOf(day)})
				want := then.Execute(t.Context(), api.Request{Query: query, Identity: as})
				limited := func(e fault.Error) bool { return e.Code() == fault.CodeLimit }
				if slices.ContainsFunc(want.Errors, limited) {
					continue
				}
				compared++
				if !sameJSON(t, withoutCursors(got.Data), withoutCursors(want.Data)) || len(got.Errors) != len(want.Errors) {
					t.Fatalf("%s as %s: %s\n%s %v\nwant\n%s %v", day, as.Role, query, got.Data, got.Errors, want.Data, want.Errors)
				}
				if got.Extensions.AsOf != day || got.Extensions.Version != want.Extensions.Version || !reflect.DeepEqual(got.Extensions.DataDate, want.Extensions.DataDate) {
					t.Fatalf("%s: the answer states %+v, want %+v", day, got.Extensions, want.Extensions)
				}
			}
		}
		if compared < 200 {
			t.Errorf("only %d questions of %s could be compared", compared, day)
		}
	}
}

// cursors are what names a place in a list: those of an earlier day are not those of a picture
// that is the present one.
var cursors = regexp.MustCompile(`"MX[A-Za-z0-9_-]{10,}"`)

func withoutCursors(data json.RawMessage) json.RawMessage {
	return cursors.ReplaceAll(data, []byte(`"cursor"`))
}

func sameJSON(tb testing.TB, a, b json.RawMessage) bool {
	tb.Helper()
	if len(a) == 0 || len(b) == 0 {
		return len(a) == len(b)
	}
	var one, other any
	if err := json.Unmarshal(a, &one); err != nil {
		tb.Fatal(err)
	}
	if err := json.Unmarshal(b, &other); err != nil {
		tb.Fatal(err)
	}
	return reflect.DeepEqual(one, other)
}

// staffOf asks for the companies of a service by the stock code, with their employees.
func staffOf(tb testing.TB, s *api.Server, extensions map[string]any) string {
	tb.Helper()
	answer := ask(tb, s, api.Request{Query: `{ nodes(kind: Company) { nodes { ... on Company { stockCode employees } } } }`, Extensions: extensions})
	if c := firstCode(answer); c != "" {
		tb.Fatal(answer["errors"])
	}
	var all []string
	for _, n := range at(tb, answer, "data", "nodes", "nodes").([]any) {
		all = append(all, fmt.Sprint(at(tb, n, "stockCode"), "=", at(tb, n, "employees")))
	}
	return strings.Join(all, " ")
}

// TestDaysAreToldApart asks one question of several days at once and of the present, from an
// answer cache as well: each gets the answer of its own day.
func TestDaysAreToldApart(t *testing.T) {
	s := newServer(t, earlierWorld(t), nil)
	want := map[string]string{"": staffOf(t, s, nil)}
	for _, day := range []string{"2019", "2022", "2024-12-31"} {
		want[day] = staffOf(t, s, asOf(day))
	}
	if !strings.Contains(want["2022"], "600077.SH=7") || strings.Contains(want["2022"], "600077.SH=70") || strings.Contains(want["2019"], "600077") || !strings.Contains(want[""], "600077.SH=70") {
		t.Fatalf("companies by day: %q", want)
	}
	var all sync.WaitGroup
	for range 4 {
		for day, staff := range want {
			all.Go(func() {
				for range 5 {
					extensions := asOf(day)
					if day == "" {
						extensions = nil
					}
					if got := staffOf(t, s, extensions); got != staff {
						t.Errorf("as of %q the companies are %s, want %s", day, got, staff)
					}
				}
			})
		}
	}
	all.Wait()
}

// TestAnEarlierDayEndsWithItsPicture asks of a day before and after a load that states
// something else of it.
func TestAnEarlierDayEndsWithItsPicture(t *testing.T) {
	w := earlierWorld(t)
	s := newServer(t, w, nil)
	before := staffOf(t, s, asOf("2022"))
	w.apply(t, graph.Batch{Nodes: []graph.NodeDraft{
		thing(t, "Company", map[string]any{"stock_code": "600077.SH", "employees": int64(8)}, graph.Provenance{Source: "survey", AsOf: "2022-06", Grade: graph.GradeA}),
	}})
	if _, err := w.live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if after := staffOf(t, s, asOf("2022")); after != strings.Replace(before, "600077.SH=7", "600077.SH=8", 1) {
		t.Errorf("before %s\nafter  %s", before, after)
	}
}

// TestConsentOfAnEarlierDay asks for introductions of a day on which somebody had consented who
// has withdrawn since.
func TestConsentOfAnEarlierDay(t *testing.T) {
	w := earlierWorld(t)
	s := newServer(t, w, nil)
	paths := func() string {
		t.Helper()
		answer := ask(t, s, api.Request{Extensions: asOf("2024-12-31"), Query: `{ introductions(region: "330100", company: "000001") { totalCount } }`})
		return fmt.Sprint(answer["data"], answer["errors"])
	}
	if got := paths(); !strings.Contains(got, "totalCount:1") {
		t.Fatalf("before the person withdraws: %s", got)
	}
	w.apply(t, graph.Batch{Nodes: []graph.NodeDraft{
		thing(t, "Person", map[string]any{"code": "P-2", "consent": "WITHDRAWN"}, graph.Provenance{Source: "register", AsOf: "2030", Grade: graph.GradeA}),
	}})
	if _, err := w.live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := paths(); !strings.Contains(got, "totalCount:0") {
		t.Errorf("after the person has withdrawn: %s", got)
	}
}

// TestAnEarlierDayIsRefused asks for days that are none, and for what is of the present alone.
func TestAnEarlierDayIsRefused(t *testing.T) {
	w := earlierWorld(t)
	s := newServer(t, w, func(_ *api.Config, d *api.Deps) {
		d.Writer, d.Recorder = w.store, access.OpenLog(filepath.Join(t.TempDir(), "audit.jsonl"))
	})
	version := w.live.Current().Version()
	companies := func(extensions map[string]any, after string) map[string]any {
		t.Helper()
		return ask(t, s, api.Request{
			Extensions: extensions, Variables: map[string]any{"after": after},
			Query: `query($after: String) { nodes(kind: Company, first: 1, after: $after) { pageInfo { endCursor } } }`,
		})
	}
	cursor := at(t, companies(nil, ""), "data", "nodes", "pageInfo", "endCursor").(string)
	for name, r := range map[string]api.Request{
		"no day":         {Query: `{ __typename }`, Extensions: asOf("2024-13")},
		"a version":      {Query: `{ __typename }`, Extensions: asOf("v1")},
		"nothing":        {Query: `{ __typename }`, Extensions: asOf("")},
		"a day to come":  {Query: `{ __typename }`, Extensions: asOf("2999")},
		"another form":   {Query: `{ __typename }`, Extensions: asOf("2024/6/30")},
		"a number":       {Query: `{ __typename }`, Extensions: map[string]any{"asOf": 2024}},
		"with a purpose": {Query: `{ __typename }`, Extensions: map[string]any{"asOf": "2022", "purpose": map[string]any{"code": "VISIT"}}, Identity: callerOf(schema.RoleSteward)},
		"changes":        {Query: `{ changes(region: "330100", since: "2020") { totalCount } }`, Extensions: asOf("2022")},
		"a mutation":     {Query: `mutation { declareRole(clientMutationId: "1", link: "chip.test", role: CORE) { version } }`, Extensions: asOf("2022")},
		"a subscription": {Query: `subscription { graphChanged { version } }`, Extensions: asOf("2022")},
	} {
		if answer := ask(t, s, r); firstCode(answer) != "BAD_INPUT" || !strings.Contains(fmt.Sprint(answer["errors"]), "asOf") {
			t.Errorf("%s: %v", name, answer)
		}
	}
	if answer := companies(asOf("2022"), cursor); firstCode(answer) != "BAD_CURSOR" {
		t.Errorf("a cursor of the present: %v", answer)
	}
	if answer := companies(asOf(time.Now().Format("2006")), ""); firstCode(answer) != "" {
		t.Errorf("the year that has begun: %v", answer)
	}
	if answer := companies(map[string]any{"asOf": nil}, cursor); firstCode(answer) != "" {
		t.Errorf("null is the present: %v", answer)
	}
	if now, err := w.store.Version(t.Context()); err != nil || now != version {
		t.Errorf("the graph is at version %d instead of %d, %v", now, version, err)
	}
}

// TestAnEarlierDayGivesUp asks with a context that has ended.
func TestAnEarlierDayGivesUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	answer := newServer(t, earlierWorld(t), nil).Execute(ctx, api.Request{Query: `{ __typename }`, Extensions: asOf("2022")})
	if len(answer.Errors) != 1 || answer.Data != nil {
		t.Errorf("%+v", answer)
	}
}

// TestAPictureOfADayIsCharged asks for two days in turn with a rate of little more than one
// picture of a day: the second is refused, and the first goes on to be answered.
func TestAPictureOfADayIsCharged(t *testing.T) {
	s := newServer(t, earlierWorld(t), func(c *api.Config, _ *api.Deps) {
		c.ClientRate, c.ClientBurst, c.MaxFields = 1, 100_000, 100_000
	})
	of := func(day string) string {
		return firstCode(ask(t, s, api.Request{Query: `{ __typename }`, Client: "subject test", Extensions: asOf(day)}))
	}
	if got := [...]string{of("2022"), of("2022"), of("2021"), of("2022")}; got != [...]string{"", "", "RATE_LIMITED", ""} {
		t.Errorf("codes %q", got)
	}
	free := newServer(t, earlierWorld(t), nil)
	cost := func() float64 {
		return at(t, ask(t, free, api.Request{Query: `{ __typename }`, Extensions: asOf("2022")}), "extensions", "cost", "requested").(float64)
	}
	if first, second := cost(), cost(); first-second != 90_000 {
		t.Errorf("the first request of a day states that it cost %v, the second %v", first, second)
	}
}

// TestExportsOfAnEarlierDay exports a list of several pages as of a day.
func TestExportsOfAnEarlierDay(t *testing.T) {
	w := earlierWorld(t)
	w.crowd(t, 250)
	base, log := exporter(t, w, nil)
	got := download(t, base, "jsonl", allCompanies, "viewer", "extensions", `{"asOf":"2022"}`)
	if name := got.header.Get("Content-Disposition"); !strings.HasSuffix(name, `-as-of-2022.jsonl"`) {
		t.Errorf("the file is called %s", name)
	}
	var recorded []string
	if err := log.Entries(func(e access.Entry) error {
		recorded = append(recorded, e.Detail)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if want := []string{"Company as jsonl as of 2022: begun", "Company as jsonl as of 2022: complete"}; !slices.Equal(recorded, want) {
		t.Errorf("on record are %q", recorded)
	}
	lines := strings.Split(strings.TrimSuffix(got.body, "\n"), "\n")
	last := lines[len(lines)-1]
	if got.status != 200 || !strings.Contains(got.body, "600077.SH") || strings.Contains(got.body, "600100.SH") || !strings.Contains(last, `"asOf":"2022"`) || !strings.Contains(last, `"complete":true`) {
		t.Errorf("status %d: %s", got.status, got.body)
	}
	all := download(t, base, "jsonl", allCompanies, "viewer", "extensions", `{"asOf":"2024"}`)
	if n := strings.Count(all.body, "\n"); n != 256 || !strings.Contains(all.body, `"rows":255`) {
		t.Errorf("%d lines as of 2024: %.200s", n, all.body)
	}
}
