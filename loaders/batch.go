package loaders

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"liantu/graph"
	"liantu/loaders/inputs"
	"liantu/loaders/lists"
	"liantu/message"
)

// regionsLoad is the load of the table of regions. It is separate, so that
// undoing the load that happened to come first does not remove the regions.
const regionsLoad = "gbt2260"

// idDigits is how many hexadecimal digits the id of a load has that is made from
// what it loads: few enough to type, and enough that the probability of a
// collision among ten thousand loads is one in five million.
const idDigits = 12

// loadInfo describes the load to which the batches belong. Unless the options
// name it, its id is made from the files and from all that decides what is read
// from them, so that the same load repeated has the same id.
func (l *loader) loadInfo(ins []*inputs.Input) (graph.LoadInfo, error) {
	info := graph.LoadInfo{ID: l.Load, Source: l.Source, At: l.started.UTC().Truncate(time.Second)}
	for _, in := range ins {
		info.Files = append(info.Files, in.Name)
	}
	if info.Source == "" && l.Mapping != nil {
		info.Source = l.Mapping.Name
	}
	if info.ID != "" {
		return info, nil
	}
	h := sha256.New()
	given := []any{l.Mapping, l.Kind, l.Source, l.AsOf, l.Grade, l.Encoding, l.Names}
	if l.Lists != (lists.Declared{}) {
		given = append(given, l.Lists)
	}
	settings, err := json.Marshal(given)
	if err != nil {
		return info, message.Errorf("load: %w", err)
	}
	sums := [][]byte{settings}
	for _, in := range ins {
		sums = append(sums, in.Sum())
	}
	for _, sum := range sums {
		fmt.Fprintf(h, "%d:%s", len(sum), sum)
	}
	info.ID = hex.EncodeToString(h.Sum(nil))[:idDigits]
	return info, nil
}

// tagged adds to every batch the load it belongs to, and whether it lifts
// tombstones.
type tagged struct {
	to   sink
	load graph.LoadInfo
	lift bool // load what was forgotten
	used bool // something was loaded as a part of the load
}

// Apply applies a batch as one of the load, unless it names another.
func (t *tagged) Apply(ctx context.Context, batch graph.Batch) (graph.Result, error) {
	ours := batch.Load.ID == ""
	if ours {
		batch.Load = t.load
	}
	batch.Lift = t.lift
	result, err := t.to.Apply(ctx, batch)
	t.used = t.used || ours && err == nil && len(batch.Nodes)+len(batch.Edges) > 0
	return result, err
}

// done marks the load as complete in the store. A load of which nothing was
// stored is no load: there is nothing to list or to undo.
func (l *loader) done(ctx context.Context) error {
	if t, ok := l.sink.(*tagged); ok && !t.used {
		l.report.Load = ""
		return nil
	}
	load := l.load
	load.Done = true
	load.Source = cmp.Or(load.Source, l.citedSources())
	if _, err := l.sink.Apply(ctx, graph.Batch{Load: load}); err != nil {
		return message.Errorf("load: %w", err)
	}
	return nil
}

// citedSources names the sources that a load cites, for the list of loads.
func (l *loader) citedSources() string {
	names := make([]string, 0, len(l.cited))
	for name := range l.cited {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b)) })
	const most = 3
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" +%d", len(names)-most)
	}
	return strings.Join(names, ", ")
}
