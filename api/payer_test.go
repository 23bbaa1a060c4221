package api_test

import (
	"fmt"
	"net/http"
	"testing"

	"liantu/access"
	"liantu/api"
	"liantu/schema"
)

// named admits everybody under the name in a header.
type named struct{ api.Authenticator }

func (named) Identify(r *http.Request, _ string) (*access.Identity, error) {
	return &access.Identity{Subject: "user:" + r.Header.Get("X-Name"), Role: schema.RoleStrategist}, nil
}

// TestKnownCallerIsCharged lets one subject use up its limit from this machine,
// whose address would never be charged.
func TestKnownCallerIsCharged(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), func(c *api.Config, d *api.Deps) {
		c.ClientRate, c.ClientBurst, c.MaxFields = 1, 1000, 1000
		d.Authenticator = named{}
	}))
	ask := func(who string) int {
		body := fmt.Sprintf(`{"query":"{ nodes(kind: Company, first: %d) { nodes { id } } }"}`, 100)
		return send(t, "POST", base+"/graphql", body, "Content-Type", plainJSON, "X-Name", who).status
	}
	refused := 0
	for range 6 {
		if ask("a") == http.StatusTooManyRequests {
			refused++
		}
	}
	if refused == 0 {
		t.Error("a known caller is not limited")
	}
	if status := ask("b"); status != http.StatusOK {
		t.Errorf("another subject is charged for it: status %d", status)
	}
}
