package place

import (
	"cmp"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strconv"

	"liantu/message"
)

// Model is the points table of the score and the probabilities from which on it reached a
// precision.
type Model struct {
	points    vector
	precision *matrix   // of the points, nil where it is not known
	reached   []reached // by precision, the least first
}

// reached says that, of the pairs of company and link with at least a probability, a part
// was right, and how many of those that are right were among them.
type reached struct {
	precision, probability, recall float64
}

// ReadModel reads points.csv, thresholds.csv and certainty.csv of a folder.
func ReadModel(fsys fs.FS) (*Model, error) {
	m := &Model{precision: &matrix{}}
	seen := map[string]bool{}
	err := errors.Join(
		readTable(fsys, "points.csv", func(row map[string]string) error {
			i := slices.IndexFunc(terms[:], func(t Term) bool { return t.Name == row["term"] })
			if i < 0 {
				return message.Errorf("unknown term %q", row["term"])
			}
			points, err := strconv.ParseFloat(row["points"], 64)
			m.points[i], seen[row["term"]] = points, true
			return err
		}),
		readTable(fsys, "thresholds.csv", func(row map[string]string) error {
			var r reached
			err := errors.Join(number(row["precision"], &r.precision), number(row["probability"], &r.probability), number(row["recall"], &r.recall))
			m.reached = append(m.reached, r)
			return err
		}),
		readTable(fsys, "certainty.csv", m.readCertainty))
	if err == nil && len(seen) != int(termCount) {
		err = message.Errorf("points.csv: %d of %d terms", len(seen), int(termCount))
	}
	slices.SortFunc(m.reached, func(a, b reached) int { return cmp.Compare(a.precision, b.precision) })
	return m, err
}

// readCertainty reads a row of the precision of the points; the table is symmetric.
func (m *Model) readCertainty(row map[string]string) error {
	i := slices.IndexFunc(terms[:], func(t Term) bool { return t.Name == row["term"] })
	if i < 0 {
		return message.Errorf("unknown term %q", row["term"])
	}
	var errs []error
	for j := range i + 1 {
		errs = append(errs, number(row[terms[j].Name], &m.precision[i][j]))
		m.precision[j][i] = m.precision[i][j]
	}
	return errors.Join(errs...)
}

func number(text string, into *float64) (err error) {
	*into, err = strconv.ParseFloat(text, 64)
	return err
}

// Write writes points.csv and thresholds.csv, the same bytes for the same model.
func (m *Model) Write(points, thresholds io.Writer) error {
	p, t := csv.NewWriter(points), csv.NewWriter(thresholds)
	rows := [][]string{{"term", "points", "zh", "en"}}
	for i, term := range terms {
		rows = append(rows, []string{term.Name, strconv.FormatFloat(m.points[i], 'f', 3, 64), term.Zh, term.En})
	}
	levels := [][]string{{"precision", "probability", "recall"}}
	for _, r := range m.reached {
		levels = append(levels, []string{strconv.FormatFloat(r.precision, 'f', 2, 64), strconv.FormatFloat(r.probability, 'f', 3, 64), strconv.FormatFloat(r.recall, 'f', 3, 64)})
	}
	return errors.Join(p.WriteAll(rows), t.WriteAll(levels))
}

// WriteCertainty writes certainty.csv, the precision of the points: how much the examples
// say of each and of each two, to six digits. Judgements are weighed against it.
func (m *Model) WriteCertainty(to io.Writer) error {
	head := []string{"term"}
	for _, term := range terms {
		head = append(head, term.Name)
	}
	rows := [][]string{head}
	for i, term := range terms {
		row := make([]string, len(head))
		row[0] = term.Name
		for j := range i + 1 {
			row[j+1] = strconv.FormatFloat(m.precision[i][j], 'g', 6, 64)
		}
		rows = append(rows, row)
	}
	return csv.NewWriter(to).WriteAll(rows)
}

// Threshold returns the probability from which on the model reached a precision.
func (m *Model) Threshold(precision float64) (float64, error) {
	for _, r := range m.reached {
		if r.precision >= precision-1e-9 {
			return r.probability, nil
		}
	}
	best := 0.0
	for _, r := range m.reached {
		best = max(best, r.precision)
	}
	return 0, message.Errorf("precision %g: not reached; the greatest that was is %g", precision, best)
}

// probability of a vector of terms: 1/(1 + e^−w·x).
func (m *Model) probability(x *vector) float64 { return logistic(dot(m.points[:], x[:])) }
