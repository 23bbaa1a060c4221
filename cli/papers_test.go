package cli

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"
	"github.com/xuri/excelize/v2"

	"liantu/access"
	"liantu/cli/papers"
)

// paper asks for a paper as a user.
func (g *guarded) paper(t *testing.T, user, path string, head ...string) (*http.Response, string) {
	t.Helper()
	if user != "" {
		head = append(head, "Authorization", "Bearer "+g.keys[user])
	}
	return exchange(t, http.DefaultClient, http.MethodGet, g.url+"/papers/"+path, "", head...)
}

// fileOf is the name that an answer has for a file.
func fileOf(t *testing.T, response *http.Response) string {
	t.Helper()
	if response.StatusCode != http.StatusOK {
		return ""
	}
	_, parameters, err := mime.ParseMediaType(response.Header.Get("Content-Disposition"))
	if err != nil {
		t.Fatal(err)
	}
	return parameters["filename"]
}

// TestPapersAreTheAnswersOfCommands asks for each form of a paper, and compares it with what
// the command prints for the same caller.
func TestPapersAreTheAnswersOfCommands(t *testing.T) {
	g := serveGuarded(t)
	query := url.Values{"region": {"杭州"}, "ecosystem": {"biomed"}, "state": {"ABSENT", "WEAK"}, "limit": {"5"}}.Encode()
	for form, check := range map[string]func(body string){
		"json": func(body string) {
			code, want, stderr := program(t, "gaps", "--region", "杭州", "--ecosystem", "biomed", "--state", "ABSENT,WEAK", "--limit", "5",
				"--format", "json", "--token", g.keys["kan"])
			if code != 0 || body != want {
				t.Errorf("%s\nis not what the command prints: %s%s", body, want, stderr)
			}
		},
		"csv": func(body string) {
			if strings.Count(body, "\n") != 6 {
				t.Errorf("not five rows and a head: %s", body)
			}
		},
		"xlsx": func(body string) {
			book, err := excelize.OpenReader(strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			rows, err := book.GetRows(book.GetSheetName(0))
			if err != nil || len(rows) < 6 || book.GetSheetName(0) != "补链清单" {
				t.Errorf("sheet %q has %d rows, error %v", book.GetSheetName(0), len(rows), err)
			}
		},
	} {
		response, body := g.paper(t, "kan", "gaps."+form+"?"+query, "Accept-Language", "zh")
		if response.StatusCode != http.StatusOK || !strings.HasPrefix(fileOf(t, response), "杭州_") || !strings.Contains(fileOf(t, response), "_补链清单_20") || !strings.HasSuffix(fileOf(t, response), "."+form) || response.Header.Get("Liantu-Version") == "" {
			t.Fatalf("%s: %d %v %s", form, response.StatusCode, response.Header, body)
		}
		check(body)
	}
	g.paper(t, "kan", "gaps.csv?as-of=2024-12&"+query)
	for _, detail := range []string{"paper gaps as xlsx", "paper gaps as csv as of 2024-12"} {
		if !slices.ContainsFunc(g.entries(t), func(e access.Entry) bool {
			return e.Action == access.Export && e.Who == "user:kan" && e.Detail == detail && e.Version > 0
		}) {
			t.Errorf("%q is not on record", detail)
		}
	}
}

// TestPapersAreRefused asks for papers that there are not, with parameters that are none, and
// without the right; each answer says what to do.
func TestPapersAreRefused(t *testing.T) {
	g := serveGuarded(t)
	for _, c := range []struct {
		user, path string
		status     int
		text       string
	}{
		{"", "gaps.xlsx?region=330100", 401, "UNAUTHENTICATED"},
		{"kan", "gaps.xlsx?region=330100&lang=fr", 400, "lang is zh or en"},
		{"kan", "gaps.pdf?region=330100", 404, "there are gaps, candidates"},
		{"kan", "users.json", 404, "NO_SUCH_PATH"},
		{"kan", "gaps.json?region=330100&out=/tmp/x", 400, `takes about, action`},
		{"kan", "gaps.json?region=330100&file=x", 400, `not \"file\"`},
		{"kan", "gaps.json?region=330100&token=x", 400, `not \"token\"`},
		{"kan", "gaps.json", 400, "region"},
		{"kan", "gaps.json?region=330100&state=GONE", 400, "GONE"},
		{"kan", "gaps.json?region=330100&limit=many", 400, "limit"},
		{"kan", "gaps.json?region=330100&as-of=yesterday", 400, "asOf"},
		{"kan", "gaps.json?region=330100&as-of=2024&as-of=2025", 400, "as-of is one day"},
		{"kan", "gaps.json?region=330100&as-of=", 400, "as-of is one day"},
		{"kan", "gaps.json?region=" + url.QueryEscape("杭洲"), 404, "NOT_FOUND"},
		{"kan", "introductions.json?region=330100&company=300394", 403, "FORBIDDEN"},
		{"kan", "match.json?region=330100", 403, "FORBIDDEN"},
	} {
		response, body := g.paper(t, c.user, c.path)
		if response.StatusCode != c.status || !strings.Contains(body, c.text) || !json.Valid([]byte(body)) {
			t.Errorf("%s: %d %s", c.path, response.StatusCode, body)
		}
	}
}

// TestEveryPaperHasItsCommand finds the command of every paper with the flags that are its
// parameters, and every further flag among those that are left out on purpose.
func TestEveryPaperHasItsCommand(t *testing.T) {
	left := []string{"format", "out", "help", "newcomer", "min-score", "per-need"}
	root := newRoot(&env{stdout: io.Discard, stderr: io.Discard})
	for _, p := range papers.Papers {
		cmd, rest, err := root.Find(strings.Fields(p.Command))
		if err != nil || len(rest) > 0 {
			t.Errorf("%s: no command %q: %v", p.Name, p.Command, err)
			continue
		}
		if cmd.Annotations[takesQuestion] != p.Question || cmd.Annotations[titleEn] == "" {
			t.Errorf("%s: the command takes the question %q", p.Name, cmd.Annotations[takesQuestion])
		}
		for _, flag := range p.Flags {
			if cmd.LocalFlags().Lookup(flag) == nil {
				t.Errorf("%s: the command has no flag %s", p.Name, flag)
			}
		}
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if !slices.Contains(p.Flags, f.Name) && !slices.Contains(left, f.Name) {
				t.Errorf("%s: the flag %s is neither a parameter nor left out", p.Name, f.Name)
			}
		})
	}
}

