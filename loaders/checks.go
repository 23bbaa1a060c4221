package loaders

import (
	"liantu/graph"
	"liantu/message"
	"liantu/schema"
)

// repeated warns of a node that occurs earlier in the file.
func (f *file) repeated(r *row, e *emitter, node ref, facts []graph.Fact) {
	rowOf := f.repeats[e.kind.Name]
	if rowOf == nil {
		rowOf = map[ref]int{}
		f.repeats[e.kind.Name] = rowOf
	}
	before, ok := rowOf[node]
	if !ok {
		rowOf[node] = r.rec.Line
		return
	}
	r.warn(&cell{}, CodeRepeated, message.New("%s %q also occurs in row %d; the values of both rows are stored", e.kind, nameOf(e.kind, facts), before))
}

// nameOf returns the strongest identifying value of a node.
func nameOf(kind *schema.Kind, facts []graph.Fact) string {
	for _, group := range kind.Identify {
		for i := range facts {
			if p := kind.Property(group[0]); facts[i].Property == group[0] && p.Sensitivity == schema.Personal {
				return hiddenText
			}
			if facts[i].Property == group[0] {
				return schema.FormatValue(facts[i].Value)
			}
		}
	}
	return ""
}

// checkEdge does the checks of an edge that need other edges.
func (f *file) checkEdge(r *row, e *emitter, ends [2]ref, texts [2]string, props map[string]any) {
	if !e.rule.NoMutual && e.rule.Sum == nil {
		return
	}
	rowOf := f.pairs[e.kind.Name]
	if rowOf == nil {
		rowOf = map[[2]ref]int{}
		f.pairs[e.kind.Name] = rowOf
	}
	_, again := rowOf[ends]
	if !again {
		rowOf[ends] = r.rec.Line
	}
	if other, ok := rowOf[[2]ref{ends[1], ends[0]}]; ok && !again && e.rule.NoMutual && ends[0] != ends[1] {
		r.warn(&cell{}, CodeMutualPair, message.New("%s leads from %q to %q, and in row %d the other way", e.kind.Name, e.from.openText(texts[0]), e.to.openText(texts[1]), other))
	}
	if e.rule.Sum == nil || again {
		return
	}
	if v, ok := props[e.rule.Sum.Property].(float64); ok {
		f.addUp(r, e, ends[0], texts[0], v)
	}
}

func (f *file) addUp(r *row, e *emitter, node ref, text string, v float64) {
	sums := f.sums[e]
	if sums == nil {
		sums = map[ref]*sum{}
		f.sums[e] = sums
	}
	s := sums[node]
	if s == nil {
		s = &sum{row: r.rec.Line, text: text}
		sums[node] = s
	}
	s.total += v
	s.edges++
}

// sumFaults warns of the nodes whose values add up to more than the limit.
func (f *file) sumFaults() {
	for e, sums := range f.sums {
		rule := e.rule.Sum
		for _, s := range sums {
			if s.total > rule.Max {
				f.faults = append(f.faults, rowFault{ordinal: -1, Fault: Fault{
					File: f.in.Name, Row: s.row, Value: e.from.openText(s.text), Severity: Warning, Code: CodeSumAbove,
					Reason: message.New("%s of %q adds up to %.4g in %d rows; at most %.4g is possible", rule.Property, e.from.openText(s.text), s.total, s.edges, rule.Max).In(f.language),
				}})
			}
		}
	}
}
