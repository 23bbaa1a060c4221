package mcp

import (
	"encoding/json"
	"slices"

	"github.com/google/jsonschema-go/jsonschema"

	"liantu/graph/gaps"
	"liantu/message"
)

// doubt is one way in which a statement could be false.
type doubt struct {
	Way   string   `json:"way"`
	Says  string   `json:"says"`
	Count int      `json:"count,omitempty"`
	IDs   []string `json:"ids,omitempty"` // of facts, or of companies where sources disagree
	// Companies are the ids of the companies that the facts speak of, to be looked up.
	Companies []string `json:"companies,omitempty"`
	Codes     []string `json:"codes,omitempty"`
}

// The ways in which a statement could be false, in the order of an answer.
const (
	wayOther      = "OTHER_STATE"  // the graph states another state
	wayWeak       = "WEAK_FACTS"   // the weakest facts that it rests on
	wayOld        = "OLD_FACTS"    // the oldest facts
	wayAssumed    = "ASSUMED_DAYS" // facts whose day no source states
	wayInvented   = "INVENTED"     // sample data
	wayPopulation = "POPULATION"   // it holds within a population only
	wayPossible   = "MAY_BE_THERE" // companies of the region that may be at the link
	wayUnplaced   = "UNPLACED"     // companies of the region at no link
	wayDisputed   = "DISPUTED"     // facts on which sources disagree
	wayMissing    = "MISSING"      // numbers that are not known
	wayChange     = "WOULD_CHANGE" // what would give the link another state
	waySame       = "SAME_LINKS"   // the same link under other codes
	wayComing     = "ON_THE_WAY"   // projects
	waySource     = "ONE_SOURCE"   // nothing but one source states it
)

var ways = []any{
	wayOther, wayWeak, wayOld, wayAssumed, wayInvented, wayPopulation, wayPossible, wayUnplaced, wayDisputed, wayMissing,
	wayChange, waySame, wayComing, waySource,
}

// challengeSchema adds the ways to the schema of an answer.
func challengeSchema(answer *jsonschema.Schema) {
	texts := func(about string) *jsonschema.Schema {
		return &jsonschema.Schema{Type: "array", Items: &jsonschema.Schema{Type: "string"}, Description: about}
	}
	way := &jsonschema.Schema{
		Type: "object", PropertyOrder: []string{"way", "says", "count", "ids", "companies", "codes"}, Required: []string{"way", "says"},
		Properties: map[string]*jsonschema.Schema{
			"way": {Type: "string", Enum: ways}, "says": {Type: "string", Description: "In a sentence"},
			"count":     {Type: "integer", Description: "How many in all; ids may be fewer"},
			"ids":       texts("What to check: ids of facts, as evidence lists them, or of companies where sources disagree"),
			"companies": texts("Ids of the companies that these facts speak of; the tool company takes them"), "codes": texts("What to check: codes of links or numbers, or names of sources"),
		},
	}
	answer.Properties["claimed"] = &jsonschema.Schema{Type: "string", Description: "The state that was claimed"}
	answer.Properties["ways"] = &jsonschema.Schema{Type: "array", Items: way, Description: "Ways in which the statement could be false"}
	answer.PropertyOrder = append(answer.PropertyOrder, "claimed", "ways")
	answer.Required = append(answer.Required, "ways")
}

// statement is what the ways follow from, as the document of challenge has it.
type statement struct {
	Region      struct{ Code, Name string }
	Coverage    struct{ Unattributed int }
	Populations []struct{ Population string }
	Nodes       []verdict
}

type verdict struct {
	Link struct {
		Code              string
		PossibleCompanies struct {
			Edges []struct {
				ID   string
				Node struct {
					ID    string
					Place *place
				}
			}
		}
	}
	State      string
	Computed   *string
	Population *struct {
		Label   words
		Date    string
		Sources []string
	}
	Missing     []missing
	WouldChange []struct {
		State string
		Text  words
	}
	SameLinks []struct{ Code string }
	Pipeline  []struct {
		Edge    string
		Project struct{ Name string }
	}
	Evidence struct {
		TotalCount int
		Nodes      []fact
	}
	Sources []struct{ Name string }
}

// missing is a number that is not known, and why.
type missing struct {
	Number, Code string
	Text         words
}

type place struct {
	Code   string
	Parent *place
}

type words map[message.Language]string

type fact struct {
	Edge, Grade, AsOf  string
	Assumed, Synthetic bool
	Company            struct {
		ID, Name  string
		Conflicts []struct{ Property string }
	}
}

// within reports whether a place is a region or in it.
func (p *place) within(region string) bool {
	for ; p != nil; p = p.Parent {
		if p.Code == region {
			return true
		}
	}
	return region == country
}

