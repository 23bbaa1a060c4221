package loaders

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"liantu/graph"
	"liantu/loaders/inputs"
	"liantu/loaders/mapping"
	"liantu/loaders/recognise"
	"liantu/message"
	"liantu/schema"
)

// Proposal is the mapping by which files would be read.
type Proposal struct {
	Mapping *mapping.Mapping
	Unused  map[string][]string // by file as Mapping.Files names it first: the columns that are not used
	Faults  []Fault             // of files without a rule, and of their heads
	Ignored []string            // files of folders that hold no data
}

// Propose finds how files would be read, by the mapping of the options or else
// by the heads of their columns, and returns that as a mapping, to be edited,
// saved and given to a load. Only the heads are read, and of JSON the names in
// its rows. The errors are those of [Load].
func Propose(ctx context.Context, o Options) (*Proposal, error) {
	l := &loader{Options: o, report: new(Report)}
	if l.Model == nil {
		l.Model = schema.Default()
	}
	l.tables = recognise.New(l.Model)
	ins, ignored, err := inputs.Find(l.FS, l.Paths, l.Sheet)
	if err != nil {
		return nil, err
	}
	l.report.Ignored = ignored
	if err := l.recogniseAll(ctx, ins); err != nil {
		return nil, err
	}
	m := &mapping.Mapping{Name: "mine", Provenance: mapping.Provenance{Source: o.Source, AsOf: o.AsOf, Grade: o.Grade}}
	if o.Mapping != nil {
		copied := *o.Mapping
		m, copied.Files = &copied, nil
	}
	p := &Proposal{Mapping: m, Unused: map[string][]string{}, Ignored: l.report.Ignored}
	for _, f := range l.files {
		for i := range f.faults {
			p.Faults = append(p.Faults, f.faults[i].Fault)
		}
		if f.plan.rule == nil {
			continue
		}
		rule := *f.plan.rule
		rule.Match = []string{literal(f.in.Base())}
		if f.in.Book != "" { // of several sheets that are read
			rule.Sheet = f.in.Sheet
		}
		rule.Encoding, rule.HeaderRow = cmp.Or(rule.Encoding, o.Encoding), cmp.Or(rule.HeaderRow, o.HeaderRow)
		m.Files = append(m.Files, rule)
		p.Unused[unusedKey(&rule)] = f.plan.unused(f.columns)
	}
	if len(m.Files) == 0 {
		return p, message.As(graph.ErrInvalid, "mapping: no file is recognised")
	}
	return p, nil
}

func unusedKey(rule *mapping.FileRule) string { return rule.Match[0] + "\n" + rule.Sheet }

// literal is a pattern of path.Match that matches just this name.
func literal(name string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(name)
}

// unused lists the columns that are not used, in file order.
func (p *plan) unused(columns []string) []string {
	var list []string
	for _, c := range columns {
		if !p.used[c] && strings.TrimSpace(c) != "" && !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	return list
}

// WriteYAML writes the mapping so that [mapping.Read] reads it, with the columns
// that are not used as remarks.
func (p *Proposal) WriteYAML(w io.Writer) error {
	var doc yaml.Node
	if err := doc.Encode(p.Mapping); err != nil {
		return err
	}
	for i := 0; i+1 < len(doc.Content); i += 2 {
		if doc.Content[i].Value != "files" {
			continue
		}
		for k, file := range doc.Content[i+1].Content {
			if unused := p.Unused[unusedKey(&p.Mapping.Files[k])]; len(unused) > 0 {
				file.HeadComment = "Columns that are not used: " + oneLine(strings.Join(unused, ", "))
			}
		}
	}
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(&doc); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
