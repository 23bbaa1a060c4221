package loaders

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"liantu/graph"
	"liantu/loaders/lists"
	"liantu/loaders/rehearsal"
	"liantu/message"
	"liantu/schema"
)

// listing is what a load declares and its rows say of lists of companies.
type listing struct {
	declared lists.Declaration
	bySource map[string]*listed
	places   [][2]ref // of companies, and the regions in which the rows place them
	scopes   []scopeAt
}

// listed is what the rows of a source say of companies.
type listed struct {
	first, last place            // the rows that name companies
	newest      graph.Provenance // of these rows
	rows        map[string]int   // how many they are, by day
	companies   []ref
}

// scopeAt is the scope that a row states of a source.
type scopeAt struct {
	place
	codes []string
}

// list records what a row states of lists: that a source names a company, or what a
// source holds.
func (w *writer) list(r *row, draft *graph.NodeDraft, node ref) {
	w.index.lists.Add(draft.Kind, draft.Facts)
	at := place{w.file, r.rec.Line}
	for i := range draft.Facts {
		if codes, ok := draft.Facts[i].Value.([]string); ok && draft.Kind == lists.SourceKind && draft.Facts[i].Property == "scope" {
			w.lists.scopes = append(w.lists.scopes, scopeAt{at, codes})
		}
	}
	if draft.Kind != lists.CompanyKind {
		return
	}
	l := w.lists.bySource[r.prov.Source]
	if l == nil {
		l = &listed{first: at, newest: r.prov, rows: map[string]int{}}
		w.lists.bySource[r.prov.Source] = l
	}
	if c := cmp.Or(graph.CompareDates(r.prov, l.newest), cmp.Compare(r.prov.Grade, l.newest.Grade)); c < 0 {
		l.newest = r.prov
	}
	if l.last != at {
		l.rows[r.prov.AsOf]++
	}
	l.last, l.companies = at, append(l.companies, node)
}

// place records the region in which an edge places a company.
func (x *listing) place(edge string, company, region ref, key graph.Key) {
	if edge == "LOCATED_IN" && key.Kind() == lists.CompanyKind {
		x.places = append(x.places, [2]ref{company, region})
	}
}

// settleScope finds what the scope of the load names: in the graph, else in the files,
// which are read for it before anything is written.
func (l *loader) settleScope(ctx context.Context) error {
	if !l.index.lists.HasAll(l.lists.declared.Scope) {
		for _, f := range l.files {
			if err := l.readLinks(ctx, f); err != nil {
				return message.Errorf("load: %s: %w", f.in.Name, err)
			}
		}
	}
	return l.lists.declared.Settle(l.index.lists)
}

// readLinks reads what a file states that a scope may name. Its faults are reported when
// the nodes are made.
func (l *loader) readLinks(ctx context.Context, f *file) error {
	emitters := slices.DeleteFunc(slices.Clone(f.plan.nodes), func(e *emitter) bool { return !lists.IsLink(e.kind.Name) })
	if len(emitters) == 0 {
		return nil
	}
	unitless := maps.Clone(f.unitless)
	w := &writer{loader: l, file: f, ctx: ctx, codes: map[string]madeCode{}}
	err := f.each(false, func(int64) {}, func(r *row) error {
		mark := len(f.faults)
		for _, e := range emitters {
			if !w.labelled(r) || !r.takes(e) {
				continue
			}
			err := w.nodes(r, e, func(draft graph.NodeDraft) error {
				l.index.lists.Add(draft.Kind, draft.Facts)
				return w.broken
			})
			if err != nil {
				return err
			}
		}
		f.faults = f.faults[:mark]
		return ctx.Err()
	})
	f.unitless = unitless
	return err
}

// declare states what the load declares of each source that names companies.
func (l *loader) declare(ctx context.Context) error {
	for _, s := range l.lists.scopes {
		if i := slices.IndexFunc(s.codes, func(code string) bool { return !l.index.lists.Has(code) }); i >= 0 {
			s.file.fault(Warning, CodeScope, s.row, message.New("no ecosystem, chain or link has the code %q, so what the source declares complete is void; load it, or correct the scope", s.codes[i]))
		}
	}
	d := &l.lists.declared
	if !d.Stated() {
		return nil
	}
	if len(l.lists.bySource) == 0 {
		l.files[0].fault(Warning, CodeDeclared, 0, message.New("no row states a company, so that nothing is declared of any list"))
		return nil
	}
	kind := l.Model.Node(lists.SourceKind)
	var batch graph.Batch
	for _, name := range slices.Sorted(maps.Keys(l.lists.bySource)) {
		newest := l.lists.bySource[name].newest
		props := d.Properties(name, newest.AsOf)
		if l.index.lists.Untitled(name) {
			props["title"] = name
		}
		batch.Nodes = append(batch.Nodes, nodeDraft(kind, props, newest))
	}
	counts, err := l.write(ctx, batch)
	if err != nil {
		return message.Errorf("load: sources: %w", err)
	}
	l.report.Sources.add(counts)
	return nil
}

