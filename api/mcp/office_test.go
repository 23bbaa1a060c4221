package mcp_test

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"liantu/api/mcp"
	"liantu/message"
)

// The most calls and characters of the question which links are missing, who would fill
// them and who opens the door. The structured content is the text again and counts once.
const mostCalls, mostLetters = 4, 12_000

// TestAnOfficeIsAnsweredInFewCalls asks what an office asks at most, in both languages.
func TestAnOfficeIsAnsweredInFewCalls(t *testing.T) {
	session := overStreams(t, newServer(t, nil))
	for _, language := range []string{"zh", "en"} {
		calls, letters := 0, 0
		ask := func(tool string, arguments map[string]any, answer any) {
			t.Helper()
			arguments["lang"] = language
			text, failed := call(t, session, tool, arguments)
			if err := json.Unmarshal([]byte(text), answer); failed || err != nil {
				t.Fatalf("%s: %v: %s", tool, err, text)
			}
			calls, letters = calls+1, letters+utf8.RuneCountInString(text)
		}
		var gaps struct {
			Answer struct {
				Rows []struct {
					State, Action, Population, Why string
					Confidence                     float64
					Numbers                        struct{ Companies, Expected *float64 }
				}
			}
		}
		ask("gaps", map[string]any{"region": "杭州", "chain": "生物医药", "states": []string{"ABSENT", "WEAK"}}, &gaps)
		for _, row := range gaps.Answer.Rows {
			if row.Action == "" || row.Population != "LISTED" || row.Why == "" || row.Confidence == 0 || row.Numbers.Companies == nil || row.Numbers.Expected == nil {
				t.Errorf("%s: a gap lacks something: %+v", language, row)
			}
		}
		var found struct {
			Answer struct {
				Rows []struct {
					Company  struct{ Name string }
					Kind     string
					Links    []string
					Why      string
					Unknowns []string
				}
			}
		}
		ask("candidates", map[string]any{"region": "杭州", "chain": "生物医药"}, &found)
		var companies []string
		several := false
		for _, row := range found.Answer.Rows {
			several = several || len(row.Links) > 1
			if slices.Contains(companies, row.Company.Name) || row.Why == "" || len(row.Links) == 0 {
				t.Errorf("%s: a candidate stands twice or lacks something: %+v", language, row)
			}
			companies = append(companies, row.Company.Name)
		}
		if !several {
			t.Errorf("%s: no candidate fills several links", language)
		}
		var doors struct {
			Answer struct {
				To []struct {
					Company string
					Rows    []struct {
						Strength float64
						Ask      struct{ Request string }
					}
				}
			}
		}
		ask("introductions", map[string]any{"region": "杭州", "companies": companies[:4]}, &doors)
		for i, to := range doors.Answer.To {
			if to.Company != companies[i] || len(to.Rows) == 0 || to.Rows[0].Strength == 0 || to.Rows[0].Ask.Request == "" {
				t.Errorf("%s: no way to %s: %+v", language, companies[i], to)
			}
		}
		if len(gaps.Answer.Rows) != 10 || len(doors.Answer.To) != 4 || calls > mostCalls || letters > mostLetters {
			t.Errorf("%s: %d gaps, ways to %d companies in %d calls and %d characters; at most %d and %d are allowed",
				language, len(gaps.Answer.Rows), len(doors.Answer.To), calls, letters, mostCalls, mostLetters)
		}
		t.Logf("%s: %d calls, %d characters", language, calls, letters)
	}
}

// TestPersonsWhoAreNotFound asks for a person in the pack by the name, and for nobody: the
// answers are the same, and show a way on.
func TestPersonsWhoAreNotFound(t *testing.T) {
	var names []string
	for i, secret := range persons(t)[:12] {
		if i%2 == 0 { // telephone numbers stand between the names
			names = append(names, secret)
		}
	}
	for language, way := range map[message.Language]string{message.English: "the tool search with kinds", message.Chinese: "人员按名册编号或标识查找"} {
		session := overStreams(t, newServer(t, func(c *mcp.Config) { c.Language = language }))
		said := map[string]bool{}
		for _, name := range append(names[:len(names):len(names)], "没有此人") {
			text, failed := call(t, session, "introductions", map[string]any{"region": "杭州", "person": name})
			if !failed || !strings.Contains(text, way) {
				t.Errorf("%s: no way on in %q", name, text)
			}
			said[strings.ReplaceAll(text, name, "NAME")] = true
		}
		if len(said) != 1 {
			t.Errorf("names differ by what they get: %q", slices.Collect(maps.Keys(said)))
		}
		if text, failed := call(t, session, "introductions", map[string]any{"region": "杭州", "person": "V018"}); failed || !strings.Contains(text, `"code":"V018"`) {
			t.Errorf("a person is not found by the code: %s", text)
		}
		if text, failed := call(t, session, "search", map[string]any{"text": "V0", "kinds": []string{"Person"}}); failed || !strings.Contains(text, `"code":"V0`) {
			t.Errorf("the way on leads nowhere: %s", text)
		}
	}
}

