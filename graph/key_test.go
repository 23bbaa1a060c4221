package graph_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"liantu/graph"
	"liantu/schema"
)

func TestKeysOf(t *testing.T) {
	tests := []struct {
		name  string
		props map[string]any
		want  []graph.Key
	}{
		{"nothing identifies", map[string]any{"note": "x", "town": "青山"}, nil},
		{
			"a name beside a code is no key",
			map[string]any{"name": "甲", "town": "青山", "code": "1"},
			[]graph.Key{"Firm/code=1"},
		},
		{"a later property may be absent", map[string]any{"name": "甲"}, []graph.Key{"Firm/name=甲&town="}},
		{"an empty value is absent", map[string]any{"name": "", "town": "青山"}, nil},
		{
			"names are normalised",
			map[string]any{"name": " Ａcme ", "code": ""},
			[]graph.Key{"Firm/name=acme&town="},
		},
		{"separators are escaped", map[string]any{"code": "a&c=d%e"}, []graph.Key{"Firm/code=a%26c%3Dd%25e"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := graph.KeysOf(model().Node("Firm"), tt.props)
			if !slices.Equal(got, tt.want) {
				t.Errorf("the keys are %q, want %q", got, tt.want)
			}
		})
	}
}

func TestKeysOfEveryType(t *testing.T) {
	kind := &schema.Kind{Name: "K", Properties: []*schema.Property{
		{Name: "i", Type: schema.TypeInt},
		{Name: "f", Type: schema.TypeFloat},
		{Name: "b", Type: schema.TypeBool},
		{Name: "s", Type: schema.TypeTexts},
		{Name: "u", Type: schema.TypeUSCC},
	}, Identify: [][]string{{"i"}, {"f"}, {"b"}, {"s"}, {"u"}}}
	props := map[string]any{"i": int64(-7), "f": .5, "b": true, "s": []string{"a", "B"}, "u": "91110000600037341L"}
	want := []graph.Key{"K/i=-7", "K/f=0.5", "K/b=true", "K/s=a\nB", "K/u=91110000600037341L"}
	if got := graph.KeysOf(kind, props); !slices.Equal(got, want) {
		t.Errorf("the keys are %q, want %q", got, want)
	}
}

func TestNewKeyKeepsValuesApart(t *testing.T) {
	text := rapid.StringOf(rapid.RuneFrom([]rune("ab/&=%25")))
	rapid.Check(t, func(t *rapid.T) {
		a := []string{text.Draw(t, "a0"), text.Draw(t, "a1")}
		b := []string{text.Draw(t, "b0"), text.Draw(t, "b1")}
		names := []string{"name", "town"}
		ka, kb := graph.NewKey("Firm", names, a), graph.NewKey("Firm", names, b)
		if (ka == kb) != slices.Equal(a, b) {
			t.Errorf("%q and %q give the keys %q and %q", a, b, ka, kb)
		}
		if ka.Kind() != "Firm" {
			t.Errorf("the kind of %q is %q", ka, ka.Kind())
		}
	})
}

func TestKeyKind(t *testing.T) {
	for k, want := range map[graph.Key]string{
		"Firm/code=1": "Firm", graph.IDKey(namer().NodeID("Firm/code=1")): "", "": "", "Firm": "",
	} {
		if got := k.Kind(); got != want {
			t.Errorf("the kind of %q is %q, want %q", k, got, want)
		}
	}
}

func TestDiscriminator(t *testing.T) {
	one := &schema.Kind{Key: []string{"role"}}
	two := &schema.Kind{Key: []string{"role", "since"}}
	tests := []struct {
		kind  *schema.Kind
		props map[string]any
		want  string
	}{
		{&schema.Kind{}, map[string]any{"role": "CEO"}, ""},
		{one, nil, ""},
		{one, map[string]any{"role": "CEO"}, "CEO"},
		{one, map[string]any{"role": "a/b"}, "a%2Fb"},
		{two, map[string]any{"role": "CEO", "since": "2016"}, "CEO/2016"},
		{two, map[string]any{"role": "CEO"}, "CEO"},
		{two, map[string]any{"since": "2016"}, "/2016"},
		{two, map[string]any{"since": int64(2016)}, "/2016"},
		{two, map[string]any{}, ""},
	}
	for _, tt := range tests {
		if got := graph.Discriminator(tt.kind, tt.props); got != tt.want {
			t.Errorf("the discriminator of %v is %q, want %q", tt.props, got, tt.want)
		}
	}
}

func TestIDs(t *testing.T) {
	bytes := rapid.SliceOfN(rapid.Byte(), 16, 16)
	rapid.Check(t, func(t *rapid.T) {
		a, b := [16]byte(bytes.Draw(t, "a")), [16]byte(bytes.Draw(t, "b"))
		ia, ib := graph.IDFromBytes(a), graph.IDFromBytes(b)
		if got, ok := ia.Bytes(); !ok || got != a {
			t.Errorf("the id %q of %x gives back %x, %v", ia, a, got, ok)
		}
		if strings.Compare(string(ia), string(ib)) != slices.Compare(a[:], b[:]) {
			t.Errorf("the ids %q and %q sort differently from their bytes", ia, ib)
		}
	})
	for _, id := range []graph.ID{
		"", "abc", graph.ID(strings.Repeat("0", 27)), graph.ID(strings.Repeat("w", 26)),
		graph.ID(strings.Repeat("A", 26)), graph.ID(strings.Repeat("0", 25) + "1"), graph.ID(strings.Repeat("0", 25) + "\n"),
	} {
		if raw, ok := id.Bytes(); ok {
			t.Errorf("%q, which is not an id, gives %x", id, raw)
		}
	}
	// Ids are stored in files and seen by users: how they are made must not change.
	if got := namer().NodeID("Company/stock_code=600519.SH"); got != "hq3fronim57shavqehnmc5mnqg" {
		t.Errorf("the id of a node is %q", got)
	}
	if got := firmEdge("SUPPLIES", namer().NodeID("a"), namer().NodeID("b"), "x"); got != "pabo24ma3f19a9gc5g216tsb48" {
		t.Errorf("the id of an edge is %q", got)
	}
	if from := namer().NodeID("a"); firmEdge("SUPPLIES", from, from, "")[:9] != from[:9] {
		t.Error("the id of an edge does not start like the id of its first node")
	}
}

func TestFallbackText(t *testing.T) {
	firm := model().Node("Firm")
	text := rapid.StringOfN(rapid.RuneFrom([]rune("甲乙ab/&=%253DF")), 1, 9, -1)
	rapid.Check(t, func(t *rapid.T) {
		name, town := text.Draw(t, "name"), text.Draw(t, "town")
		k := graph.NewKey("Firm", []string{"name", "town"}, []string{name, town})
		if got, ok := graph.FallbackText(firm, k); !ok || got != name {
			t.Errorf("the name in %q is %q, %v", k, got, ok)
		}
	})
	for _, k := range []graph.Key{codeKey("甲"), "Town/code=1", graph.IDKey(namer().NodeID("a")), ""} {
		if got, ok := graph.FallbackText(firm, k); ok {
			t.Errorf("the key %q is of a fallback group, with %q", k, got)
		}
	}
	if _, ok := graph.FallbackText(schema.Default().Node("Product"), "Product/name=b"); ok {
		t.Error("a kind without fallback groups has a key of one")
	}
}
