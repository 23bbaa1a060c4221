package api_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"liantu/api"
)

// judged is a request and what the reference implementation, graphql-js, says of it.
type judged struct {
	Document      string          `json:"document"`
	Variables     json.RawMessage `json:"variables"`
	OperationName string          `json:"operationName"`
	Done          []string        `json:"done"`    // how it was broken
	Verdict       string          `json:"verdict"` // refused, valid for a subscription, or done
	Rules         []string        `json:"rules"`   // that it breaks
	Message       string          `json:"message"`
	Data          string          `json:"data"`
	Errors        []struct {
		Path    []any
		Input   bool // whether the value of an argument is at fault
		Message string
	} `json:"errors"`
}

// reference runs the program that makes requests for a schema and judges them.
func reference(t *testing.T, arguments ...string) []judged {
	t.Helper()
	leave := t.Skipf
	if os.Getenv("LIANTU_TEST_CLIENTS") == "required" {
		leave = t.Fatalf
	}
	node, err := exec.LookPath("node")
	if err != nil {
		leave("node is not installed")
	}
	if _, err := os.Stat(filepath.Join("conformance", "node_modules")); err != nil {
		leave("conformance has no node_modules; make clients installs them")
	}
	cmd := exec.CommandContext(t.Context(), node, append([]string{filepath.Join("conformance", "oracle.mjs")}, arguments...)...)
	var faults bytes.Buffer
	cmd.Stderr = &faults
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, faults.String())
	}
	var all []judged
	lines := bufio.NewScanner(bytes.NewReader(out))
	for lines.Buffer(nil, len(out)+1); lines.Scan(); {
		var j judged
		if err := json.Unmarshal(lines.Bytes(), &j); err != nil {
			t.Fatal(err)
		}
		if j.Verdict != "" {
			all = append(all, j)
		}
	}
	return all
}

// wide raises the limits so that they play no part.
func wide(c *api.Config, _ *api.Deps) {
	c.RequestTimeout, c.WriteTimeout = time.Minute, 2*time.Minute
	c.MaxTokens, c.MaxDepth, c.MaxAliases, c.MaxDirectives, c.MaxRootFields = 5000, 60, 1000, 1000, 1000
	c.MaxNodes, c.MaxFields, c.MaxWork, c.MaxPage = 1<<30, 1<<30, 1<<30, 1<<30
	c.HeavyFields, c.ClientBurst, c.ClientRate, c.DeniedRate = 1<<30, 1<<30, 0, 0
}

// shallow reports whether an error of an argument shows whatever the data are: that of
// a field at the root, and that of a condition there. A condition below fails where
// there is an object.
func shallow(message string, path []any) bool {
	return len(path) == 0 || len(path) == 1 && !strings.HasPrefix(strings.ToLower(message), `argument "if"`)
}

// verdictOf sends a request and returns the verdict in the words of the reference, the
// code and text of the first error, and the paths of the errors of arguments at the root.
func verdictOf(t *testing.T, url string, j judged) (verdict, code, data string, atRoot []string) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": j.Document, "variables": j.Variables, "operationName": j.OperationName})
	if err != nil {
		t.Fatal(err)
	}
	r := send(t, "POST", url, string(body), "Content-Type", plainJSON, "Accept", "application/graphql-response+json")
	var a struct {
		Data   json.RawMessage
		Errors []struct {
			Message    string
			Path       []any
			Extensions struct{ Code, Reason string }
		}
	}
	if err := json.Unmarshal([]byte(r.body), &a); err != nil {
		t.Fatalf("%v: %s", err, r.body)
	}
	for _, e := range a.Errors {
		if strings.HasPrefix(e.Message, `argument "`) && shallow(e.Message, e.Path) {
			atRoot = append(atRoot, fmt.Sprint(e.Path...))
		}
	}
	if len(a.Errors) > 0 {
		e := a.Errors[0]
		code = strings.TrimSpace(e.Extensions.Code + " " + e.Extensions.Reason + ": " + e.Message)
	}
	switch {
	case strings.HasPrefix(code, "NOT_ACCEPTABLE"): // a subscription wants another type of answer
		verdict = "valid"
	case a.Data == nil:
		verdict = "refused"
	default:
		verdict = "done"
	}
	return verdict, code, string(a.Data), atRoot
}

