package projection_test

import (
	"errors"
	"slices"
	"testing"

	"liantu/graph"
	"liantu/graph/projection"
)

// TestFormerCodes: a link is found by a code of earlier use, unless that is the code of
// another one now; of two links with the same earlier code neither is meant, though one
// is below the other, and the error names both.
func TestFormerCodes(t *testing.T) {
	p := parse(t, world+`
chain a 甲链
link a.1 一 in a former_codes=x.1;a.2
link a.2 二 in a former_codes=x.2
link a.3 三 in a former_codes=x.3
link a.3.1 三一 in a.3 former_codes=x.3
link a.4 x.1 in a
`)
	for text, want := range map[string]string{"x.1": "a.1", "X.1": "a.1", "a.2": "a.2", "x.2": "a.2", "a.1": "a.1"} {
		v, err := p.Lookup(text, projection.Link)
		if err != nil || p.Code(v) != want {
			t.Errorf("%q finds %q, %v instead of %q", text, p.Code(v), err, want)
		}
	}
	_, err := p.Lookup("x.3", projection.Link)
	var fault *projection.NotFoundError
	if !errors.As(err, &fault) || !errors.Is(err, graph.ErrInvalid) {
		t.Fatalf("x.3 gives %v", err)
	}
	var near []string
	for _, hit := range fault.Near {
		near = append(near, p.Code(hit.Vertex))
	}
	if !slices.Equal(near, []string{"a.3", "a.3.1"}) {
		t.Errorf("x.3 may mean %q", near)
	}
}
