package api_test

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"liantu/access"
	"liantu/api"
	"liantu/graph"
	"liantu/schema"
)

// file is an export as a client gets it.
type file struct {
	reply
	trailer http.Header
	err     error // of reading it
}

// download asks for an export by GET.
func download(t *testing.T, base, form, query, name string, more ...string) file {
	t.Helper()
	values := url.Values{"query": {query}}
	for i := 0; i+1 < len(more); i += 2 {
		values.Set(more[i], more[i+1])
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+"/export/"+form+"?"+values.Encode(), nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+name)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(res.Body)
	if e := res.Body.Close(); e != nil {
		t.Error(e)
	}
	return file{reply{res.StatusCode, res.Header, string(text)}, res.Trailer, err}
}

// crowd adds companies to a world.
func (w *world) crowd(t *testing.T, n int) {
	t.Helper()
	var b graph.Batch
	for i := range n {
		code := fmt.Sprintf("60%04d.SH", 100+i)
		b.Nodes = append(b.Nodes, thing(t, "Company", map[string]any{"stock_code": code, "name": fmt.Sprintf("=cmd|'%d' 公司", i), "employees": int64(i)}, registered))
		b.Edges = append(b.Edges, joined(t, "Company "+code, "LOCATED_IN", "Region 330100", map[string]any{"role": "REGISTERED"}, registered))
	}
	w.apply(t, b)
	if _, err := w.live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
}

const allCompanies = `query All { all: nodes(kind: Company) { nodes { ...of } } } fragment of on Company { id name stockCode employees }`

// exporter serves a world with a log, to people whose names are roles.
func exporter(t *testing.T, w *world, change func(*api.Config)) (base string, log *access.Log) {
	t.Helper()
	log = access.OpenLog(filepath.Join(t.TempDir(), "audit.jsonl"))
	callers := map[string]*access.Identity{}
	for _, role := range []schema.Role{schema.RoleViewer, schema.RoleSteward, schema.RoleStrategist} {
		id := callerOf(role, "330100")
		id.Subject = "user:" + string(role)
		callers["Bearer "+string(role)] = id
	}
	return serve(t, newServer(t, w, func(c *api.Config, d *api.Deps) {
		d.Recorder, d.Authenticator = log, byHeader{callers: callers}
		if change != nil {
			change(c)
		}
	})), log
}

// TestExportLines exports a list of several pages of one picture, and finds it in the audit
// log before and after.
func TestExportLines(t *testing.T) {
	w := newWorld(t)
	w.crowd(t, 250)
	base, log := exporter(t, w, nil)
	got := download(t, base, "jsonl", allCompanies, "viewer")
	lines := strings.Split(strings.TrimSuffix(got.body, "\n"), "\n")
	if got.status != 200 || got.err != nil || len(lines) != 255 {
		t.Fatalf("status %d, %v, %d lines: %.300s", got.status, got.err, len(lines), got.body)
	}
	seen := map[string]bool{}
	for _, line := range lines[:254] {
		var row struct{ ID, Name string }
		if err := json.Unmarshal([]byte(line), &row); err != nil || row.ID == "" || row.Name == "" {
			t.Fatalf("line %s: %v", line, err)
		}
		seen[row.ID] = true
	}
	if len(seen) != 254 {
		t.Errorf("%d different rows", len(seen))
	}
	if last := lines[254]; !strings.HasPrefix(last, `{"extensions":{"version":2,`) || !strings.HasSuffix(last, `"rows":254,"complete":true}}`) {
		t.Errorf("the last line is %s", last)
	}
	for header, want := range map[string]string{
		"Content-Type": "application/x-ndjson; charset=utf-8", "Liantu-Version": "2",
		"Content-Disposition": `attachment; filename="liantu-company-v2.jsonl"`,
	} {
		if got.header.Get(header) != want {
			t.Errorf("%s is %q, want %q", header, got.header.Get(header), want)
		}
	}
	if got.trailer.Get("Liantu-Complete") != "true" || got.trailer.Get("Liantu-Rows") != "254" {
		t.Errorf("trailers %v", got.trailer)
	}
	var entries []string
	for _, e := range entriesOf(t, log) {
		entries = append(entries, fmt.Sprint(e.Who, " ", e.Action, " ", e.Count, " ", e.Detail, " ", e.Fields))
	}
	const fields = "[Company.id Company.name Company.stockCode Company.employees]"
	if want := []string{"user:viewer export 254 Company as jsonl: begun " + fields, "user:viewer export 254 Company as jsonl: complete " + fields}; fmt.Sprint(entries) != fmt.Sprint(want) {
		t.Errorf("the log has %v, want %v", entries, want)
	}
}

