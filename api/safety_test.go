package api_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"liantu/api"
	"liantu/api/fault"
	"liantu/graph"
	"liantu/graph/projection"
)

func TestPanicIsOneFailedField(t *testing.T) {
	var log strings.Builder
	s := newServer(t, newWorld(t), func(_ *api.Config, d *api.Deps) { d.Log = logTo(&log) })
	api.AddField(s, "boom", func() (any, error) { panic("a secret") })
	answer := ask(t, s, api.Request{Query: `{ boom meta { version } }`, ID: "r-1"})
	if firstCode(answer) != "INTERNAL" || strings.Contains(fmt.Sprint(answer), "secret") {
		t.Errorf("answer: %v", answer)
	}
	if data, _ := answer["data"].(map[string]any); data["meta"] == nil {
		t.Errorf("the other question has no answer: %v", answer)
	}
	for _, want := range []string{`"reason":"string"`, "r-1", "safety_test.go"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log lacks %q: %s", want, log.String())
		}
	}
}

func TestUnknownErrorStaysInside(t *testing.T) {
	var log strings.Builder
	s := newServer(t, newWorld(t), func(_ *api.Config, d *api.Deps) { d.Log = logTo(&log) })
	api.AddField(s, "odd", func() (any, error) { return "half done", errors.New("disk on fire at /dev/sda") })
	answer := ask(t, s, api.Request{Query: `{ odd }`, ID: "r-2"})
	if text := fmt.Sprint(answer); firstCode(answer) != "INTERNAL" || strings.Contains(text, "disk") || strings.Contains(text, "half done") {
		t.Errorf("answer: %v", answer)
	}
	if !strings.Contains(log.String(), "disk on fire") || !strings.Contains(log.String(), "r-2") {
		t.Errorf("log: %s", log.String())
	}
}

func TestErrorCodes(t *testing.T) {
	s := newServer(t, newWorld(t), nil)
	var fail error
	api.AddField(s, "fail", func() (any, error) { return nil, fail })
	for _, tt := range []struct {
		err  error
		code string
	}{
		{graph.ErrNotFound, "NOT_FOUND"},
		{graph.ErrInvalid, "BAD_INPUT"},
		{graph.ErrConflict, "CONFLICT"},
		{graph.ErrUnavailable, "UNAVAILABLE"},
		{graph.ErrClosed, "UNAVAILABLE"},
		{graph.ErrLocked, "UNAVAILABLE"},
		{context.DeadlineExceeded, "TIMEOUT"},
		{context.Canceled, "CANCELLED"},
		{graph.ErrDenied, "INTERNAL"},
	} {
		fail = fmt.Errorf("asked in vain: %w", tt.err)
		if code := firstCode(ask(t, s, api.Request{Query: `{ fail }`})); code != tt.code {
			t.Errorf("%v gives %q, want %q", tt.err, code, tt.code)
		}
	}
}

// brokenPicture returns a picture from which nothing can be read.
type brokenPicture struct{}

func (brokenPicture) Current() *projection.Projection { return new(projection.Projection) }
func (brokenPicture) Status() projection.Status       { return projection.Status{} }
func (brokenPicture) Changed() <-chan struct{}        { return nil }
func (brokenPicture) OnRemoval(func())                {}
func (brokenPicture) Refresh(context.Context) (*projection.Projection, error) {
	panic("nothing here")
}

func (brokenPicture) AtLeast(context.Context, graph.Version) (*projection.Projection, error) {
	panic("nothing here")
}

func TestExecuteNeverPanics(t *testing.T) {
	s := newServer(t, newWorld(t), func(_ *api.Config, d *api.Deps) { d.Pictures = brokenPicture{} })
	if answer := ask(t, s, api.Request{Query: `{ meta { version } }`}); firstCode(answer) != "INTERNAL" {
		t.Errorf("answer: %v", answer)
	}
}

func TestCancelledRequest(t *testing.T) {
	s := newServer(t, newWorld(t), nil)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	answer := s.Execute(ctx, api.Request{Query: `{ meta { version } }`})
	if len(answer.Errors) == 0 || answer.Errors[0].Code() != fault.CodeCancelled {
		t.Errorf("errors: %+v", answer.Errors)
	}
}

func TestTimeout(t *testing.T) {
	s := newServer(t, newWorld(t), func(c *api.Config, _ *api.Deps) { c.RequestTimeout = 1 })
	if code := firstCode(ask(t, s, api.Request{Query: `{ meta { version } }`})); code != "TIMEOUT" {
		t.Errorf("code %q", code)
	}
}

func TestBadConfigIsNamedWhole(t *testing.T) {
	c := api.DefaultConfig()
	c.MaxPage, c.RequestTimeout = 0, -1
	_, err := api.New(c, api.Deps{Pictures: noPicture{}})
	if err == nil || !strings.Contains(err.Error(), "MaxPage") || !strings.Contains(err.Error(), "RequestTimeout") {
		t.Errorf("error: %v", err)
	}
	if _, err := api.New(api.DefaultConfig(), api.Deps{}); err == nil {
		t.Error("a server without pictures is made")
	}
}

