package engine_test

import (
	"context"
	"encoding/json"
	"testing"

	"liantu/api/engine"
	"liantu/api/guard"
)

// FuzzParse checks that no document which passes the guard crashes the engine, and
// that every answer is JSON.
func FuzzParse(f *testing.F) {
	for _, doc := range []string{
		"{cat{name friends(first:1){name ...on Cat{lives}}}}", "query($a:Int=1){cat{friends(first:$a){name}}}",
		"{...A} fragment A on Query{...A}", "{box(in:{inner:{inner:{}}})}", "{__schema{types{fields{type{ofType{name}}}}}}",
		"{pets{... @include(if:true){name}}}", "{a:texts b:texts ...on Query{a:texts}}",
	} {
		f.Add(doc)
	}
	e := newZoo(f)
	limits := guard.Limits{
		Bytes: 4096, Tokens: 500, Nesting: 32, Depth: 10,
		Fields: 200, Aliases: 20, Directives: 20, RootFields: 10,
	}
	f.Fuzz(func(t *testing.T, doc string) {
		if guard.Document(doc, limits) != nil {
			return
		}
		op, errs := e.Parse(doc, "")
		if errs != nil {
			return
		}
		vars, errs := op.Variables(nil)
		if len(errs) > 0 {
			return
		}
		plan, errs := op.Plan("", vars)
		if errs != nil || op.Type() != "query" {
			return
		}
		data, _, err := plan.Run(engine.Call{Context: context.Background(), Variables: vars}, nil)
		if err != nil || !json.Valid(data) {
			t.Errorf("%v: %s", err, data)
		}
	})
}
