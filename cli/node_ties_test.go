package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"liantu/schema"
)

// TestNodeHidesWhetherThereArePersons shows a company at which a person works and one at
// which nobody does, to a role that sees persons masked: both say that it is masked.
func TestNodeHidesWhetherThereArePersons(t *testing.T) {
	a := plantCanaries(t)
	file := filepath.Join(t.TempDir(), "Company.csv")
	if err := os.WriteFile(file, []byte("stock_code,name,source,as_of\n600009.SH,新来,register,2024-12-31\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := program(t, "load", file, "--file", a.file); code != exitOK {
		t.Fatal(errs)
	}
	for _, c := range a.callers {
		if c.role != schema.RoleAdmin {
			continue
		}
		for _, company := range []string{"688810.SH", "600009.SH"} {
			text, errs := a.run(t, c, "node", company, "--lang", "en")
			_, line, _ := strings.Cut(text, "masked, since personal: ")
			line, _, _ = strings.Cut(line, "\n")
			if !strings.Contains(line, "works at") {
				t.Errorf("%s: %s: masked is %q\n%s%s", c.role, company, line, text, errs)
			}
			if json, _ := a.run(t, c, "node", company, "--format", "json"); !strings.Contains(json, `"people"`) {
				t.Errorf("%s: %s has no people:\n%s", c.role, company, json)
			}
		}
	}
}
