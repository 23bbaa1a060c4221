package mcp_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"liantu/api"
	"liantu/api/mcp"
	"liantu/examples/zhejiang/picture"
	"liantu/graph/projection"
)

// sample is the sample pack, loaded once for all tests of the package: it is
// only read, and the file behind it is gone by then.
var sample = sync.OnceValues(func() (*projection.Live, error) { return picture.New(context.Background()) })

// newServer makes a server for agents over the sample pack.
func newServer(t *testing.T, change func(*mcp.Config)) *mcp.Server {
	t.Helper()
	live, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	graphql, err := api.New(api.DefaultConfig(), api.Deps{Pictures: live})
	if err != nil {
		t.Fatal(err)
	}
	cfg := mcp.Config{Executor: graphql, Version: "1.2.3"}
	if change != nil {
		change(&cfg)
	}
	s, err := mcp.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// connect opens a session of a client; the test closes it.
func connect(t *testing.T, transport sdk.Transport) *sdk.ClientSession {
	t.Helper()
	client := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil)
	session, err := client.Connect(t.Context(), transport, nil)
	if err != nil {
		t.Fatal(err)
	}
	return session
}

// overStreams connects a client to a server through a pair of pipes, and checks
// at the end that the server ends when the client goes.
func overStreams(t *testing.T, s *mcp.Server) *sdk.ClientSession {
	t.Helper()
	fromClient, toServer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	fromServer, toClient, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.Run(context.WithoutCancel(t.Context()), fromClient, toClient) }()
	session := connect(t, &sdk.IOTransport{Reader: fromServer, Writer: toServer})
	t.Cleanup(func() {
		if err := session.Close(); err != nil {
			t.Error(err)
		}
		if err := <-ended; err != nil {
			t.Errorf("the server ended with %v when its client went", err)
		}
	})
	return session
}

// call calls a tool and returns its text and whether it is an error.
func call(t *testing.T, session *sdk.ClientSession, name string, arguments map[string]any) (text string, failed bool) {
	t.Helper()
	result, err := session.CallTool(t.Context(), &sdk.CallToolParams{Name: name, Arguments: arguments})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if len(result.Content) != 1 {
		t.Fatalf("%s: %d contents", name, len(result.Content))
	}
	content, ok := result.Content[0].(*sdk.TextContent)
	if !ok {
		t.Fatalf("%s: content %T", name, result.Content[0])
	}
	return content.Text, result.IsError
}

