package api_test

import (
	"testing"

	"liantu/api/attacks"
)

// TestAttacks sends every attack to a real server over the sample pack. None
// ends it, and each is answered with the code and the reason that it should.
func TestAttacks(t *testing.T) {
	live, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	// With the usual limits: what takes ten seconds even here, where it should
	// take a twentieth of one, is an attack that works.
	base := serve(t, newServer(t, &world{live: live}, nil))
	for _, a := range attacks.All() {
		t.Run(a.Name, func(t *testing.T) {
			head := []string{"Content-Type", plainJSON}
			for name, value := range a.Header {
				head = append(head, name, value)
			}
			r := send(t, "POST", base+"/graphql", a.Body, head...)
			answer := r.json(t)
			if code := firstCode(answer); r.status != a.Status || code != a.Code {
				t.Errorf("status %d, code %q, want %d, %q: %.300s", r.status, code, a.Status, a.Code, r.body)
			}
			if reason := firstReason(answer); reason != a.Reason && a.Reason != "" {
				t.Errorf("reason %q, want %q: %.300s", reason, a.Reason, r.body)
			}
		})
	}
}

// firstReason is extensions.reason of the first error.
func firstReason(answer map[string]any) string {
	errs, _ := answer["errors"].([]any)
	if len(errs) == 0 {
		return ""
	}
	ext, _ := errs[0].(map[string]any)["extensions"].(map[string]any)
	reason, _ := ext["reason"].(string)
	return reason
}
