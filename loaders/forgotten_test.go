package loaders_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"liantu/graph"
	"liantu/loaders"
)

// TestForgottenPersons loads a list again after one person of it was forgotten:
// in a dry run and in a load the rows about that person alone are rejected,
// with a reason that repeats no value, until the load lifts the tombstone.
func TestForgottenPersons(t *testing.T) {
	o := loaders.Options{Store: openStore(t), Source: "list", AsOf: "2024", FS: files(map[string]string{
		"Person.csv": "name,phone\n鹂鸣谷,10000000041\n鹂鸣涧,10000000042\n",
		"KNOWS.csv":  "from,to\n10000000041,10000000042\n10000000042,鹂鸣涧\n",
	})}
	load(t, o)
	key := graph.NewKey("Person", []string{"phone", "name"}, []string{"10000000041", "鹂鸣谷"})
	if _, err := o.Store.Forget(t.Context(), graph.Forgetting{Key: key, By: "steward", Reason: "letter", At: time.Now()}); err != nil {
		t.Fatal(err)
	}
	want := []string{"rejected KNOWS.csv:2", "rejected Person.csv:2"}
	for _, dry := range []bool{true, false} {
		o.DryRun = dry
		r := load(t, o)
		var reported []string
		for _, f := range r.Faults {
			if f.Code == loaders.CodeForgotten {
				reported = append(reported, fmt.Sprintf("%s %s:%d", f.Severity, f.File, f.Row))
			}
			if f.Code == loaders.CodeForgotten && strings.Contains(f.String(), "鹂") {
				t.Errorf("the fault repeats who it was: %s", f)
			}
		}
		if total := r.Total(); total.Accepted != 2 || total.Rejected != 2 || !slices.Equal(reported, want) {
			t.Errorf("dry %t: %+v, reported are %q, want %q", dry, total, reported, want)
		}
	}
	o.Lift = true
	for _, dry := range []bool{true, false} {
		o.DryRun = dry
		if total := load(t, o).Total(); total.Accepted != 4 {
			t.Errorf("dry %t, lifted: %+v", dry, total)
		}
	}
	if found, err := o.Store.Tombstones(t.Context(), []graph.Key{key}); err != nil || len(found) > 0 {
		t.Errorf("after lifting there are %+v, error %v", found, err)
	}
}
