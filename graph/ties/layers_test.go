package ties_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/ties"
	"liantu/graph/tuning"
)

const layerGraph = `
region 100000 全国
region 330000 浙江省
region 330100 杭州市
region 440000 广东省
region 440300 深圳市
ecosystem aiot 智能物联
chain car 汽车 in aiot
link car.battery 电池 in car
link car.glass 玻璃 in car
link car.whole 整车 in car
link car.chip 芯片 in car
feeds car.battery car.whole value_share=0.4
feeds car.glass car.whole
feeds car.chip car.whole layer=VALUE
company 整车厂 at 330100 in car.whole! employees=9000
company 电池厂 at 440300 in car.battery car.chip employees=5000
company 杭电 at 330100 in car.battery employees=50
company 玻璃厂 in car.glass employees=70
supplies 电池厂 整车厂
supplies 杭电 整车厂
`

func TestLayers(t *testing.T) {
	p := questiontest.TextPicture(t, layerGraph)
	for layer, want := range map[ties.Layer]string{
		ties.IndustryLayer: "car.battery>car.whole 1 ×1 -; car.glass>car.whole 1 ×1 -",
		ties.ValueLayer:    "car.battery>car.whole 1 ×1 0.4; car.chip>car.whole 1 ×1 -",
		ties.SupplyLayer:   "car.battery>car.whole 1.5 ×2 -; car.chip>car.whole 0.5 ×1 -",
		ties.FinanceLayer:  "",
	} {
		answer, err := ties.LayerTiesOf(t.Context(), p, tuning.Default(), ties.LayerQuestion{Scope: []string{"car"}, Layer: layer})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, tie := range answer.Ties {
			share := "-"
			if x, ok := tie.Share.Get(); ok {
				share = fmt.Sprint(x)
			}
			got = append(got, fmt.Sprintf("%s>%s %v ×%d %s", p.Code(tie.From), p.Code(tie.To), tie.Weight, tie.Count, share))
		}
		if text := strings.Join(got, "; "); text != want {
			t.Errorf("%s: %s, want %s", layer, text, want)
		}
	}
	for _, q := range []ties.LayerQuestion{{Layer: "SOUND"}, {MinGrade: "E"}, {Region: "000000"}, {Scope: []string{"none"}}} {
		if _, err := ties.LayerTiesOf(t.Context(), p, tuning.Default(), q); !errors.Is(err, graph.ErrInvalid) && !errors.Is(err, graph.ErrNotFound) {
			t.Errorf("%+v: error %v", q, err)
		}
	}
}

// TestSupplyLayerKeepsWeight checks on random graphs that folding neither loses
// nor makes weight: what it holds in all is the number of supplies between
// companies at links and those that are the same, less what stays within one link.
func TestSupplyLayerKeepsWeight(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := questiontest.Picture(t, rt, questiontest.Store(t, rt, questiontest.Random(rt)))
		answer, err := ties.LayerTiesOf(t.Context(), p, tuning.Default(), ties.LayerQuestion{Layer: ties.SupplyLayer, MinGrade: graph.GradeD})
		if err != nil {
			rt.Fatal(err)
		}
		got := 0.0
		for _, tie := range answer.Ties {
			got += tie.Weight
			if tie.From == tie.To || tie.Weight <= 0 || len(tie.Edges) == 0 {
				rt.Fatalf("tie %+v", tie)
			}
		}
		if want := supplyWeight(p); math.Abs(got-want) > 1e-9 {
			rt.Fatalf("weight %v, want %v", got, want)
		}
	})
}

// supplyWeight counts edge by edge what the supply layer should hold.
func supplyWeight(p *projection.Projection) float64 {
	at := func(company projection.Vertex) map[projection.Vertex]bool {
		links := map[projection.Vertex]bool{}
		for number := range int32(p.EdgeCount(projection.OperatesIn)) {
			if _, from, to := p.Edge(projection.OperatesIn, number); from == company && p.Current(projection.OperatesIn, number) {
				for _, same := range p.Same(to) {
					links[same] = true
				}
			}
		}
		return links
	}
	total := 0.0
	for number := range int32(p.EdgeCount(projection.Supplies)) {
		_, from, to := p.Edge(projection.Supplies, number)
		if !p.Current(projection.Supplies, number) {
			continue
		}
		sources, targets := at(from), at(to)
		for a := range sources {
			for b := range targets {
				if !slices.Contains(p.Same(a), b) {
					total += 1 / float64(len(sources)*len(targets))
				}
			}
		}
	}
	for number := range int32(p.EdgeCount(projection.Feeds)) {
		edge, from, to := p.Edge(projection.Feeds, number)
		if layer, _ := edge.Get("layer"); layer == "SUPPLY" && from != to && p.Current(projection.Feeds, number) {
			total++
		}
	}
	return total
}

func TestAnchor(t *testing.T) {
	p := questiontest.TextPicture(t, layerGraph)
	answer, err := ties.Anchor(t.Context(), p, tuning.Default(), ties.AnchorQuestion{Company: "整车厂"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range answer.Links {
		names := func(list []projection.Vertex) string {
			var out []string
			for _, v := range list {
				out = append(out, p.Caption(v))
			}
			return strings.Join(out, "+")
		}
		got = append(got, fmt.Sprintf("%s %s here:%s elsewhere:%s", p.Code(l.Verdict.Link), l.Basis, names(l.Here), names(l.Elsewhere)))
	}
	want := []string{
		"car.chip SUPPLIES here: elsewhere:电池厂",
		"car.battery SUPPLIES here:杭电 elsewhere:电池厂",
		"car.glass FEEDS here: elsewhere:",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) || answer.Suppliers != 2 || p.Code(answer.Region) != "330100" {
		t.Errorf("links\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if _, err := ties.Anchor(t.Context(), p, tuning.Default(), ties.AnchorQuestion{Company: "玻璃厂"}); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("an anchor without a place: %v", err)
	}
}
