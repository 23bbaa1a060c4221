package engine_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"liantu/api/engine"
)

const zoo = `
"All there is to ask."
schema { query: Query }
scalar Day @specifiedBy(url: "https://example.org/day")
enum Size { SMALL BIG @deprecated(reason: "all are") }
interface Animal { name: String! size: Size }
type Cat implements Animal { name: String! size: Size lives: Int! friends(first: Int = 2): [Animal!]! }
type Dog implements Animal { name: String! size: Size born: Day weight: Float bark(loud: Boolean!): String }
input Box { side: Int! = 3 names: [String!] inner: Box size: Size }
type Query {
  pets(size: Size): [Animal]!
  cat: Cat
  fails: String
  mustNot: String!
  box(in: Box): String!
  ids(list: [ID!]!): [ID!]!
  number(i: Int, f: Float, b: Boolean): String
  texts: [String!]!
  boom: String
}`

type (
	cat struct{ name string }
	dog struct{ name string }
)

var errTeapot = errors.New("teapot")

func resolver(object, field string) engine.Resolver {
	fixed := func(v any) engine.Resolver {
		return func(_, _ any, _ map[string]any) (any, error) { return v, nil }
	}
	show := func(_, _ any, args map[string]any) (any, error) { return fmt.Sprint(args), nil }
	switch object + "." + field {
	case "Query.pets":
		return func(_, _ any, args map[string]any) (any, error) {
			if args["size"] == 2 {
				return []any{dog{"Rex"}}, nil
			}
			return []any{cat{"Mimi"}, nil, dog{"Rex"}}, nil
		}
	case "Query.cat":
		return fixed(cat{"喵"})
	case "Query.fails":
		return func(_, _ any, _ map[string]any) (any, error) { return nil, errTeapot }
	case "Query.mustNot":
		return fixed(nil)
	case "Query.box", "Query.number", "Dog.bark":
		return show
	case "Query.ids":
		return func(_, _ any, args map[string]any) (any, error) { return args["list"], nil }
	case "Query.texts":
		return fixed([]string{"a\"\\\n\x01", "\xff☃", ""})
	case "Query.boom":
		return func(_, _ any, _ map[string]any) (any, error) { panic("boom") }
	case "Cat.name":
		return func(_, source any, _ map[string]any) (any, error) { return source.(cat).name, nil }
	case "Dog.name":
		return func(_, source any, _ map[string]any) (any, error) { return source.(dog).name, nil }
	case "Cat.size":
		return fixed(1)
	case "Dog.size":
		return fixed(nil)
	case "Cat.lives":
		return fixed(int64(1) << 31)
	case "Cat.friends":
		return func(_, _ any, args map[string]any) (any, error) {
			return []any{dog{"Rex"}, cat{"Tom"}, dog{"Ajax"}}[:args["first"].(int)], nil
		}
	case "Dog.born":
		return fixed("2016-05")
	case "Dog.weight":
		return fixed(1e-7)
	}
	return nil
}

