package questions_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/graphql-go/graphql"

	"liantu/api/disclosure"
	"liantu/api/fields"
	"liantu/api/questions"
	"liantu/schema"
)

// root makes the root of the questions over a model.
func root(model *schema.Model) (graphql.FieldDefinitionMap, error) {
	b := fields.NewBuilder(&fields.Service{Model: model, DefaultPage: 20, MaxPage: 100})
	made, err := b.Schema(questions.Root(b, questions.All()), nil, questions.SubscriptionRoot(b))
	if err != nil {
		return nil, err
	}
	return made.Types.QueryType().Fields(), nil
}

// TestEveryQuestionIsAField checks the rows: a name that occurs once, a field, and
// work that depends on an argument of it.
func TestEveryQuestionIsAField(t *testing.T) {
	made, err := root(schema.Default())
	if err != nil {
		t.Fatal(err)
	}
	seen, all := map[string]bool{}, questions.All()
	work := questions.WorkOf(all)
	for _, q := range all {
		if seen[q.Name] {
			t.Errorf("two rows are named %q", q.Name)
		}
		seen[q.Name] = true
		f := made[q.Name]
		if f == nil {
			t.Errorf("%s: no field was made", q.Name)
			continue
		}
		if got := work(disclosure.QueryType, q.Name); got != q.Work {
			t.Errorf("%s: work %v, want %v", q.Name, got, q.Work)
		}
		if q.Work == nil {
			continue
		}
		wanted := []string{q.Work.Argument}
		for _, x := range q.Work.Also {
			wanted = append(wanted, x.Argument)
		}
		for _, name := range wanted {
			takes := func(a *graphql.Argument) bool { return a.Name() == name }
			if name != "" && !slices.ContainsFunc(f.Args, takes) {
				t.Errorf("%s: more work for the argument %q, which it does not take", q.Name, name)
			}
		}
	}
	if len(made) != len(seen) {
		t.Errorf("%d fields of %d rows", len(made), len(seen))
	}
	if work("Verdict", "candidates") == nil {
		t.Error("candidates below a verdict are no work")
	}
	if work("Company", "gaps") != nil || work("Link", "candidates") != nil {
		t.Error("a field below the root has the work of a question")
	}
}

// without reads the model without some of its kinds.
func without(t *testing.T, kinds ...string) *schema.Model {
	t.Helper()
	part := fstest.MapFS{}
	folder := os.DirFS(filepath.Join("..", "..", "schema", "kinds"))
	names, err := fs.Glob(folder, "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if slices.Contains(kinds, strings.TrimSuffix(name, ".yaml")) {
			continue
		}
		text, err := fs.ReadFile(folder, name)
		if err != nil {
			t.Fatal(err)
		}
		part[name] = &fstest.MapFile{Data: text}
	}
	model, err := schema.Read(part)
	if err != nil {
		t.Fatal(err)
	}
	return model
}

// TestQuestionsNeedTheirKinds checks that questions are left out for which a model
// has no kinds, and that the kinds which the questions on gaps lack are named.
func TestQuestionsNeedTheirKinds(t *testing.T) {
	made, err := root(without(t, "TaskForce", "TARGETS", "IN_CHARGE_OF"))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"match": false, "needs": false, "matchPlan": false, "gaps": true, "introductions": true} {
		if (made[name] != nil) != want {
			t.Errorf("%s is there: %t, want %t", name, made[name] != nil, want)
		}
	}
	_, err = root(without(t, "Chain"))
	if err == nil || !strings.Contains(err.Error(), `no node kind "Chain"`) {
		t.Errorf("a model without chains: %v", err)
	}
}
