package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"liantu/schema"
)

// TestJSONIsInLowerCamelCase prints the answers of commands that are no questions of
// GraphQL. Every member is in lower camel case, except kinds by which something is
// counted, and no list is null.
func TestJSONIsInLowerCamelCase(t *testing.T) {
	list := filepath.Join(t.TempDir(), "Person.csv")
	const rows = "code,name,phone,source,as_of\nK1,示例甲,139,名册,2026\n,,,,\n"
	if err := os.WriteFile(list, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	file := sampleFile(t)
	for _, command := range []string{
		"load " + list + " --batch again", "load " + list + " --batch again --dry-run", "conflicts", "changes --region 330100 --since 1",
		"match intermediaries", "check store", "review", "person forget K1 --dry-run --reason letter", "undo again", "quality", "config show", "node V003",
	} {
		args := append(strings.Fields(command), "--format", "json")
		if command != "config show" {
			args = append(args, "--file", file)
		}
		_, stdout, stderr := program(t, args...)
		var answer any
		if err := json.Unmarshal([]byte(stdout), &answer); err != nil {
			t.Errorf("%s: %v\n%s", command, err, stderr)
		}
		for _, path := range strangeMembers(answer) {
			t.Errorf("%s: %s", command, path)
		}
	}
}

var lowerCamel = regexp.MustCompile(`^[a-z][a-zA-Z0-9]*$`)

// strangeMembers lists the members of an answer that are not in lower camel case,
// and the lists that are null.
func strangeMembers(value any) []string {
	var strange []string
	switch value := value.(type) {
	case nil:
		return []string{"it is null"}
	case []any:
		for _, element := range value {
			strange = append(strange, strangeMembers(element)...)
		}
	case map[string]any:
		for name, member := range value {
			if !lowerCamel.MatchString(name) && schema.Default().Kind(name) == nil {
				strange = append(strange, name)
			}
			if member != nil { // an unknown figure is null
				strange = append(strange, strangeMembers(member)...)
			}
		}
	}
	return strange
}
