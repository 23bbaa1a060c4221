package mcp

import (
	"embed"

	"github.com/google/jsonschema-go/jsonschema"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
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
	levels    = argument{name: "levels", choices: []string{"LEAVES", "ALL"}, about: "Which links have a row. LEAVES (末级), the default: the lowest links, of links above each other with the same companies only one, and those above them that call for work or are strong where none below does or is; ALL (全部层级): every link."}
	first     = argument{name: "first", least: 1, most: maxRows, about: "Rows of this page."}
	after     = argument{name: "after", about: "Cursor of the page before (pageInfo.endCursor of the same question)."}
)

// must makes an argument a required one, with its own description.
func must(a argument, about string) argument {
	a.required, a.about = true, about
	return a
}

// tools are the questions in the order in which they are usually asked.
var tools = []tool{
	{
		name: "meta", title: "What is known · 数据概况",
		about: "What the graph holds: version, data date, age, whether it holds synthetic sample data, counts by kind, " +
			"and the codes of the ecosystems (生态圈) and industry chains (产业链). Ask this first.",
	},
	{
		name: "search", title: "Find by name · 检索",
		about: "Find regions, ecosystems, chains, links (环节), companies (企业), parks and others by name, in Chinese or English. Returns the codes and ids that the other tools accept.",
		arguments: []argument{
			{name: "text", required: true, about: "Name or part of a name, e.g. 光刻胶 or photoresist."},
			{name: "kinds", list: true, about: "Only these kinds.", choices: []string{
				"Ecosystem", "Chain", "Link", "Product", "Patent", "Company", "Region", "Park", "Intermediary", "Person", "Opportunity", "Project", "TaskForce", "Source",
			}},
			first, after,
		},
	},
	{
		name: "gaps", title: "Missing and weak links · 缺链诊断",
		about: "Which links (环节) of the industry chains are missing, weak, strong or unknown in a region, by priority, with what to do (action), " +
			"the numbers behind it and reasons in Chinese and English. " +
			"States: UNKNOWN 不明, ABSENT 缺失, PRESENT 有·未评, WEAK 薄弱, ADEQUATE 相当, STRONG 优势; EMPTY 全国未见 and NOT_JUDGED 不评 (links that hold no companies) are listed only if asked for. " +
			"An absence and a strength hold within a population (口径) only, which naming and comparable name. " +
			"Actions: CHECK 摸底, BUILD 建链, FILL 补链, STRENGTHEN 强链, EXTEND 延链, WAIT 在途, KEEP 稳链, WATCH 观察.",
		arguments: []argument{
			region, about, ecosystem, chain, link,
			{name: "states", list: true, about: "Only these states.", choices: []string{"NOT_JUDGED", "EMPTY", "UNKNOWN", "ABSENT", "PRESENT", "WEAK", "ADEQUATE", "STRONG"}},
			{name: "actions", list: true, about: "Only these actions.", choices: []string{"CHECK", "BUILD", "FILL", "STRENGTHEN", "EXTEND", "WAIT", "KEEP", "WATCH"}},
			levels, peers, grade, first, after,
		},
	},
	{
		name: "evidence", title: "How a verdict is known · 依据",
		about: "Everything behind the verdicts on a link (环节) in a region and on the links below it, the widest first: all numbers with bounds, " +
			"the terms of the priority, the companies (企业) and sources (数据来源) it rests on, and what would change it.",
		arguments: []argument{
			region, must(link, "The link (环节), by code or unambiguous name, e.g. chemical.polymers."), peers, grade,
			{name: "first", least: 1, most: 10, about: "Links of this page."},
			after,
		},
	},
	{
		name: "candidates", title: "Companies that could fill links · 候选企业",
		about: "Which companies (企业) could fill links (环节) in a region: ATTRACT 招引 from outside, GROW 培育 from here; scored, with reasons and what is not known about each. " +
			"Give a link, several links, a chain, an ecosystem or an opportunity: of a chain or an ecosystem those links that the region lacks. " +
			"Every company stands once, with all links it would fill; those in hand (在手) by a project of the region come first. A filter leaves out whom it is not known of, and counts them.",
		arguments: []argument{
			region, about,
			{name: "link", about: "The link (环节) to fill, by code or unambiguous name."},
			{name: "links", list: true, about: "Several links (环节) to fill."},
			{name: "chain", about: "Links of this industry chain (产业链) that the region lacks, by code or name."},
			{name: "ecosystem", about: "Links of this ecosystem (生态圈) that the region lacks, by code or name."},
			{name: "opportunity", about: "Links that this city opportunity (城市机遇) demands, by code or name."},
			{name: "kind", choices: []string{"ATTRACT", "GROW"}, about: "Only from outside (ATTRACT 招引) or only from here (GROW 培育)."},
			{name: "listed", flag: true, about: "Only companies with a stock code."},
			{name: "ownership", list: true, about: "Only these owners (所有制).", choices: []string{
				"STATE", "CENTRAL_STATE", "LOCAL_STATE", "PRIVATE", "FOREIGN", "COLLECTIVE", "OTHER",
			}},
			{name: "places", list: true, about: "Only companies in these regions, by code or name."},
			{name: "minEmployees", least: 1, most: 10_000_000, about: "Only companies with at least so many employees."},
			{name: "exclude", list: true, about: "Companies that are not wanted (不予考虑), by name, code or id."},
			grade, first, after,
		},
	},
	{
		name: "introductions", title: "Who can make an introduction · 引荐路径",
		about: "Paths of at most four steps from a region to a company: hometown entrepreneurs (乡贤), chambers, suppliers, intermediaries (中介机构); " +
			"with strength and a draft of the request. Give exactly one of company, link and person. " +
			"Personal values are masked, and some roles may not use this tool.",
		arguments: []argument{
			region,
			{name: "company", about: "The company (企业) to reach, by USCC, stock code or name."},
			{name: "link", about: "Instead: any candidate for this link (环节)."},
			{name: "person", about: "Instead: what this person (乡贤) could help with, by id or name."},
			grade, first, after,
		},
	},
	{
		name: "match", title: "Which intermediary for which need · 中介匹配",
		about: "Which intermediaries (中介机构) fit the needs of a task force (专班) or of a region, best first: by specialty, cover, grade, track record and free capacity. " +
			"Give a region or a task force; a link narrows it to one need.",
		arguments: []argument{
			{name: "region", about: "Region (地区) whose needs are asked about: GB/T 2260 code or name."},
			{name: "taskForce", about: "Task force (专班), by id or name."},
			{name: "link", about: "Only the need for this link (环节), by code or name."},
			first, after,
		},
	},
	{
		name: "needs", title: "Which needs fit an intermediary · 适配需求",
		about: "Which needs of task forces (专班) fit the specialties of one intermediary (中介机构), best first.",
		arguments: []argument{
			{name: "intermediary", required: true, about: "The intermediary (中介机构), by id or name."},
			{name: "region", about: "Only needs of this region (地区): GB/T 2260 code or name."},
			{name: "taskForce", about: "Only needs of this task force (专班), by id or name."},
			first, after,
		},
	},
	{
		name: "compare", title: "Regions side by side · 地区对比",
		about: "How regions stand at the links of a chain, side by side. Each link is placed for the first region as STRENGTH 优势, " +
			"OPPORTUNITY 机会, THREAT 威胁 or WEAKNESS 劣势, by what is there and how well it fits. Cells are in the order of the regions. Give what it is about in words, or a chain, an ecosystem or a link.",
		arguments: []argument{
			{name: "regions", required: true, list: true, about: "Regions by code or name, the one to place links for first, e.g. 杭州, 苏州."},
			about, chain, ecosystem, link,
			{name: "peers", least: 1, most: 10, about: "How many regions similar in size to the first one to add."},
			{name: "reference", list: true, about: "Regions to compare with. Without it: the whole country."},
			levels, grade, first, after,
		},
	},
	{
		name: "what_if", title: "What if a company lands · 落地推演",
		about: "Which verdicts change in a region if companies land here (落地), leave (迁出) or close (关闭). Nothing is written. Give at least one company.",
		arguments: []argument{
			region,
			{name: "land", list: true, about: "Companies that land in the region, by USCC, stock code or name."},
			{name: "leave", list: true, about: "Companies that leave the region."},
			{name: "close", list: true, about: "Companies that close."},
			peers, grade, first, after,
		},
	},
}

// describe returns what agents see of a tool.
func (t tool) describe() *sdk.Tool {
	input := &jsonschema.Schema{
		Type:                 "object",
		Properties:           map[string]*jsonschema.Schema{},
		AdditionalProperties: &jsonschema.Schema{Not: &jsonschema.Schema{}},
	}
	for _, a := range t.arguments {
		input.Properties[a.name] = a.schema()
		input.PropertyOrder = append(input.PropertyOrder, a.name)
		if a.required {
			input.Required = append(input.Required, a.name)
		}
	}
	closed := false
	return &sdk.Tool{
		Name: t.name, Title: t.title, Description: t.about, InputSchema: input,
		Annotations: &sdk.ToolAnnotations{Title: t.title, ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &closed},
	}
}

func (a argument) schema() *jsonschema.Schema {
	if a.most > 0 {
		least, most := float64(a.least), float64(a.most)
		return &jsonschema.Schema{Type: "integer", Minimum: &least, Maximum: &most, Description: a.about}
	}
	if a.flag {
		return &jsonschema.Schema{Type: "boolean", Description: a.about}
	}
	letters, items := maxLetters, maxItems
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
