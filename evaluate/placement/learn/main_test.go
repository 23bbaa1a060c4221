package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestPointsFollowFromTheLabels: the points table is what the labels and the texts give, to
// the byte, wherever the texts are at hand.
func TestPointsFollowFromTheLabels(t *testing.T) {
	root := filepath.Join("..", "..", "..")
	data := filepath.Join(root, "..", "shared", "data")
	if _, err := os.Stat(filepath.Join(data, "placement")); err != nil {
		t.Skipf("the texts are not here: %v", err)
	}
	if err := learn(t.Context(), data, filepath.Join(root, "evaluate", "placement", "labels", "labels.csv"), filepath.Join(root, "place", "tables"), true, .9, false); err != nil {
		t.Error(err)
	}
}