// reviewLists says of the lists that the load names what speaks against them, and of
// those that look complete that they do not say so. The trial is that of a dry run.
func (l *loader) reviewLists(ctx context.Context, trial *rehearsal.Rehearsal) error {
	contents := lists.Graph(func(do func(graph.Change) error) error {
		if trial != nil {
			return trial.Each(do)
		}
		_, err := l.Store.Changes(ctx, 0, do)
		return err
	})
	var stated, silent []string
	for _, source := range slices.Sorted(maps.Keys(l.lists.bySource)) {
		if l.lists.declared.Stated() || l.index.lists.HasPopulation(source) {
			stated = append(stated, source)
		} else if lists.MayLook(len(l.lists.bySource[source].companies)) {
			silent = append(silent, source)
		}
	}
	err := l.checkLists(stated, contents)
	if err == nil {
		err = l.askLists(silent, contents)
	}
	if err != nil {
		return message.Errorf("load: %w", err)
	}
	return nil
}

// checkLists warns of what speaks against lists that state their population.
func (l *loader) checkLists(sources []string, contents lists.Graph) error {
	if len(sources) == 0 {
		return nil
	}
	census, err := lists.Take(contents)
	if err != nil {
		return err
	}
	for _, source := range sources {
		rows := l.lists.bySource[source]
		if d := &l.lists.declared; d.Stated() && !census.Shows(source, d, rows.newest.AsOf) {
			rows.first.file.fault(Warning, CodeDeclared, 0, message.New("of the source %q the graph shows another population, region, scope or day than this load declares, since another load states it as of the same day or a later one; take that load back with liantu undo, or state a newer --as-of", source))
		}
		day, earlier := census.CompleteOn(source), 0
		for asOf, n := range rows.rows {
			if day != "" && schema.LastDay(asOf) < schema.LastDay(day) {
				earlier += n
			}
		}
		if earlier > 0 {
			rows.first.file.fault(Warning, CodeEarlier, 0, message.New("%d rows of the source %q name companies as of a day before %s, as of which it is declared complete, and do not count as on the list; correct their days, or declare it complete on an earlier day with --complete-on", earlier, source, day))
		}
	}
	recalls, err := census.Recalls(contents, sources)
	for i := range recalls {
		r := &recalls[i]
		if text := r.Text(); r.Lacks() {
			l.lists.bySource[r.Source].first.file.fault(Warning, CodeRecall, 0, text)
		} else if !text.IsZero() {
			l.report.Remarks = append(l.report.Remarks, text.In(l.Language))
		}
	}
	return err
}

// askLists asks of lists that look complete and do not say so what they hold. Places that
// the rows do not state are looked for in the graph.
func (l *loader) askLists(sources []string, contents lists.Graph) error {
	var stored map[ref][]string
	for _, source := range sources {
		members := map[ref]bool{}
		for _, company := range l.lists.bySource[source].companies {
			members[l.index.find(company)] = true
		}
		var places []lists.Place
		placed := map[ref]bool{}
		for _, p := range l.lists.places {
			if at := l.index.find(p[0]); members[at] {
				placed[at] = true
				places = append(places, lists.Place{Company: int(at), Region: l.index.key[p[1]].Values()[0]})
			}
		}
		if lists.MayLook(len(members)) && lists.Unplaced(len(placed), len(members)) {
			if stored == nil {
				var err error
				if stored, err = l.storedPlaces(contents); err != nil {
					return err
				}
			}
			for company := range members {
				for _, region := range stored[company] {
					places = append(places, lists.Place{Company: int(company), Region: region})
				}
			}
		}
		if guess, ok := lists.Look(len(members), places); ok {
			l.report.Remarks = append(l.report.Remarks, guess.Question(source).In(l.Language))
		}
	}
	return nil
}

// storedPlaces returns the codes of the regions in which the graph places companies.
func (l *loader) storedPlaces(contents lists.Graph) (map[ref][]string, error) {
	places, companies, regions := map[ref][]string{}, map[graph.ID]ref{}, map[graph.ID]string{}
	return places, contents(func(c graph.Change) error {
		switch n, e := c.Node, c.Edge; {
		case n != nil && n.Kind == lists.CompanyKind:
			for _, k := range n.Keys {
				if at, ok := l.index.byKey[k]; ok {
					companies[n.ID] = l.index.find(at)
					break
				}
			}
		case n != nil && n.Kind == "Region":
			code, _ := n.Get("code")
			regions[n.ID], _ = code.(string)
		case e != nil && e.Kind == "LOCATED_IN":
			if company, ok := companies[e.From]; ok && regions[e.To] != "" {
				places[company] = append(places[company], regions[e.To])
			}
		}
		return nil
	})
}
