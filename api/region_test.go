package api_test

import (
	"slices"
	"testing"

	"liantu/api"
	"liantu/graph"
)

// TestTheCompaniesOfARegionAreThoseOfGaps compares, over HTTP on the sample pack, the
// companies of regions of each level with what gaps reports and with those of the regions
// below.
func TestTheCompaniesOfARegionAreThoseOfGaps(t *testing.T) {
	base := serve(t, newSampleServer(t))
	const query = `query($region: ID!) {
		region(id: $region) { code companies { totalCount } here: companies(below: false) { totalCount }
			children(first: 100) { totalCount nodes { code parent { code } companies { totalCount } } } }
		gaps(region: $region, first: 0) { coverage { companies } } }`
	for _, region := range []string{"100000", "330000", "330100", "330106", "110000"} {
		answer := over(t, base, query, map[string]any{"region": region})
		r := at(t, answer, "data", "region")
		count := at(t, r, "companies", "totalCount").(float64)
		if known := at(t, answer, "data", "gaps", "coverage", "companies"); count != known {
			t.Errorf("%s has %v companies, and %v by gaps", region, count, known)
		}
		sum := at(t, r, "here", "totalCount").(float64)
		var codes []string
		for _, child := range at(t, r, "children", "nodes").([]any) {
			sum += at(t, child, "companies", "totalCount").(float64)
			codes = append(codes, at(t, child, "code").(string))
			if at(t, child, "parent", "code") != region {
				t.Errorf("%v is below %s", child, region)
			}
		}
		if sum != count || count == 0 || !slices.IsSorted(codes) || at(t, r, "children", "totalCount") != float64(len(codes)) {
			t.Errorf("%s has %v companies; itself and %v have %v", region, count, codes, sum)
		}
	}
}

// TestCompaniesThatEndedAreOfNoRegion lists the companies of a region of which one was
// deregistered.
func TestCompaniesThatEndedAreOfNoRegion(t *testing.T) {
	w := newWorld(t)
	w.apply(t, graph.Batch{Nodes: []graph.NodeDraft{thing(t, "Company", map[string]any{"stock_code": "000002.SZ", "status": "DEREGISTERED"}, registered)}})
	if _, err := w.live.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := newServer(t, w, nil)
	answer := ask(t, s, api.Request{Query: `{ region(id: "320500") { companies { totalCount nodes { stockCode } } children { totalCount } locatedHere { nodes { id } } }
		country: region(id: "100000") { here: companies(below: false) { totalCount } children { nodes { code } } }
		gaps(region: "320500") { coverage { companies } } }`})
	region := at(t, answer, "data", "region")
	if at(t, region, "companies", "totalCount") != 1.0 || at(t, region, "companies", "nodes", 0, "stockCode") != "000001.SZ" ||
		at(t, answer, "data", "gaps", "coverage", "companies") != 1.0 || len(at(t, region, "locatedHere", "nodes").([]any)) != 2 {
		t.Errorf("got %v", answer)
	}
}
