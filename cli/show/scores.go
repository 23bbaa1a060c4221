package show

import (
	"bytes"
	"encoding/csv"
	"strconv"

	"liantu/evaluate"
)

// Cells are rows of the score of every cell, and of the points of the terms where
// these are named.
func Cells(scores []evaluate.CellScore, terms []string) [][]string {
	rows := [][]string{append([]string{"region", "item", "score"}, terms...)}
	for _, s := range scores {
		row := []string{s.Region, s.Item, decimal(s.Score)}
		for _, points := range s.Points[:len(terms)] {
			row = append(row, decimal(points))
		}
		rows = append(rows, row)
	}
	return rows
}

// Ties are rows of the scores of the best suppliers, with the method that gave them.
func Ties(r *evaluate.TieReport) [][]string {
	rows := [][]string{{"supplier", "buyer", "score", "method"}}
	for _, s := range r.Scores {
		rows = append(rows, []string{s.Supplier, s.Buyer, decimal(s.Score), r.Ships.Method})
	}
	return rows
}

func decimal(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// CSV is rows as a file.
func CSV(rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	err := csv.NewWriter(&b).WriteAll(rows)
	return b.Bytes(), err
}