// questions are a call of each tool with arguments that fit together, and what the
// answer must hold.
var questions = map[string]struct {
	arguments map[string]any
	want      []string
}{
	"meta":   {nil, []string{`"version":`, `"code":"energy"`, `"code":"bio-medicine"`}},
	"search": {map[string]any{"text": "杭州", "kinds": []string{"Region", "Company"}, "first": 5}, []string{`"regionCode":"330100"`}},
	"gaps": {map[string]any{
		"region": "杭州", "ecosystem": "energy", "chain": "smart-grid", "states": []string{"ABSENT"}, "actions": []string{"FILL"},
		"peers": []string{"320500", "440300"}, "minGrade": "C", "first": 3,
	}, []string{`"region":{"code":"330100"`, `"state":"ABSENT"`, `"action":"FILL"`, `"why":"`, `"minGrade":"C"`, `"populations":[{`}},
	"evidence": {
		map[string]any{"region": "330000", "link": "chemical.inorganic-raw-materials", "first": 2, "minGrade": "C", "peers": []string{"100000"}},
		[]string{`"rows":[{"link":{"code":"chemical.inorganic-raw-materials"`, `"sources":[{`, `"wouldChange":[{`, `"edge":"`},
	},
	"candidates": {map[string]any{
		"region": "330100", "link": "bio-medicine.drug-production.active-pharmaceutical-ingredients", "kind": "ATTRACT", "minGrade": "C", "first": 2, "exclude": []string{"603456.SH"},
	}, []string{`"kind":"ATTRACT"`, `"score":`, `"why":"`, `"excluded":[{"company":`, `"more":"`}},
	"introductions": {
		map[string]any{"region": "330100", "companies": []string{"乐普（北京）医疗器械股份有限公司", "603456.SH"}, "first": 2},
		[]string{`"hops":[{`, `"ask":{`, `"synthetic":true`, `"consent":"GIVEN"`},
	},
	"match": {map[string]any{"region": "330100", "first": 2}, []string{`"standing":{`, `"score":`, `"need":{"link":{`}},
	"needs": {map[string]any{"intermediary": "钱塘智造产业基金（虚构）", "region": "330100", "first": 2}, []string{`"score":`, `"need":{"link":{`}},
	"compare": {
		map[string]any{"regions": []string{"杭州", "苏州"}, "chain": "bio-medicine", "peers": 1, "reference": []string{"100000"}, "minGrade": "C", "first": 3},
		[]string{`"regions":[{"code":"330100"`, `"code":"320500"`, `"cells":[{`, `"quadrant":`},
	},
	"what_if": {
		map[string]any{"region": "330100", "land": []string{"600276.SH"}, "minGrade": "C", "first": 3},
		[]string{`"before":{`, `"after":{`, `"rows":[{"link":`},
	},
	"company":   {map[string]any{"company": "600276.SH", "first": 3}, []string{`"stockCode":"600276.SH"`, `"links":{"totalCount":`, `"grade":"`, `"asOf":"`}},
	"anchor":    {map[string]any{"company": "600276.SH", "region": "杭州", "first": 3}, []string{`"verdict":{"link":{`, `"basis":"FEEDS"`}},
	"quality":   {map[string]any{"region": "杭州"}, []string{`"populations":[{"population":"LISTED"`, `"advice":"`}},
	"challenge": {map[string]any{"region": "杭州", "link": "bio-medicine.medical-devices", "state": "ABSENT"}, []string{`"claimed":"ABSENT"`, `"way":"OTHER_STATE"`, `"ids":["`}},
}

// allowedKeys forbids what a schema does not know of, so that an answer cannot hold more
// than its schema.
func allowedKeys(s *jsonschema.Schema) {
	if s == nil {
		return
	}
	if s.Properties != nil {
		s.AdditionalProperties = &jsonschema.Schema{Not: &jsonschema.Schema{}}
	}
	allowedKeys(s.Items)
	for _, property := range s.Properties {
		allowedKeys(property)
	}
}

// outputOf reads the schema of a tool's answers.
func outputOf(t *testing.T, tool *sdk.Tool) *jsonschema.Resolved {
	t.Helper()
	text, err := json.Marshal(tool.OutputSchema)
	if err != nil {
		t.Fatal(err)
	}
	var s jsonschema.Schema
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatalf("%s: %v", tool.Name, err)
	}
	allowedKeys(&s)
	resolved, err := s.Resolve(nil)
	if err != nil {
		t.Fatalf("%s: %v", tool.Name, err)
	}
	return resolved
}

func TestEveryToolAnswers(t *testing.T) {
	session := overStreams(t, newServer(t, nil))
	list, err := session.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(list.Tools) != len(questions) {
		t.Errorf("%d tools, want %d", len(list.Tools), len(questions))
	}
	for _, tool := range list.Tools {
		checkTool(t, tool)
		q, ok := questions[tool.Name]
		if !ok {
			t.Errorf("nothing asks the tool %s", tool.Name)
			continue
		}
		output := outputOf(t, tool)
		for _, manner := range [][2]string{{"brief", "zh"}, {"brief", "en"}, {"full", "zh"}, {"full", "en"}} {
			arguments := map[string]any{"detail": manner[0], "lang": manner[1]}
			maps.Copy(arguments, q.arguments)
			checkAnswer(t, session, output, tool.Name, arguments, q.want)
		}
	}
}