func newZoo(tb testing.TB) *engine.Engine {
	tb.Helper()
	e, err := engine.New(engine.Config{
		Schema: zoo,
		Access: func(object, field string) engine.Access { return engine.Access{Resolve: resolver(object, field)} },
		Scalar: func(name string) (engine.Scalar, bool) {
			return engine.Scalar{
				Read:  func(v any) (any, error) { return v, nil },
				Write: func(buf []byte, v any) ([]byte, error) { return engine.AppendString(buf, v.(string)), nil },
			}, name == "Day"
		},
		Enum: func(_, name string) any { return map[string]int{"SMALL": 1, "BIG": 2}[name] },
		EnumName: func(_ string, v any) (string, bool) {
			n, ok := map[any]string{1: "SMALL", 2: "BIG"}[v]
			return n, ok
		},
		TypeOf: func(_, v any) string {
			return map[bool]string{true: "Cat", false: "Dog"}[v == any(cat{"Mimi"}) || v == any(cat{"Tom"})]
		},
	})
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

// ask runs a document and returns the answer's data, or what was wrong.
func ask(tb testing.TB, e *engine.Engine, doc, vars string) string {
	tb.Helper()
	op, errs := e.Parse(doc, "")
	if errs != nil {
		return "invalid: " + errs[0].Message
	}
	given := map[string]any{}
	if vars != "" {
		d := json.NewDecoder(strings.NewReader(vars))
		d.UseNumber()
		if err := d.Decode(&given); err != nil {
			tb.Fatal(err)
		}
	}
	values, errs := op.Variables(given)
	if len(errs) > 0 {
		return "variables: " + errs[0].Message
	}
	plan, errs := op.Plan("", values)
	if errs != nil {
		return "plan: " + errs[0].Message
	}
	data, errs, err := plan.Run(engine.Call{Context: context.Background(), Variables: values}, nil)
	if err != nil {
		return "stopped: " + err.Error()
	}
	if !json.Valid(data) {
		tb.Errorf("%s: no JSON: %s", doc, data)
	}
	out := string(data)
	for _, e := range errs {
		out += fmt.Sprintf(" | %v %v: %s", e.Locations, e.Path, e.Message)
	}
	return out
}

func TestRun(t *testing.T) {
	e := newZoo(t)
	for _, test := range []struct{ doc, vars, want string }{
		{"{z:__typename cat{name} a:__typename}", "", `{"z":"Query","cat":{"name":"喵"},"a":"Query"}`},
		{"{pets{name size}}", "", `{"pets":[{"name":"Mimi","size":"SMALL"},null,{"name":"Rex","size":null}]}`},
		{"{pets(size:BIG){...D ...on Cat{lives}}} fragment D on Dog{weight born __typename}", "", `{"pets":[{"weight":1e-07,"born":"2016-05","__typename":"Dog"}]}`},
		{"{pets(size:null){name}}", "", `{"pets":[{"name":"Mimi"},null,{"name":"Rex"}]}`},
		{"{cat{friends{name}}}", "", `{"cat":{"friends":[{"name":"Rex"},{"name":"Tom"}]}}`},
		{"query($n:Int){cat{friends(first:$n){name}}}", "", `{"cat":{"friends":[{"name":"Rex"},{"name":"Tom"}]}}`},
		{"query($n:Int){cat{friends(first:$n){name}}}", `{"n":1}`, `{"cat":{"friends":[{"name":"Rex"}]}}`},
		{"{cat{lives name}}", "", `{"cat":null} | [{1 6}] [cat lives]: Cat.lives: 2147483648 does not fit in Int`},
		{"{fails cat{name}}", "", `{"fails":null,"cat":{"name":"喵"}} | [{1 2}] [fails]: teapot`},
		{"{cat{name} mustNot}", "", `null | [{1 12}] [mustNot]: Query.mustNot: null is not allowed here`},
		{"{boom}", "", `{"boom":null} | [{1 2}] [boom]: panic: boom`},
		{"{texts}", "", `{"texts":["a\"\\\n\u0001","�☃",""]}`},
		{"query($s:Boolean!){a:__typename @skip(if:$s) b:__typename @include(if:$s)}", `{"s":true}`, `{"b":"Query"}`},
		{"query($s:Boolean!){a:__typename @skip(if:$s) b:__typename @include(if:$s)}", `{"s":false}`, `{"a":"Query"}`},
		{"{cat{name} cat{friends(first:1){name}} ...F} fragment F on Query{cat{n:name}}", "", `{"cat":{"name":"喵","friends":[{"name":"Rex"}],"n":"喵"}}`},
		{`{box(in:{names:["a",null]})}`, "", "invalid: "},
		{`{box(in:{inner:{side:4},names:"x",size:BIG})}`, "", `{"box":"map[in:map[inner:map[side:4] names:[x] side:3 size:2]]"}`},
		{`query($b:Box){box(in:$b)}`, `{"b":{"side":"7"}}`, `variables: variable "$b": field "side": "7" is not of type Int`},
		{`query($b:Box){box(in:$b)}`, `{"b":{"sid":7}}`, `variables: variable "$b": Box has no field "sid"`},
		{`query($b:Box){box(in:$b)}`, `{"b":{"size":"big"}}`, `variables: variable "$b": field "size": "big" is not a value of Size`},
		{`query($l:[ID!]!){ids(list:$l)}`, `{"l":7}`, `{"ids":["7"]}`},
		{`query($l:[ID!]!){ids(list:$l)}`, `{"l":["a",1.5]}`, `variables: variable "$l": item 1: 1.5 is not of type ID, which is text or a whole number`},
		{`query($l:[ID!]!){ids(list:$l)}`, `{"l":null}`, `variables: variable "$l": null is not allowed for type [ID!]!`},
		{`query($l:[ID!]!){ids(list:$l)}`, ``, `variables: variable "$l": a value of type [ID!]! is required`},
		{`{number(i:2147483648)}`, "", `invalid: argument "i": 2147483648 is not of type Int, a whole number from -2147483648 to 2147483647`},
		{`{number(i:1.5)}`, "", `invalid: `},
		{`{number(b:1)}`, "", `invalid: `},
		{`{number(f:3 i:-2147483648)}`, "", `{"number":"map[f:3 i:-2147483648]"}`},
		{`query($i:Int){number(i:$i)}`, `{"i":1.0}`, `{"number":"map[i:1]"}`},
		{`query($f:Float){number(f:$f)}`, `{"f":"1"}`, `variables: variable "$f": "1" is not of type Float`},
		{`query($b:Boolean! = false){number(b:$b)}`, ``, `{"number":"map[b:false]"}`},
		{`query($b:Boolean){number(b:$b)}`, `{"b":"true"}`, `variables: variable "$b": "true" is not of type Boolean`},
		{`{nothing}`, "", `invalid: `},
		{`query A{cat{name}} query B{cat{name}}`, "", `invalid: the document has 2 operations; operationName must say which to run`},
		{`{pets{name @include(if:true) @include(if:true)}}`, "", `invalid: `},
		{`{...A} fragment A on Query{...A}`, "", `invalid: `},
		{
			`{__type(name:"Size"){kind enumValues{name} all:enumValues(includeDeprecated:true){name deprecationReason}}}`, "",
			`{"__type":{"kind":"ENUM","enumValues":[{"name":"SMALL"}],"all":[{"name":"SMALL","deprecationReason":null},{"name":"BIG","deprecationReason":"all are"}]}}`,
		},
		{`{__type(name:"Nobody"){kind}}`, "", `{"__type":null}`},
		{`{__schema{description queryType{name} mutationType{name}}}`, "", `{"__schema":{"description":"All there is to ask.","queryType":{"name":"Query"},"mutationType":null}}`},
		{`{__type(name:"Day"){specifiedByURL}}`, "", `{"__type":{"specifiedByURL":"https://example.org/day"}}`},
		{`{__type(name:"Query"){fields{name type{kind ofType{kind name ofType{name}}}}}}`, "", `{"__type":{"fields":[{"name":"pets"`},
	} {
		got := ask(t, e, test.doc, test.vars)
		partly := strings.HasSuffix(test.want, ": ") || strings.HasPrefix(test.want, `{"__type":{"fields"`)
		if got != test.want && !partly || !strings.HasPrefix(got, test.want) {
			t.Errorf("%s %s\n got %s\nwant %s", test.doc, test.vars, got, test.want)
		}
	}
}

func TestRunStopsWithItsContext(t *testing.T) {
	e := newZoo(t)
	op, errs := e.Parse("{"+strings.Repeat("cat{name} ", 1)+strings.Join(aliases(200), " ")+"}", "")
	if errs != nil {
		t.Fatal(errs[0])
	}
	plan, _ := op.Plan("", nil)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	before := []byte("kept")
	got, _, err := plan.Run(engine.Call{Context: ctx}, before)
	if !errors.Is(err, context.Canceled) || !bytes.Equal(got, before) {
		t.Errorf("got %q, %v", got, err)
	}
}

func aliases(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("a%d:cat{name}", i)
	}
	return out
}

