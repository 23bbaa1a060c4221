package loaders_test

import (
	"errors"
	"strings"
	"testing"

	"liantu/loaders"
	"liantu/loaders/assertions"
	"liantu/schema"
)

// TestAssertionsHoldOnTheirBound loads four companies, of which one is rejected,
// three are at a place and one has its employees: an assertion that asks for just
// that holds, and one that asks for a little more does not.
func TestAssertionsHoldOnTheirBound(t *testing.T) {
	fsys := files(map[string]string{
		"Company.csv":    "name,region,employees\n甲厂,330100,5\n乙厂,330100,\n丙厂,330100,\n丁厂,330100,\n,330100,\n",
		"LOCATED_IN.csv": "from,to\n甲厂,330100\n乙厂,330100\n丙厂,330100\n",
	})
	for _, test := range []struct{ holds, fails, name string }{
		{"rejected: 0.125", "rejected: 0.12", "rejected"}, // one row of eight
		{"kinds: {Company: {min: 4}}", "kinds: {Company: {min: 5}}", "Company.min"},
		{"kinds: {Company: {max: 4}}", "kinds: {Company: {max: 3}}", "Company.max"},
		{"kinds: {LOCATED_IN: {min: 3, max: 3}}", "kinds: {LOCATED_IN: {min: 4}}", "LOCATED_IN.min"},
		{"kinds: {Company: {orphans: 0.25}}", "kinds: {Company: {orphans: 0.24}}", "Company.orphans"},
		{"kinds: {Company: {filled: {employees: 0.25}}}", "kinds: {Company: {filled: {employees: 0.26}}}", "Company.filled.employees"},
	} {
		load := func(text string) error {
			asserted, err := assertions.Read(strings.NewReader(text), schema.Default())
			if err != nil {
				t.Fatal(err)
			}
			_, err = loaders.Load(t.Context(), loaders.Options{
				Store: openStore(t), FS: fsys, Source: "list", AsOf: "2024", Assert: asserted,
			})
			return err
		}
		if err := load(test.holds); err != nil {
			t.Errorf("%s: %v", test.holds, err)
		}
		var failed *assertions.Error
		if err := load(test.fails); !errors.As(err, &failed) || len(failed.Failures) != 1 || failed.Failures[0].Assertion != test.name {
			t.Errorf("%s: %v", test.fails, err)
		}
	}
}