// checkAnswer checks an answer against the schema of its tool, and what every answer says.
func checkAnswer(t *testing.T, session *sdk.ClientSession, output *jsonschema.Resolved, tool string, arguments map[string]any, wants []string) {
	t.Helper()
	result, err := session.CallTool(t.Context(), &sdk.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		t.Fatal(err)
	}
	text := result.Content[0].(*sdk.TextContent).Text
	var answer struct {
		Graph struct {
			Version   int
			DataDate  string
			Synthetic *bool
		}
	}
	var whole any
	if err := errors.Join(json.Unmarshal([]byte(text), &answer), json.Unmarshal([]byte(text), &whole)); err != nil || result.IsError {
		t.Errorf("%s %v: %v in %s", tool, arguments, err, text)
		return
	}
	if !reflect.DeepEqual(result.StructuredContent, whole) {
		t.Errorf("%s: the text and the structured content differ", tool)
	}
	if err := output.Validate(whole); err != nil {
		t.Errorf("%s %v: %v\n%s", tool, arguments, err, text)
	}
	if answer.Graph.Version == 0 || answer.Graph.DataDate == "" || answer.Graph.Synthetic == nil {
		t.Errorf("%s does not say which picture it answers from: %s", tool, text)
	}
	brief := arguments["detail"] == "brief"
	if empty := regexp.MustCompile(`:(null|\[\])`).FindString(text); brief && empty != "" && tool != "challenge" {
		t.Errorf("%s: a brief answer says %s: %s", tool, empty, text)
	}
	if strings.Contains(text, `"errors"`) || strings.Contains(text, "\n") || arguments["lang"] == "zh" && strings.Contains(text, `"englishName"`) {
		t.Errorf("%s: %s", tool, text)
	}
	for _, want := range wants {
		if brief && !strings.Contains(text, want) {
			t.Errorf("%s: no %s in %s", tool, want, text)
		}
	}
}

var variable = regexp.MustCompile(`\$(\w+): [\w\[\]!]+( = )?`)

// checkTool checks what agents rely on: hints, descriptions, and arguments that are
// the variables of its document.
func checkTool(t *testing.T, tool *sdk.Tool) {
	t.Helper()
	a := tool.Annotations
	if a == nil || !a.ReadOnlyHint || a.OpenWorldHint == nil || *a.OpenWorldHint {
		t.Errorf("%s: annotations %+v; want it read-only and closed", tool.Name, a)
	}
	if tool.Title == "" || !strings.ContainsFunc(tool.Description, func(r rune) bool { return r > 0x2e80 }) {
		t.Errorf("%s: title %q, description %q; want Chinese terms in it", tool.Name, tool.Title, tool.Description)
	}
	text, err := os.ReadFile(filepath.Join("documents", tool.Name+".graphql"))
	if err != nil {
		t.Fatal(err)
	}
	schema, _ := tool.InputSchema.(map[string]any)
	properties, _ := schema["properties"].(map[string]any)
	variables := variable.FindAllStringSubmatch(string(text), -1)
	names := map[string]bool{"lang": true, "detail": true}
	for _, v := range variables {
		names[v[1]] = true
		if property, ok := properties[v[1]].(map[string]any); ok && (property["default"] != nil) != (v[2] != "") {
			t.Errorf("%s: the argument %s does not state the default of its variable", tool.Name, v[1])
		}
	}
	for name := range properties {
		property, _ := properties[name].(map[string]any)
		if about, _ := property["description"].(string); about == "" {
			t.Errorf("%s: the argument %s has no description", tool.Name, name)
		}
		if !names[name] && name != "companies" && name != "state" && name != "asOf" {
			t.Errorf("%s: no variable is called %s", tool.Name, name)
		}
	}
}

