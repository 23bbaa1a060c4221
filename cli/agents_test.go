package cli

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// agentCalls are a call of each tool and some that fail, with what a client makes of the answer.
var agentCalls = []struct {
	Tool      string         `json:"tool"`
	Arguments map[string]any `json:"arguments"`
	want      string
}{
	{"meta", map[string]any{"detail": "full"}, "answers true"},
	{"search", map[string]any{"text": "光刻胶"}, "answers true"},
	{"gaps", map[string]any{"region": "杭州", "ecosystem": "energy", "detail": "full", "lang": "en"}, "answers true"},
	{"evidence", map[string]any{"region": "330000", "link": "chemical.inorganic-raw-materials", "detail": "full"}, "answers true"},
	{"candidates", map[string]any{"region": "杭州", "chain": "bio-medicine", "detail": "full", "lang": "en"}, "answers true"},
	{"introductions", map[string]any{"region": "杭州", "person": "V018", "detail": "full"}, "answers true"},
	{"introductions", map[string]any{"region": "杭州", "companies": []string{"603456.SH", "nowhere"}}, "answers true"},
	{"match", map[string]any{"region": "330100", "detail": "full"}, "answers true"},
	{"needs", map[string]any{"intermediary": "钱塘智造产业基金（虚构）", "region": "330100"}, "answers true"},
	{"compare", map[string]any{"regions": []string{"杭州", "苏州"}, "chain": "bio-medicine", "detail": "full"}, "answers true"},
	{"what_if", map[string]any{"region": "330100", "land": []string{"600276.SH"}}, "answers true"},
	{"company", map[string]any{"company": "600276.SH", "detail": "full", "pursuits": true}, "answers true"},
	{"anchor", map[string]any{"company": "600276.SH", "region": "杭州", "detail": "full"}, "answers true"},
	{"quality", map[string]any{"region": "杭州", "detail": "full"}, "answers true"},
	{"challenge", map[string]any{"region": "杭州", "link": "bio-medicine.medical-devices", "state": "ABSENT", "detail": "full"}, "answers true"},
	{"gaps", map[string]any{"region": "杭洲"}, "NOT_FOUND"},
	{"gaps", map[string]any{"region": "杭州", "after": "AAAA"}, "BAD_CURSOR"},
	{"introductions", map[string]any{"region": "杭州", "person": "nobody"}, "NOT_FOUND"},
	{"gaps", map[string]any{"region": "杭州", "first": 1000}, "BAD_INPUT"},
}

// Of what an agent may spend on the question which links are missing, who would fill them
// and who opens the door.
const mostCalls, mostLetters = 4, 12_000

var spent = regexp.MustCompile(`answered in (\d+) calls and (\d+) characters`)

// TestForeignAgents lets the official clients for TypeScript and Python use the program over
// its streams and over HTTP. They check each answer against the schema of its tool, and
// print the same.
func TestForeignAgents(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs foreign clients")
	}
	file := filepath.Join(t.TempDir(), "graph.db")
	if code, _, stderr := program(t, "load", filepath.Join("..", "examples", "zhejiang", "data"), "--file", file); code != exitOK {
		t.Fatal(stderr)
	}
	calls, err := json.Marshal(agentCalls)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("AGENT_CALLS", write(t, "calls.json", string(calls)))
	s := serve(t, "mcp", "--file", file)
	self, err := exec.LookPath("liantu")
	if err != nil {
		t.Fatal(err)
	}
	clients := filepath.Join("..", "examples", "clients")
	venv := filepath.Join(clients, "python", ".venv", "bin", "python")
	for _, tt := range []struct{ name, tool, libraries, run, program string }{
		{"TypeScript", "node", filepath.Join(clients, "node", "node_modules", "@modelcontextprotocol"), "node", filepath.Join(clients, "node", "agents.mjs")},
		{"Python", "python3", venv, venv, filepath.Join(clients, "python", "agents.py")},
	} {
		for transport, target := range map[string][]string{"HTTP": {s.url + "/mcp"}, "streams": {self, "mcp", "--file", file}} {
			t.Run(tt.name+" over "+transport, func(t *testing.T) {
				tool(t, tt.tool, tt.libraries)
				checkAgent(t, output(t, exec.CommandContext(t.Context(), tt.run, slices.Concat([]string{tt.program}, target)...)))
			})
		}
	}
}

// checkAgent checks what a client printed.
func checkAgent(t *testing.T, printed string) {
	t.Helper()
	called := map[string]bool{}
	for _, call := range agentCalls {
		called[call.Tool] = true
	}
	want := []string{fmt.Sprintf("%d tools, 5 resources, 2 prompts", len(called)), fmt.Sprintf("%d output schemas", len(called))}
	for _, call := range agentCalls {
		want = append(want, call.Tool+" "+call.want)
	}
	want = append(want,
		"liantu://chains application/json true", "liantu://regions application/json true", "liantu://vocabulary application/json true",
		"liantu://regions/330000 浙江省", "liantu://chains/bio-medicine 生物医药", "liantu://chains/nowhere -32602",
		"link_in_depth true", "weekly_meeting true")
	lines := strings.Split(strings.TrimSpace(printed), "\n")
	if len(lines) < len(want) || !slices.Equal(lines[:len(want)], want) {
		t.Fatalf("it printed\n%s\nwant first\n%s", printed, strings.Join(want, "\n"))
	}
	for _, line := range []string{"原料药 WEAK STRENGTHEN LISTED", "浙江九洲药业股份有限公司 ATTRACT bio-medicine.drug-production.active-pharmaceutical-ingredients"} {
		if !slices.Contains(lines, line) {
			t.Errorf("no line %q in\n%s", line, printed)
		}
	}
	m := spent.FindStringSubmatch(lines[len(lines)-1])
	if m == nil {
		t.Fatalf("it does not say what it spent:\n%s", printed)
	}
	calls, _ := strconv.Atoi(m[1])
	letters, _ := strconv.Atoi(m[2])
	if calls > mostCalls || letters > mostLetters {
		t.Errorf("%s; at most %d and %d are allowed", m[0], mostCalls, mostLetters)
	}
	t.Log(m[0])
}
