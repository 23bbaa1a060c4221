package engine_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"liantu/api/engine"
	"liantu/api/guard"
)

// judged is a request and what the reference implementation, graphql-js, says of it.
type judged struct {
	Document      string
	Variables     json.RawMessage
	OperationName string
	Done          []string // how it was broken
	Verdict       string   // refused, valid for a subscription, or done
	Stage         string   // at which it was refused
	Rules         []string // that it breaks
	Message       string
	Data          string
	Errors        []struct {
		Path         []any
		Line, Column int
		Message      string
	}
}

// reference runs the program that makes requests for a schema and judges them.
func reference(t *testing.T, arguments ...string) []judged {
	t.Helper()
	leave := t.Skipf
	if os.Getenv("LIANTU_TEST_CLIENTS") == "required" {
		leave = t.Fatalf
	}
	node, err := exec.LookPath("node")
	if err != nil {
		leave("node is not installed")
	}
	folder := filepath.Join("..", "conformance")
	if _, err := os.Stat(filepath.Join(folder, "node_modules")); err != nil {
		leave("%s has no node_modules; make clients installs them", folder)
	}
	cmd := exec.CommandContext(t.Context(), node, append([]string{"oracle.mjs"}, arguments...)...)
	cmd.Dir = folder
	var faults bytes.Buffer
	cmd.Stderr = &faults
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, faults.String())
	}
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, len(out)+1)
	var all []judged
	for lines.Scan() {
		if len(all) == 0 && strings.HasPrefix(lines.Text(), `{"reference"`) {
			t.Logf("%s", lines.Text())
			continue
		}
		var j judged
		if err := json.Unmarshal(lines.Bytes(), &j); err != nil {
			t.Fatal(err)
		}
		all = append(all, j)
	}
	return all
}

// place is where a value of the small schema is, which its hash decides.
type place struct{ key, object string }

func hashOf(key string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(key))
	return h.Sum32()
}

var errByChance = errors.New("by chance")

// smallSchema resolves as the program beside it does.
type smallSchema struct{ engine *engine.Engine }

