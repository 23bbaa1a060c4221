package storetest_test

import (
	"context"
	"fmt"
	"runtime"
	"testing"

	"liantu/graph"
	"liantu/graph/storetest"
	"liantu/schema"
)

// opener opens memory stores of one disk, all with the same fault.
func opener(fault string) storetest.Opener {
	d := newDisk()
	return func(_ context.Context, model *schema.Model, secret graph.Secret) (graph.Store, error) {
		if fault == "forgets everything when closed" {
			d = newDisk()
		}
		if fault == "makes a new secret when it opens" {
			d.secret = graph.Secret{}
		}
		chosen, err := d.secret.Choose(secret)
		if err != nil && fault != "takes any secret" {
			return nil, err
		}
		if err == nil && fault != "takes no secret" {
			d.secret = chosen
		}
		if d.secret.None() {
			d.secret = graph.NewSecret()
		}
		return &memory{fault: fault, model: model, disk: d}, nil
	}
}

func TestCorrectStorePasses(t *testing.T) {
	storetest.Run(t, func(testing.TB) storetest.Opener { return opener("") }, storetest.Options{Checks: 100})
}

// TestFaultyStoresFail runs the checks against stores that break one promise.
func TestFaultyStoresFail(t *testing.T) {
	faults := map[string]string{ // the fault and a promise that must show it
		"keeps part of a refused batch":           "all of them or none",
		"forgets everything when closed":          "and returns what changed once that is durable",
		"counts every batch as a version":         "the same batch applied again changes nothing and leaves the version as it was",
		"counts all as updated":                   "every draft of the batch is counted once",
		"finds nodes by their strongest key only": "a node is found by any of its keys",
		"does not find edges":                     "two nodes are joined by at most one edge of the same kind and discriminator",
		"ignores the context":                     "a context that is done at the call gives its error and changes nothing",
		"keeps the old facts":                     "Apply adds the facts of a batch to the graph",
		"keeps the old facts of edges":            "edges that then join the same nodes become one edge with the facts of all",
		"forgets incoming edges in a merge":       "all their facts and all their edges",
		"forgets lost ids":                        "and is found by the lost ids",
		"does not say what is wrong":              "the error names every such draft",
		"stores whole numbers as decimals":        "a value comes back as it was given, in every type",
		"cuts long texts":                         "a value comes back as it was given, however big",
		"yields what did not change":              "Changes calls yield for every element that changed after the given version",
		"describes the version at the end":        "what it yields is one consistent cut, whatever is applied meanwhile, even by yield itself",
		"shows what is applied meanwhile":         "what it yields is one consistent cut, whatever is applied meanwhile, even by yield itself",
		"sorts by id alone":                       "removed edges first, then removed nodes, nodes and edges, each sorted by kind and id",
		"yields removals of the whole graph":      "with version 0 it yields the whole graph and no removals",
		"forgets removals":                        "a removal names the kind and the id of the lost",
		"takes any version":                       "a version that the graph has not reached gives ErrConflict",
		"gives away its own elements":             "the yielded elements belong to the caller",
		"wraps the error of yield":                "an error from yield ends the stream and is returned as it is",
		"lists loads in any order":                "Loads returns the loads of all batches that were not taken back, oldest first, then by version and id",
		"lists all loads whatever ids are given":  "when ids are given, those of them that are listed, each once",
		"counts batches of a load twice":          "a batch that is applied again under the same load counts once",
		"records no batch that changes nothing":   "also for those that changed nothing because another load had stated the same",
		"wraps the error of the ledger's yield":   "an error from yield ends the ledger and is returned as it is",
		"keeps the ledger of what was taken back": "Undo takes a load back and the graph is as if the load had never been applied",
		"leaves keys behind":                      "a key that no load states any longer is free for another node",
		"counts every undo as a version":          "Undo increases the version by one if anything in the graph changes",
		"forgets a load that it cannot take back": "where a draft of another load depends on this one nothing is taken back",
		"takes back what is not listed":           "a load that is not listed gives ErrNotFound",
		"keeps the ledger of what was forgotten":  "and in the ledger every draft about it, so that no Undo brings it back",
		"forgets whole batches":                   "everything else of its loads stays and can be taken back as before",
		"leaves no tombstone":                     "Apply refuses drafts with a key that the node had, and edges to it",
		"keeps tombstones for ever":               "a batch with Lift adds it again, which removes the tombstone",
		"takes no secret":                         "ids of nodes that personal keys identify, and of their edges, are keyed with the secret of the graph",
		"makes a new secret when it opens":        "Namer returns what makes the ids of the graph, the same for as long as the graph exists",
		"takes any secret":                        "a graph is not opened with a secret that is not its own",
		"works after Close":                       "after Close every method returns ErrClosed",
		"closes once":                             "a second Close does nothing",
	}
	promises := map[string]func(testing.TB, storetest.Opener){}
	for promise, run := range storetest.Promises() {
		promises[promise] = run
	}
	for fault, promise := range faults {
		t.Run(fault, func(t *testing.T) {
			run := promises[promise]
			if run == nil {
				t.Fatalf("the suite has no promise %q", promise)
			}
			if r := record(t, run, opener(fault)); len(r.said) == 0 {
				t.Errorf("a store that %s keeps the promise %q", fault, promise)
			}
			if r := record(t, run, opener("")); len(r.said) > 0 {
				t.Errorf("a correct store breaks the promise %q: %s", promise, r.said)
			}
		})
	}
}

// recorder is a test that may fail without failing the test that it is part of.
type recorder struct {
	testing.TB
	said    []string
	cleanup []func()
}

// record runs a check to its end in a recorder.
func record(t *testing.T, run func(testing.TB, storetest.Opener), open storetest.Opener) *recorder {
	t.Helper()
	r := &recorder{TB: t}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		defer func() {
			for i := len(r.cleanup) - 1; i >= 0; i-- {
				r.cleanup[i]()
			}
		}()
		run(r, open)
	}()
	<-ended
	return r
}

func (r *recorder) Helper()          {}
func (r *recorder) Cleanup(f func()) { r.cleanup = append(r.cleanup, f) }

func (r *recorder) Errorf(format string, args ...any) {
	r.said = append(r.said, fmt.Sprintf(format, args...))
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	runtime.Goexit()
}
