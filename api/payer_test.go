package api_test

import (
	"fmt"
	"net/http"
	"testing"

	"liantu/access"
	"liantu/api"
	"liantu/schema"
)

// named lets in everybody under the name that a header gives.
type named struct{ api.Doors }

func (named) Identify(r *http.Request, _ string) (*access.Identity, error) {
	return &access.Identity{Subject: "user:" + r.Header.Get("X-Name"), Role: schema.RoleStrategist}, nil
}

// TestWhoIsKnownPays lets one subject use up what it may from this machine,
// whose address alone would never be charged.
func TestWhoIsKnownPays(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), func(c *api.Config, d *api.Deps) {
		c.ClientRate, c.ClientBurst, c.MaxFields = 1, 1000, 1000
		d.Doors = named{}
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
		t.Error("who is known may ask without end")
	}
	if status := ask("b"); status != http.StatusOK {
		t.Errorf("another subject pays for it: status %d", status)
	}
}
