package api_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"liantu/access"
	"liantu/api"
	"liantu/api/fault"
	"liantu/schema"
)

// questions makes random valid queries on a schema.
type questions struct {
	schema *ast.Schema
	random *rand.Rand
	left   int // fields that the present query may still have
}

// values are the values of arguments by name; other arguments are omitted where the
// schema permits.
var values = map[string][]string{
	"id": {`"330100"`, `"chip"`, `"chip.fab"`, `"600001.SH"`, `"P-1"`, `"nobody"`}, "region": {`"330100"`, `"杭州"`, `"330000"`, `"999999"`},
	"link": {`"chip.resist"`, `"chip.fab"`}, "chain": {`"chip"`}, "ecosystem": {`"aiot"`}, "text": {`"杭"`, `"芯片"`},
	"first": {"0", "1", "2", "7"}, "kind": nil, "property": {`"name"`}, "minGrade": {"A", "D"}, "states": {"[WEAK, ABSENT]", "ADEQUATE"},
}

func (q *questions) query() string {
	q.left = 40
	return "{" + q.selection(q.schema.Query, 0) + "}"
}

// selection selects some fields of a type, each under a name of its own.
func (q *questions) selection(def *ast.Definition, depth int) string {
	var b strings.Builder
	for i := range 1 + q.random.IntN(5) {
		f := def.Fields[q.random.IntN(len(def.Fields))]
		if strings.HasPrefix(f.Name, "__") || f.Name == "builtAt" || f.Name == "ageSeconds" || q.left <= 0 {
			continue
		}
		inner := q.schema.Types[f.Type.Name()]
		below := ""
		if inner.IsCompositeType() {
			if depth == 5 {
				continue
			}
			below = "{" + q.below(inner, depth+1) + "}"
		}
		q.left--
		fmt.Fprintf(&b, " a%d:%s%s%s%s", i, f.Name, q.arguments(f), q.directive(), below)
	}
	return b.String() + " __typename"
}

// below selects of an object, or of an interface by fragments on its objects.
func (q *questions) below(def *ast.Definition, depth int) string {
	if !def.IsAbstractType() || q.random.IntN(3) == 0 {
		return q.selection(def, depth)
	}
	objects := q.schema.PossibleTypes[def.Name]
	object := objects[q.random.IntN(len(objects))]
	return "... on " + object.Name + "{x:" + "__typename " + strings.ReplaceAll(q.selection(object, depth), " a", " b") + "} __typename"
}

func (q *questions) directive() string {
	return []string{"", "", "", " @include(if: true)", " @skip(if: false)", " @skip(if: true)"}[q.random.IntN(6)]
}

func (q *questions) arguments(f *ast.FieldDefinition) string {
	var args []string
	for _, a := range f.Arguments {
		if !a.Type.NonNull && q.random.IntN(2) == 0 {
			continue
		}
		pool := values[a.Name]
		if def := q.schema.Types[a.Type.Name()]; def.Kind == ast.Enum && pool == nil {
			pool = []string{def.EnumValues[q.random.IntN(len(def.EnumValues))].Name}
		}
		if len(pool) > 0 {
			args = append(args, a.Name+": "+pool[q.random.IntN(len(pool))])
		}
	}
	if len(args) == 0 {
		return ""
	}
	return "(" + strings.Join(args, ", ") + ")"
}

