// Package show prints answers: as a table on a terminal, as JSON,
// CSV or a workbook, in Chinese or English, with its headings and notes. It knows the answers and no command; cli imports it, and passes
// in [Asked] what was asked.
package show

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/graph/dates"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/schema"
)

// Language is the language of an output.
type Language string

// The languages of an output.
const (
	Chinese Language = "zh"
	English Language = "en"
)

// Text picks the language, else the other one.
func (l Language) Text(t schema.Text) string { return t.In(message.Language(l)) }

// Label is a cell that holds a code for programs and its label for people.
func (l Language) Label(code string, label schema.Text) Cell { return Pair(code, l.Text(label)) }

// Join joins sentences, English ones with a space. A Chinese full stop is wide
// enough without one.
func (l Language) Join(sentences []string) string {
	if l == Chinese {
		return strings.Join(sentences, "")
	}
	return strings.Join(sentences, " ")
}

// Name is the name of a node. Companies and places have the name that they are
// registered under.
func (l Language) Name(p *projection.Projection, v projection.Vertex) string {
	translated := []string{projection.Ecosystem, projection.Chain, projection.Link, projection.Product}
	if l != Chinese && slices.Contains(translated, p.Kind(v)) {
		if english := p.Text(v, "english_name"); english != "" {
			return english
		}
	}
	return OpenCaption(p, v)
}

// OpenCaption is the caption of a node where the schema marks it public, else its
// code or, failing that, its id.
func OpenCaption(p *projection.Projection, v projection.Vertex) string {
	if k := p.Model().Node(p.Kind(v)); k != nil {
		if caption := k.Property(k.Caption); caption != nil && caption.Sensitivity != schema.Public {
			return cmp.Or(p.Code(v), string(p.ID(v)))
		}
	}
	return p.Caption(v)
}

// Title is the code and the name of a node.
func Title(p *projection.Projection, v projection.Vertex) string {
	return strings.TrimSpace(p.Code(v) + " " + p.Caption(v))
}

// Node is a cell of a node: its code for programs, its name for people.
func (l Language) Node(p *projection.Projection, v projection.Vertex) Cell {
	return Pair(p.Code(v), l.Name(p, v))
}

// Named is a cell of a node whose code has a column of its own: its caption for
// programs, its name for people.
func (l Language) Named(p *projection.Projection, v projection.Vertex) Cell {
	return Pair(p.Caption(v), l.Name(p, v))
}

// Figure puts a figure into words, or that it is unknown.
func (l Language) Figure(f gaps.Figure, show func(float64) string) string {
	x, known := f.Get()
	if !known {
		return l.Text(schema.Text{Zh: "不明", En: "unknown"})
	}
	return show(x)
}

// Data states the grade of evidence, the data dates and the version of an answer, and
// whether invented data took part. Without dates it states the day to which the data of
// the picture reach.
func (l Language) Data(p *projection.Projection, grade string, synthetic bool, counted *dates.Lazy) string {
	days := schema.Text{Zh: "数据截至 " + Chinese.DataDate(p), En: "data to " + English.DataDate(p)}
	if counted != nil {
		days = dataDates(counted.Now())
	}
	line := l.Text(schema.Text{
		Zh: fmt.Sprintf("证据等级 %s 及以上；%s，版本 %d", grade, days.Zh, p.Version()),
		En: fmt.Sprintf("evidence of grade %s or better; %s, version %d", grade, days.En, p.Version()),
	})
	if synthetic {
		line += l.Text(schema.Text{Zh: "；含虚构的演示数据", En: "; invented demonstration data took part"})
	}
	return line
}

// Date is a day of the data, marked if it is assumed since no source states one.
func (l Language) Date(day string, assumed bool) string {
	return l.Text(graph.Provenance{AsOf: day, Assumed: assumed && day != ""}.DateLabel())
}

// Day is a cell of a day of the data: for programs as [graph.Provenance.Date]
// writes it, for people marked in words.
func (l Language) Day(day string, assumed bool) Cell {
	return Pair(graph.Provenance{AsOf: day, Assumed: assumed}.Date(), l.Date(day, assumed))
}

// DataDate is the day to which the data of a picture reach.
func (l Language) DataDate(p *projection.Projection) string {
	return l.Date(p.DataDate(), p.DataDateAssumed())
}

// Invented is the warning that invented data took part, if they did.
func (l Language) Invented(synthetic bool) []string {
	if !synthetic {
		return nil
	}
	return []string{l.Text(schema.Text{
		Zh: "注意：统计中含虚构的演示数据", En: "note: invented demonstration data took part in the counts",
	})}
}

// Notes are the lines to read before an answer: what the sources of the picture want to be
// known, and the day that an answer as of the past shows.
func (l Language) Notes(p *projection.Projection) []string {
	var lines []string
	for _, t := range p.Notices() {
		lines = append(lines, l.Text(t))
	}
	if p.Past() {
		lines = append(lines, l.Text(schema.Text{
			Zh: fmt.Sprintf("按 %s 当日已知的情况回答，此后的数据未计入", p.AsOf()),
			En: fmt.Sprintf("as of %s: facts of later days are left out", p.AsOf()),
		}))
	}
	return lines
}

// OpenTitle is the code and the name of a node as far as the schema marks them
// public.
func OpenTitle(p *projection.Projection, v projection.Vertex) string {
	name := OpenCaption(p, v)
	if code := p.Code(v); code != name {
		return strings.TrimSpace(code + " " + name)
	}
	return name
}