// TestPartOfTheCompaniesIsFound asks about companies of which one is not there.
func TestPartOfTheCompaniesIsFound(t *testing.T) {
	session := overStreams(t, newServer(t, nil))
	text, failed := call(t, session, "introductions", map[string]any{"region": "杭州", "companies": []string{"nowhere", "603456.SH"}})
	if failed || !strings.Contains(text, `"errors":[{"code":"NOT_FOUND","at":"to0"`) || strings.Count(text, `"company":`) != 1 {
		t.Errorf("the answer is %s", text)
	}
	text, failed = call(t, session, "introductions", map[string]any{"region": "杭州", "companies": []string{"nowhere", "nothing"}})
	if !failed || strings.Count(text, "NOT_FOUND") != 2 {
		t.Errorf("nothing is found, and the answer is %s", text)
	}
	text, failed = call(t, session, "introductions", map[string]any{"region": "杭州", "companies": []string{"1", "2", "3", "4", "5"}})
	if !failed || !strings.Contains(text, "companies") {
		t.Errorf("five companies: %s", text)
	}
}

// codes are those of states, actions and what is not known.
var codes = regexp.MustCompile(`[A-Z]{4}|[A-Z]_`)

// TestChallenge asks in which ways statements could be false: one that the graph has, and
// one that it has not.
func TestChallenge(t *testing.T) {
	session := overStreams(t, newServer(t, nil))
	companies := map[string][]string{}
	ways := func(link, state string) map[string][]string {
		t.Helper()
		arguments := map[string]any{"region": "杭州", "link": link, "lang": "zh"}
		if state != "" {
			arguments["state"] = state
		}
		text, failed := call(t, session, "challenge", arguments)
		var answer struct {
			Answer struct {
				Ways []struct {
					Way, Says             string
					IDs, Companies, Codes []string
				}
			}
		}
		if err := json.Unmarshal([]byte(text), &answer); failed || err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		found := map[string][]string{}
		for _, w := range answer.Answer.Ways {
			if !strings.ContainsFunc(w.Says, func(r rune) bool { return r > 0x2e80 }) {
				t.Errorf("%s: %q is not Chinese", w.Way, w.Says)
			}
			if codes.MatchString(w.Says) {
				t.Errorf("%s: %q has a code in it", w.Way, w.Says)
			}
			found[w.Way] = slices.Concat(found[w.Way], w.IDs, w.Codes)
			companies[w.Way] = w.Companies
		}
		return found
	}
	const weak, absent = "bio-medicine.medical-devices", "bio-medicine.biological-materials"
	for _, c := range []struct {
		link, state string
		with, out   []string
	}{
		{weak, "", []string{"WEAK_FACTS", "OLD_FACTS", "POPULATION", "UNPLACED", "WOULD_CHANGE", "MISSING"}, []string{"OTHER_STATE"}},
		{weak, "ABSENT", []string{"OTHER_STATE", "WEAK_FACTS"}, nil},
		{"bio-medicine.down", "STRONG", []string{"OTHER_STATE"}, []string{"WEAK_FACTS", "WOULD_CHANGE"}},
		{absent, "ABSENT", []string{"POPULATION", "UNPLACED", "WOULD_CHANGE"}, []string{"OTHER_STATE", "WEAK_FACTS"}},
	} {
		found := ways(c.link, c.state)
		for _, way := range c.with {
			if _, ok := found[way]; !ok {
				t.Errorf("%s as %q: no way %s in %v", c.link, c.state, way, found)
			}
		}
		for _, way := range c.out {
			if _, ok := found[way]; ok {
				t.Errorf("%s as %q: a way %s in %v", c.link, c.state, way, found)
			}
		}
	}
	// The companies can be looked up, and the ids are those of facts that evidence shows.
	ways(weak, "")
	if len(companies["WEAK_FACTS"]) == 0 {
		t.Error("the weak facts speak of no company")
	}
	for _, id := range companies["WEAK_FACTS"] {
		if text, failed := call(t, session, "company", map[string]any{"company": id}); failed {
			t.Errorf("no company %s: %s", id, text)
		}
	}
	text, _ := call(t, session, "evidence", map[string]any{"region": "杭州", "link": weak, "detail": "full"})
	for _, id := range ways(weak, "")["WEAK_FACTS"] {
		if !strings.Contains(text, id) {
			t.Errorf("evidence does not show the fact %s", id)
		}
	}
}

