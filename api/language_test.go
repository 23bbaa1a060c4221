package api_test

import (
	"encoding/json"
	"strings"
	"testing"

	"liantu/api"
	"liantu/api/fault"
)

// TestCoercionIsStrict gives arguments and variables values of all types. What does
// not fit is refused with a message that states what would.
func TestCoercionIsStrict(t *testing.T) {
	s := newServer(t, newWorld(t), nil)
	nodes := func(argument string) string { return `{ nodes(kind: Company, ` + argument + `) { totalCount } }` }
	variable := func(typ, use string) string {
		return `query($v: ` + typ + `) { ` + strings.ReplaceAll(use, "V", "$v") + ` }`
	}
	first := func(typ string) string { return variable(typ, `nodes(kind: Company, first: V) { totalCount }`) }
	kind := func(typ string) string { return variable(typ, `nodes(kind: V) { totalCount }`) }
	region := func(typ string) string { return variable(typ, `region(id: V) { name }`) }
	skip := func(typ string) string { return variable(typ, `meta { version @skip(if: V) }`) }
	states := func(typ string) string {
		return variable(typ, `gaps(region: "330100", states: V) { totalCount }`)
	}
	tests := []struct{ query, variables, says string }{
		{nodes(`first: 7`), ``, ""},
		{nodes(`first: null`), ``, ""},
		{nodes(`after: null, first: 2`), ``, ""},
		{nodes(`first: "7"`), ``, `Int cannot represent non-integer value: "7"`},
		{nodes(`first: 1.5`), ``, `Int cannot represent non-integer value: 1.5`},
		{nodes(`first: true`), ``, `Int cannot represent non-integer value: true`},
		{nodes(`first: 2147483648`), ``, `2147483648 rows`},
		{nodes(`first: [7]`), ``, `Int cannot represent non-integer value: [7]`},
		{`{ nodes(kind: "Company") { totalCount } }`, ``, `Enum "NodeKind!" cannot represent non-enum value: "Company"`},
		{`{ nodes(kind: Compani) { totalCount } }`, ``, `Value "Compani" does not exist in "NodeKind!" enum`},
		{`{ nodes(kind: null) { totalCount } }`, ``, `Expected value of type "NodeKind!", found null`},
		{`{ nodes { totalCount } }`, ``, `argument "kind" of type "NodeKind!" is required`},
		{`{ region(id: 330100) { name } }`, ``, ""},
		{`{ region(id: 1.5) { name } }`, ``, `ID cannot represent a non-string and non-integer value: 1.5`},
		{`{ region(id: true) { name } }`, ``, `ID cannot represent a non-string and non-integer value: true`},
		{`{ gaps(region: "330100", states: WEAK) { totalCount } }`, ``, ""},
		{`{ gaps(region: "330100", states: [null]) { totalCount } }`, ``, `found null`},
		{`{ meta { version @skip(if: "no") } }`, ``, `Boolean cannot represent a non boolean value: "no"`},
		{`{ meta { version @skip(if: false) @skip(if: false) } }`, ``, `can only be used once`},

		{first("Int"), `7`, ""},
		{first("Int"), `null`, ""},
		{first("Int = 3"), ``, ""},
		{first("Int"), `"7"`, `variable "$v": "7" is not of type Int`},
		{first("Int"), `1.5`, `variable "$v": 1.5 is not of type Int`},
		{first("Int"), `7.0`, ""},
		{first("Int"), `0.7e1`, ""},
		{first("Int"), `7e9`, `variable "$v": 7e9 is not of type Int`},
		{first("Int"), `1e999`, `variable "$v": 1e999 is not of type Int`},
		{first("Int"), `true`, `variable "$v": true is not of type Int`},
		{first("Int"), `2147483648`, `variable "$v": 2147483648 is not of type Int, a whole number from -2147483648 to 2147483647`},
		{first("Int"), `[7]`, `variable "$v": [7] is not of type Int`},
		{first("Int"), `{}`, `variable "$v": {} is not of type Int`},
		{kind("NodeKind!"), `"Company"`, ""},
		{kind("NodeKind!"), `"company"`, `variable "$v": "company" is not a value of NodeKind`},
		{kind("NodeKind!"), `1`, `variable "$v": 1 is not a value of NodeKind, which has names in quotes`},
		{kind("NodeKind!"), `null`, `variable "$v": null is not allowed for type NodeKind!`},
		{kind("NodeKind!"), ``, `variable "$v": a value of type NodeKind! is required`},
		{kind("NodeKind! = Link"), ``, ""},
		{kind("NodeKind"), ``, `Variable "$v" of type "NodeKind" used in position expecting type "NodeKind!"`},
		{region("ID!"), `330100`, ""},
		{region("ID!"), `"330100"`, ""},
		{region("ID!"), `1.5`, `variable "$v": 1.5 is not of type ID, which is text or a whole number`},
		{region("ID!"), `true`, `variable "$v": true is not of type ID`},
		{region("String!"), `"330100"`, `Variable "$v" of type "String!" used in position expecting type "ID!"`},
		{skip("Boolean!"), `false`, ""},
		{skip("Boolean! = false"), ``, ""},
		{skip("Boolean!"), `"false"`, `variable "$v": "false" is not of type Boolean`},
		{skip("Boolean!"), `0`, `variable "$v": 0 is not of type Boolean`},
		{states("[VerdictState!]"), `"WEAK"`, ""},
		{states("[VerdictState!]"), `["WEAK","STRONG"]`, ""},
		{states("[VerdictState!]"), `["WEAK",null]`, `variable "$v": item 1: null is not allowed for type VerdictState!`},
		{variable("String!", `search(text: V) { totalCount }`), `7`, `variable "$v": 7 is not of type String`},
		{variable("String!", `search(text: "a") { totalCount }`), `"a"`, `Variable "$v" is never used`},
	}
	for _, tt := range tests {
		r := api.Request{Query: tt.query}
		if tt.variables != "" {
			r.Variables = map[string]any{}
			d := json.NewDecoder(strings.NewReader(`{"v":` + tt.variables + `}`))
			d.UseNumber()
			if err := d.Decode(&r.Variables); err != nil {
				t.Fatal(err)
			}
		}
		says := ""
		if answer := s.Execute(t.Context(), r); len(answer.Errors) > 0 {
			says = answer.Errors[0].Message
			if len(answer.Errors[0].Locations) == 0 && answer.Errors[0].Code() != fault.CodeLimit {
				t.Errorf("%s with %s: the error has no place", tt.query, tt.variables)
			}
		}
		if (says == "") != (tt.says == "") || !strings.Contains(says, tt.says) {
			t.Errorf("%s with %s says\n  %q, want\n  %q", tt.query, tt.variables, says, tt.says)
		}
	}
}

