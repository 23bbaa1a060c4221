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

// TestForgottenInOtherCharacters loads a list that names a forgotten person in the other
// characters, simplified or traditional, and without the code.
func TestForgottenInOtherCharacters(t *testing.T) {
	for _, names := range [][2]string{{"鸣远谷", "鳴遠谷"}, {"鳴遠谷", "鸣远谷"}} {
		store := openStore(t)
		list := func(name string, lift bool) loaders.Rows {
			return load(t, loaders.Options{Store: store, Source: "list", AsOf: "2024", Lift: lift, FS: files(map[string]string{
				"Person.csv": "name,phone\n" + name + ",10000000041\n",
			})}).Total()
		}
		list(names[0], false)
		key := graph.NewKey("Person", []string{"phone", "name"}, []string{"10000000041", names[0]})
		if _, err := store.Forget(t.Context(), graph.Forgetting{Key: key, By: "steward", Reason: "letter", At: time.Now()}); err != nil {
			t.Fatal(err)
		}
		if total := list(names[1], false); total.Rejected != 1 {
			t.Errorf("%s comes again as %s: %+v", names[0], names[1], total)
		}
		if total := list(names[1], true); total.Accepted != 1 {
			t.Errorf("%s, lifted: %+v", names[1], total)
		}
		if total := list(names[1], false); total.Accepted != 1 {
			t.Errorf("%s, after lifting: %+v", names[1], total)
		}
	}
}
