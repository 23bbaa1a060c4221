package schema_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"liantu/schema"
)

func TestVocabularyPageIsFresh(t *testing.T) {
	var b strings.Builder
	if err := schema.WriteMarkdown(&b, schema.Default()); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.MkdirAll("../docs", 0o755); err != nil {
			t.Fatal(err)
		}
	}
	checkGolden(t, "../docs/vocabulary.md", b.String())
}

func TestWriteMarkdownReturnsTheErrorOfTheWriter(t *testing.T) {
	full := errors.New("disk full")
	if err := schema.WriteMarkdown(writerFunc(func([]byte) (int, error) { return 0, full }), schema.Default()); !errors.Is(err, full) {
		t.Errorf("got %v, want %v", err, full)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func TestEveryTypeIsDescribed(t *testing.T) {
	for _, typ := range schema.Types() {
		if d := typ.Description(); d.Zh == "" || d.En == "" {
			t.Errorf("type %s has the description %+v", typ, d)
		}
	}
}
