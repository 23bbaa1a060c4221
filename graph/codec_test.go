package graph_test

import (
	"bytes"
	"errors"
	"math"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"liantu/graph"
)

func anyID() *rapid.Generator[graph.ID] {
	return rapid.OneOf(
		rapid.Map(rapid.String(), func(s string) graph.ID { return namer().NodeID(graph.Key(s)) }),
		rapid.Map(rapid.String(), func(s string) graph.ID { return graph.ID(s) }),
	)
}

func anyFacts(t *rapid.T) []graph.Fact {
	facts := rapid.SliceOfN(anyFact(), 0, 20).Draw(t, "facts")
	if len(facts) == 0 {
		return nil
	}
	return facts
}

func anyNode(t *rapid.T) *graph.Node {
	n := &graph.Node{
		ID: anyID().Draw(t, "id"), Kind: rapid.String().Draw(t, "kind"),
		Version: graph.Version(rapid.Int64Min(0).Draw(t, "version")), Facts: anyFacts(t),
	}
	for _, k := range rapid.SliceOf(rapid.String()).Draw(t, "keys") {
		n.Keys = append(n.Keys, graph.Key(k))
	}
	return n
}

func anyEdge(t *rapid.T) *graph.Edge {
	return &graph.Edge{
		ID: anyID().Draw(t, "id"), Kind: rapid.String().Draw(t, "kind"),
		From: anyID().Draw(t, "from"), To: anyID().Draw(t, "to"),
		Discriminator: rapid.String().Draw(t, "discriminator"),
		Version:       graph.Version(rapid.Int64Min(0).Draw(t, "version")), Facts: anyFacts(t),
	}
}

func TestCodecRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, e := anyNode(t), anyEdge(t)
		data, err := graph.AppendNode([]byte("before"), n)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := graph.DecodeNode(data[len("before"):]); err != nil || !reflect.DeepEqual(got, n) {
			t.Errorf("the node %+v comes back as %+v, %v", n, got, err)
		}
		data, err = graph.AppendEdge(nil, e)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := graph.DecodeEdge(data); err != nil || !reflect.DeepEqual(got, e) {
			t.Errorf("the edge %+v comes back as %+v, %v", e, got, err)
		}
		data, err = graph.AppendFacts(nil, n.Facts)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := new(graph.Decoder).Facts(data); err != nil || !reflect.DeepEqual(got, n.Facts) {
			t.Errorf("the facts %+v come back as %+v, %v", n.Facts, got, err)
		}
	})
}

func TestDecoderCopiesWhatItReads(t *testing.T) {
	n := sampleNode()
	data, err := graph.AppendNode(nil, n)
	if err != nil {
		t.Fatal(err)
	}
	got, err := new(graph.Decoder).Node(data)
	if err != nil {
		t.Fatal(err)
	}
	clear(data)
	if !reflect.DeepEqual(got, n) {
		t.Errorf("after its bytes were overwritten the node is %+v", got)
	}
}

func sampleNode() *graph.Node {
	return &graph.Node{
		ID: namer().NodeID("Firm/code=1"), Kind: "Firm", Keys: []graph.Key{"Firm/code=1", "Firm/name=甲&town="}, Version: 300,
		Facts: []graph.Fact{
			fact("", nil, "list", "2023", graph.GradeD), fact("capital", 1234.5, "list", "2023", graph.GradeD),
			fact("listed", true, "register", "2024-05-31", graph.GradeA), fact("note", "光刻胶", "list", "2023", graph.GradeD),
			fact("staff", int64(-1), "list", "2023", graph.GradeD), fact("staff", int64(math.MaxInt64), "register", "2023", graph.GradeA),
			assumed(fact("staff", int64(5), "list", "2023", graph.GradeD)),
			fact("tags", []string{"a", "b"}, "list", "2023", graph.GradeD),
		},
	}
}

func TestDecodeRefusesDamage(t *testing.T) {
	data, err := graph.AppendNode(nil, sampleNode())
	if err != nil {
		t.Fatal(err)
	}
	for n := range data {
		if got, err := graph.DecodeNode(data[:n]); err == nil {
			t.Errorf("the first %d of %d bytes are read as %+v", n, len(data), got)
		}
	}
	if _, err := graph.DecodeNode(append(bytes.Clone(data), 0)); err == nil {
		t.Error("data with one byte too many is read")
	}
	newer := bytes.Clone(data)
	newer[0]++
	if _, err := graph.DecodeNode(newer); err == nil {
		t.Error("a newer version is read")
	}
}

func TestAppendRefusesForeignTypes(t *testing.T) {
	n := &graph.Node{Facts: []graph.Fact{fact("staff", 7, "list", "2023", graph.GradeD)}}
	if _, err := graph.AppendNode(nil, n); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("a value of type int gives %v", err)
	}
	if _, err := graph.AppendEdge(nil, &graph.Edge{Facts: n.Facts}); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("a value of type int gives %v", err)
	}
}

// FuzzDecode feeds any bytes to the decoder. What it reads without an error
// must survive being written and read again.
func FuzzDecode(f *testing.F) {
	node, err := graph.AppendNode(nil, sampleNode())
	if err != nil {
		f.Fatal(err)
	}
	edge, err := graph.AppendEdge(nil, &graph.Edge{
		ID: firmEdge("SUPPLIES", "a", "b", "x"), Kind: "SUPPLIES", From: "a", To: namer().NodeID("b"), Discriminator: "x",
		Facts: sampleNode().Facts,
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(node)
	f.Add(edge)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		if n, err := graph.DecodeNode(data); err == nil {
			again, err := graph.AppendNode(nil, n)
			if err != nil {
				t.Fatal(err)
			}
			m, err := graph.DecodeNode(again)
			if err != nil || !equalBytes(t, n, m) {
				t.Errorf("%+v comes back as %+v, %v", n, m, err)
			}
		}
		if e, err := graph.DecodeEdge(data); err == nil {
			again, err := graph.AppendEdge(nil, e)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := graph.DecodeEdge(again); err != nil {
				t.Error(err)
			}
		}
	})
}

// equalBytes compares nodes by their bytes, for which NaN equals itself.
func equalBytes(t *testing.T, a, b *graph.Node) bool {
	t.Helper()
	x, errX := graph.AppendNode(nil, a)
	y, errY := graph.AppendNode(nil, b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

func BenchmarkCodec(b *testing.B) {
	n := sampleNode()
	data, err := graph.AppendNode(nil, n)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("append", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if data, err = graph.AppendNode(data[:0], n); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("decode", func(b *testing.B) {
		b.ReportAllocs()
		var d graph.Decoder
		for b.Loop() {
			if _, err := d.Node(data); err != nil {
				b.Fatal(err)
			}
		}
	})
}
