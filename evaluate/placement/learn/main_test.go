package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"liantu/place"
)

// TestPointsFollowFromTheLabels: the points table is what the labels and the texts give, to
// the byte, wherever the texts are at hand.
func TestPointsFollowFromTheLabels(t *testing.T) {
	prints(t, func(o *options) { o.check = true }, "taught nothing", "manufacturers", "taught the points")
}

func TestMissedIsPrinted(t *testing.T) {
	prints(t, func(o *options) { o.missed = true }, "lines@5", "no word names any link of the chain")
}

func TestCrossIsPrinted(t *testing.T) {
	prints(t, func(o *options) { o.cross, o.parts, o.precision = true, 2, .8 }, "in 2 parts", "manufacturers")
}

func TestCurveIsPrinted(t *testing.T) {
	prints(t, func(o *options) { o.curve, o.shares = true, []float64{1. / 8} }, "0.125", "0 of 5")
}

// root is the folder of the module.
var root = filepath.Join("..", "..", "..")

// texts are read once for all tests.
var texts = sync.OnceValues(func() (ground, error) {
	links, companies, err := read(context.Background(), filepath.Join(root, "..", "shared", "data"), filepath.Join(root, "evaluate", "placement", "labels", "labels.csv"))
	return ground{links, companies}, err
})

type ground struct {
	links     []place.Link
	companies []company
}

// prints runs the program with the flags that set gives; what it prints holds some words.
func prints(t *testing.T, set func(*options), words ...string) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(root, "..", "shared", "data", "placement")); err != nil {
		t.Skipf("the texts are not here: %v", err)
	}
	on, err := texts()
	if err != nil {
		t.Fatal(err)
	}
	o := options{out: filepath.Join(root, "place", "tables"), precision: .9}
	set(&o)
	var printed strings.Builder
	if err := run(t.Context(), &printed, o, on.links, on.companies); err != nil {
		t.Error(err)
	}
	for _, word := range words {
		if !strings.Contains(printed.String(), word) {
			t.Errorf("%q is missing:\n%s", word, printed.String())
		}
	}
}