func TestNewNamesEveryFieldWithoutResolver(t *testing.T) {
	_, err := engine.New(engine.Config{
		Schema: "type Query{a:String b:Int c:Odd} scalar Odd",
		Access: func(_, _ string) engine.Access { return engine.Access{} },
	})
	for _, want := range []string{`field "a" of type "Query"`, `field "b"`, `scalar "Odd"`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v lacks %s", err, want)
		}
	}
}

func TestIntrospectionIsTheSameEveryTime(t *testing.T) {
	const query = `{__schema{types{name kind fields{name args{name defaultValue}} inputFields{name} enumValues{name} possibleTypes{name} interfaces{name}} directives{name locations args{name}}}}`
	first := ask(t, newZoo(t), query, "")
	for range 5 {
		if again := ask(t, newZoo(t), query, ""); again != first {
			t.Fatal("introspection differs")
		}
	}
	if strings.Contains(first, "defer") {
		t.Error("the schema promises @defer")
	}
}

func BenchmarkRun(b *testing.B) {
	e := newZoo(b)
	op, _ := e.Parse("{pets{name size __typename}}", "")
	plan, _ := op.Plan("", nil)
	buf := make([]byte, 0, 1024)
	b.ReportAllocs()
	for b.Loop() {
		var err error
		if buf, _, err = plan.Run(engine.Call{Context: context.Background()}, buf[:0]); err != nil {
			b.Fatal(err)
		}
	}
}
