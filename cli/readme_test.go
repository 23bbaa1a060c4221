package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"liantu/cli/show"
)

// The parts of the READMEs that the program must print itself: an excerpt of the
// demo, marked by a comment such as
//
//	<!-- excerpt of `liantu demo --once` from "330100", 20 lines -->
//
// before a block of text; a query and its answer; and commands of a shell.
var (
	excerptBlock = regexp.MustCompile("(?s)<!-- excerpt of `liantu demo --once(?: --lang zh)?` from \"([^\"]+)\", (\\d+) lines -->\n```text\n(.*?)```\n")
	queryBlock   = regexp.MustCompile("(?s)```graphql\n(.*?)```\n\n```json\n(.*?)```\n")
	shellBlock   = regexp.MustCompile("(?s)```(?:sh|console)\n(.*?)```\n")
)

// TestReadmesAreTrue runs the demo and compares: excerpts of its output, and
// the three queries with their answers. With -update it rewrites them.
func TestReadmesAreTrue(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs the demo")
	}
	for file, lang := range map[string]show.Language{"../README.md": show.English, "../README.zh.md": show.Chinese} {
		t.Run(file, func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s := serve(t, "demo", "--lang", string(lang))
			want := trueExcerpts(t, string(text), s.stdout.String())
			want = trueAnswers(t, want, lang, s.url+"/graphql")
			if want == string(text) {
				return
			}
			if *update {
				if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			t.Errorf("%s does not show what the program prints; update it with: go test ./cli -update\n%s", file, firstDifference(string(text), want))
		})
	}
}

// replaceParts replaces the last group of every match.
func replaceParts(pattern *regexp.Regexp, text string, with func(groups []string) string) string {
	var b strings.Builder
	at := 0
	for _, m := range pattern.FindAllStringSubmatchIndex(text, -1) {
		groups := make([]string, len(m)/2)
		for i := range groups {
			groups[i] = text[m[2*i]:m[2*i+1]]
		}
		last := len(m) - 2
		b.WriteString(text[at:m[last]] + with(groups))
		at = m[last+1]
	}
	return b.String() + text[at:]
}

func trueExcerpts(t *testing.T, readme, output string) string {
	t.Helper()
	found := 0
	readme = replaceParts(excerptBlock, readme, func(groups []string) string {
		found++
		n, err := strconv.Atoi(groups[2])
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.SplitAfter(output, "\n")
		for i, line := range lines {
			if strings.HasPrefix(line, groups[1]) {
				return strings.Join(lines[i:min(i+n, len(lines))], "")
			}
		}
		t.Errorf("the demo prints no line that begins with %q", groups[1])
		return groups[3]
	})
	if found == 0 {
		t.Error("the README shows nothing of the demo")
	}
	return readme
}

func trueAnswers(t *testing.T, readme string, lang show.Language, url string) string {
	t.Helper()
	program := embedded()
	asked, err := program.queries(lang)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	readme = replaceParts(queryBlock, readme, func(groups []string) string {
		if found++; groups[1] != asked[(found-1)%len(asked)] {
			t.Errorf("query no. %d is not the one that the demo asks", found)
		}
		answer, err := askHTTP(t.Context(), url, groups[1])
		if err != nil {
			t.Fatal(err)
		}
		return dataOf(t, answer)
	})
	if found != len(asked) {
		t.Errorf("the README shows %d of the %d queries of the demo", found, len(asked))
	}
	return readme
}

// dataOf is an answer without its extensions, which state the age of the
// picture and differ from run to run.
func dataOf(t *testing.T, answer string) string {
	t.Helper()
	var whole struct {
		Data json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal([]byte(answer), &whole); err != nil || len(whole.Data) == 0 {
		t.Fatalf("the answer has no data: %s, %v", answer, err)
	}
	data, err := json.Marshal(whole)
	if err != nil {
		t.Fatal(err)
	}
	text, err := show.LayOut(data)
	if err != nil {
		t.Fatal(err)
	}
	return text + "\n"
}

// firstDifference shows the first line in which two texts differ.
func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return "line " + strconv.Itoa(i+1) + ": says " + strconv.Quote(a[i]) + ", should say " + strconv.Quote(b[i])
		}
	}
	return "one is longer than the other"
}

// TestCommandsOfPagesExist checks that every liantu command on a page has a
// command and flags in the program.
func TestCommandsOfPagesExist(t *testing.T) {
	found := 0
	for _, pattern := range []string{"../*.md", "../docs/*.md"} {
		pages, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, page := range pages {
			for _, c := range commandsOf(t, page) {
				found++
				if err := parses(c.args); err != nil {
					t.Errorf("%s: %q: %v", page, c.line, err)
				}
			}
		}
	}
	if found == 0 {
		t.Error("no page shows a command")
	}
}

// TestCommandsOfReadmeWork runs them in their order, but for those that serve
// or that speak of files which the reader is to bring.
func TestCommandsOfReadmeWork(t *testing.T) {
	if testing.Short() {
		t.Skip("it loads the sample pack")
	}
	t.Setenv("LIANTU_STORE_PATH", filepath.Join(t.TempDir(), "graph.db"))
	t.Chdir("..") // where a reader is
	worked := map[string]bool{}
	for _, c := range commandsOf(t, "README.md") {
		key := fmt.Sprint(c.env, c.args)
		if c.args[0] == "serve" || c.args[0] == "demo" || strings.Contains(c.line, ".csv") || worked[key] {
			continue
		}
		worked[key] = true
		t.Run(strings.Join(c.args, " "), func(t *testing.T) {
			for name, value := range c.env {
				t.Setenv(name, value)
			}
			if code, _, stderr := program(t, c.args...); code != exitOK {
				t.Errorf("exit code %d: %s", code, stderr)
			}
		})
	}
	if len(worked) < 5 {
		t.Errorf("only %d commands were run", len(worked))
	}
}

// pageCommand is a line of a page that runs liantu.
type pageCommand struct {
	line string
	env  map[string]string
	args []string
}

// commandsOf finds the lines of a page's shell blocks that run liantu.
func commandsOf(t *testing.T, page string) []pageCommand {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var commands []pageCommand
	for _, block := range shellBlock.FindAllStringSubmatch(string(text), -1) {
		for line := range strings.Lines(block[1]) {
			c := pageCommand{line: strings.TrimSpace(line), env: map[string]string{}}
			line, _, _ = strings.Cut(line, "#")
			line, _, _ = strings.Cut(line, ">")
			words := strings.Fields(strings.Replace(line, "go run . ", "liantu ", 1))
			for len(words) > 0 && strings.Contains(words[0], "=") {
				name, value, _ := strings.Cut(words[0], "=")
				c.env[name] = value
				words = words[1:]
			}
			if len(words) > 1 && (words[0] == "liantu" || words[0] == "./liantu") {
				c.args = words[1:]
				commands = append(commands, c)
			}
		}
	}
	return commands
}

// parses finds the command of the arguments and reads its flags.
func parses(args []string) error {
	root := newRoot(&env{})
	root.InitDefaultCompletionCmd(args...)
	cmd, rest, err := root.Find(args)
	if err != nil {
		return err
	}
	if err := cmd.ParseFlags(rest); err != nil {
		return err
	}
	if cmd.Args == nil {
		return nil
	}
	return cmd.Args(cmd, cmd.Flags().Args())
}
