package api_test

import (
	"context"
	"encoding/json"
	"flag"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"liantu/api"
	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/projection"
	"liantu/graph/tuning"
	"liantu/schema"
)

var update = flag.Bool("update", false, "write the golden files anew")

// registered is the provenance of everything in the small world unless it states
// otherwise.
var registered = graph.Provenance{Source: "register", AsOf: "2024-12-31", Grade: graph.GradeA}

// thing drafts a node.
func thing(tb testing.TB, kind string, props map[string]any, by graph.Provenance) graph.NodeDraft {
	tb.Helper()
	k := schema.Default().Node(kind)
	if k == nil {
		tb.Fatalf("no kind %q", kind)
	}
	d := graph.NodeDraft{Kind: kind, Keys: graph.KeysOf(k, props), Facts: []graph.Fact{{Provenance: by}}}
	for name, value := range props {
		d.Facts = append(d.Facts, graph.Fact{Property: name, Value: value, Provenance: by})
	}
	return d
}

// end names the end of an edge: a kind and the value of its strongest key.
func end(tb testing.TB, name string) graph.Key {
	tb.Helper()
	kind, value, _ := strings.Cut(name, " ")
	k := schema.Default().Node(kind)
	if k == nil {
		tb.Fatalf("no kind %q", kind)
	}
	property := map[string]string{"Company": "stock_code", "Person": "code", "Source": "name", "Intermediary": "name", "Product": "name"}[kind]
	if property == "" {
		property = "code"
	}
	return graph.KeysOf(k, map[string]any{property: value})[0]
}

func joined(tb testing.TB, from, kind, to string, props map[string]any, by graph.Provenance) graph.EdgeDraft {
	tb.Helper()
	d := graph.EdgeDraft{Kind: kind, From: end(tb, from), To: end(tb, to), Facts: []graph.Fact{{Provenance: by}}}
	for name, value := range props {
		d.Facts = append(d.Facts, graph.Fact{Property: name, Value: value, Provenance: by})
	}
	d.Discriminator = graph.Discriminator(schema.Default().EdgeKind(kind), props)
	return d
}

// world is a small graph in a file store: regions, one ecosystem with a chain
// of three links, four companies in two provinces, and one person.
type world struct {
	store *filestore.Store
	live  *projection.Live
}

func newWorld(tb testing.TB) *world {
	tb.Helper()
	secret, err := graph.SecretOf([]byte("the secret of all small worlds...")[:32]) // for ids that golden files hold
	if err != nil {
		tb.Fatal(err)
	}
	store, err := filestore.OpenWith(filepath.Join(tb.TempDir(), "graph.db"), schema.Default(), secret)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := store.Close(); err != nil {
			tb.Error(err)
		}
	})
	w := &world{store: store}
	w.apply(tb, smallWorld(tb))
	w.live, err = projection.NewLive(context.Background(), schema.Default(), store, projection.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return w
}

func (w *world) apply(tb testing.TB, batch graph.Batch) graph.Version {
	tb.Helper()
	result, err := w.store.Apply(context.Background(), batch)
	if err != nil {
		tb.Fatal(err)
	}
	return result.Version
}

