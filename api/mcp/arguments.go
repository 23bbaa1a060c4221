package mcp

import (
	"cmp"
	"embed"
	"encoding/json"
	"slices"

	"github.com/google/jsonschema-go/jsonschema"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"liantu/message"
)

// documents are what the tools ask, one a file with the name of its tool.
//
//go:embed documents
var documents embed.FS

// tool is one question. Its arguments have the names of the variables of its
// document.
type tool struct {
	name, title, about string
	arguments          []argument

	prepare func(variables map[string]any) // makes variables of the arguments where they differ
	several string                         // the name of the list of the answers, where there are several
	finish  finisher                       // writes the answer instead of its form, nil for most
	extra   func(*jsonschema.Schema)       // adds to the schema what finish adds to the answer
}

// finisher writes an answer with what follows from it.
type finisher func(buf []byte, m manner, q *question, arguments, values map[string]any) ([]byte, error)

// The arguments of every tool, and the variable of a document that is true for a full answer.
const (
	languageArgument, detailArgument = "lang", "detail"
	asOfArgument                     = "asOf"
	detailBrief, detailFull          = "brief", "full"
	fullVariable                     = "full"
)

// common are the arguments of every tool.
func common(language message.Language) []argument {
	return []argument{
		{
			name:  asOfArgument,
			about: "Answer with what was known and held on this earlier day (截至): 2024, 2024-06 or 2024-06-30. Without it: the present.",
		},
		{
			name: detailArgument, choices: []string{detailBrief, detailFull}, def: detailBrief,
			about: "brief: what a decision needs; what is unknown or empty is left out, and fractions have three digits. full: every number, with null for unknown.",
		},
		{
			name: languageArgument, choices: []string{"zh", "en"}, def: string(language),
			about: "Language of sentences and errors (语言). Names stay Chinese; en adds englishName where there is one.",
		},
	}
}

// argument is a text, a list of texts, a whole number or a flag.
type argument struct {
	name, about string
	required    bool
	list        bool
	choices     []string // the texts that it can be; any when there are none
	most        int      // of a whole number, which begins at its least; 0 for texts
	least       int
	flag        bool // true or false instead of a text
	def         any  // what it is when it is not given, where the document does not say so
	items       int  // of a list at most; 0 for the usual
}

// The limits of what an agent can send in one argument. The service has its own
// limits on the cost of the answer.
const (
	maxLetters = 500
	maxItems   = 50
	maxRows    = 50
)

var (
	region    = argument{name: "region", required: true, about: "Region (地区): GB/T 2260 code such as 330100, or a name such as 杭州."}
	ecosystem = argument{name: "ecosystem", about: "Only this ecosystem (生态圈), by code or name, e.g. energy or 绿色能源."}
	chain     = argument{name: "chain", about: "Only this industry chain (产业链), by code or name, e.g. bio-medicine."}
	link      = argument{name: "link", about: "Only this link (环节) and the links below it, by code or unambiguous name, e.g. chemical.polymers."}
	about     = argument{name: "about", about: "Only what these words mean: an ecosystem, chain, link, product or company, e.g. 动力电池 or CAR-T. No code is needed; the answer says what they were understood as, and words with several meanings are an error with the choices."}
	peers     = argument{name: "peers", list: true, about: "Regions to compare with, as codes or names. Without it: the whole country."}
	grade     = argument{name: "minGrade", choices: []string{"A", "B", "C", "D"}, about: "Weakest grade of evidence that counts: A register or filing, B the company itself, C derived by a rule, D unverified list. The answer says which one it used."}
	named     = argument{name: "population", choices: []string{"REGISTERED", "ABOVE_SCALE", "CERTIFIED", "LISTED"}, about: "Judge absence and strength by this population (口径) alone; who is there is still asked of everybody known. Without it all count, the widest comparable first; populations says which are complete."}
	levels    = argument{name: "levels", choices: []string{"LEAVES", "ALL"}, about: "Which links have a row. LEAVES (末级), the default: the lowest links, of links above each other with the same companies only one, and those above them that call for work or are strong where none below does or is; ALL (全部层级): every link."}
	first     = argument{name: "first", least: 1, most: maxRows, about: "Rows of this page."}
	after     = argument{name: "after", about: "Cursor of the page before (more of the same question)."}
)

// must makes an argument a required one, with its own description.
func must(a argument, about string) argument {
	a.required, a.about = true, about
	return a
}

// describe returns what agents see of a tool.
func (t *tool) describe(q *question, language message.Language) (*sdk.Tool, error) {
	input := &jsonschema.Schema{
		Type:                 "object",
		Properties:           map[string]*jsonschema.Schema{},
		AdditionalProperties: &jsonschema.Schema{Not: &jsonschema.Schema{}},
	}
	for _, a := range append(slices.Clone(t.arguments), common(language)...) {
		property := a.schema()
		if err := setDefault(property, &a, q); err != nil {
			return nil, err
		}
		input.Properties[a.name] = property
		input.PropertyOrder = append(input.PropertyOrder, a.name)
		if a.required {
			input.Required = append(input.Required, a.name)
		}
	}
	// Written once: a schema takes the library longer to write than an answer.
	written, err := json.Marshal(input)
	if err != nil {
		return nil, message.Errorf("mcp: %w", err)
	}
	output, err := json.Marshal(envelope(t.output(q)))
	if err != nil {
		return nil, message.Errorf("mcp: %w", err)
	}
	closed := false
	return &sdk.Tool{
		Name: t.name, Title: t.title, Description: t.about,
		InputSchema: json.RawMessage(written), OutputSchema: json.RawMessage(output),
		Annotations: &sdk.ToolAnnotations{Title: t.title, ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &closed},
	}, nil
}

// output returns the schema of the answers of a tool.
func (t *tool) output(q *question) *jsonschema.Schema {
	switch {
	case t.several != "":
		list := &jsonschema.Schema{Type: "array", Items: objectOf(q.roots[0].fields), Description: "One for each that was asked for and found"}
		return &jsonschema.Schema{Type: "object", Properties: map[string]*jsonschema.Schema{t.several: list}, Required: []string{t.several}}
	case len(q.roots) > 1 && t.finish == nil:
		return objectOf(q.roots)
	}
	answer := objectOf(q.roots[0].fields)
	if t.extra != nil {
		t.extra(answer)
	}
	return answer
}

// setDefault states what an argument is when it is not given, as its document has it.
func setDefault(property *jsonschema.Schema, a *argument, q *question) error {
	value := a.def
	if v := q.variables.ForName(a.name); v != nil && v.DefaultValue != nil {
		var err error
		if value, err = v.DefaultValue.Value(nil); err != nil {
			return message.Errorf("mcp: the default of %s: %w", a.name, err)
		}
	}
	if value == nil {
		return nil
	}
	text, err := json.Marshal(value)
	property.Default = text
	return err
}

func (a argument) schema() *jsonschema.Schema {
	if a.most > 0 {
		least, most := float64(a.least), float64(a.most)
		return &jsonschema.Schema{Type: "integer", Minimum: &least, Maximum: &most, Description: a.about}
	}
	if a.flag {
		return &jsonschema.Schema{Type: "boolean", Description: a.about}
	}
	letters, items := maxLetters, cmp.Or(a.items, maxItems)
	text := &jsonschema.Schema{Type: "string", MaxLength: &letters}
	for _, choice := range a.choices {
		text.Enum = append(text.Enum, choice)
	}
	if !a.list {
		text.Description = a.about
		return text
	}
	return &jsonschema.Schema{Type: "array", Items: text, MaxItems: &items, Description: a.about}
}
