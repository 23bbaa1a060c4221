package documents

import (
	"slices"

	"github.com/gomutex/godocx"
	"github.com/gomutex/godocx/docx"
	"github.com/gomutex/godocx/wml/ctypes"
	"github.com/gomutex/godocx/wml/stypes"
)

// The look of a document. Lengths are in twentieths of a point, sizes of letters in points.
const (
	pageWidth, pageHeight = 11906, 16838 // A4
	margin                = 1134         // 2 cm
	textWidth             = pageWidth - 2*margin

	titleSize, headSize, textSize, cellSize, smallSize = 22, 15, 12, 10, 9

	song, hei, latin = "宋体", "黑体", "Times New Roman"
	ruled            = "8C8C8C" // the colour of lines
	shaded           = "EFEFEF" // of the heads of tables
)

// writer lays a document out.
type writer struct{ root *docx.RootDoc }

func begin(d *Document) (*writer, error) {
	root, err := godocx.NewDocument()
	if err != nil {
		return nil, err
	}
	w := &writer{root}
	w.styles()
	w.page()
	w.foot(d)
	w.properties(d)
	return w, nil
}

// styles sets the letters that all text has unless it says otherwise, and those of headings.
func (w *writer) styles() {
	normal := &w.root.DocStyles.DocDefaults.RunProp.RunProp
	(*normal).Fonts = &ctypes.RunFonts{Ascii: latin, HAnsi: latin, EastAsia: song, CS: latin}
	(*normal).Size = ctypes.NewFontSize(textSize * 2)
	sizes := map[string]uint64{"Title": titleSize, "Heading1": headSize}
	for i := range w.root.DocStyles.StyleList {
		style := &w.root.DocStyles.StyleList[i] // the library finds copies only
		if style.ID == nil || sizes[*style.ID] == 0 {
			continue
		}
		style.RunProp = &ctypes.RunProperty{
			Fonts: &ctypes.RunFonts{Ascii: latin, HAnsi: latin, EastAsia: hei, CS: latin},
			Bold:  ctypes.OnOffFromBool(true), Color: ctypes.NewColor("000000"), Size: ctypes.NewFontSize(sizes[*style.ID] * 2),
		}
		style.ParaProp = &ctypes.ParagraphProp{
			KeepNext: ctypes.OnOffFromBool(true), Spacing: ctypes.NewParagraphSpacing(240, 120),
		}
	}
}

// page sets the paper and its margins.
func (w *writer) page() {
	width, height, side, edge := uint64(pageWidth), uint64(pageHeight), margin, 600
	w.root.Document.Body.SectPr = &ctypes.SectionProp{
		PageSize:   &ctypes.PageSize{Width: &width, Height: &height},
		PageMargin: &ctypes.PageMargin{Left: &side, Right: &side, Top: &side, Bottom: &side, Header: &edge, Footer: &edge},
	}
}

// head writes what stands before the sections.
func (w *writer) head(d *Document) {
	// Levels from 0 to 9 are no error.
	title, _ := w.root.AddHeading(d.Title, 0)
	title.Justification(stypes.JustificationCenter)
	if d.Line != "" {
		line := w.root.AddParagraph("")
		line.AddText(d.Line).Size(cellSize)
		line.Justification(stypes.JustificationCenter)
		line.Spacing(0, 120)
	}
	if len(d.Box) > 0 {
		box := w.root.AddEmptyParagraph()
		runs(box, d.Box, cellSize)
		box.Spacing(60, 120)
		edge := border("6")
		box.GetCT().Property.Border = &ctypes.ParaBorder{Top: edge, Left: edge, Bottom: edge, Right: edge}
	}
}

// section writes a heading and what belongs to it.
func (w *writer) section(s *Section) error {
	if _, err := w.root.AddHeading(s.Head, 1); err != nil {
		return err
	}
	for i, b := range s.Blocks {
		switch {
		case b.Table != nil:
			w.table(b.Table)
			if i < len(s.Blocks)-1 && s.Blocks[i+1].Table != nil {
				w.root.AddEmptyParagraph() // else two tables are one
			}
		default:
			p := w.root.AddEmptyParagraph()
			runs(p, b.Text, textSize)
			p.Spacing(0, 80)
			two, length := 200, uint64(2*textSize*20)
			p.Indent(&ctypes.Indent{FirstLine: &length, FirstLineChars: &two})
		}
	}
	return nil
}

func runs(p *docx.Paragraph, all []Run, size uint64) {
	for _, r := range all {
		run := p.AddText(r.Text).Size(size)
		if r.Bold {
			run.Bold(true)
		}
	}
}

func border(space string) *ctypes.Border {
	return ctypes.NewCellBorder(stypes.BorderStyleSingle, ruled, space, 4)
}

// table writes a table. Its head is repeated on every page, and no page breaks a row.
func (w *writer) table(t *Table) {
	table := w.root.AddTable()
	table.Layout(stypes.TableLayoutFixed)
	table.Width(textWidth, stypes.TableWidthDxa)
	edge := border("0")
	table.GetCT().TableProp.Borders = &ctypes.TableBorders{Top: edge, Left: edge, Bottom: edge, Right: edge, InsideH: edge, InsideV: edge}
	widths := widthsOf(t.Columns)
	for _, width := range widths {
		table.Grid(uint64(width))
	}
	head := make([]Cell, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = Cell{{Text: c.Head, Bold: true}}
	}
	for i, row := range slices.Concat([][]Cell{head}, t.Rows) {
		out := table.AddRow()
		for k, cell := range row {
			at := out.AddCell()
			at.Width(widths[k], stypes.TableWidthDxa)
			if i == 0 {
				at.BackgroundColor(shaded)
			}
			for _, run := range cellOf(cell) {
				p := at.AddEmptyPara()
				runs(p, []Run{run}, cellSize)
				p.Spacing(20, 20)
				if t.Columns[k].Right {
					p.Justification(stypes.JustificationRight)
				}
			}
		}
		look := table.GetCT().RowContents[i].Row.Property
		look.CantSplit = ctypes.OnOffFromBool(true)
		if i == 0 {
			look.Header = ctypes.OnOffFromBool(true)
		}
	}
}

// cellOf is a cell that holds a paragraph, since the format wants one in each.
func cellOf(c Cell) Cell {
	if len(c) == 0 {
		return Cell{{}}
	}
	return c
}

// widthsOf divides the width of the text among columns.
func widthsOf(columns []Column) []int {
	sum := 0
	for _, c := range columns {
		sum += c.Width
	}
	widths := make([]int, len(columns))
	for i, c := range columns {
		widths[i] = textWidth * c.Width / max(sum, 1)
	}
	return widths
}
