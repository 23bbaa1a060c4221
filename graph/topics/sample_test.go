package topics_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/graph/questiontest"
	"liantu/graph/topics"
)

// TestWordsOfOffices asks the sample pack with the words of testdata/words.txt.
func TestWordsOfOffices(t *testing.T) {
	p := questiontest.SamplePicture(t)
	text, err := os.ReadFile("testdata/words.txt")
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for line := range strings.Lines(string(text)) {
		words, want, found := strings.Cut(strings.TrimSpace(line), " =")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if !found {
			t.Fatalf("no row: %s", line)
		}
		rows++
		mark := ""
		if m, rest, ok := strings.Cut(words, " "); ok && (m == "?" || m == "!") {
			mark, words = m, rest
		}
		topic, err := topics.Resolve(t.Context(), p, words)
		switch want = strings.TrimSpace(want); {
		case mark != "":
			checkUnclear(t, p, words, mark, strings.Fields(want), err)
		case err != nil:
			t.Errorf("%s: %v", words, err)
		default:
			if got := p.Code(topic.Node) + " " + string(topic.By); got != want || len(topic.Scope) != 1 || topic.Scope[0] != topic.Node {
				t.Errorf("%s is understood as %s, %d nodes, want %s", words, got, len(topic.Scope), want)
			}
		}
	}
	if rows < 75 {
		t.Errorf("%d rows are too few", rows)
	}
}

// checkUnclear checks the error of words that mean several things or nothing, and the
// first nodes that it names.
func checkUnclear(t *testing.T, p *projection.Projection, words, mark string, first []string, err error) {
	t.Helper()
	is := graph.ErrNotFound
	if mark == "?" {
		is = graph.ErrInvalid
	}
	var missing *projection.NotFoundError
	if !errors.Is(err, is) || !errors.As(err, &missing) || missing.Ambiguous != (mark == "?") {
		t.Errorf("%s: got error %v, want %v", words, err, is)
		return
	}
	near, err := missing.Suggest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(near) > 10 || mark == "?" && len(near) < 2 {
		t.Errorf("%s: %d choices", words, len(near))
	}
	for i, code := range first {
		if i >= len(near) || p.Code(near[i].Vertex) != code {
			t.Errorf("%s: choice %d is not %s", words, i, code)
		}
	}
	for _, h := range near {
		if p.Kind(h.Vertex) == projection.Person {
			t.Errorf("%s: a person is named", words)
		}
	}
}