func newSmall(t *testing.T) *smallSchema {
	t.Helper()
	sdl, err := os.ReadFile(filepath.Join("..", "conformance", "small.graphql"))
	if err != nil {
		t.Fatal(err)
	}
	s := &smallSchema{}
	year := regexp.MustCompile(`^\d{4}$`)
	s.engine, err = engine.New(engine.Config{
		Schema: string(sdl),
		Access: func(object, field string) engine.Access { return s.access(object, field) },
		Scalar: func(string) (engine.Scalar, bool) {
			read := func(v any) (any, error) {
				if text, ok := v.(string); !ok || !year.MatchString(text) {
					return nil, errors.New("not a day")
				}
				return v, nil
			}
			return engine.Scalar{Read: read, Write: func(buf []byte, v any) ([]byte, error) {
				if _, err := read(v); err != nil {
					return buf, err
				}
				return engine.AppendString(buf, v.(string)), nil
			}}, true
		},
		TypeOf: func(_, v any) string { return v.(place).object },
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// access serves fields without arguments by each of the ways that the engine has.
func (s *smallSchema) access(object, field string) engine.Access {
	resolve := func(_, source any, args map[string]any) (any, error) {
		def := s.engine.Schema().Types[object].Fields.ForName(field)
		key := keyOf(source, field)
		if len(def.Arguments) > 0 {
			key += canonical(args)
		}
		if hashOf(key)%11 == 1 {
			return nil, errByChance
		}
		return s.valueAt(def.Type, key), nil
	}
	a := engine.Access{Resolve: resolve}
	find := func(source any) (any, error) { return resolve(nil, source, nil) }
	switch object + "." + field {
	case "Person.home", "Place.next", "Person.boss":
		a.Object = func(_, source, _ any) (any, error) { return find(source) }
	case "Person.name", "Place.name", "Robot.model":
		a.Leaf = func(w *engine.Writer, _, source any) error {
			switch v, err := find(source); {
			case err != nil:
				return err
			case v == nil:
				w.Null()
			default:
				w.String(v.(string))
			}
			return nil
		}
	}
	return a
}

func keyOf(source any, field string) string {
	p, _ := source.(place)
	return p.key + "." + field
}

func (s *smallSchema) valueAt(t *ast.Type, key string) any {
	h := hashOf(key)
	if t.NonNull && h%23 == 0 || !t.NonNull && h%7 == 0 {
		return nil
	}
	if t.Elem != nil {
		list := make([]any, h%4)
		for i := range list {
			list[i] = s.valueAt(t.Elem, fmt.Sprintf("%s[%d]", key, i))
		}
		return list
	}
	schema := s.engine.Schema()
	switch def := schema.Types[t.NamedType]; def.Kind {
	case ast.Interface, ast.Union:
		var names []string
		for _, possible := range schema.PossibleTypes[def.Name] {
			if possible.Kind != ast.Object {
				continue // gqlparser lists interfaces that implement an interface, too
			}
			names = append(names, possible.Name)
		}
		slices.Sort(names)
		return place{key, names[int(h)%len(names)]}
	case ast.Object:
		return place{key, def.Name}
	case ast.Enum:
		if h%29 == 3 {
			return "NOPE"
		}
		return def.EnumValues[int(h)%len(def.EnumValues)].Name
	}
	switch t.NamedType {
	case "Int":
		if h%31 == 5 {
			return int64(2147483648)
		}
		return int(h % 1000)
	case "Float":
		return float64(h%1000) / 4
	case "Boolean":
		return h%2 == 0
	case "Day":
		if h%29 == 3 {
			return "no day"
		}
		return strconv.Itoa(1000 + int(h%1000))
	}
	return "s" + strconv.FormatUint(uint64(h), 10)
}

// canonical writes arguments in the order of their names, as JSON.
func canonical(value any) string {
	switch v := value.(type) {
	case map[string]any:
		var parts []string
		for _, name := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, string(engine.AppendString(nil, name))+":"+canonical(v[name]))
		}
		return "{" + strings.Join(parts, ",") + "}"
	case []any:
		parts := make([]string, len(v))
		for i, item := range v {
			parts[i] = canonical(item)
		}
		return "[" + strings.Join(parts, ",") + "]"
	case string:
		text, _ := json.Marshal(v)
		return string(text)
	case float64:
		text, _ := engine.AppendFloat(nil, v)
		return string(text)
	case nil:
		return "null"
	}
	return fmt.Sprint(value)
}

// wide are limits that no document of the reference is beyond.
var wide = guard.Limits{
	Bytes: 1 << 20, Tokens: 1 << 20, Nesting: 64, Depth: 1 << 20,
	Fields: 1 << 20, Aliases: 1 << 20, Directives: 1 << 20, RootFields: 1 << 20,
}

// answer is what the engine makes of a request, in the words of the reference.
func (s *smallSchema) answer(j judged) (verdict, data string, errs []*engine.Error) {
	if r := guard.Document(j.Document, wide); r != nil {
		return "refused", "", []*engine.Error{{Message: r.Message().String()}}
	}
	op, errs := s.engine.Parse(j.Document, j.OperationName)
	if errs != nil {
		return "refused", "", errs
	}
	given := map[string]any{}
	d := json.NewDecoder(bytes.NewReader(j.Variables))
	d.UseNumber()
	if err := d.Decode(&given); err != nil {
		return "refused", "", []*engine.Error{{Message: err.Error()}}
	}
	vars, errs := op.Variables(given)
	if len(errs) > 0 {
		return "refused", "", errs
	}
	plan, errs := op.Plan("", vars)
	if errs != nil {
		return "refused", "", errs
	}
	if op.Type() == engine.Subscription {
		return "valid", "", nil
	}
	out, errs, err := plan.Run(engine.Call{Context: context.Background(), Variables: vars}, nil)
	if err != nil {
		return "stopped", err.Error(), nil
	}
	return "done", string(out), errs
}

// difference states how the engine differs from the reference, "" where it does not.
func (s *smallSchema) difference(j judged) string {
	verdict, data, errs := s.answer(j)
	if verdict != j.Verdict {
		reason := j.Message
		if len(errs) > 0 {
			reason = errs[0].Message
		}
		return fmt.Sprintf("%s, not %s: %s", verdict, j.Verdict, reason)
	}
	if verdict != "done" {
		return ""
	}
	if data != j.Data {
		return fmt.Sprintf("data\n  %s, not\n  %s", data, j.Data)
	}
	places := func(path []any, line, column int) string {
		text, _ := json.Marshal(path)
		return fmt.Sprintf("%s at %d:%d", text, line, column)
	}
	var got, want []string
	for _, e := range errs {
		l := append(e.Locations, engine.Location{})[0]
		got = append(got, places(append([]any{}, e.Path...), l.Line, l.Column))
	}
	for _, e := range j.Errors {
		want = append(want, places(e.Path, e.Line, e.Column))
	}
	if !slices.Equal(got, want) {
		return fmt.Sprintf("errors\n  %v, not\n  %v", got, want)
	}
	return ""
}

// deliberate are the classes in which the engine differs from the reference, each with
// its reason. Whatever else differs fails the test.
var deliberate = []struct {
	name, why string
	is        func(j judged, difference string) bool
}{
	{
		"empty operationName", "clients send an empty name where they mean none; graphql-js looks for an operation of that name",
		func(j judged, difference string) bool {
			return j.OperationName == "" && strings.Contains(j.Message, `Unknown operation named "".`)
		},
	},
	{
		"columns behind characters beyond U+FFFF", "the engine counts characters, graphql-js units of UTF-16",
		func(j judged, difference string) bool {
			return strings.HasPrefix(difference, "errors") && strings.ContainsFunc(j.Document, func(r rune) bool { return r > 0xffff })
		},
	},
	{
		"quotes behind a block string", "gqlparser ends a block string at the last three of several quotes, the specification at the first; the guard refuses what they read differently",
		func(j judged, difference string) bool {
			return strings.Contains(difference, "put a blank between them")
		},
	},
	{
		"control characters", "the specification of October 2021 has none below a blank but tabs and ends of lines; graphql-js takes those of a later draft",
		func(j judged, difference string) bool {
			return strings.HasPrefix(difference, "refused, not ") && strings.ContainsFunc(j.Document, func(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' })
		},
	},
	{
		"ids of many digits", "no id has more than 64 bits; graphql-js takes whole numbers of any size",
		func(j judged, difference string) bool {
			return strings.HasPrefix(difference, "refused, not done: ") && regexp.MustCompile(`\d{20}|e\+21`).MatchString(difference)
		},
	},
	{
		"conditions at the root of a subscription", "graphql-js leaves out what @skip(if: true) does before it counts root fields; gqlparser counts all, as later drafts of the specification want",
		func(j judged, difference string) bool {
			return strings.Contains(j.Document, "subscription") && regexp.MustCompile("@(skip|include)").MatchString(j.Document) && strings.Contains(difference, "refused, not valid: ")
		},
	},
}

// excuse is the class of a difference, "" where it has none.
func excuse(j judged, difference string) string {
	for _, d := range deliberate {
		if d.is(j, difference) {
			return d.name
		}
	}
	return ""
}

// TestPossibleTypes asks for the types of an interface that an interface implements.
func TestPossibleTypes(t *testing.T) {
	const want = `{"__type":{"possibleTypes":[{"name":"Person"},{"name":"Place"}]}}`
	if got := ask(t, newSmall(t).engine, `{__type(name:"Named"){possibleTypes{name}}}`, ""); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestConforms(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs the reference implementation")
	}
	all := reference(t, "small.graphql", "6000", "1", "mutations")
	s := newSmall(t)
	verdicts, rules, differences := map[string]int{}, map[string]int{}, 0
	for _, j := range all {
		verdicts[j.Verdict]++
		if len(j.Errors) > 0 {
			verdicts["done with errors"]++
		}
		for _, r := range j.Rules {
			rules[r]++
		}
		how := s.difference(j)
		if how == "" {
			continue
		}
		if class := excuse(j, how); class != "" {
			verdicts["differing by "+class]++
		} else {
			if differences++; differences <= 20 {
				t.Errorf("%s\n  %s %q (broken: %v %v)\n%s", j.Document, j.Variables, j.OperationName, j.Done, j.Rules, how)
			}
		}
	}
	for what, least := range map[string]int{"refused": 2000, "done": 2500, "done with errors": 1000, "valid": 300} {
		if verdicts[what] < least {
			t.Errorf("only %d requests are %s", verdicts[what], what)
		}
	}
	if len(rules) < 28 {
		t.Errorf("the requests break only %d rules: %v", len(rules), rules)
	}
	t.Logf("%d requests: %v\nrules broken: %d: %v", len(all), verdicts, len(rules), rules)
	if differences > 0 {
		t.Errorf("%d differences", differences)
	}
}