// TestExportTable exports columns of nested objects and lists, guarded against formulas.
func TestExportTable(t *testing.T) {
	w := newWorld(t)
	w.crowd(t, 1)
	base, _ := exporter(t, w, nil)
	got := download(t, base, "csv", `{ region(id: "330100") { companies { nodes { name short: shortName employees registeredCapital qualifications place { code } } } } }`, "viewer", "bom", "1")
	if got.status != 200 || !strings.HasPrefix(got.body, "\ufeffname,short,") || !strings.Contains(got.body, "\r\n") || got.trailer.Get("Liantu-Complete") != "true" {
		t.Fatalf("status %d, trailer %v: %s", got.status, got.trailer, got.body)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(got.body, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"name", "short", "employees", "registeredCapital", "qualifications", "place.code"},
		{"'=cmd|'0' 公司", "", "0", "", "", "330100"},
		{"杭州芯片股份有限公司", "杭芯", "1200", "5000.5", "", "330100"},
	}
	if len(rows) != 3 || fmt.Sprint(rows[0]) != fmt.Sprint(want[0]) {
		t.Fatalf("the table is %q", rows)
	}
	for _, row := range want[1:] {
		if !strings.Contains(fmt.Sprintf("%q", rows), fmt.Sprintf("%q", row)) {
			t.Errorf("the table %q has no row %q", rows, row)
		}
	}
}

// TestExportRefusals asks for what is no export, and for what the caller may not see.
func TestExportRefusals(t *testing.T) {
	w := newWorld(t)
	base, log := exporter(t, w, nil)
	for name, tt := range map[string]struct {
		form, query, caller string
		more                []string
		status              int
		code                string
	}{
		"nobody":                 {"csv", allCompanies, "nobody", nil, 401, "UNAUTHENTICATED"},
		"another form":           {"xlsx", allCompanies, "viewer", nil, 404, "NO_SUCH_PATH"},
		"no list":                {"csv", `{ meta { version } }`, "viewer", nil, 400, "BAD_INPUT"},
		"two lists":              {"csv", `{ a: nodes(kind: Link) { nodes { id } } b: nodes(kind: Link) { nodes { id } } }`, "viewer", nil, 400, "BAD_INPUT"},
		"more than the rows":     {"csv", `{ nodes(kind: Link) { totalCount nodes { id } } }`, "viewer", nil, 400, "BAD_INPUT"},
		"a page":                 {"jsonl", `{ nodes(kind: Link, first: 5) { nodes { id } } }`, "viewer", nil, 400, "BAD_INPUT"},
		"lists in a table":       {"csv", `{ nodes(kind: Link) { nodes { id sources { grade } } } }`, "viewer", nil, 400, "BAD_INPUT"},
		"no GraphQL":             {"csv", `{`, "viewer", nil, 400, "PARSE_FAILED"},
		"an unknown field":       {"csv", `{ nodes(kind: Link) { nodes { nothing } } }`, "viewer", nil, 400, "VALIDATION_FAILED"},
		"a change":               {"csv", `mutation { declareRole(clientMutationId: "1", link: "chip.fab", role: KEY) { version } }`, "steward", nil, 405, "METHOD_NOT_ALLOWED"},
		"a purpose":              {"csv", `{ nodes(kind: Person) { nodes { id } } }`, "steward", []string{"extensions", `{"purpose":"VISIT"}`}, 400, "BAD_INPUT"},
		"an unknown region":      {"csv", `{ region(id: "nowhere") { companies { nodes { id } } } }`, "viewer", nil, 400, "NOT_FOUND"},
		"what the role may not":  {"csv", `{ nodes(kind: Company) { nodes { ... on Company { phone } } } }`, "strategist", nil, 403, "FORBIDDEN"},
		"persons for the viewer": {"jsonl", `{ nodes(kind: Person) { nodes { id } } }`, "viewer", nil, 403, "FORBIDDEN"},
		"a version to come":      {"jsonl", `{ nodes(kind: Link) { nodes { id } } }`, "viewer", []string{"extensions", `{"minVersion":99}`}, 503, "UNAVAILABLE"},
	} {
		got := download(t, base, tt.form, tt.query, tt.caller, tt.more...)
		if got.status != tt.status || firstCode(got.json(t)) != tt.code {
			t.Errorf("%s gets %d: %s; want %d, %s", name, got.status, got.body, tt.status, tt.code)
		}
	}
	for _, e := range entriesOf(t, log) {
		if e.Action == access.Export {
			t.Errorf("the log has an export that was none: %+v", e)
		}
	}
	if got := download(t, base, "jsonl", `{ nodes(kind: Person) { nodes { ... on Person { code name phone } } } }`, "steward"); got.status != 200 || strings.Contains(got.body, "王小明") || !strings.Contains(got.body, `"138****1234"`) {
		t.Errorf("persons are exported as %s", got.body)
	}
}

