package api_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"liantu/access"
	"liantu/api"
	"liantu/graph/canaries"
	"liantu/schema"
)

// TestCanariesStayInsideExports exports each property of each kind that holds a canary in
// every role, in either form, and searches the files and the audit log for values that the role may not see.
func TestCanariesStayInsideExports(t *testing.T) {
	w := plant(t)
	log := access.OpenLog(filepath.Join(t.TempDir(), "audit.jsonl"))
	callers := map[string]*access.Identity{}
	for _, id := range who[1:] {
		callers["Bearer "+string(id.Role)] = id
	}
	s := newServer(t, w.world, func(c *api.Config, d *api.Deps) {
		c.DeniedRate, c.ClientRate = 0, 0
		d.Recorder, d.Authenticator = log, byHeader{callers: callers}
	})
	base, schemaOf, seen, files := serve(t, s), api.SchemaOf(s), map[schema.Role]int{}, 0
	asked := 0
	for _, kind := range schema.Default().Nodes {
		if !slices.ContainsFunc(w.canaries, func(c canaries.Canary) bool { return strings.HasPrefix(c.Of, kind.Name+".") }) {
			continue
		}
		for _, f := range schemaOf.Types[kind.Name].Fields {
			below := schemaOf.Types[f.Type.Name()]
			if below == nil || below.Kind != ast.Scalar && below.Kind != ast.Enum || strings.HasPrefix(f.Name, "__") {
				continue
			}
			query := fmt.Sprintf(`{ nodes(kind: %s) { nodes { ... on %s { id %s } } } }`, kind.Name, kind.Name, f.Name)
			for _, id := range who[1:] {
				asked++
				got := download(t, base, []string{"jsonl", "csv"}[asked/2%2], query, string(id.Role))
				if got.status == 200 {
					files++
				}
				for _, c := range w.canaries {
					if !strings.Contains(got.body, c.Text) {
						continue
					}
					if !mayShow(id, "", c) {
						t.Fatalf("%s exports %q, %s, by %s: %s", id.Role, c.Text, c.Of, query, got.body)
					}
					seen[id.Role]++
				}
			}
		}
	}
	if files == 0 || seen[schema.RoleSteward] == 0 || seen[schema.RoleAdmin] == 0 {
		t.Errorf("%d files, with canaries where they may be: %v", files, seen)
	}
	for _, e := range entriesOf(t, log) {
		for _, c := range w.canaries {
			if strings.Contains(e.Detail, c.Text) || strings.Contains(strings.Join(e.Fields, " "), c.Text) {
				t.Errorf("the record holds %q", c.Text)
			}
		}
	}
	t.Logf("%d files, canaries that came out where they may: %v", files, seen)
}
