package cli

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"

	"liantu/graph/filestore"
	"liantu/graph/gaps"
	"liantu/graph/lines"
	"liantu/graph/projection"
	"liantu/graph/tuning"
	"liantu/schema"
)

// The picture in the README: one chain in one region, each link in the colour
// of its state. It is drawn from the sample pack, so that it cannot be wrong.
const (
	pictureChain  = "bio-medicine"
	pictureRegion = "330100"
)

var pictureFile = filepath.Join("..", "docs", "chain.svg")

// sample builds a picture of the sample pack.
func sample(t *testing.T) *projection.Projection {
	t.Helper()
	store, err := filestore.Open(sampleFile(t), schema.Default())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	p, err := projection.Build(t.Context(), schema.Default(), store)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPictureIsTrue(t *testing.T) {
	p := sample(t)
	answer, err := gaps.Ask(t.Context(), p, tuning.Default(),
		gaps.Question{Region: pictureRegion, Scope: []string{pictureChain}, OrderBy: gaps.ByCode, Levels: lines.All})
	if err != nil {
		t.Fatal(err)
	}
	for position, column := range stages(p, answer) {
		if len(column) == 0 || position == "" {
			t.Errorf("%d links at the position %q", len(column), position)
		}
	}
	if n := len(stages(p, answer)); n != 3 {
		t.Fatalf("the picture has %d columns with links, want 3", n)
	}
	got := drawChain(p, answer)
	if err := xml.Unmarshal([]byte(got), new(struct{})); err != nil {
		t.Fatalf("the picture is not XML: %v", err)
	}
	if *update {
		if err := os.WriteFile(pictureFile, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(pictureFile)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s does not show what the sample pack says; update it with: go test ./cli -update", pictureFile)
	}
}

// stage is a link with no judged one above it, and the links directly below it.
type stage struct {
	top   *gaps.Verdict
	below []*gaps.Verdict
}

// stages groups the links of the two upper levels that are judged by their position.
func stages(p *projection.Projection, answer *gaps.Answer) map[string][]stage {
	columns := map[string][]stage{}
	for _, top := range answer.Verdicts {
		above := p.LinksAbove(top.Link)
		if slices.ContainsFunc(answer.Verdicts, func(v *gaps.Verdict) bool { return v != top && slices.Contains(above, v.Link) }) {
			continue
		}
		s := stage{top: top}
		for _, v := range answer.Verdicts {
			if v.Depth == top.Depth+1 && slices.Contains(p.LinksAbove(v.Link), top.Link) {
				s.below = append(s.below, v)
			}
		}
		columns[top.Position] = append(columns[top.Position], s)
	}
	return columns
}

// The fill and the ink of each state.
var pictureColours = map[gaps.State][2]string{
	gaps.NotJudged: {"#ffffff", "#ced4da"},
	gaps.Empty:     {"#f8f9fa", "#adb5bd"},
	gaps.Present:   {"#e5dbff", "#5f3dc4"},
	gaps.Unknown:   {"#f1f3f5", "#868e96"},
	gaps.Absent:    {"#ffc9c9", "#a61e1e"},
	gaps.Weak:      {"#ffe8a3", "#7a5200"},
	gaps.Adequate:  {"#d0ebff", "#0b5394"},
	gaps.Strong:    {"#b2f2bb", "#1b6b2f"},
}

const (
	columnWidth, boxHeight, gap = 350, 30, 6
	margin, headHeight          = 20, 96
)

func drawChain(p *projection.Projection, answer *gaps.Answer) string {
	columns := stages(p, answer)
	var body bytes.Buffer
	height := 0
	for i, position := range []string{"UPSTREAM", "MIDSTREAM", "DOWNSTREAM"} {
		x, y := margin+i*(columnWidth+margin), headHeight
		for _, s := range columns[position] {
			y = drawBox(&body, p, s.top, x, y, true)
			for _, v := range s.below {
				y = drawBox(&body, p, v, x, y, false)
			}
			y += 2 * gap
		}
		height = max(height, y)
	}
	width := 4*margin + 3*columnWidth
	var out bytes.Buffer
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif">`+"\n", width, height+46)
	fmt.Fprintf(&out, `<rect width="%d" height="%d" fill="#ffffff"/>`+"\n", width, height+46)
	chain := answer.Scope[0]
	text(&out, margin, 36, 20, "#212529", "600", fmt.Sprintf("%s %s · %s", p.Caption(chain), p.Text(chain, "english_name"), p.Caption(answer.Region)))
	text(&out, margin, 60, 12, "#495057", "400", "每个环节：本地企业数 / 按全国结构预期的企业数　each link: companies here / companies expected from the national pattern")
	for i, label := range []string{"上游 upstream", "中游 midstream", "下游 downstream"} {
		text(&out, margin+i*(columnWidth+margin), 86, 13, "#868e96", "600", label)
	}
	out.Write(body.Bytes())
	x := margin
	for _, s := range gaps.States() {
		fmt.Fprintf(&out, `<rect x="%d" y="%d" width="16" height="16" rx="3" fill="%s" stroke="%s"/>`+"\n", x, height+10, pictureColours[s][0], pictureColours[s][1])
		text(&out, x+22, height+23, 12, "#212529", "400", s.Label().Zh+" "+s.Label().En)
		x += 130
	}
	out.WriteString("</svg>\n")
	return out.String()
}

// drawBox draws one link and returns where the next one goes.
func drawBox(out *bytes.Buffer, p *projection.Projection, v *gaps.Verdict, x, y int, top bool) int {
	indent, weight := 16, "400"
	if top {
		indent, weight = 0, "600"
	}
	colours := pictureColours[v.State]
	fmt.Fprintf(out, `<rect x="%d" y="%d" width="%d" height="%d" rx="5" fill="%s" stroke="%s"/>`+"\n",
		x+indent, y, columnWidth-indent, boxHeight, colours[0], colours[1])
	name := p.Caption(v.Link) + " " + p.Text(v.Link, "english_name")
	text(out, x+indent+10, y+20, 12, colours[1], weight, (&runewidth.Condition{StrictEmojiNeutral: true}).Truncate(name, 40, "…"))
	numbers := "–"
	if expected, known := v.Numbers.Expected.Get(); known {
		numbers = fmt.Sprintf("%d / %.1f", v.Numbers.Companies, expected)
	}
	fmt.Fprintf(out, `<text x="%d" y="%d" font-size="12" fill="%s" text-anchor="end">%s</text>`+"\n", x+columnWidth-10, y+20, colours[1], numbers)
	return y + boxHeight + gap
}

func text(out *bytes.Buffer, x, y, size int, fill, weight, content string) {
	var escaped strings.Builder
	if err := xml.EscapeText(&escaped, []byte(content)); err != nil {
		panic(err) // a strings.Builder takes everything
	}
	fmt.Fprintf(out, `<text x="%d" y="%d" font-size="%d" font-weight="%s" fill="%s">%s</text>`+"\n", x, y, size, weight, fill, escaped.String())
}
