package relatedness

// Matrix is a table of numbers, row after row in one slice.
type Matrix struct {
	Rows, Columns int
	Values        []float64
}

// NewMatrix returns a matrix of zeros.
func NewMatrix(rows, columns int) Matrix {
	return Matrix{Rows: rows, Columns: columns, Values: make([]float64, rows*columns)}
}

// At returns one number.
func (m Matrix) At(row, column int) float64 { return m.Values[row*m.Columns+column] }

// Row returns the numbers of a row, as a part of the matrix itself.
func (m Matrix) Row(row int) []float64 {
	return m.Values[row*m.Columns : (row+1)*m.Columns : (row+1)*m.Columns]
}

// RCA returns the revealed comparative advantage (Balassa 1965) of places in
// activities, given how much of each activity (column) each place (row) has:
// the share of the activity in the place divided by its share in all places.
// It is 0 where the place or the activity has nothing.
func RCA(amounts Matrix) Matrix {
	byPlace, byActivity, all := make([]float64, amounts.Rows), make([]float64, amounts.Columns), 0.0
	for p := range amounts.Rows {
		for a, x := range amounts.Row(p) {
			byPlace[p] += x
			byActivity[a] += x
			all += x
		}
	}
	rca := NewMatrix(amounts.Rows, amounts.Columns)
	for p := range amounts.Rows {
		row := rca.Row(p)
		for a, x := range amounts.Row(p) {
			if x != 0 {
				row[a] = (x / byPlace[p]) / (byActivity[a] / all)
			}
		}
	}
	return rca
}
