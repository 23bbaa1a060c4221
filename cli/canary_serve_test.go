package cli

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
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
	`{ company(id: %q) { name } }`,
}

// TestCanariesBehindServers asks a server in every role over GraphQL and as an agent over
// HTTP, and searches the answers, the page of metrics, the log and the record.
func TestCanariesBehindServers(t *testing.T) {
	a := plantCanaries(t)
	t.Setenv("LIANTU_ADMIN_LISTEN", "127.0.0.1:0")
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
		session, err := connectAgent(t.Context(), &mcp.StreamableClientTransport{
			Endpoint: m.url + "/mcp", HTTPClient: &http.Client{Transport: bearerOf(c.key)}, MaxRetries: -1,
		})
		if err != nil {
			t.Fatal(err)
		}
		for tool, arguments := range map[string]map[string]any{
			"gaps": askGaps, "introductions": {"region": "330100", "company": name},
		} {
			text, _ := callTool(t, session, tool, arguments)
			a.search(t, c, []string{name}, "an answer to an agent", text)
		}
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
		for _, x := range a.canaries { // also those that were asked for
			if digits := strings.Trim(x.Text, "0123456789.-") == ""; !digits && strings.Contains(text, x.Text) {
				t.Errorf("%s in %s", x.Text, where)
			}
		}
	}
}
