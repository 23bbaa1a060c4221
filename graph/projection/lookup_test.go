package projection_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/schema"
)

func lookupSample(t *testing.T) *projection.Projection {
	t.Helper()
	store := newStore(t, t)
	apply(t, t, store, lookupBatch())
	return build(t, t, store)
}

// lookupBatch holds names that resemble each other.
func lookupBatch() graph.Batch {
	b := questiontest.NewBuilder()
	for _, r := range [][3]string{
		{"330000", "浙江省", "浙江"},
		{"330100", "杭州市", "杭州"},
		{"330106", "西湖区", "西湖"},
		{"360103", "西湖区", "西湖"},
		{"220100", "长春市", "长春"},
		{"210200", "大连市", "大连"},
	} {
		b.Node("Region", questiontest.Props{"code": r[0], "name": r[1], "short_name": r[2]})
	}
	b.Node("Company", questiontest.Props{
		"name": "杭州海康威视数字技术股份有限公司", "short_name": "海康威视", "stock_code": "002415.SZ",
		"uscc": "91330000733796106P", "former_names": []string{"杭州海康威视数字技术有限公司"},
	})
	b.Node("Company", questiontest.Props{"name": "浙江大华技术股份有限公司", "short_name": "大华股份", "stock_code": "002236.SZ"})
	b.Node("Company", questiontest.Props{"name": "海康机器人"})
	b.Node("Company", questiontest.Props{"name": "仿002415.SZ有限公司", "uscc": "913301067000000062"}) // a name with the code of another
	b.Node("Link", questiontest.Props{"code": "aiot.video", "name": "视频监控"})
	b.Node("Person", questiontest.Props{"code": "p1", "name": "示例人", "synthetic": true})
	return b.Batch()
}

func TestLookup(t *testing.T) {
	p := lookupSample(t)
	tests := []struct {
		text  string
		kinds []string
		want  string // caption, or code of a region
	}{
		{"330100", nil, "330100"},
		{" 330100 ", []string{"Region"}, "330100"},
		{"杭州", nil, "330100"},
		{"杭州市", []string{"Region"}, "330100"},
		{"360103", nil, "360103"},
		{"002415.SZ", nil, "杭州海康威视数字技术股份有限公司"},
		{"002415.sz", nil, "杭州海康威视数字技术股份有限公司"},
		{"002415", []string{"Company"}, "杭州海康威视数字技术股份有限公司"},
		{"91330000733796106P", nil, "杭州海康威视数字技术股份有限公司"},
		{"海康威视", nil, "杭州海康威视数字技术股份有限公司"},
		{"杭州海康威视数字技术有限公司", nil, "杭州海康威视数字技术股份有限公司"},
		{"AIOT.Video", nil, "视频监控"},
		{"Hangzhou", nil, "330100"},
		{"Hangzhou, Zhejiang", []string{"Region"}, "330100"},
		{"浙江杭州", []string{"Region"}, "330100"},
		{"杭州市西湖區", []string{"Region"}, "330106"},
		{"視頻監控", nil, "视频监控"},
		{"海康威視", []string{"Company"}, "杭州海康威视数字技术股份有限公司"},
		{string(p.ID(0)), nil, p.Caption(0)},
	}
	for _, test := range tests {
		v, err := p.Lookup(test.text, test.kinds...)
		got := p.Caption(v)
		if p.Kind(v) == projection.Region {
			got = p.Code(v)
		}
		if err != nil || got != test.want {
			t.Errorf("%q finds %q (%v) instead of %q", test.text, got, err, test.want)
		}
	}
}