// agree sends a random query to the compiled plans and to graphql-go's executor over
// the same types, in the same role: the data must be the same, and where one reports
// an error the other must. It reports false for a query beyond the limits.
func agree(tb testing.TB, s *api.Server, as *access.Identity, seed uint64) bool {
	tb.Helper()
	q := &questions{schema: api.SchemaOf(s), random: rand.New(rand.NewPCG(seed, 1))}
	r := api.Request{Query: q.query(), Identity: as}
	answer := s.Execute(tb.Context(), r)
	if slices.ContainsFunc(answer.Errors, func(e fault.Error) bool { return e.Code() == fault.CodeLimit }) {
		return false
	}
	want, errs, err := api.Second(tb.Context(), s, r)
	if err != nil {
		tb.Fatal(err)
	}
	var got any
	if answer.Data != nil {
		if err := json.Unmarshal(answer.Data, &got); err != nil {
			tb.Fatalf("seed %d: %v in %s", seed, err, answer.Data)
		}
	}
	if !reflect.DeepEqual(got, want) || len(answer.Errors) != errs {
		tb.Fatalf("seed %d as %s: %s\nplan:   %s %v\nsecond: %v %d errors", seed, as.Role, r.Query, answer.Data, answer.Errors, want, errs)
	}
	if again := s.Execute(tb.Context(), r); string(again.Data) != string(answer.Data) {
		tb.Fatalf("seed %d as %s: %s\nonce:  %s\ntwice: %s", seed, as.Role, r.Query, answer.Data, again.Data)
	}
	return true
}

// identities are somebody of each role.
func identities() []*access.Identity {
	var all []*access.Identity
	for _, role := range schema.Roles {
		one := &access.Identity{Subject: "test", Name: "test", Role: role}
		switch schema.DefaultPolicy().Role(role).Scope {
		case schema.ScopeTaskForce:
			one.Scope = access.Scope{Regions: []string{"330000"}, Ecosystems: []string{"*"}}
		case schema.ScopeItself:
			one.Scope.Intermediary = "nobody"
		}
		all = append(all, one)
	}
	return all
}

// roomy sets limits within which the random queries are.
func roomy(c *api.Config, _ *api.Deps) { c.MaxDepth, c.MaxAliases, c.MaxRootFields = 30, 200, 20 }

// pictures are the data sets for both executors: the small world with facts of all
// types, and the sample pack.
func pictures(tb testing.TB) []*api.Server {
	tb.Helper()
	live, err := sample()
	if err != nil {
		tb.Fatal(err)
	}
	return []*api.Server{newServer(tb, newWorld(tb), roomy), newServer(tb, &world{live: live}, roomy)}
}

// TestPlansAgreeWithASecondExecutor asks random questions over each data set in
// each role.
func TestPlansAgreeWithASecondExecutor(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks thousands of random questions")
	}
	for i, s := range pictures(t) {
		for _, as := range identities() {
			questions := 120
			if as.Role == schema.RoleAnonymous {
				questions = 480
			}
			compared := 0
			for seed := range uint64(questions / (1 + 3*i)) {
				if agree(t, s, as, seed+1000*uint64(i)) {
					compared++
				}
			}
			if compared < questions/(1+3*i)/2 {
				t.Errorf("only %d of %d questions could be compared as %s", compared, questions, as.Role)
			}
		}
	}
}

// FuzzPlans compares the two executors on questions, roles and data sets that
// the fuzzer chooses.
func FuzzPlans(f *testing.F) {
	for role := range schema.Roles {
		f.Add(uint64(role), uint8(role), role%2 == 0)
	}
	servers := pictures(f)
	f.Fuzz(func(t *testing.T, seed uint64, role uint8, small bool) {
		s := servers[1]
		if small {
			s = servers[0]
		}
		agree(t, s, identities()[int(role)%len(schema.Roles)], seed)
	})
}

// TestKeysComeInTheOrderOfTheQuestion reads the answer as text.
func TestKeysComeInTheOrderOfTheQuestion(t *testing.T) {
	s := newServer(t, newWorld(t), nil)
	answer := s.Execute(t.Context(), api.Request{Query: `{ z: __typename region(id: "330100") { name code ... { caption } __typename } a: __typename }`})
	want := `{"z":"Query","region":{"name":"杭州市","code":"330100","caption":"杭州市","__typename":"Region"},"a":"Query"}`
	if string(answer.Data) != want {
		t.Errorf("got  %s\nwant %s", answer.Data, want)
	}
}
