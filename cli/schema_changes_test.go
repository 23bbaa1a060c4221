package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestChangesOfTheSchemaAreDecided compares the schema with that of the last release. Every
// change that clients may notice must be in the list of those that were decided, with the
// reason behind " -- ", and every line of the list must be such a change.
func TestChangesOfTheSchemaAreDecided(t *testing.T) {
	conformance, data := filepath.Join("..", "api", "conformance"), filepath.Join("..", "api", "testdata")
	node := tool(t, "node", filepath.Join(conformance, "node_modules"))
	found := func(before, after string) []string {
		return slices.DeleteFunc(strings.Split(output(t, exec.CommandContext(t.Context(), node, filepath.Join(conformance, "changes.mjs"), before, after)), "\n"),
			func(line string) bool { return line == "" })
	}
	released, present := filepath.Join(data, "released.graphql"), filepath.Join(data, "schema.graphql")
	text, err := os.ReadFile(filepath.Join(data, "changes.txt"))
	if err != nil {
		t.Fatal(err)
	}
	decided := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		change, reason, _ := strings.Cut(line, " -- ")
		if reason == "" {
			t.Errorf("changes.txt gives no reason for: %s", change)
		}
		decided[change] = true
	}
	for _, change := range found(released, present) {
		if !decided[change] {
			t.Errorf("clients notice a change that is not in changes.txt: %s", change)
		}
		delete(decided, change)
	}
	for change := range decided {
		t.Errorf("changes.txt names what is no change: %s", change)
	}
	t.Run("noticed", func(t *testing.T) { changesAreNoticed(t, present, found) })
}

// changesAreNoticed makes changes of each sort and wants them named.
func changesAreNoticed(t *testing.T, present string, found func(before, after string) []string) {
	t.Helper()
	text, err := os.ReadFile(present)
	if err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct{ old, changed, line string }{
		"a value more":         {"\nenum CandidateKind {\n", "\nenum CandidateKind {\n  MERGE\n", "VALUE_ADDED_TO_ENUM MERGE was added to enum type CandidateKind."},
		"a field less":         {"\n  represented: Int!\n", "\n  represent: Int!\n", "NOT_DEPRECATED VerdictConnection.represented was not deprecated before it was removed."},
		"a type of a field":    {"\n  stale: Boolean!\n", "\n  stale: Boolean\n", "FIELD_CHANGED_KIND Meta.stale changed type from Boolean! to Boolean."},
		"a default":            {"first: Int = 20", "first: Int = 30", "ARG_DEFAULT_VALUE_CHANGE Query.nodes arg first has changed defaultValue from 20 to 30."},
		"an argument required": {"kind: NodeKind!", "kind: NodeKind!, must: Int!", "REQUIRED_ARG_ADDED A required arg must on Query.nodes was added."},
	} {
		changed := filepath.Join(t.TempDir(), "changed.graphql")
		now := strings.ReplaceAll(string(text), c.old, c.changed)
		if now == string(text) {
			t.Errorf("%s: the schema has no %q", what, c.old)
		}
		if err := os.WriteFile(changed, []byte(now), 0o600); err != nil {
			t.Fatal(err)
		}
		if lines := found(present, changed); !slices.Contains(lines, c.line) {
			t.Errorf("%s is not noticed: %q", what, lines)
		}
	}
}
