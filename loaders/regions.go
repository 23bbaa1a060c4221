package loaders

import (
	"context"
	"slices"

	"liantu/graph"
	"liantu/loaders/locate"
	"liantu/loaders/mapping"
	"liantu/message"
	"liantu/schema"
)

// regions loads the table of regions into a store that lacks any of it.
func (l *loader) regions(ctx context.Context) error {
	kind := l.Model.Node("Region")
	if kind == nil {
		return nil // a model of its own without regions
	}
	all := schema.Regions()
	lacks := func(r schema.Region) bool { return !l.index.has(graph.KeysOf(kind, locate.Properties(r))[0]) }
	if !slices.ContainsFunc(all, lacks) {
		return nil
	}
	var batch graph.Batch
	for _, r := range all {
		batch.Nodes = append(batch.Nodes, nodeDraft(kind, locate.Properties(r), locate.Table))
	}
	source, err := l.source(locate.Source, locate.Table)
	if err != nil {
		return err
	}
	load := graph.LoadInfo{ID: regionsLoad, Source: locate.Table.Source, At: l.load.At, Done: true}
	if l.report.Sources, err = l.write(ctx, graph.Batch{Load: load, Nodes: []graph.NodeDraft{source}}); err != nil {
		return message.Errorf("load: regions: %w", err)
	}
	for part := range slices.Chunk(batch.Nodes, l.BatchSize) {
		counts, err := l.write(ctx, graph.Batch{Load: load, Nodes: part})
		if err != nil {
			return message.Errorf("load: regions: %w", err)
		}
		l.report.Regions.add(counts)
	}
	return nil
}

// sources loads the sources that the mapping describes.
func (l *loader) sources(ctx context.Context) error {
	if l.Mapping == nil || len(l.Mapping.Sources) == 0 {
		return nil
	}
	var batch graph.Batch
	for _, rule := range l.Mapping.Sources {
		p := defaultProvenance(&l.Options, &mapping.FileRule{})
		p.Source = rule["name"]
		if rule["data_date"] != "" {
			p.AsOf = rule["data_date"]
		}
		if p.AsOf == "" { // it is cited without a description, which is warned of
			continue
		}
		draft, err := l.source(rule, p)
		if err != nil {
			return err
		}
		batch.Nodes = append(batch.Nodes, draft)
	}
	counts, err := l.write(ctx, batch)
	if err != nil {
		return message.Errorf("load: sources: %w", err)
	}
	l.report.Sources.add(counts)
	return nil
}

// source makes the draft of a Source node.
func (l *loader) source(rule mapping.SourceRule, p graph.Provenance) (graph.NodeDraft, error) {
	kind := l.Model.Node("Source")
	props := map[string]any{}
	for name, text := range rule {
		v, err := kind.Property(name).Parse(text)
		if err != nil {
			return graph.NodeDraft{}, message.As(graph.ErrInvalid, "load: source %q: %s: %w", rule["name"], name, err)
		}
		props[name] = v
	}
	return nodeDraft(kind, props, p), nil
}

// nodeDraft makes a draft that states that a node exists and has properties.
func nodeDraft(kind *schema.Kind, props map[string]any, p graph.Provenance) graph.NodeDraft {
	d := graph.NodeDraft{Kind: kind.Name, Keys: graph.KeysOf(kind, props), Facts: []graph.Fact{{Provenance: p}}}
	for name, v := range props {
		d.Facts = append(d.Facts, graph.Fact{Property: name, Value: v, Provenance: p})
	}
	return d
}

// write applies a batch of nodes and adds them to the index.
func (l *loader) write(ctx context.Context, batch graph.Batch) (Counts, error) {
	result, err := l.sink.Apply(ctx, batch)
	if err != nil {
		return Counts{}, err
	}
	for _, d := range batch.Nodes {
		l.index.add(d.Kind, d.Keys, d.Facts)
	}
	l.report.Version = result.Version
	return countsOf(result), nil
}
