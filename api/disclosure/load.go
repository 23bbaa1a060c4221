package disclosure

import (
	"regexp"
	"strings"

	"liantu/graph"
	"liantu/graph/projection"
)

// MaskLoad hides in the source and in the files of a load what [MaskNote] hides in a note,
// since a file may be called after a person of its rows. g is the whole picture: who may
// know of a person does not matter.
func MaskLoad(g *projection.Projection, l graph.Load) graph.Load {
	l.Source = maskFileName(g, l.Source)
	files := make([]string, len(l.Files))
	for i, f := range l.Files {
		files[i] = maskFileName(g, f)
	}
	l.Files = files
	return l
}

// compactDay is a day without marks, as in 名录20261124.xlsx, with what ends a number.
var compactDay = regexp.MustCompile(`(?:^|\D)((?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?:\D|$)`)

// maskFileName masks the name of a file, except a day in it.
func maskFileName(g *projection.Projection, name string) string {
	var out strings.Builder
	at := 0
	for _, found := range compactDay.FindAllStringSubmatchIndex(name, -1) {
		out.WriteString(MaskNote(g, name[at:found[2]]))
		out.WriteString(name[found[2]:found[3]])
		at = found[3]
	}
	return out.String() + MaskNote(g, name[at:])
}
