package cli

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"liantu/access"
	"liantu/cli/papers"
	"liantu/schema"
)

// servedQuestions reach persons, contacts, notes and what may have been meant. %s is the
// name of a person.
var servedQuestions = []string{
	`{ nodes(kind: Person, first: 20) { nodes { id caption ... on Person { name phone email employer description consentUntil facts { property value } } } } }`,
	`{ nodes(kind: Project, first: 20) { nodes { id caption facts { property value } } } }`,
	`{ nodes(kind: TaskForce, first: 20) { nodes { id caption facts { property value } } } }`,
	`{ nodes(kind: Intermediary, first: 20) { nodes { id caption facts { property value } } } }`,
	`{ search(text: %q, first: 10) { nodes { node { id caption } } } }`,
	`{ introductions(region: "330100", person: %q) { totalCount } }`,
	`{ introductions(region: "330100", company: %q) { totalCount } }`,
	`{ gaps(region: "330100", first: 4) { nodes { introductions(first: 20) { totalCount nodes { company { caption } hops { edge since until text { zh en } from { id caption } to { id caption } provenance { source } } ask { context { zh } request { zh } asker { zh } } } } } } }`,
	`{ gaps(region: "330100", link: "link-0", first: 1) { nodes { introductions(first: 50) { totalCount nodes { hops { edge from { id caption } to { id caption } text { zh } } } } } } }`,
	`{ changes(region: "330100", since: "2020", first: 50) { totalCount frames { name } nodes { code text { zh en } causes { source } before { state } } } }`,
	`{ changes(region: "330100", since: "v1", first: 50) { totalCount nodes { code text { zh en } causes { source } after { reasons { text { zh } } } } } }`,
	`{ company(id: %q) { name } }`,
}

// toolQuestions are the questions that agents are made to ask, by tool. A tool that is not
// in it has not been decided on.
func toolQuestions(name string) map[string][]map[string]any {
	return map[string][]map[string]any{
		"meta":     {{}},
		"search":   {{"text": "person-0"}, {"text": name}, {"text": "company-0", "kinds": []string{"Company", "Person"}}},
		"gaps":     {{"region": "330100"}, {"region": "330100", "about": name}, {"region": name}},
		"evidence": {{"region": "330100", "link": "link-1"}, {"region": "330100", "link": name}},
		"candidates": {
			{"region": "330100", "link": "link-1"},
			{"region": "320500", "opportunity": "opportunity-0"},
			{"region": "330100", "link": "link-1", "exclude": []string{name}},
		},
		"introductions": {
			{"region": "330100", "companies": []string{"688810.SH", "688811.SH"}, "detail": "full"},
			{"region": "330100", "link": "link-0"},
			{"region": "330100", "link": "link-0", "detail": "full", "first": 50},
			{"region": "330100", "person": "person-0"},
			{"region": "330100", "person": name},
			{"region": "330100", "companies": []string{name}},
		},
		"match":   {{"region": "330100"}, {"taskForce": "taskforce-0"}, {"taskForce": name}},
		"needs":   {{"intermediary": "own-agency"}, {"intermediary": "other-agency"}, {"intermediary": name}},
		"compare": {{"regions": []string{"330100", "320500"}, "chain": "chain-0"}, {"regions": []string{"330100", name}, "chain": "chain-0"}},
		"company": {{"company": "688810.SH", "detail": "full", "first": 50, "pursuits": true}, {"company": "688811.SH", "detail": "full"}, {"company": name}},
		"anchor":  {{"company": "688810.SH", "detail": "full"}, {"company": name}, {"company": "688810.SH", "region": name}},
		"quality": {{"region": "330100", "detail": "full"}, {"region": name}, {}},
		"challenge": {
			{"region": "330100", "link": "link-1", "detail": "full"},
			{"region": "330100", "link": "link-0", "state": "ABSENT"},
			{"region": "330100", "link": name},
			{"region": name, "link": "link-1"},
		},
		"what_if": {{"region": "330100", "land": []string{"688811.SH"}}, {"region": "330100", "leave": []string{name}}},
	}
}

