package rows

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// shape is what the cells of a row say about whether it is a header.
type shape struct {
	filled   int  // cells with a text, without those of units
	like     int  // those that look like heads
	known    int  // heads that are known
	distinct bool // no text occurs twice
	label    bool // a cell holds a label with its value, such as 联系人：张三
}

// looks reports whether the row looks like a header: all its texts are distinct
// and look like heads.
func (s *shape) looks() bool { return s.filled > 0 && s.like == s.filled && s.distinct }

// sure reports whether the known heads suffice to take the row for a header.
func (s *shape) sure() bool { return s.known >= 2 || s.known > 0 && 2*s.known >= s.filled }

func shapeOf(cells []cell, heads func(string) bool) shape {
	s := shape{distinct: true}
	seen := map[string]bool{}
	for _, c := range cells[:min(len(cells), MaxColumns)] {
		name := headText(c.text)
		if name == "" || unitCell.MatchString(name) {
			continue
		}
		s.filled++
		s.label = s.label || isLabel(name)
		if looksLikeHead(name) {
			s.like++
		}
		if heads(name) {
			s.known++
		}
		s.distinct = s.distinct && !seen[name]
		seen[name] = true
	}
	return s
}

// maxHead is the most characters of a text that looks like a head.
const maxHead = 60

var (
	unitCell   = regexp.MustCompile(`^[(（【\[]?(金额|计量|货币)?单位\s*[:：]`)
	unitLabel  = regexp.MustCompile(`(^|[^\p{Han}])(金额|计量|货币)?单位\s*[:：]`)
	remark     = regexp.MustCompile(`[(（【\[][^()（）【】\[\]]*[)）】\]]`)
	labelValue = regexp.MustCompile(`\p{Han}\s*(：\s*\S|:\s*[\p{Han}0-9])`)
	dayText    = regexp.MustCompile(`^[0-9]{4}\s*(年\s*[0-9]{1,2}\s*月(\s*[0-9]{1,2}\s*日)?|[-/.][0-9]{1,2}[-/.][0-9]{1,2}.*)$`)
)

// isLabel reports whether a text is a label with its value.
func isLabel(text string) bool {
	if !strings.ContainsAny(text, ":：") {
		return false
	}
	return labelValue.MatchString(unitLabel.ReplaceAllString(remark.ReplaceAllString(text, ""), ""))
}

// looksLikeHead reports whether a text may be a head: it is short, no number, day
// or code, no sentence, and no label with its value.
func looksLikeHead(text string) bool {
	count, letters, digits, ascii := 0, 0, 0, true
	for _, r := range text {
		if count++; count > maxHead || r == '。' {
			return false
		}
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digits++
		}
		ascii = ascii && r < utf8.RuneSelf
	}
	if letters == 0 || ascii && digits >= letters {
		return false
	}
	return (digits < 5 || !dayText.MatchString(text)) && !isLabel(text)
}

// chooseHeader returns the position of the header, or of one of its rows; -1 if
// all rows are blank. Without heads that are known it is the first row that is
// not blank. Else it is the first row of which at least two cells, or half of
// them, are known heads, or the row with most of them. A row of one cell, such as
// a title, yields to a row of several that has known heads.
//
// A row of data may hold texts that are heads. So if a row above it has as many
// cells and looks like a header, that row is the header, whether its heads are
// known or not. A header stands below such a row, of field names for example,
// only if it looks like a header itself, most of its cells are known heads, and
// the row below it is not of this kind too. If the row found does
// not look like a header, for it holds codes or a text twice, the first row with
// as many cells is the header if it may be one: most of its texts look like heads
// and none is a label with its value. Rows above the header are titles, notes and
// lines of units: they have fewer cells.
//
// If no head is known, the header is the first row that looks like one and has
// half as many cells as the fullest row, if the first row has fewer.
func chooseHeader(rows []gridRow, heads func(string) bool) int {
	first := -1
	shapes := make([]shape, len(rows))
	for i := range rows {
		if rows[i].rec.Blank {
			continue
		}
		if first < 0 {
			first = i
		}
		if heads == nil {
			return first
		}
		if rows[i].rec.Err == nil {
			shapes[i] = shapeOf(rows[i].cells, heads)
		}
	}
	found := mostKnown(shapes)
	if found < 0 {
		return unknownHeader(shapes, first)
	}
	f := &shapes[found]
	if outweighsAbove(shapes, found) {
		return found
	}
	for i := range shapes[:found] {
		s := &shapes[i]
		may := s.looks() || !f.looks() && !s.label && 2*s.like > s.filled
		if may && s.filled >= max(2, f.filled) {
			return i
		}
	}
	return found
}

// mostKnown returns the row that is the header by its known heads; -1 if there
// are none.
func mostKnown(shapes []shape) int {
	alone, most := -1, -1
	for i := range shapes {
		switch s := &shapes[i]; {
		case s.sure() && s.filled > 1:
			return i
		case s.sure() && alone < 0:
			alone = i
		case s.known > 0 && s.filled > 1 && (most < 0 || s.known > shapes[most].known):
			most = i
		}
	}
	if alone >= 0 && (most < 0 || !shapes[most].looks()) {
		return alone
	}
	return most
}

// outweighsAbove reports whether a row is the header even below a row that looks
// like one.
func outweighsAbove(shapes []shape, found int) bool {
	f := &shapes[found]
	if !f.looks() || f.known < 2 || 2*f.known <= f.filled {
		return false
	}
	for i := range shapes[found+1:] {
		if s := &shapes[found+1+i]; s.filled > 0 {
			return !s.sure()
		}
	}
	return true
}