func smallWorld(tb testing.TB) graph.Batch {
	tb.Helper()
	older := graph.Provenance{Source: "list", AsOf: "2020", Grade: graph.GradeD}
	invented := graph.Provenance{Source: "invented", AsOf: "2024", Grade: graph.GradeD}
	var b graph.Batch
	add := func(kind string, props map[string]any) { b.Nodes = append(b.Nodes, thing(tb, kind, props, registered)) }
	for code, name := range map[string]string{
		"100000": "全国", "330000": "浙江省", "330100": "杭州市", "330200": "宁波市", "320000": "江苏省", "320500": "苏州市",
	} {
		add("Region", map[string]any{"code": code, "name": name, "short_name": strings.TrimRight(name, "省市")})
	}
	add("Source", map[string]any{"name": "register", "title": "公开登记", "population": "LISTED", "complete_in": []string{"100000"}})
	add("Ecosystem", map[string]any{"code": "aiot", "name": "智能物联"})
	add("Chain", map[string]any{"code": "chip", "name": "集成电路"})
	add("Link", map[string]any{"code": "chip.resist", "name": "光刻胶", "position": "UPSTREAM", "declared_role": "CORE"})
	add("Link", map[string]any{"code": "chip.fab", "name": "晶圆制造", "position": "MIDSTREAM"})
	add("Link", map[string]any{"code": "chip.test", "name": "封装测试", "position": "DOWNSTREAM"})
	add("Company", map[string]any{"stock_code": "600001.SH", "name": "杭州芯片股份有限公司", "short_name": "杭芯", "employees": int64(1200), "registered_capital": 5000.5})
	add("Company", map[string]any{"stock_code": "600002.SH", "name": "宁波封测股份有限公司", "phone": "057188886666"})
	add("Company", map[string]any{"stock_code": "000001.SZ", "name": "苏州光刻胶股份有限公司"})
	add("Company", map[string]any{"stock_code": "000002.SZ", "name": "苏州晶圆股份有限公司"})
	b.Nodes = append(b.Nodes,
		thing(tb, "Company", map[string]any{"stock_code": "600001.SH", "employees": int64(900)}, older),
		thing(tb, "Person", map[string]any{"code": "P-1", "name": "王小明", "phone": "13800001234", "email": "wang@example.org", "gender": "MALE", "synthetic": true}, invented),
	)
	join := func(from, kind, to string, props map[string]any) {
		b.Edges = append(b.Edges, joined(tb, from, kind, to, props, registered))
	}
	join("Chain chip", "PART_OF", "Ecosystem aiot", nil)
	for _, l := range []string{"chip.resist", "chip.fab", "chip.test"} {
		join("Link "+l, "PART_OF", "Chain chip", nil)
	}
	add("Product", map[string]any{"name": "光刻胶树脂"})
	join("Product 光刻胶树脂", "BELONGS_TO", "Link chip.resist", nil)
	join("Company 600001.SH", "MAKES", "Product 光刻胶树脂", nil)
	join("Link chip.resist", "FEEDS", "Link chip.fab", nil)
	join("Link chip.fab", "FEEDS", "Link chip.test", nil)
	for company, at := range map[string][2]string{
		"600001.SH": {"330100", "chip.fab"}, "600002.SH": {"330200", "chip.test"},
		"000001.SZ": {"320500", "chip.resist"}, "000002.SZ": {"320500", "chip.fab"},
	} {
		join("Company "+company, "LOCATED_IN", "Region "+at[0], map[string]any{"role": "REGISTERED"})
		join("Company "+company, "OPERATES_IN", "Link "+at[1], map[string]any{"leader": company == "000001.SZ", "revenue_share": 0.8})
	}
	b.Edges = append(b.Edges, joined(tb, "Person P-1", "WORKS_AT", "Company 600001.SH", nil, invented))
	return b
}

// newServer makes a server over the small world; change may be nil.
func newServer(tb testing.TB, w *world, change func(*api.Config, *api.Deps)) *api.Server {
	tb.Helper()
	cfg, deps := api.DefaultConfig(), api.Deps{Pictures: w.live, Loads: w.store, Build: api.Build{Version: "1.2.3", Go: "go"}}
	deps.Features = api.Features{GetQueries: true, Introspection: true, Explorer: true, Compression: true}
	deps.Settings = tuning.Default()
	deps.Settings.MinPopulation = 1 // so that a company is population enough
	if change != nil {
		change(&cfg, &deps)
	}
	s, err := api.New(cfg, deps)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// serve runs a server on a free port until the test ends and returns its
// address.
func serve(tb testing.TB, s *api.Server) string {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, l) }()
	tb.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			tb.Errorf("serve: %v", err)
		}
	})
	base := "http://" + l.Addr().String()
	served.Store(base, s)
	return base
}

// served are the servers of the tests by their addresses.
var served sync.Map

// readiness is what those who run a server learn of it.
func readiness(tb testing.TB, base string) (state map[string]any) {
	tb.Helper()
	s, _ := served.Load(base)
	w := httptest.NewRecorder()
	s.(*api.Server).Readiness().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/readyz", nil))
	if err := json.Unmarshal(w.Body.Bytes(), &state); err != nil {
		tb.Fatal(err)
	}
	state["code"] = w.Code
	return state
}

// ask answers a request in process and returns the answer as it would be sent.
func ask(tb testing.TB, s *api.Server, r api.Request) map[string]any {
	tb.Helper()
	text, err := json.Marshal(s.Execute(context.Background(), r))
	if err != nil {
		tb.Fatal(err)
	}
	var answer map[string]any
	if err := json.Unmarshal(text, &answer); err != nil {
		tb.Fatal(err)
	}
	return answer
}

// firstCode is the code of the first error of an answer, "" when there is none.
func firstCode(answer map[string]any) string {
	errs, _ := answer["errors"].([]any)
	if len(errs) == 0 {
		return ""
	}
	ext, _ := errs[0].(map[string]any)["extensions"].(map[string]any)
	code, _ := ext["code"].(string)
	return code
}

// logTo makes a logger that writes JSON lines into b.
func logTo(b *strings.Builder) *slog.Logger { return slog.New(slog.NewJSONHandler(b, nil)) }