// country is the code of the whole country.
const country = "100000"

// challenge writes the verdict on a link, and in which ways a statement on it could be false.
func challenge(buf []byte, m manner, q *question, arguments, values map[string]any) ([]byte, error) {
	root, _ := values[q.roots[0].key].(map[string]any)
	asked, _ := values[q.roots[1].key].(map[string]any)
	code, _ := asked["code"].(string)
	root["nodes"] = onLink(root["nodes"], code)
	text, err := json.Marshal(root)
	if err != nil {
		return buf, message.Errorf("reading the answer: %w", err)
	}
	var s statement
	if err := json.Unmarshal(text, &s); err != nil {
		return buf, message.Errorf("reading the answer: %w", err)
	}
	claimed, _ := arguments["state"].(string)
	var list []doubt
	if len(s.Nodes) > 0 {
		if claimed == "" {
			claimed = s.Nodes[0].State
		}
		list = s.doubts(m.wordsIn(), claimed)
		s.keepFew(root)
	} else {
		list = []doubt{{Way: wayOther, Codes: []string{code}, Says: message.New(
			"The graph states nothing on %s in %s, which holds no companies itself; ask about the links below it.", code, s.Region.Name).In(m.wordsIn())}}
	}
	found, err := json.Marshal(list)
	if err != nil {
		return buf, message.Errorf("writing the answer: %w", err)
	}
	buf = m.appendObject(buf, q.roots[0].fields, root)
	buf = buf[:len(buf)-1] // the object goes on
	if claimed != "" {
		buf = appendText(append(buf, `,"claimed":`...), claimed)
	}
	return append(append(append(buf, `,"ways":`...), found...), '}'), nil
}

// onLink returns the verdict on the very link among those on it and on the links below it. One
// that holds no companies itself has none.
func onLink(nodes any, code string) []any {
	rows, _ := nodes.([]any)
	for _, row := range rows {
		verdict, _ := row.(map[string]any)
		if link, _ := verdict["link"].(map[string]any); link["code"] == code && verdict["state"] != "NOT_JUDGED" {
			return []any{row}
		}
	}
	return []any{}
}

// doubts lists the ways in which a claimed state could be false.
func (s *statement) doubts(language message.Language, claimed string) []doubt {
	v := &s.Nodes[0]
	var list []doubt
	add := func(d doubt) { list = append(list, d) }
	if v.State != claimed {
		add(doubt{Way: wayOther, Says: message.New("The graph states %s for %s in %s, not %s.", stateWord(v.State, language), v.Link.Code, s.Region.Name, stateWord(claimed, language)).In(language), Codes: []string{v.Link.Code}})
	}
	list = append(list, v.factDoubts(language)...)
	if p := v.Population; p != nil {
		add(doubt{
			Way: wayPopulation, Codes: p.Sources,
			Says: message.New("It holds for %s as of %s only; nothing is known of other companies.", p.Label[language], p.Date).In(language),
		})
	} else if len(s.Populations) > 0 {
		add(doubt{Way: wayPopulation, Says: message.New("The populations that are complete here do not suffice for this link, so that nothing is known of companies that no list names.").In(language)})
	} else {
		add(doubt{Way: wayPopulation, Says: message.New("No population is complete here, so that nothing is known of companies that no list names.").In(language)})
	}
	if possible, companies := s.possible(); len(possible) > 0 {
		add(doubt{
			Way: wayPossible, Count: len(possible), IDs: shortened(possible), Companies: shortened(companies),
			Says: message.New("%d companies of %s may be at the link, which nobody has confirmed.", len(possible), s.Region.Name).In(language),
		})
	}
	if n := s.Coverage.Unattributed; n > 0 {
		add(doubt{Way: wayUnplaced, Count: n, Says: message.New("%d companies of %s are at no link of the graph, and might be at this one.", n, s.Region.Name).In(language)})
	}
	list = append(list, v.missingDoubts(language)...)
	for _, change := range v.WouldChange {
		add(doubt{Way: wayChange, Codes: []string{change.State}, Says: change.Text[language]})
	}
	if len(v.SameLinks) > 0 {
		d := doubt{Way: waySame, Says: message.New("The same link stands under other codes as well; companies may be listed there.").In(language)}
		for _, link := range v.SameLinks {
			d.Codes = append(d.Codes, link.Code)
		}
		add(d)
	}
	for _, project := range v.Pipeline {
		add(doubt{Way: wayComing, IDs: []string{project.Edge}, Says: message.New("The project %s would fill it.", project.Project.Name).In(language)})
	}
	if len(v.Sources) == 1 {
		add(doubt{Way: waySource, Codes: []string{v.Sources[0].Name}, Says: message.New("One source alone states its facts: %s.", v.Sources[0].Name).In(language)})
	}
	return list
}

