package loaders

import (
	"errors"
	"io"
	"slices"

	"liantu/graph"
	"liantu/loaders/inputs"
	"liantu/loaders/mapping"
	"liantu/loaders/recognise"
	"liantu/loaders/rows"
	"liantu/schema"
)

// columnsOf returns the heads of a table, or the names that occur in the rows
// of a JSON file if names are wanted, in file order, and the heads of several
// columns.
func columnsOf(in *inputs.Input, o rows.Options, names bool) ([]string, []rows.RepeatedHead, error) {
	f, err := in.Open()
	if err != nil {
		return nil, nil, err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	r, err := rows.Open(in.Name, f, o)
	if err != nil {
		return nil, nil, err
	}
	defer r.Close() //nolint:errcheck // nothing was written
	in.About.Above, in.About.Saved = r.Above(), r.Modified()
	if columns := r.Columns(); columns != nil || !names {
		return columns, r.RepeatedHeads(), nil
	}
	var columns []string
	var faulty error // of a file of which nothing can be read
	seen := map[string]bool{}
	for len(columns) < rows.MaxColumns {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			if len(columns) == 0 && faulty != nil {
				return nil, nil, faulty
			}
			return columns, r.RepeatedHeads(), nil
		}
		if err != nil {
			return nil, nil, err
		}
		if faulty == nil && rec.Err != nil {
			faulty = rec.Err
		}
		for i := range rec.Fields {
			name := rec.Fields[i].Name
			if !seen[name] {
				seen[name] = true
				columns = append(columns, name)
			}
			if rec.Fields[i].Nested && !slices.Contains(in.Nested, name) {
				in.Nested = append(in.Nested, name)
			}
		}
	}
	return columns, r.RepeatedHeads(), nil
}

// defaultProvenance returns the provenance of rows that do not state their own:
// that of the file rule, else of the mapping, else of the options.
func defaultProvenance(o *Options, f *mapping.FileRule) graph.Provenance {
	var wide mapping.Provenance
	if o.Mapping != nil {
		wide = o.Mapping.Provenance
	}
	first := func(texts ...string) string {
		for _, t := range texts {
			if t != "" {
				return t
			}
		}
		return ""
	}
	return graph.Provenance{
		Source: first(f.Source, wide.Source, o.Source),
		AsOf:   first(f.AsOf, wide.AsOf, o.AsOf),
		Grade:  graph.Grade(first(string(f.Grade), string(wide.Grade), string(o.Grade), string(graph.GradeD))),
	}
}

// ruleHeads returns the heads of the columns that a rule reads.
func ruleHeads(rule *mapping.FileRule, model *schema.Model) recognise.Heads {
	h := recognise.Heads{}
	for name := range newPlan(model, rule, defaultProvenance(&Options{}, rule), nil).used {
		h.Add(name)
	}
	return h
}
