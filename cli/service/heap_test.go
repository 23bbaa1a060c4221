package service

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"liantu/graph"
	"liantu/schema"
)

// secret is a text in a form in which a search of the memory does not find it.
type secret []byte

func hide(text string) secret {
	s := secret(text)
	for i := range s {
		s[i] ^= 0xff
	}
	return s
}

func (s secret) text() string {
	b := bytes.Clone(s)
	for i := range b {
		b[i] ^= 0xff
	}
	return string(b)
}

// random returns so many random hexadecimal digits.
func random(digits int) string {
	raw := make([]byte, (digits+1)/2)
	_, _ = rand.Read(raw) // never fails
	return hex.EncodeToString(raw)[:digits]
}

// typed returns a new value that only a question holds.
func (w *watched) typed(name string) string {
	text := "typed" + random(20)
	w.secrets["typed in: "+name] = hide(text)
	return text
}

// secretsOf makes a value for each text of a kind, and hides it.
func (w *watched) secretsOf(kind *schema.Kind) map[string]any {
	made := map[string]any{}
	for _, p := range kind.Properties {
		var text string
		switch p.Type {
		case schema.TypeText, schema.TypeTexts:
			text = "秘" + random(12)
		case schema.TypeCode:
			text = "v" + random(12)
		case schema.TypePhone:
			text = "139" + strings.Map(func(r rune) rune { return '0' + r%10 }, random(8))
		case schema.TypeEmail:
			text = random(12) + "@example.org"
		case schema.TypeURL:
			text = "https://" + random(12) + ".example.org"
		default:
			continue
		}
		w.secrets[kind.Name+"."+p.Name] = hide(text)
		made[p.Name] = text
		if p.Type == schema.TypeTexts {
			made[p.Name] = []string{text}
		}
	}
	return made
}

// load fills the graph: a region, a company, the person with a value in every text of
// its own and of its edges, and neighbours with short texts, since those are what the
// memory of a text may be shared with.
func (w *watched) load(t *testing.T) {
	model := schema.Default()
	by := graph.Provenance{Source: "roster", AsOf: "2026-01-01", Grade: graph.GradeA}
	facts := func(props map[string]any) []graph.Fact {
		list := []graph.Fact{{Provenance: by}}
		for name, value := range props {
			list = append(list, graph.Fact{Property: name, Value: value, Provenance: by})
		}
		return list
	}
	var b graph.Batch
	node := func(kind string, props map[string]any) graph.Key {
		keys := graph.KeysOf(model.Node(kind), props)
		b.Nodes = append(b.Nodes, graph.NodeDraft{Kind: kind, Keys: keys, Facts: facts(props)})
		return keys[0]
	}
	region := node("Region", map[string]any{"code": "330100", "name": "杭州市"})
	company := node("Company", map[string]any{"stock_code": "600001.SH", "name": "杭州芯片股份有限公司"})
	props := w.secretsOf(model.Node("Person"))
	props["consent"], props["native_region"] = "GIVEN", "330100"
	person := node("Person", props)
	var other graph.Key
	for i := range 40 {
		other = node("Person", map[string]any{"code": fmt.Sprintf("N%d", i), "name": "甲", "email": fmt.Sprintf("a%d@b.cn", i)})
	}
	for kind, to := range map[string]graph.Key{"WORKS_AT": company, "NATIVE_OF": region, "KNOWS": other, "LOCATED_IN": region} {
		k := model.EdgeKind(kind)
		own := w.secretsOf(k)
		b.Edges = append(b.Edges, graph.EdgeDraft{
			Kind: kind, From: person, To: to, Facts: facts(own), Discriminator: graph.Discriminator(k, own),
		})
	}
	store, err := OpenStore(t.Context(), &w.settings)
	if err != nil {
		t.Error(err)
		return
	}
	if _, err := store.Apply(t.Context(), b); err != nil {
		t.Error(err)
	}
	if err := store.Close(); err != nil {
		t.Error(err)
	}
}

// searchHeap writes the live objects to a file and returns the names of the secrets
// that are in it, sorted.
func searchHeap(t *testing.T, secrets map[string]secret) []string {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "heap"))
	if err != nil {
		t.Fatal(err)
	}
	debug.WriteHeapDump(file.Fd())
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	var found []string
	apart(func() {
		dump, err := os.ReadFile(file.Name())
		if err != nil {
			t.Error(err)
		}
		for name, s := range secrets {
			if bytes.Contains(dump, []byte(s.text())) {
				found = append(found, name)
			}
		}
		clear(dump) // for the next search
	})
	slices.Sort(found)
	return found
}
