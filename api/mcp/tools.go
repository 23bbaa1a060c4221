package mcp

import "fmt"

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
			{name: "states", list: true, about: "Only these states.", choices: states},
			{name: "actions", list: true, about: "Only these actions.", choices: []string{"CHECK", "BUILD", "FILL", "STRENGTHEN", "EXTEND", "WAIT", "KEEP", "WATCH"}},
			levels, peers, grade, named, first, after,
		},
	},
	{
		name: "evidence", title: "How a verdict is known · 依据",
		about: "Everything behind the verdicts on a link (环节) in a region and on the links below it, the widest first: all numbers with bounds, " +
			"the terms of the priority, the companies (企业) and sources (数据来源) it rests on, and what would change it.",
		arguments: []argument{
			region, must(link, "The link (环节), by code or unambiguous name, e.g. chemical.polymers."), peers, grade, named,
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
			grade, named, first, after,
		},
	},
	{
		name: "introductions", title: "Who can make an introduction · 引荐路径",
		about: "Paths of at most four steps from a region to a company: hometown entrepreneurs (乡贤), chambers, suppliers, intermediaries (中介机构); " +
			"with strength and a draft of the request. Give exactly one of companies, link and person; several companies need one call only. " +
			"Nobody who has not consented is on a path. Personal values are masked, and some roles may not use this tool.",
		arguments: []argument{
			region,
			{name: "companies", list: true, items: mostCompanies, about: "The companies (企业) to reach, by USCC, stock code or name."},
			{name: "link", about: "Instead: any candidate for this link (环节)."},
			{name: "person", about: "Instead: what this person (乡贤) could help with, by the code in the roster such as V018, or id; persons are not found by name."},
			grade,
			{name: "first", least: 1, most: maxRows, about: "Paths to each company, or of this page."},
			{name: "after", about: "Cursor of the page before (more); not with several companies."},
		},
		prepare: prepareIntroductions, several: "to",
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
			levels, grade, named, first, after,
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
			peers, grade, named, first, after,
		},
	},
	{
		name: "company", title: "One company · 企业",
		about: "One company (企业): what it is, its links (环节) and those it may be at, suppliers, customers, investors, and on request who pursues it, each with day, grade and the id of the fact; full adds every fact of every source.",
		arguments: []argument{
			{name: "company", required: true, about: "The company (企业), by USCC, stock code, any of its names, or id."},
			{name: "pursuits", flag: true, about: "Whether also task forces (专班) that pursue it and its projects; some roles may not ask for them."},
			{name: "first", least: 1, most: maxRows, about: "Rows of each list."},
		},
	},
	{
		name: "anchor", title: "Around an anchor · 链主延链",
		about: "Which links (环节) an anchor (链主) depends on, which of them are missing in a region, and who supplies it elsewhere. Known suppliers first, missing links first.",
		arguments: []argument{
			{name: "company", required: true, about: "The anchor (链主企业), by USCC, stock code, any of its names, or id."},
			{name: "region", about: "Region (地区): GB/T 2260 code or name. Without it: that of the company."},
			peers, grade, first, after,
		},
	},
	{
		name: "quality", title: "How good the data are · 数据质量",
		about: "How good the data of a region are: which populations (口径) are complete, how many companies are at a link, stale, disputed or known by name only, what each source states, and which list would help most.",
		arguments: []argument{
			{name: "region", about: "Region (地区): GB/T 2260 code or name. Without it: the whole country."},
			{name: "ecosystem", about: "Only companies at links of this ecosystem (生态圈), by code or name."},
			grade,
			{name: "staleYears", least: 1, most: 50, about: "The age in years from which data count as stale."},
		},
	},
	{
		name: "challenge", title: "What would make it false · 反证",
		about: "In which ways a statement on a link (环节) in a region could be false, each with the ids or codes to check: the facts it rests on, their weakest grade and oldest day, " +
			"what would change it, companies that may be there, the population (口径) it holds for, numbers that are not known, disputes. Ask it before you state a verdict.",
		arguments: []argument{
			region, must(link, "The link (环节), by code or unambiguous name."),
			{name: "state", choices: states, about: "The state that is claimed. Without it: the one that the graph has."},
			peers, grade,
		},
		prepare: func(variables map[string]any) { delete(variables, "state") },
		finish:  challenge, extra: challengeSchema,
	},
}

// states are the states of a verdict.
var states = []string{"NOT_JUDGED", "EMPTY", "UNKNOWN", "ABSENT", "PRESENT", "WEAK", "ADEQUATE", "STRONG"}

// mostCompanies is the most companies that one question about introductions names.
const mostCompanies = 4

// prepareIntroductions asks for each company by its own field of the document.
func prepareIntroductions(variables map[string]any) {
	companies, _ := variables["companies"].([]any)
	delete(variables, "companies")
	for i, company := range companies {
		variables[fmt.Sprintf("company%d", i)], variables[fmt.Sprintf("ask%d", i)] = company, true
	}
	// Without any of them the service says what is missing, as it does when there are several.
	if _, person := variables["person"]; person || variables["link"] != nil || len(companies) == 0 {
		variables["byAnother"] = true
	}
	variables["pages"] = len(companies) < 2 // of several, each begins anew
}
