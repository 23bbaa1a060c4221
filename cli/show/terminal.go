package show

import (
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"liantu/schema"
)

// Style is how text is styled on a terminal: the escape sequence before it.
type Style string

// The styles that text may have.
const (
	Plain  Style = ""
	Bold   Style = "\x1b[1m"
	Dim    Style = "\x1b[2m"
	Red    Style = "\x1b[31m"
	Green  Style = "\x1b[32m"
	Yellow Style = "\x1b[33m"
	reset        = "\x1b[0m"
)

func (s Style) paint(text string) string {
	if s == Plain {
		return text
	}
	return string(s) + text + reset
}

// Terminal is where answers for people go, and their language. An output that
// is no terminal gets plain whole text.
type Terminal struct {
	Out io.Writer
	Language
}

// Paint styles text where the output takes styles.
func (t Terminal) Paint(style Style, text string) string {
	if !screenOf(t.Out).color {
		return text
	}
	return style.paint(text)
}

// Draw writes a table in aligned columns.
func (t Terminal) Draw(table *Table) error {
	_, err := io.WriteString(t.Out, table.draw(t.Language, screenOf(t.Out)))
	return err
}

// Put writes lines.
func (t Terminal) Put(lines ...Line) error {
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(t.Paint(line.Style, line.Text) + "\n")
	}
	_, err := io.WriteString(t.Out, b.String())
	return err
}

// Say writes a line in the language of the terminal.
func (t Terminal) Say(text schema.Text) error { return t.Put(Line{Plain, t.Text(text)}) }

// screen is what a table is drawn on.
type screen struct {
	width int  // in cells; 0 for no limit
	color bool // whether styles are written
}

// screenOf describes a writer: a terminal has a width and, unless NO_COLOR is
// set or the terminal is dumb, colours; anything else gets plain whole text.
func screenOf(w io.Writer) screen {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return screen{}
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		width = 80
	}
	_, plain := os.LookupEnv("NO_COLOR")
	return screen{width: width, color: !plain && os.Getenv("TERM") != "dumb"}
}

func onTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