// askTools asks with every tool of a session, and searches the answers and what is said of
// the tools themselves.
func (a *aviary) askTools(t *testing.T, c caller, session *mcp.ClientSession) {
	t.Helper()
	name := a.of("Person.name")
	tools, err := session.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	questions := toolQuestions(name)
	for _, tool := range tools.Tools {
		if len(questions[tool.Name]) == 0 {
			t.Errorf("the search for canaries does not use the tool %q", tool.Name)
		}
		for _, arguments := range questions[tool.Name] {
			text, _ := callTool(t, session, tool.Name, arguments)
			a.search(t, c, []string{tool.Name, fmt.Sprint(arguments)}, "an answer to an agent", text)
		}
	}
	if len(tools.Tools) != len(questions) {
		t.Errorf("%d tools, questions for %d", len(tools.Tools), len(questions))
	}
	a.readResources(t, c, session)
	a.getPrompts(t, c, session)
}

// readResources reads every resource of a session, those with an address to fill in also by
// the name of a person, and searches what they hold.
func (a *aviary) readResources(t *testing.T, c caller, session *mcp.ClientSession) {
	t.Helper()
	name := url.PathEscape(a.of("Person.name"))
	values := map[string][]string{"liantu://regions/{parent}": {"330100", "100000", name}, "liantu://chains/{code}": {"chain-0", name, "person-0"}}
	list, err := session.ListResources(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var uris []string
	for _, r := range list.Resources {
		uris = append(uris, r.URI)
	}
	templates, err := session.ListResourceTemplates(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range templates.ResourceTemplates {
		if len(values[r.URITemplate]) == 0 {
			t.Errorf("the search for canaries does not read the resources %q", r.URITemplate)
		}
		for _, value := range values[r.URITemplate] {
			prefix, _, _ := strings.Cut(r.URITemplate, "{")
			uris = append(uris, prefix+value)
		}
	}
	for _, uri := range uris {
		var text string
		read, err := session.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: uri})
		if err != nil {
			text = err.Error()
		} else {
			text = read.Contents[0].Text
		}
		words, err := url.PathUnescape(uri)
		if err != nil {
			t.Fatal(err)
		}
		a.search(t, c, []string{words}, "a resource of an agent", text)
	}
}