func TestBlockStringsAndNull(t *testing.T) {
	s := newServer(t, newWorld(t), nil)
	r := api.Request{Query: "{ a: region(id: \"\"\"\n      330100\n    \"\"\") { name } b: search(text: \"\\u676d\\u5dde\", first: null, kinds: null) { totalCount } }"}
	answer := s.Execute(t.Context(), r)
	if len(answer.Errors) > 0 || !strings.Contains(string(answer.Data), `"杭州市"`) {
		t.Errorf("got %s %v", answer.Data, answer.Errors)
	}
}

// TestScalarsAreSpecified follows the address of each scalar's specification.
func TestScalarsAreSpecified(t *testing.T) {
	s := newServer(t, newWorld(t), nil)
	base := serve(t, s)
	for _, name := range []string{"Date", "Percent", "MoneyWan", "RegionCode", "USCC", "LEI", "StockCode", "Phone", "Email", "URL", "DateTime"} {
		answer := ask(t, s, api.Request{Query: `{ __type(name: "` + name + `") { specifiedByURL } }`})
		address := answer["data"].(map[string]any)["__type"].(map[string]any)["specifiedByURL"].(string)
		path, anchor, _ := strings.Cut(address, "#")
		if r := send(t, "GET", base+path, ""); r.status != 200 || !strings.Contains(r.body, `<h2 id="`+anchor+`">`) {
			t.Errorf("%s leads to %s, status %d", name, address, r.status)
		}
	}
}

// TestScalarsOfTheModelAreStrict reads values in the stored form, and refuses
// others that the loaders would accept.
func TestScalarsOfTheModelAreStrict(t *testing.T) {
	s := newServer(t, newWorld(t), nil)
	for _, tt := range []struct {
		scalar string
		value  any
		says   string
	}{
		{"Date", "2016-05-31", ""},
		{"Date", "2016", ""},
		{"Date", "2016/5/31", `"2016/5/31" is not of type Date, which is written as YYYY-MM-DD | YYYY-MM | YYYY`},
		{"Date", "2016-02-30", "2016-02-30"},
		{"Date", json.Number("2016"), `2016 is not of type Date`},
		{"Percent", json.Number("0.35"), ""},
		{"Percent", json.Number("35"), "a share lies between 0 and 1"},
		{"Percent", "35%", `"35%" is not of type Percent, which is written as 0 ≤ x ≤ 1`},
		{"MoneyWan", json.Number("5000.5"), ""},
		{"MoneyWan", json.Number("-1"), "an amount is never negative"},
		{"MoneyWan", json.Number("1e999"), "1e999 is not of type MoneyWan"},
		{"DateTime", "2026-11-24T08:02:00Z", ""},
		{"DateTime", "2026-11-24T16:02:00+08:00", `which is written as YYYY-MM-DDThh:mm:ssZ`},
		{"DateTime", "2026-11-24", `which is written as YYYY-MM-DDThh:mm:ssZ`},
		{"RegionCode", "330100", ""},
		{"RegionCode", "杭州", `the stored form is "330100"`},
		{"USCC", "123", "is not of type USCC"},
	} {
		got, err := api.ReadScalar(s, tt.scalar, tt.value)
		if tt.says == "" && (err != nil || got == nil) || tt.says != "" && (err == nil || !strings.Contains(err.Error(), tt.says)) {
			t.Errorf("%s %v gives %v, %v; want %q", tt.scalar, tt.value, got, err, tt.says)
		}
	}
}
