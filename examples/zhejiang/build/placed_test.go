package main

import (
	"maps"
	"testing"

	"liantu/examples/zhejiang/picture"
	"liantu/graph/placements"
)

// TestPlacementsAreThoseOfTheProgram places the companies of the pack as it is embedded and
// checks that it holds just what comes of it, so that liantu place changes nothing.
func TestPlacementsAreThoseOfTheProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("it loads the sample pack")
	}
	live, err := picture.New(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	again := pack{}
	if _, err := again.place(t.Context(), live.Current()); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"OPERATES_IN", "MAY_OPERATE_IN"} {
		rows, err := readCSV(packFolder, kind+".csv")
		if err != nil {
			t.Fatal(err)
		}
		held, made := map[string]string{}, map[string]string{}
		for _, r := range rows {
			if r["source"] == placements.Source {
				held[r["from"]+" "+r["to"]] = r["probability"] + " " + r["evidence"] + " " + r["as_of"] + " " + r["grade"]
			}
		}
		for _, r := range again[kind] {
			made[r["from"]+" "+r["to"]] = r["probability"] + " " + r["evidence"] + " " + r["as_of"] + " " + r["grade"]
		}
		if len(held) < 1000 || !maps.Equal(held, made) {
			t.Errorf("%s: the pack holds %d placements, the program makes %d; run go run ./examples/zhejiang/build", kind, len(held), len(made))
		}
	}
}