// getPrompts gets every prompt of a session, and searches what is said.
func (a *aviary) getPrompts(t *testing.T, c caller, session *mcp.ClientSession) {
	t.Helper()
	list, err := session.ListPrompts(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list.Prompts {
		given := map[string]string{}
		for _, argument := range p.Arguments {
			given[argument.Name] = "330100"
		}
		given["lang"] = "zh"
		prompt, err := session.GetPrompt(t.Context(), &mcp.GetPromptParams{Name: p.Name, Arguments: given})
		if err != nil {
			t.Fatal(err)
		}
		a.search(t, c, []string{p.Name}, "a prompt of an agent", prompt.Messages[0].Content.(*mcp.TextContent).Text)
	}
}

// TestCanariesBehindStreams starts the program as an agent of the user of the machine does,
// and searches the answers, the log and the record. It serves nobody else over its streams.
func TestCanariesBehindStreams(t *testing.T) {
	a := plantCanaries(t)
	agent := process(t, "mcp", "--file", a.file)
	var stderr lockedBuffer
	agent.Stderr = &stderr
	session, err := connectAgent(t.Context(), &mcp.CommandTransport{Command: agent})
	if err != nil {
		t.Fatalf("%v: %s", err, stderr.String())
	}
	a.askTools(t, a.callers[0], session)
	if err := session.Close(); err != nil {
		t.Errorf("%v: %s", err, stderr.String())
	}
	a.searchLog(t, "the log", stderr.String())
	for _, c := range a.callers[1:] {
		if code, stdout, stderr := program(t, "mcp", "--file", a.file, "--token", c.key); code == exitOK || stdout != "" {
			t.Errorf("%s is served over streams: %s%s", c.role, stdout, stderr)
		}
	}
	a.searchRecord(t, access.Denied)
}

// searchLog searches a text that nobody may be seen in, also those who were asked for. What
// holds any digits may hold those of a canary.
func (a *aviary) searchLog(t *testing.T, where, text string) {
	t.Helper()
	for _, x := range a.canaries {
		if digits := strings.Trim(x.Text, "0123456789.-") == ""; !digits && strings.Contains(text, x.Text) {
			t.Errorf("%s in %s", x.Text, where)
		}
	}
}

// TestCanariesBehindServers asks a server in every role over GraphQL and as an agent over
// HTTP, and searches the answers, the page of metrics, the log and the record.
func TestCanariesBehindServers(t *testing.T) {
	a := plantCanaries(t)
	t.Setenv("LIANTU_ADMIN_LISTEN", "127.0.0.1:0")
	t.Setenv("LIANTU_LIMITS_DENIED_BURST", "1000") // roles are denied what they may not ask for
	s := serve(t, "serve", "--file", a.file)
	m := serve(t, "mcp", "--file", a.file)
	name := a.of("Person.name")
	for _, c := range a.callers[1:] { // the user of the machine has no key
		for _, question := range servedQuestions {
			if strings.Contains(question, "%q") {
				question = fmt.Sprintf(question, name)
			}
			status, body := post(t, s, question, nil, "Authorization", "Bearer "+c.key)
			if status != http.StatusOK {
				t.Fatalf("%s: %d %s", c.role, status, body)
			}
			a.search(t, c, []string{question}, "an answer", body)
		}
		a.askPapers(t, c, s)
		session, err := connectAgent(t.Context(), &mcp.StreamableClientTransport{
			Endpoint: m.url + "/mcp", HTTPClient: &http.Client{Transport: bearerOf(c.key)}, MaxRetries: -1,
		})
		if err != nil {
			t.Fatal(err)
		}
		a.askTools(t, c, session)
		if err := session.Close(); err != nil {
			t.Error(err)
		}
	}
	status, page := fetch(t, "GET", s.adminOf(t)+"/metrics", "")
	if status != http.StatusOK {
		t.Fatalf("metrics: %d", status)
	}
	for where, text := range map[string]string{
		"the metrics": page, "the log": s.stdout.String() + s.stderr.String(), "the log of the agents": m.stdout.String() + m.stderr.String(),
	} {
		a.searchLog(t, where, text)
	}
}

// askPapers asks for every paper as the commands are made to ask, and searches what comes.
func (a *aviary) askPapers(t *testing.T, c caller, s *served) {
	t.Helper()
	sent := 0
	for _, p := range papers.Papers {
		for _, i := range invocations[p.Command] {
			parameters := url.Values{}
			for _, flag := range strings.Split(i.args, "--")[1:] {
				name, value, _ := strings.Cut(strings.TrimSpace(flag), " ")
				parameters.Set(name, value)
			}
			if parameters.Get("why") == "" && parameters.Has("why") {
				parameters.Set("why", "true")
			}
			for _, form := range []string{"json", "csv"} {
				path := "/papers/" + p.Name + "." + form + "?" + parameters.Encode()
				response, body := exchange(t, http.DefaultClient, http.MethodGet, s.url+path, "", "Authorization", "Bearer "+c.key)
				a.search(t, c, []string{path}, "a paper", body+fileOf(t, response))
				if response.StatusCode == http.StatusOK {
					sent++
				}
			}
		}
	}
	if sent == 0 && c.role != schema.RoleIntermediary {
		t.Errorf("%s gets no paper", c.role)
	}
}
