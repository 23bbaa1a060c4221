package attacks

import (
	"strings"
)

// Heaviest is a query that the limits just admit: nearly as many rows and values as
// one answer may have.
const Heaviest = `{
	search(text: "公司", kinds: [Company], first: 100) { nodes { node { ... on Company {
		id caption name shortName stockCode
		operatesIn(first: 90) { nodes { id caption code name } edges { id source asOf grade current } }
	} } } }
}`

// Normal is a typical query: a page of verdicts.
const Normal = `query($region: ID!) {
	gaps(region: $region, first: 50) { totalCount nodes {
		link { code name position } chain { name } state confidence action priority declared computed
		numbers { companies referenceCompanies expected hidden lq mean low high pullDown pullUp }
	} }
}`

// Usual is the body of a request with Normal about Hangzhou.
func Usual() string { return request(Normal, map[string]any{"region": "330100"}) }

// Whole asks for the whole schema, as clients do that introspect it.
const Whole = `{__schema{types{name fields(includeDeprecated:true){name args{name type{...T}} type{...T}} inputFields{name} enumValues{name} possibleTypes{name}}}}
		fragment T on __Type{kind name ofType{kind name ofType{kind name ofType{kind name ofType{kind name}}}}}`

// accepted are requests within every limit that cost as much as the limits allow.
// They are answered.
func accepted() []Attack {
	heavy := func(name, query string) Attack { return Attack{Name: name, Body: Body(query), Status: 200} }
	return []Attack{
		heavy("heaviest question", Heaviest),
		heavy("every verdict with all its fields", `{gaps(region:"330100",first:100){nodes{state confidence action priority declared computed
			link{id caption code name} chain{id name} ecosystem{id name} terms{points value weight} reasons{code points text{zh en}} wouldChange{text{zh en}}
			numbers{companies referenceCompanies expected hidden lq mean low high} companies(first:5){nodes{id name}} sources{name statements newest}}}}`),
		heavy("gaps against other peers each time", `{`+numbered(1, `g%d:gaps(region:"330100",peers:[PEERS%[1]d],first:20){nodes{state priority}}`)+`}`).anew("PEERS", peers),
		heavy("gaps of other regions", `{`+numbered(15, `g%d:gaps(region:"REGION%[1]d",first:20){nodes{state}}`)+`}`).anew("REGION", city),
		heavy("comparison against other areas each time", `{`+numbered(1, `c%d:compare(regions:["330100"],peers:23,ecosystem:"materials",reference:[PEERS%[1]d],first:1){nodes{link{code}}}`)+`}`).anew("PEERS", peers),
		heavy("comparison with the country", `{`+numbered(2, `c%d:compare(regions:["330100"],peers:23,ecosystem:"materials",first:1){nodes{link{code}}}`)+`}`),
		heavy("what if", `{`+numbered(12, `w%d:whatIf(region:"330100",land:["002594"],first:1){nodes{link{code}}}`)+`}`),
		heavy("what if against other peers", `{`+numbered(1, `w%d:whatIf(region:"330100",land:["002594"],peers:[PEERS%[1]d],first:1){nodes{link{code}}}`)+`}`).anew("PEERS", peers),
		heavy("anchor against other peers", `{`+numbered(1, `a%d:anchor(region:"330100",company:"002594",peers:[PEERS%[1]d],first:1){nodes{basis}}`)+`}`).anew("PEERS", peers),
		heavy("quality", `{`+numbered(1, `q%d:quality(region:"330100"){__typename}`)+`}`),
		heavy("quality of the country", `{`+numbered(1, `q%d:quality{__typename}`)+`}`),
		heavy("layerTies", `{`+numbered(15, `t%d:layerTies(region:"330100",first:1){totalCount}`)+`}`),
		heavy("introductions", `{`+numbered(10, `i%d:introductions(region:"330100",link:"chemical.up",first:1){totalCount}`)+`}`),
		limit("gaps against more peers than one request may ask for", `{`+numbered(2, `g%d:gaps(region:"330100",peers:["110000","12%[1]d000"]){totalCount}`)+`}`, "WORK_LIMIT"),
		heavy("match", `{`+numbered(1, `m%d:match(region:"330100",first:1){totalCount}`)+`}`),
		heavy("matchPlan", `{`+numbered(1, `m%d:matchPlan(region:"330100"){__typename}`)+`}`),
		heavy("candidates of many links", `{`+numbered(15, `c%d:candidates(region:"330100",link:"chemical.up",first:20){totalCount nodes{score company{id name} reasons{points text{zh en}}}}`)+`}`),
		heavy("searches of many", "{"+numbered(5, `s%d:search(text:"股份有限公司",first:60){totalCount nodes{score node{id caption}}}`)+"}"),
		{Name: "names that nothing has", Status: 200, Code: "NOT_FOUND", Body: Body("{" + strings.TrimSpace(numbered(15, `r%d:region(id:"没有这个地方股份有限公司%[1]d"){id} `)) + "}")},
		heavy("whole introspection", Whole),
		heavy("one field a thousand times", "{meta{"+strings.Repeat("version ", 980)+"}}"),
		heavy("one object many times", `{region(id:"330100"){`+strings.Repeat("parent{id name}", 190)+`}}`),
		heavy("one list many times", `{region(id:"330100"){`+strings.Repeat("companies(first:1){nodes{id}}", 80)+`}}`),
		heavy("inline fragments side by side", `{region(id:"330100"){`+strings.Repeat("...{id name}", 190)+`}}`),
	}
}
