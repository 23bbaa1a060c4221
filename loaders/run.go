package loaders

import (
	"context"

	"liantu/loaders/inputs"
	"liantu/loaders/names"
	"liantu/loaders/rehearsal"
	"liantu/message"
)

func (l *loader) run(ctx context.Context) error {
	if err := l.prepare(ctx); err != nil {
		return err
	}
	var trial *rehearsal.Rehearsal
	if l.DryRun {
		var err error
		if trial, err = rehearsal.New(ctx, l.Model, l.Store); err != nil {
			return message.Errorf("load: %w", err)
		}
		l.sink = &tagged{to: trial, load: l.load, lift: l.Lift}
	}
	if err := l.passes(ctx); err != nil {
		return err
	}
	if trial == nil {
		if err := l.done(ctx); err != nil {
			return err
		}
		if err := l.part(ctx); err != nil {
			return err
		}
		return l.reviewLists(ctx, nil)
	}
	if err := l.reviewLists(ctx, trial); err != nil {
		return err
	}
	l.report.Differences = trial.Differences()
	if l.Assert != nil {
		return l.assert(trial)
	}
	return nil
}

// prepare finds the files and how to read them, and reads what the store holds.
func (l *loader) prepare(ctx context.Context) error {
	ins, ignored, err := inputs.Find(l.FS, l.Paths, l.Sheet)
	if err != nil {
		return err
	}
	l.report.Ignored = ignored
	if err := l.recogniseAll(ctx, ins); err != nil {
		return err
	}
	if err := l.provenance(); err != nil {
		return err
	}
	l.index = newIndex(l.Model)
	if l.Names {
		l.report.Names = &names.Counts{}
	}
	for _, f := range l.files {
		f.plan.prepare(l.index)
		for _, edges := range []bool{false, true} {
			if f.states(edges) {
				l.progress.TotalBytes += f.in.Size
			}
		}
	}
	if err := l.index.read(ctx, l.Store); err != nil {
		return message.Errorf("load: %w", err)
	}
	if err := l.settleScope(ctx); err != nil {
		return err
	}
	if l.report.Version, err = l.Store.Version(ctx); err != nil {
		return message.Errorf("load: %w", err)
	}
	if l.load, err = l.loadInfo(ins); err != nil {
		return err
	}
	if err := l.sameDays(ctx); err != nil {
		return err
	}
	l.report.Load = l.load.ID
	l.sink = &tagged{to: l.Store, load: l.load, lift: l.Lift}
	return nil
}

// passes applies everything in the files to the sink, nodes before edges.
func (l *loader) passes(ctx context.Context) error {
	if err := l.regions(ctx); err != nil {
		return err
	}
	if err := l.sources(ctx); err != nil {
		return err
	}
	if err := l.pass(ctx, false); err != nil {
		return err
	}
	if err := l.names(ctx); err != nil {
		return err
	}
	l.checkSources()
	if err := l.pass(ctx, true); err != nil {
		return err
	}
	return l.declare(ctx)
}