// TestWhatAnAgentGetsWrong checks that tools return errors from which an agent can
// recover.
func TestWhatAnAgentGetsWrong(t *testing.T) {
	session := overStreams(t, newServer(t, nil))
	for name, c := range map[string]struct {
		tool      string
		arguments map[string]any
		want      []string
	}{
		"an unknown region":      {"gaps", map[string]any{"region": "杭洲"}, []string{"NOT_FOUND: ", "杭洲", "search"}},
		"a chain as a link":      {"gaps", map[string]any{"region": "杭州", "link": "bio-medicine"}, []string{"NOT_FOUND: ", `use chain: "bio-medicine"`, "WRONG_KIND"}},
		"words of two links":     {"gaps", map[string]any{"region": "杭州", "about": "硅片"}, []string{"BAD_INPUT: ", "AMBIGUOUS", "semiconductor.materials.silicon-wafers", `"argument":"link"`}},
		"an ambiguous name":      {"gaps", map[string]any{"region": "鼓楼区"}, []string{"didYouMean", "320106"}},
		"no region":              {"gaps", map[string]any{"ecosystem": "energy"}, []string{"region"}},
		"a state that is not":    {"gaps", map[string]any{"region": "杭州", "states": []string{"GONE"}}, []string{"GONE"}},
		"too many rows":          {"gaps", map[string]any{"region": "杭州", "first": 1000}, []string{"1000"}},
		"no such argument":       {"gaps", map[string]any{"region": "杭州", "purpose": "约见"}, []string{"purpose"}},
		"a foreign cursor":       {"gaps", map[string]any{"region": "杭州", "after": "AAAA"}, []string{"BAD_CURSOR: "}},
		"nothing to reach":       {"introductions", map[string]any{"region": "杭州"}, []string{"BAD_INPUT: "}},
		"a challenge of nowhere": {"challenge", map[string]any{"region": "nowhere", "link": "bio-medicine.medical-devices"}, []string{"NOT_FOUND: ", "nowhere"}},
		"nobody lands":           {"what_if", map[string]any{"region": "杭州"}, []string{"BAD_INPUT: "}},
	} {
		text, failed := call(t, session, c.tool, c.arguments)
		if !failed {
			t.Errorf("%s: no error but %s", name, text)
		}
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q in %q", name, want, text)
			}
		}
	}
}

// persons reads the names and the numbers of all persons of the pack.
func persons(t *testing.T) (secrets []string) {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "examples", "zhejiang", "data", "Person.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(file).ReadAll()
	if err := errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	name, phone := slices.Index(rows[0], "name"), slices.Index(rows[0], "phone")
	for _, row := range rows[1:] {
		for _, secret := range []string{row[name], row[phone]} {
			if secret != "" {
				secrets = append(secrets, secret)
			}
		}
	}
	return secrets
}

// TestPages continues where a page has ended.
func TestPages(t *testing.T) {
	session := overStreams(t, newServer(t, nil))
	type page struct {
		Answer struct {
			Rows []struct{ Link struct{ Code string } }
			More string
		}
	}
	ask := func(first int, after string) (p page) {
		t.Helper()
		arguments := map[string]any{"region": "330100", "ecosystem": "energy", "first": first}
		if after != "" {
			arguments["after"] = after
		}
		text, failed := call(t, session, "gaps", arguments)
		if err := json.Unmarshal([]byte(text), &p); failed || err != nil || len(p.Answer.Rows) != first {
			t.Fatalf("%v: %s", err, text)
		}
		return p
	}
	whole, one := ask(4, ""), ask(2, "")
	two := ask(2, one.Answer.More)
	if got := append(one.Answer.Rows, two.Answer.Rows...); !slices.Equal(got, whole.Answer.Rows) {
		t.Errorf("two pages %v, one page %v", got, whole.Answer.Rows)
	}
}

// TestPersonsStayMasked asks for everything that leads to persons, and searches for
// their names and numbers as they are in the pack.
func TestPersonsStayMasked(t *testing.T) {
	session := overStreams(t, newServer(t, nil))
	paths, failed := call(t, session, "introductions", map[string]any{
		"region": "330100", "link": "bio-medicine.drug-production.active-pharmaceutical-ingredients", "first": 50, "detail": "full",
	})
	if failed || !strings.Contains(paths, "V018") {
		t.Errorf("no person in %s", paths)
	}
	found, failed := call(t, session, "search", map[string]any{"text": "V018", "kinds": []string{"Person"}})
	if failed || !strings.Contains(found, "**") {
		t.Errorf("no masked name in %s", found)
	}
	for _, secret := range persons(t) {
		byName, failed := call(t, session, "search", map[string]any{"text": secret, "kinds": []string{"Person"}})
		if failed {
			t.Errorf("a search for a person: %s", byName)
		}
		if strings.Contains(byName, `"text":"`+secret) || strings.Contains(paths+found, secret) {
			t.Errorf("%q leaves the service", secret)
		}
	}
}