// TestExportOfLargeRows exports rows of which a page of the usual length would be too much,
// by POST, at the rate of the caller.
func TestExportOfLargeRows(t *testing.T) {
	w := newWorld(t)
	w.crowd(t, 40)
	base, _ := exporter(t, w, func(c *api.Config) {
		c.MaxFields, c.MaxWork, c.ClientBurst, c.ClientRate = 400, 400, 900, 2000
	})
	body, err := json.Marshal(map[string]any{"query": allCompanies})
	if err != nil {
		t.Fatal(err)
	}
	got := send(t, "POST", base+"/export/jsonl", string(body), "Content-Type", plainJSON, "Authorization", "Bearer steward")
	if got.status != 200 || strings.Count(got.body, "\n") != 45 || !strings.HasSuffix(got.body, "\"rows\":44,\"complete\":true}}\n") {
		t.Errorf("status %d: %s", got.status, got.body)
	}
}

// TestExportStops revokes the caller of an export between two pages. Lines say that they
// are not all; a table breaks off.
func TestExportStops(t *testing.T) {
	for _, form := range []string{"jsonl", "csv"} {
		t.Run(form, func(t *testing.T) {
			w, who := newWorld(t), new(changing)
			w.crowd(t, 250)
			who.caller.Store(callerOf(schema.RoleSteward))
			log := access.OpenLog(filepath.Join(t.TempDir(), "audit.jsonl"))
			base := serve(t, newServer(t, w, func(_ *api.Config, d *api.Deps) {
				d.Authenticator, d.Recorder = who, revoking{log, func() { who.caller.Store(nil) }}
			}))
			got := download(t, base, form, allCompanies, "")
			var cut string
			switch form {
			case "jsonl":
				lines := strings.Split(strings.TrimSpace(got.body), "\n")
				cut = lines[len(lines)-1]
				if got.err != nil || !strings.Contains(cut, `"rows":100,"complete":false,"error":{`) || !strings.Contains(cut, "UNAUTHENTICATED") || got.trailer.Get("Liantu-Complete") != "false" {
					t.Errorf("%v: the last line is %s", got.err, cut)
				}
			case "csv":
				if !errors.Is(got.err, io.ErrUnexpectedEOF) || strings.Count(got.body, "\n") != 101 {
					t.Errorf("%v: %d lines", got.err, strings.Count(got.body, "\n"))
				}
			}
			entries := entriesOf(t, log)
			if last := entries[len(entries)-1]; last.Count != 100 || last.Detail != "Company as "+form+": stopped: UNAUTHENTICATED" {
				t.Errorf("the log ends with %+v", last)
			}
		})
	}
}

// revoking is a log that does something once an export is on record.
type revoking struct {
	*access.Log
	then func()
}

func (r revoking) Append(e access.Entry) error {
	defer r.then()
	return r.Log.Append(e)
}

// TestExportsAreBounded asks for an export while the caller has as many as it may.
func TestExportsAreBounded(t *testing.T) {
	w := newWorld(t)
	w.crowd(t, 5)
	began, release := make(chan struct{}), make(chan struct{})
	log := access.OpenLog(filepath.Join(t.TempDir(), "audit.jsonl"))
	base := serve(t, newServer(t, w, func(_ *api.Config, d *api.Deps) {
		d.Authenticator = people{}
		d.Recorder = revoking{log, func() {
			select {
			case began <- struct{}{}:
				<-release
			case <-release:
			}
		}}
	}))
	done := make(chan file, 2)
	for range 2 {
		go func() { done <- download(t, base, "jsonl", allCompanies, "wang") }()
		<-began
	}
	if got := download(t, base, "jsonl", allCompanies, "wang"); got.status != 503 || got.header.Get("Retry-After") == "" {
		t.Errorf("a third export gets %d: %s", got.status, got.body)
	}
	close(release)
	for range 2 {
		select {
		case got := <-done:
			if !strings.HasSuffix(got.body, "\"complete\":true}}\n") {
				t.Errorf("an export gets %s", got.body)
			}
		case <-time.After(20 * time.Second):
			t.Fatal("an export does not end")
		}
	}
}

// entriesOf reads a log.
func entriesOf(t *testing.T, log *access.Log) (all []access.Entry) {
	t.Helper()
	if err := log.Entries(func(e access.Entry) error {
		all = append(all, e)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return all
}
