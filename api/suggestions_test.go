package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"liantu/api"
)

// misses asks about so many names that nothing has, each as often, and returns the status
// and which of the errors have suggestions.
func misses(t *testing.T, base string, names, each int, headers ...string) (status int, suggested []bool) {
	t.Helper()
	var b strings.Builder
	for i := range names * each {
		fmt.Fprintf(&b, `f%d: gaps(first: 1, region: "杭州%s城") { nodes { link { code } } } `, i, strings.Repeat("一", 1+i/each))
	}
	body, err := json.Marshal(map[string]string{"query": "{ " + b.String() + "}"})
	if err != nil {
		t.Fatal(err)
	}
	got := send(t, "POST", base+"/graphql", string(body), append([]string{"Content-Type", plainJSON}, headers...)...)
	var answer struct {
		Errors []struct {
			Extensions struct {
				Code       string
				DidYouMean []any
			}
		}
	}
	if err := json.Unmarshal([]byte(got.body), &answer); err != nil {
		t.Fatalf("%d %s: %v", got.status, got.body, err)
	}
	for _, e := range answer.Errors {
		if got.status == http.StatusOK && e.Extensions.Code != "NOT_FOUND" {
			t.Errorf("got %s", got.body)
		}
		suggested = append(suggested, len(e.Extensions.DidYouMean) > 0)
	}
	return got.status, suggested
}

// TestSuggestionsAreBounded: one request searches for what three names may mean, and for
// each once, however many of its fields have it.
func TestSuggestionsAreBounded(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), nil))
	for _, test := range []struct{ names, each, want int }{{1, 15, 15}, {15, 1, 3}, {5, 3, 9}} {
		status, suggested := misses(t, base, test.names, test.each)
		got := 0
		for i, is := range suggested {
			if is {
				got++
			}
			if is != (i < test.want) {
				t.Errorf("%+v: error %d has suggestions: %v", test, i, is)
			}
		}
		if status != http.StatusOK || got != test.want {
			t.Errorf("%+v: status %d, %d of %d errors with suggestions", test, status, got, len(suggested))
		}
	}
}

// TestSuggestionsAreCharged: a client that searches for more names than it can pay for gets
// errors without suggestions, and is then refused.
func TestSuggestionsAreCharged(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), func(c *api.Config, d *api.Deps) {
		c.ClientRate, c.ClientBurst, c.MaxFields = 1, 86_500, 10_000
		d.Authenticator = named{}
	}))
	var got []int
	for range 4 {
		status, suggested := misses(t, base, 1, 1, "X-Name", "a")
		switch {
		case status != http.StatusOK:
			got = append(got, status)
		case suggested[0]:
			got = append(got, 1)
		default:
			got = append(got, 0)
		}
	}
	if want := fmt.Sprint([]int{1, 1, 0, http.StatusTooManyRequests}); fmt.Sprint(got) != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if _, suggested := misses(t, base, 1, 1, "X-Name", "b"); !suggested[0] {
		t.Error("another client pays for it")
	}
}

// TestSuggestionsNeedWork: a request that has done most of what it may do gets none.
func TestSuggestionsNeedWork(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), func(c *api.Config, _ *api.Deps) { c.MaxFields, c.MaxWork = 10_000, 50_000 }))
	if _, suggested := misses(t, base, 2, 1); !suggested[0] || suggested[1] {
		t.Errorf("suggestions %v, want one", suggested)
	}
}
