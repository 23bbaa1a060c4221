// Package storetest checks that a store fulfils the contract of [graph.Store]:
// every sentence of the contract is a subtest here, named by the sentence, and
// a store that fails one is not a store. The package also holds the small
// vocabulary and the naive implementation that the checks need. Only tests
// import it.
package storetest

import (
	"context"
	"flag"
	"iter"
	"strconv"
	"testing"

	"liantu/graph"
	"liantu/schema"
)

// Opener opens the store of one place, a file or a database, for a model and with a
// secret, [graph.Secret]{} for that of the place or, in a new one, any. A place is
// empty at first. After the store is closed, a second call opens the place again,
// with what was written before.
type Opener func(ctx context.Context, model *schema.Model, secret graph.Secret) (graph.Store, error)

// Place makes a fresh, empty place. It is called at least once in every subtest,
// and registers its clean-up with tb.Cleanup. Only one place is in use at a
// time, so that it may empty and reuse one database.
type Place func(tb testing.TB) Opener

// Options adapt the effort of the suite, not what it checks.
type Options struct {
	// Checks is the number of random graphs that each of the four property
	// tests tries, 30 if it is 0. Each uses one or two fresh places and about a
	// dozen batches. The flag -rapid.checks has precedence.
	Checks int
}

// check is one promise of the contract. It works on one fresh place.
type check struct {
	promise string // the sentence of the contract, or the part that is meant
	run     func(t testing.TB, open Opener)
}

// Run checks a store, with a subtest for each promise. The stores must accept the
// model that [Model] returns.
func Run(t *testing.T, place Place, o Options) {
	for promise, run := range Promises() {
		t.Run(promise, func(t *testing.T) { run(t, place(t)) })
	}
	limitChecks(t, o.Checks)
	place = personally(place)
	t.Run("batches that succeed give the same graph in any order and however the facts are divided among them", func(t *testing.T) {
		anyOrder(t, func() Opener { return place(t) })
	})
	t.Run("taking loads back, in any order with loading, leaves what the other loads state", func(t *testing.T) {
		undoAnyLoad(t, func() Opener { return place(t) })
	})
	t.Run("changes after a version lead from the graph then to the graph now", func(t *testing.T) {
		followChanges(t, func() Opener { return place(t) })
	})
	t.Run("no id of a person, and none of an edge of one, is a plain hash", func(t *testing.T) {
		noPlainID(t, func() Opener { return place(t) })
	})
}

// personally makes every second place one in which personal values identify firms,
// so that the random graphs try keyed ids and plain ones.
func personally(place Place) Place {
	calls := 0
	return func(tb testing.TB) Opener {
		open := place(tb)
		if calls++; calls%2 == 0 {
			return open
		}
		return func(ctx context.Context, _ *schema.Model, secret graph.Secret) (graph.Store, error) {
			return open(ctx, personalModel(), secret)
		}
	}
}

// Promises yields the promises that examples can check, each with its check,
// which uses one fresh place: all of [Run] except the random graphs.
func Promises() iter.Seq2[string, func(testing.TB, Opener)] {
	return func(yield func(string, func(testing.TB, Opener)) bool) {
		for _, part := range [][]check{applyChecks, conditionChecks, mergeChecks, faultChecks, valueChecks, changesChecks, lifeChecks, identityChecks, undoChecks, forgetChecks, togetherChecks} {
			for _, c := range part {
				if !yield(c.promise, c.run) {
					return
				}
			}
		}
	}
}

// limitChecks sets the number of random checks unless the command line does.
func limitChecks(t *testing.T, n int) {
	const name = "rapid.checks"
	if n == 0 {
		n = 30
	}
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == name })
	if given {
		return
	}
	before := flag.Lookup(name).Value.String()
	set := func(value string) {
		if err := flag.Set(name, value); err != nil {
			t.Errorf("limiting the random checks: %v", err)
		}
	}
	set(strconv.Itoa(n))
	t.Cleanup(func() { set(before) })
}