// TestLocalUserGetsPapers asks without accounts, in the language of a parameter.
func TestLocalUserGetsPapers(t *testing.T) {
	t.Setenv("LIANTU_STORE_PATH", sampleFile(t))
	g := &guarded{served: serve(t, "serve")}
	for _, p := range papers.Papers {
		parameters := map[string]string{
			"gaps": "region=330100", "meeting": "region=330100", "candidates": "region=330100&link=biomed", "introductions": "region=330683&company=300274.SZ", "compare": "regions=330100,320500&ecosystem=biomed",
			"what-if": "region=330100&land=300274.SZ", "anchor": "company=300274.SZ", "ties": "chain=bio-medicine", "quality": "region=330100",
			"match": "region=330100", "needs": "partner=", "match-plan": "region=330100",
		}[p.Name]
		response, body := g.paper(t, "", p.Name+".xlsx?lang=en&"+parameters)
		if p.Name == "needs" || p.Name == "candidates" { // no such partner, no such link: each says so
			if response.StatusCode/100 != 4 {
				t.Errorf("%s: %d", p.Name, response.StatusCode)
			}
			continue
		}
		if response.StatusCode != http.StatusOK || !bytes.HasPrefix([]byte(body), []byte("PK")) {
			t.Errorf("%s: %d %.300s", p.Name, response.StatusCode, body)
		}
	}
}

// TestPapersOfAnEarlierDay asks for a paper as of a day, which says of it what the command says.
func TestPapersOfAnEarlierDay(t *testing.T) {
	t.Setenv("LIANTU_STORE_PATH", sampleFile(t))
	code, want, stderr := program(t, "gaps", "--region", "330100", "--as-of", "2024-12", "--format", "json")
	if code != 0 {
		t.Fatal(stderr)
	}
	g := &guarded{served: serve(t, "serve")}
	response, then := g.paper(t, "", "gaps.json?region=330100&as-of=2024-12")
	if response.StatusCode != http.StatusOK || then != want {
		t.Errorf("%d: the paper differs from what the command writes:\n%.400s\n%.400s", response.StatusCode, then, want)
	}
	if _, now := g.paper(t, "", "gaps.json?region=330100"); now == then {
		t.Error("the paper of now is that of then")
	}
	response, body := g.paper(t, "", "meeting.docx?region=330100&as-of=2024-12&lang=zh")
	if text := zipped(t, body, "word/document.xml"); !strings.Contains(text, " · 截至 2024-12-31 的情况 · ") {
		t.Error("the head of the document does not state the day")
	}
	if name := fileOf(t, response); response.StatusCode != http.StatusOK || !strings.Contains(name, "杭州_截至2024-12-31_会商材料_") {
		t.Errorf("the document %s: %d", name, response.StatusCode)
	}
	_, body = g.paper(t, "", "meeting.xlsx?region=330100&as-of=2024-12&lang=zh")
	if line, err := workbookOf(t, []byte(body)).GetCellValue("作战图", "A2"); err != nil || !strings.HasPrefix(line, "截至 2024-12-31 的情况；") {
		t.Errorf("the sheet says %q, %v", line, err)
	}
}

// zipped reads a file of an archive.
func zipped(t *testing.T, archive, name string) string {
	t.Helper()
	files, err := zip.NewReader(strings.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	file, err := files.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(file)
	if err = errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	return string(text)
}