// TestChallengeOfASmallSample asks where a population is complete and too small for the link.
func TestChallengeOfASmallSample(t *testing.T) {
	session := overStreams(t, newServer(t, nil))
	text, failed := call(t, session, "challenge", map[string]any{"region": "淳安县", "link": "客车", "lang": "zh"})
	if failed || !strings.Contains(text, `"populations":[{`) || !strings.Contains(text, "收录完整的口径不足以判断该环节") || strings.Contains(text, "本地没有收录完整的口径") {
		t.Errorf("%s", text)
	}
}

// TestVocabularyHasUnknowns reads why a number may not be known, which answers say by code.
func TestVocabularyHasUnknowns(t *testing.T) {
	read, err := overStreams(t, newServer(t, nil)).ReadResource(t.Context(), &sdk.ReadResourceParams{URI: "liantu://vocabulary"})
	if err != nil {
		t.Fatal(err)
	}
	var vocabulary struct {
		Answer struct {
			Unknowns map[string]struct{ En, Zh string }
		}
	}
	if err := json.Unmarshal([]byte(read.Contents[0].Text), &vocabulary); err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]string{"NO_CAPACITY": "企业规模不详", "NO_SITES_KNOWN": "没有其基地与投资的数据", "NO_TRACK": "未载其引荐过的项目"} {
		if got := vocabulary.Answer.Unknowns[code]; got.Zh != want || got.En == "" {
			t.Errorf("%s means %+v", code, got)
		}
	}
}

// TestResources reads what is listed, and by address what is there and what is not.
func TestResources(t *testing.T) {
	session := overStreams(t, newServer(t, nil))
	for uri, want := range map[string]string{
		"liantu://vocabulary":                  `"ABSENT":{"en":"Absent: nobody of a population that is complete here is there.","zh":"缺失：完整名录之内本地没有企业。"}`,
		"liantu://regions":                     `{"code":"330000","name":"浙江省","level":"PROVINCE","parent":"100000"}`,
		"liantu://regions/330000":              `{"code":"330100","name":"杭州市","level":"CITY","parent":"330000"}`,
		"liantu://regions/%E6%9D%AD%E5%B7%9E":  `{"code":"330106","name":"西湖区","level":"COUNTY","parent":"330100"}`,
		"liantu://chains":                      `{"code":"bio-medicine","name":"生物医药","englishName":"Biomedicine"}`,
		"liantu://chains/bio-medicine":         `"code":"bio-medicine.drug-production.active-pharmaceutical-ingredients","name":"原料药"`,
		"liantu://chains/nowhere":              "NOT_FOUND",
		"liantu://regions/" + "9999999":        "NOT_FOUND",
		"liantu://nothing":                     "Resource not found",
		"liantu://chains/bio-medicine/further": "Resource not found",
	} {
		read, err := session.ReadResource(t.Context(), &sdk.ReadResourceParams{URI: uri})
		if err != nil {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, want %q", uri, err, want)
			}
			continue
		}
		content := read.Contents[0]
		if content.MIMEType != "application/json" || !json.Valid([]byte(content.Text)) || !strings.Contains(content.Text, want) || !strings.Contains(content.Text, `"graph":{"version":`) {
			t.Errorf("%s: no %q in %s: %s", uri, want, content.MIMEType, content.Text)
		}
	}
}

// TestPrompts gets each prompt in both languages: it names tools that are there.
func TestPrompts(t *testing.T) {
	session := overStreams(t, newServer(t, nil))
	list, err := session.ListPrompts(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list.Prompts {
		for _, language := range []string{"zh", "en"} {
			given := map[string]string{"region": "杭州", "ecosystem": "生物医药", "link": "原料药", "lang": language}
			prompt, err := session.GetPrompt(t.Context(), &sdk.GetPromptParams{Name: p.Name, Arguments: given})
			if err != nil {
				t.Fatal(err)
			}
			text := prompt.Messages[0].Content.(*sdk.TextContent).Text
			for i, line := range strings.Split(text, "\n")[1:] {
				_, rest, _ := strings.Cut(line, ". ")
				name := rest[:max(0, strings.IndexFunc(rest, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') }))]
				if _, ok := questions[name]; !ok && rest != "" && strings.HasPrefix(line, string(rune('1'+i))) {
					t.Errorf("%s, %s: the line %q names no tool", p.Name, language, line)
				}
			}
			if !strings.Contains(text, "杭州") || (language == "zh") != strings.Contains(text, "请依次使用以下工具") {
				t.Errorf("%s, %s: %s", p.Name, language, text)
			}
		}
		if _, err := session.GetPrompt(t.Context(), &sdk.GetPromptParams{Name: p.Name, Arguments: map[string]string{"region": "杭州"}}); err == nil || !strings.Contains(err.Error(), "BAD_INPUT") {
			t.Errorf("%s without an argument that it needs: %v", p.Name, err)
		}
	}
}