// stateWord is the word for a state.
func stateWord(state string, language message.Language) string {
	label := gaps.State(state).Label()
	if language == message.Chinese {
		return label.Zh
	}
	return label.En
}

// missingDoubts lists the reasons why numbers of a verdict are not known, each with the
// numbers.
func (v *verdict) missingDoubts(language message.Language) []doubt {
	var list []doubt
	at := map[string]int{}
	for _, m := range v.Missing {
		if _, found := at[m.Code]; !found {
			at[m.Code] = len(list)
			list = append(list, doubt{Way: wayMissing, Codes: []string{m.Code}})
		}
		d := &list[at[m.Code]]
		d.Count, d.Codes = d.Count+1, append(d.Codes, m.Number)
		d.Says = message.New("Because %s, %d of its numbers are not known.", m.Text[language], d.Count).In(language)
	}
	return list
}

// keepFew leaves the first few facts, and of the companies that may be at the link the first
// few of the region. The ways follow from all.
func (s *statement) keepFew(root map[string]any) {
	row, _ := root["nodes"].([]any)[0].(map[string]any)
	if evidence, ok := row["evidence"].(map[string]any); ok {
		facts, _ := evidence["nodes"].([]any)
		evidence["nodes"] = facts[:min(len(facts), mostIDs)]
	}
	link, _ := row["link"].(map[string]any)
	possible, ok := link["possibleCompanies"].(map[string]any)
	if !ok {
		return
	}
	edges, _ := possible["edges"].([]any)
	here := make([]any, 0, mostIDs)
	for i, edge := range edges {
		if len(here) < mostIDs && s.Nodes[0].Link.PossibleCompanies.Edges[i].Node.Place.within(s.Region.Code) {
			here = append(here, edge)
		}
	}
	possible["edges"] = here
}

// possible returns the ids of the edges of companies of the region that may be at the link,
// and those of the companies.
func (s *statement) possible() (edges, companies []string) {
	for _, edge := range s.Nodes[0].Link.PossibleCompanies.Edges {
		if edge.Node.Place.within(s.Region.Code) {
			edges, companies = append(edges, edge.ID), append(companies, edge.Node.ID)
		}
	}
	return edges, companies
}

// factDoubts lists what may be wrong with the facts of a verdict.
func (v *verdict) factDoubts(language message.Language) []doubt {
	facts := v.Evidence.Nodes
	if len(facts) == 0 {
		return nil
	}
	weakest, oldest := facts[0].Grade, facts[0].AsOf
	for _, f := range facts {
		weakest, oldest = max(weakest, f.Grade), min(oldest, f.AsOf)
	}
	list := make([]doubt, 0, 5)
	for _, d := range []struct {
		way, says string
		holds     func(*fact) bool
	}{
		{wayWeak, message.New("It rests on facts, of which %d of %d were looked at; the weakest is of grade %s.", len(facts), v.Evidence.TotalCount, weakest).In(language), func(f *fact) bool { return f.Grade == weakest }},
		{wayOld, message.New("The oldest of its facts are of %s.", oldest).In(language), func(f *fact) bool { return f.AsOf == oldest }},
		{wayAssumed, message.New("No source states the day of these facts.").In(language), func(f *fact) bool { return f.Assumed }},
		{wayInvented, message.New("These facts are invented sample data.").In(language), func(f *fact) bool { return f.Synthetic }},
	} {
		var ids, companies []string
		for i := range facts {
			if d.holds(&facts[i]) {
				ids, companies = append(ids, facts[i].Edge), append(companies, facts[i].Company.ID)
			}
		}
		if len(ids) > 0 {
			list = append(list, doubt{Way: d.way, Says: d.says, Count: len(ids), IDs: shortened(ids), Companies: shortened(companies)})
		}
	}
	var disputed, properties []string
	for _, f := range facts {
		for _, conflict := range f.Company.Conflicts {
			disputed, properties = append(disputed, f.Company.ID), append(properties, conflict.Property)
		}
	}
	slices.Sort(properties)
	if disputed = slices.Compact(disputed); len(disputed) > 0 {
		list = append(list, doubt{
			Way: wayDisputed, Count: len(disputed), IDs: shortened(disputed), Codes: slices.Compact(properties),
			Says: message.New("Sources disagree on %d of its companies.", len(disputed)).In(language),
		})
	}
	return list
}

// shortened returns the first few of a list.
func shortened(ids []string) []string { return ids[:min(len(ids), mostIDs)] }

// mostIDs is the most ids that one way names.
const mostIDs = 10