// deliberate are the classes in which the service differs from the reference, each with
// its reason; those of the engine are beside its own test.
var deliberate = []struct {
	name, why string
	is        func(j judged, code string) bool
}{
	{
		"empty operationName", "clients send an empty name where they mean none; graphql-js looks for an operation of that name",
		func(j judged, _ string) bool { return strings.Contains(j.Message, `Unknown operation named "".`) },
	},
	{
		"pages", "a page of less than none or of more than the limit is refused; graphql-js knows no pages",
		func(_ judged, code string) bool { return strings.HasPrefix(code, "LIMIT_EXCEEDED PAGE_LIMIT") },
	},
	{
		"cost", "requests have a largest cost, which an introspection or a page of thousands exceeds",
		func(_ judged, code string) bool {
			return regexp.MustCompile("^LIMIT_EXCEEDED (NODE|VALUE|WORK|INTROSPECTION)_LIMIT").MatchString(code)
		},
	},
	{
		"ids of many digits", "no id has more than 64 bits; graphql-js takes whole numbers of any size",
		func(j judged, _ string) bool {
			return regexp.MustCompile(`\d{20}|e\+21`).MatchString(j.Document + string(j.Variables))
		},
	},
	{
		"quotes behind a block string", "the parser reads them otherwise than the specification; the guard refuses them",
		func(_ judged, code string) bool { return strings.HasPrefix(code, "PARSE_FAILED JOINED_QUOTES") },
	},
	{
		"control characters", "the specification of October 2021 has none below a blank but tabs and ends of lines; graphql-js takes those of a later draft",
		func(j judged, code string) bool {
			return strings.HasPrefix(code, "PARSE_FAILED") && strings.ContainsFunc(j.Document, func(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\n\r", r) })
		},
	},
}

// TestConforms lets the reference implementation judge requests for the schema of the
// service, and compares what the service answers over HTTP: which requests it
// refuses, and where arguments at the root are at fault.
func TestConforms(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs the reference implementation")
	}
	all := reference(t, filepath.Join("testdata", "schema.graphql"), "5000", "1")
	url := serve(t, newServer(t, newWorld(t), wide)) + "/graphql"
	counts, rules, differences := map[string]int{}, map[string]int{}, 0
	for _, j := range all {
		verdict, code, data, got := verdictOf(t, url, j)
		counts[j.Verdict]++
		for _, r := range j.Rules {
			rules[r]++
		}
		var want []string
		for _, e := range j.Errors {
			if e.Input && shallow(e.Message, e.Path) {
				want = append(want, fmt.Sprint(e.Path...))
			}
		}
		// Where the data are null as a whole, fields behind the fault are not run.
		same := verdict == j.Verdict && (verdict != "done" || j.Data == "null" || data == "null" && len(want) == 0 || slices.Equal(got, want))
		if same {
			if len(want) > 0 {
				counts["done with a wrong argument at the root"]++
			}
			continue
		}
		if at := slices.IndexFunc(deliberate, func(d struct {
			name, why string
			is        func(j judged, code string) bool
		},
		) bool {
			return d.is(j, code)
		}); at >= 0 {
			counts["differing by "+deliberate[at].name]++
			continue
		}
		if differences++; differences <= 20 {
			t.Errorf("%s\n  %s %q (broken: %v %v)\n%s, not %s: %s %s\nwrong arguments at %v, not %v",
				j.Document, j.Variables, j.OperationName, j.Done, j.Rules, verdict, j.Verdict, code, j.Message, got, want)
		}
	}
	t.Logf("%d requests: %v\nrules broken: %d: %v", len(all), counts, len(rules), rules)
	if differences > 0 {
		t.Errorf("%d differences", differences)
	}
	if len(rules) < 25 || counts["refused"] < 1500 || counts["done"] < 2000 {
		t.Errorf("the requests are too much alike: %v, %v", counts, rules)
	}
}