// unknownHeader returns the header of a table of unknown heads.
func unknownHeader(shapes []shape, first int) int {
	width := 0
	for i := range shapes {
		width = max(width, shapes[i].filled)
	}
	if first < 0 || 2*shapes[first].filled >= width {
		return first
	}
	for i := range shapes {
		if s := &shapes[i]; s.looks() && 2*s.filled >= width {
			return i
		}
	}
	return first
}

// headerBlock returns the first and the last row of the header of which one row
// is at a position.
func headerBlock(rows []gridRow, at int, heads func(string) bool) (top, bottom int) {
	top, bottom = at, at
	for up := beside(rows, top, -1); up >= 0 && isReached(rows[top].cells); up = beside(rows, top, -1) {
		top = up
	}
	for down := beside(rows, top, 1); down >= 0 && isReached(rows[down].cells); down = beside(rows, bottom, 1) {
		bottom = down
	}
	if top < bottom {
		return top, max(bottom, at)
	}
	if up := beside(rows, at, -1); up >= 0 && groupsAbove(rows[up].cells, rows[at].cells, heads) {
		return up, at
	}
	down := beside(rows, at, 1)
	if down < 0 || sameTexts(rows[at].cells, rows[down].cells) {
		return at, at
	}
	if headsBelow(rows[at].cells, rows[down].cells, heads) || isTranslation(rows, down, heads) {
		return at, down
	}
	return at, at
}

// beside returns the next row in a direction that is not blank; -1 if there is
// none or it cannot be read.
func beside(rows []gridRow, at, step int) int {
	for at += step; at >= 0 && at < len(rows); at += step {
		if rows[at].rec.Err != nil {
			return -1
		}
		if !rows[at].rec.Blank {
			return at
		}
	}
	return -1
}

// isReached reports whether a cell of the row above extends into a row.
func isReached(cells []cell) bool {
	return slices.ContainsFunc(cells, func(c cell) bool { return c.upper })
}

// groupsAbove reports whether a row above a header names groups of its columns:
// the header lacks names that it has, or has names twice, in different groups.
func groupsAbove(upper, lower []cell, heads func(string) bool) bool {
	s := shapeOf(upper, heads)
	if !s.looks() || s.filled < 2 || s.filled < countFilled(upper) {
		return false
	}
	group := 0
	groups := map[string]int{}
	for i := range max(len(upper), len(lower)) {
		name := headText(at(lower, i).text)
		if headText(at(upper, i).text) != "" {
			if group = i + 1; name == "" {
				return true
			}
		}
		if other, ok := groups[name]; name != "" && ok && other != group {
			return true
		}
		groups[name] = group
	}
	return false
}

func countFilled(cells []cell) (n int) {
	for _, c := range cells {
		if !isBlank(c.text) {
			n++
		}
	}
	return n
}

// headsBelow reports whether a row below a header divides some of its columns:
// it has at least two heads below each group of columns, and nothing below the
// other heads. A group is a cell merged over columns, or, where the header has no
// merged cells, one with blanks after it; the first column then is no group, since
// a row of data has something there.
func headsBelow(upper, lower []cell, heads func(string) bool) bool {
	if s := shapeOf(lower, heads); s.like < s.filled {
		return false
	}
	mergedCells := false
	for _, c := range upper {
		mergedCells = mergedCells || c.columns > 1
	}
	groups, alone, width := 0, 0, max(len(trimmed(upper, 0)), len(trimmed(lower, 0)))
	for i := 0; i < width; {
		end := i + 1
		for end < width && headText(at(upper, end).text) == "" && (!mergedCells || end < i+int(at(upper, i).columns)) {
			end++
		}
		below := countFilled(lower[min(i, len(lower)):min(end, len(lower))])
		switch named := headText(at(upper, i).text) != ""; {
		case named && end == i+1 && below == 0:
			alone++
		case named && end > i+1 && below >= 2 && (mergedCells || alone > 0):
			groups++
		case named || below > 0:
			return false
		}
		i = end
	}
	return groups > 0
}

// isTranslation reports whether the row below a header is a further row of heads:
// all its cells are known heads, and the row below it is none of that kind.
func isTranslation(rows []gridRow, down int, heads func(string) bool) bool {
	s := shapeOf(rows[down].cells, heads)
	if !s.distinct || s.known == 0 || s.known < s.filled {
		return false
	}
	if s.filled == 1 && headText(rows[down].cells[0].text) != "" {
		return false
	}
	if next := beside(rows, down, 1); next >= 0 {
		below := shapeOf(rows[next].cells, heads)
		return below.filled == 0 || !below.sure()
	}
	return true
}

// joined adds to a header the row below it. The lower row names a column where it
// has a text; where several columns then have one name, their groups stand before
// it, as in 境内/收入.
func joined(head, below gridRow) gridRow {
	var names []string
	group := ""
	count := map[string]int{}
	cells := make([]cell, max(len(head.cells), len(below.cells)))
	for i := range cells {
		cells[i] = at(head.cells, i)
		lower := at(below.cells, i)
		if headText(cells[i].text) != "" {
			group = cells[i].text
		}
		names = append(names, group)
		if headText(lower.text) != "" && !lower.upper {
			cells[i] = lower
		}
		count[headText(cells[i].text)]++
	}
	for i := range cells {
		lower := at(below.cells, i)
		if c := &cells[i]; headText(lower.text) != "" && !lower.upper && count[headText(c.text)] > 1 {
			c.text = names[i] + "/" + c.text
		}
	}
	return gridRow{rec: below.rec, cells: cells}
}

// sameTexts reports whether two rows have the same texts.
func sameTexts(a, b []cell) bool {
	for i := range max(len(a), len(b)) {
		if headText(at(a, i).text) != headText(at(b, i).text) {
			return false
		}
	}
	return true
}