func TestLookupFails(t *testing.T) {
	p := lookupSample(t)
	tests := []struct {
		text  string
		kinds []string
		is    error
		near  string // caption of the first suggestion
	}{
		{"海康微视", nil, graph.ErrNotFound, "杭州海康威视数字技术股份有限公司"},
		{"杭州城", []string{"Region"}, graph.ErrNotFound, "杭州市"},
		{"海康威视", []string{"Region"}, graph.ErrNotFound, ""},
		{"西湖区", nil, graph.ErrInvalid, "西湖区"},
		{"西安高新区", []string{"Region"}, graph.ErrNotFound, ""},                     // a zone in several counties
		{"Hangzhou", []string{"Company"}, graph.ErrNotFound, "杭州海康威视数字技术股份有限公司"}, // by the sound of its name
		{"示例人", nil, graph.ErrNotFound, ""},
		{"", nil, graph.ErrNotFound, ""},
	}
	for _, test := range tests {
		_, err := p.Lookup(test.text, test.kinds...)
		var missing *projection.NotFoundError
		if !errors.Is(err, test.is) || !errors.As(err, &missing) {
			t.Errorf("%q: got error %v", test.text, err)
			continue
		}
		hits, err := missing.Suggest(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		near := ""
		if len(hits) > 0 {
			near = p.Caption(hits[0].Vertex)
		}
		if near != test.near {
			t.Errorf("%q: %q is suggested instead of %q", test.text, near, test.near)
		}
	}
}

// TestTypos looks up regions of the whole country with a character wrong,
// missing or too many.
func TestTypos(t *testing.T) {
	provenance := graph.Provenance{Source: "gbt2260", AsOf: "2024", Grade: graph.GradeA}
	var batch graph.Batch
	for _, r := range schema.Regions() {
		facts := []graph.Fact{{Provenance: provenance}}
		for property, value := range map[string]string{"code": r.Code, "name": r.Name, "short_name": r.ShortName, "full_name": r.FullName} {
			facts = append(facts, graph.Fact{Property: property, Value: value, Provenance: provenance})
		}
		batch.Nodes = append(batch.Nodes, graph.NodeDraft{
			Kind: projection.Region, Keys: []graph.Key{graph.NewKey(projection.Region, []string{"code"}, []string{r.Code})}, Facts: facts,
		})
	}
	store := newStore(t, t)
	apply(t, t, store, batch)
	p := build(t, t, store)
	for text, want := range map[string]string{
		"杭洲": "杭州市", "杭洲市": "杭州市", "绍星市": "绍兴市", "上梅": "上海市", "浙将": "浙江省", "石庄": "石家庄市",
		"石家家庄": "石家庄市", "乌鲁木其": "乌鲁木齐市", "余航区": "余杭区",
	} {
		_, err := p.Lookup(text, projection.Region)
		var missing *projection.NotFoundError
		if !errors.As(err, &missing) {
			t.Errorf("%s: %v", text, err)
			continue
		}
		near, err := missing.Suggest(t.Context())
		if err != nil || len(near) == 0 || len(near) > 5 {
			t.Errorf("%s: suggests %v, error %v", text, near, err)
			continue
		}
		if got := p.Caption(near[0].Vertex); got != want {
			t.Errorf("%s: %s is suggested first, not %s", text, got, want)
		}
		for i, h := range near {
			if slices.ContainsFunc(near[:i], func(g projection.Hit) bool { return g.Vertex == h.Vertex }) {
				t.Errorf("%s: %s is suggested twice", text, p.Caption(h.Vertex))
			}
		}
	}
}

// TestSuggestionsStop checks that searching for what a text may mean ends with its
// context, and that the lookup itself finds no suggestions, which take far longer than it.
func TestSuggestionsStop(t *testing.T) {
	p := lookupSample(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, text := range []string{"海康微视", "杭州城"} {
		_, err := p.Lookup(text)
		var missing *projection.NotFoundError
		if !errors.As(err, &missing) || len(missing.Near) > 0 {
			t.Fatalf("%q: got error %v with %v", text, err, missing)
		}
		if near, err := missing.Suggest(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("%q: suggests %v, error %v", text, near, err)
		}
	}
}

func TestSearch(t *testing.T) {
	p := lookupSample(t)
	tests := []struct {
		text  string
		kinds []string
		want  []string
	}{
		{"海康", []string{"Company"}, []string{"海康机器人", "杭州海康威视数字技术股份有限公司"}},
		{"海康威视", nil, []string{"杭州海康威视数字技术股份有限公司"}},
		{"监控", nil, []string{"视频监控"}},
		{"大", nil, []string{"大连市", "浙江大华技术股份有限公司"}},
		{"不存在的", nil, nil},
		{" ", nil, nil},
		{"示例", nil, nil},
		{"haikang", []string{"Company"}, []string{"海康机器人", "杭州海康威视数字技术股份有限公司"}},
		{"Hai Kang Wei Shi", nil, []string{"杭州海康威视数字技术股份有限公司"}},
		{"hkws", nil, []string{"杭州海康威视数字技术股份有限公司"}},
		{"changchun", nil, []string{"长春市"}},
		{"aikang", nil, nil}, // from within a syllable
		{"kw", nil, nil},     // initials from within a name are too short
		{"haikang", []string{"Region"}, nil},
		{"002415", nil, []string{"杭州海康威视数字技术股份有限公司"}},
		{"sz002415", nil, []string{"杭州海康威视数字技术股份有限公司"}},
		{"91330000733796106p", nil, []string{"杭州海康威视数字技术股份有限公司"}},
		{"330100", nil, []string{"杭州市"}},
		{"aiot.video", nil, []string{"视频监控"}},
		{"002415", []string{"Link"}, nil},
	}
	for _, test := range tests {
		hits, err := p.Search(t.Context(), test.text, 10, test.kinds...)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range hits {
			got = append(got, p.Caption(h.Vertex))
		}
		ok := len(got) == len(test.want)
		for _, name := range test.want {
			found := false
			for _, g := range got {
				found = found || g == name
			}
			ok = ok && found
		}
		if !ok {
			t.Errorf("%q finds %v instead of %v", test.text, got, test.want)
		}
	}
	if hits, err := p.Search(t.Context(), "海康", 1); err != nil || len(hits) != 1 {
		t.Errorf("%d hits instead of one, %v", len(hits), err)
	}
	if hits, err := p.Search(t.Context(), "海康威视", 3); err != nil || hits[0].Property != "short_name" || hits[0].Score < 0.9 {
		t.Errorf("the short name is not the best hit: %+v, %v", hits, err)
	}
}

// FuzzSearch checks that no text, however broken, makes a search fail, and that
// its hits are in order and within the limit.
func FuzzSearch(f *testing.F) {
	for _, text := range []string{"海康", "杭州", "002415", "\xff\xfe", "", " ", "\xe6\xb5", strings.Repeat("股份", 1000)} {
		f.Add(text, 3)
	}
	f.Fuzz(func(t *testing.T, text string, limit int) {
		p, err := fuzzed()
		if err != nil {
			t.Fatal(err)
		}
		hits, err := p.Search(t.Context(), text, limit)
		if err != nil {
			t.Fatal(err)
		}
		if len(hits) > max(limit, 0) {
			t.Errorf("%d hits for a limit of %d", len(hits), limit)
		}
		for i, h := range hits {
			if h.Score <= 0 || h.Score > 1 || i > 0 && h.Score > hits[i-1].Score {
				t.Errorf("scores out of order: %+v", hits)
			}
		}
		if v, err := p.Lookup(text); err == nil && p.Node(v) == nil {
			t.Errorf("%q finds a vertex without a node", text)
		}
	})
}

// fuzzed is the projection that is fuzzed.
var fuzzed = sync.OnceValues(func() (*projection.Projection, error) {
	dir, err := os.MkdirTemp("", "projection")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	store, err := filestore.Open(filepath.Join(dir, "graph.db"), schema.Default())
	if err != nil {
		return nil, err
	}
	defer func() { _ = store.Close() }()
	if _, err := store.Apply(context.Background(), lookupBatch()); err != nil {
		return nil, err
	}
	return projection.Build(context.Background(), schema.Default(), store)
})