// FuzzExecute sends arbitrary documents to the server: it must answer each in the
// form of the specification and continue to run.
func FuzzExecute(f *testing.F) {
	s := newServer(f, newWorld(f), nil)
	for _, query := range []string{
		`{ meta { version } }`, `query Q($a: Int = 1) { nodes(kind: Company, first: $a) { nodes { ...F } } } fragment F on Company { name }`,
		`{ gaps(region: "330100", states: [WEAK]) @skip(if: false) { nodes { link { name } } } }`,
		`scalar fragment fragment A on Query { ...A } { ...A }`, "{ # 中\n a: search(text: \"\"\"x\\\"\"\"\"\"\") { totalCount } }",
		`{ __schema { types { name } } __type(name: "Link") { fields { name } } }`, `subscription { a }`, `mutation { a }`, `{a(b:{c:[1,2.5e3,$d,true,E]})}`,
	} {
		f.Add(query)
	}
	f.Fuzz(func(t *testing.T, query string) {
		answer := ask(t, s, api.Request{Query: query})
		_, hasData := answer["data"]
		if _, hasErrors := answer["errors"]; !hasData && !hasErrors {
			t.Errorf("neither data nor errors: %v", answer)
		}
		if firstCode(answer) == "INTERNAL" {
			t.Errorf("an internal error: %v", answer)
		}
	})
}

// TestHostileDocuments sends documents that would crash the engine or keep it busy
// for minutes. Each must be refused, and the server must continue to run.
func TestHostileDocuments(t *testing.T) {
	s := newServer(t, newWorld(t), nil)
	double := &strings.Builder{}
	double.WriteString(`{ ...F0 }`)
	for i := range 30 {
		fmt.Fprintf(double, ` fragment F%d on Query { ...F%d ...F%d }`, i, i+1, i+1)
	}
	double.WriteString(` fragment F30 on Query { meta { version } }`)
	pages := `{ meta { version } ` + strings.Repeat(`x: nodes(kind: Company, first: 100) { nodes { ... on Company { operatesIn(first: 100) { nodes { id } } } } } `, 1) + `}`
	for name, query := range map[string]string{
		"cycle of one":        `{ meta { ...A } } fragment A on Meta { ...A }`,
		"cycle of two":        `{ meta { ...A } } fragment A on Meta { ...B } fragment B on Meta { ...A }`,
		"unused cycle":        `{ meta { version } } fragment A on Meta { ...A }`,
		"cycle behind scalar": `scalar fragment fragment A on Query { ...A } { ...A }`,
		"cycle in a field":    `{ region(id: "330100") { ...A } } fragment A on Region { parent { ...A } }`,
		"nested lists":        `{ nodes(kind: ` + strings.Repeat("[", 2000) + `) { totalCount } }`,
		"nested selections":   strings.Repeat("{ a ", 5000),
		"nested in comments":  "{ #" + strings.Repeat("中", 400) + strings.Repeat("[", 800) + "\n meta { version } }",
		"many fields":         "{ meta { " + strings.Repeat("version ", 5000) + "} }",
		"many aliases":        "{ meta { " + strings.Repeat("a: version b: version ", 100) + "} }",
		"many directives":     "{ meta { version " + strings.Repeat("@skip(if: false) ", 100) + "} }",
		"doubling fragments":  double.String(),
		"pages within pages":  pages,
		"round introspection": `{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }`,
		"no UTF-8":            "{ meta { version } } #\xff",
		"only brackets":       strings.Repeat("}", 100),
	} {
		t.Run(name, func(t *testing.T) {
			answer := ask(t, s, api.Request{Query: query})
			if name == "nested in comments" {
				if code := firstCode(answer); code != "" {
					t.Errorf("a comment is refused with %q: %v", code, answer)
				}
				return
			}
			if firstCode(answer) == "" {
				t.Errorf("accepted: %.200v", answer)
			}
		})
	}
	if answer := ask(t, s, api.Request{Query: `{ meta { version } }`}); firstCode(answer) != "" {
		t.Errorf("the server does not answer any more: %v", answer)
	}
}

func TestServeFinishesWhatItTook(t *testing.T) {
	w := newWorld(t)
	s := newServer(t, w, nil)
	began, release := make(chan struct{}), make(chan struct{})
	api.AddField(s, "slow", func() (any, error) {
		close(began)
		<-release
		return "done", nil
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- s.Serve(ctx, l) }()
	base := "http://" + l.Addr().String()
	answered := make(chan reply, 1)
	go func() {
		answered <- send(t, "POST", base+"/graphql", `{"query":"{ slow }"}`, "Content-Type", plainJSON)
	}()
	<-began
	stop()
	for { // the listener closes before the request in flight is done
		res, err := http.Get(base + "/readyz")
		if err != nil {
			break
		}
		if err := res.Body.Close(); err != nil {
			t.Error(err)
		}
	}
	close(release)
	if r := <-answered; r.status != 200 || !strings.Contains(r.body, "done") {
		t.Errorf("the request in flight got %+v", r)
	}
	if err := <-served; err != nil {
		t.Errorf("serve: %v", err)
	}
}

func TestServeCutsOffAfterTheDrain(t *testing.T) {
	w := newWorld(t)
	s := newServer(t, w, func(c *api.Config, _ *api.Deps) { c.DrainTimeout = 1 })
	began, release := make(chan struct{}), make(chan struct{})
	api.AddField(s, "slow", func() (any, error) {
		close(began)
		<-release
		return "done", nil
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- s.Serve(ctx, l) }()
	var client sync.WaitGroup
	client.Go(func() {
		res, err := http.Post("http://"+l.Addr().String()+"/graphql", plainJSON, strings.NewReader(`{"query":"{ slow }"}`))
		if err == nil {
			t.Errorf("the request was answered with %d", res.StatusCode)
			err = res.Body.Close()
			t.Log(err)
		}
	})
	<-began
	stop()
	if err := <-served; !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("serve: %v, want that requests were cut off", err)
	}
	close(release)
	client.Wait()
}
