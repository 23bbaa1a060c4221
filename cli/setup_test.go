package cli

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// setUp asks a service to set up a graph, with further heads, and returns status and body.
func setUp(t *testing.T, url, body string, heads ...string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/setup", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(heads); i += 2 {
		r.Header.Set(heads[i], heads[i+1])
	}
	return send(t, http.DefaultClient, r)
}

// meta asks what a service says of its graph.
func meta(t *testing.T, url string) string {
	t.Helper()
	answer, err := askHTTP(t.Context(), url+"/graphql", `{ meta { temporary canSetUp } region(id: "330300") { name } }`)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(answer), "")
}

const goodWish = `{"region": "温州市", "ecosystems": ["energy"], "sample": false}`

// A demonstration makes a graph that is kept, answers from it at once, and another start of
// the program serves it.
func TestADemoSetsUpAGraphThatIsKept(t *testing.T) {
	if testing.Short() {
		t.Skip("it loads the sample pack")
	}
	file := filepath.Join(t.TempDir(), "own.db")
	t.Setenv("LIANTU_STORE_PATH", file)
	demo := serve(t, "demo")
	if got := meta(t, demo.url); !strings.Contains(got, `"temporary":true,"canSetUp":true`) {
		t.Error(got)
	}
	for name, c := range map[string]struct {
		body, code string
		status     int
		heads      []string
	}{
		"a page of another origin":           {goodWish, "CROSS_SITE", 403, []string{"Origin", "http://elsewhere.example"}},
		"such a page with permission":        {goodWish, "CROSS_SITE", 403, []string{"Origin", "http://elsewhere.example", "GraphQL-Require-Preflight", "1"}},
		"a page of another port":             {goodWish, "CROSS_SITE", 403, []string{"Sec-Fetch-Site", "same-site", "GraphQL-Require-Preflight", "1"}},
		"a form":                             {goodWish, "UNSUPPORTED_MEDIA", 415, []string{"Content-Type", "text/plain"}},
		"no object":                          {`[]`, "BAD_INPUT", 400, nil},
		"two objects":                        {goodWish + goodWish, "BAD_INPUT", 400, nil},
		"an unknown member":                  {`{"region": "330300", "ecosystems": ["energy"], "path": "/etc/x"}`, "BAD_INPUT", 400, nil},
		"an unknown region":                  {`{"region": "亚特兰蒂斯", "ecosystems": ["energy"]}`, "BAD_INPUT", 400, nil},
		"no ecosystem":                       {`{"region": "330300", "ecosystems": []}`, "BAD_INPUT", 400, nil},
		"an unknown ecosystem":               {`{"region": "330300", "ecosystems": ["energy", "rockets"]}`, "BAD_INPUT", 400, nil},
		"a body that is longer than allowed": {`{"region": "` + strings.Repeat("x", 70_000) + `"}`, "BAD_INPUT", 400, nil},
	} {
		if status, answer := setUp(t, demo.url, c.body, c.heads...); status != c.status || !strings.Contains(answer, c.code) {
			t.Errorf("%s: %d %.300s", name, status, answer)
		}
	}
	if _, err := os.Stat(file); err == nil {
		t.Fatal("a refused request made the file")
	}
	status, answer := setUp(t, demo.url, goodWish, "Origin", demo.url)
	var made struct {
		Path, Command string
		Region        struct{ Code string }
		Loads         []struct{ ID string }
	}
	if err := json.Unmarshal([]byte(answer), &made); err != nil || status != http.StatusCreated {
		t.Fatalf("%d %s (%v)", status, answer, err)
	}
	if made.Path != file || made.Command != "liantu serve --file "+file || made.Region.Code != "330300" || len(made.Loads) != 1 {
		t.Errorf("it made %+v", made)
	}
	until(t, "the demonstration to answer from the graph that is kept", func() bool {
		return strings.Contains(meta(t, demo.url), `"temporary":false,"canSetUp":false`)
	})
	if status, _ := setUp(t, demo.url, goodWish); status != http.StatusNotFound {
		t.Errorf("a second time: %d", status)
	}
	if code := demo.stop(); code != exitOK || !strings.Contains(demo.stdout.String(), "the graph is kept in "+file) {
		t.Errorf("%d %s", code, demo.stderr)
	}
	again := serve(t, "serve", "--file", file)
	if got := meta(t, again.url); !strings.Contains(got, `"temporary":false,"canSetUp":false`) || !strings.Contains(got, "温州市") {
		t.Error(got)
	}
	if status, _ := setUp(t, again.url, goodWish); status != http.StatusNotFound {
		t.Errorf("a service that is no demonstration: %d", status)
	}
	again.stop()
	keepsWhatIsThere(t, file)
}

// keepsWhatIsThere wants a demonstration to leave a file as it is.
func keepsWhatIsThere(t *testing.T, file string) {
	t.Helper()
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	demo := serve(t, "demo")
	if status, answer := setUp(t, demo.url, goodWish, "Accept-Language", "zh"); status != http.StatusConflict || !strings.Contains(answer, "已有图库文件 "+file) {
		t.Errorf("a file that is there: %d %s", status, answer)
	}
	if after, err := os.ReadFile(file); err != nil || string(after) != string(before) {
		t.Errorf("the file is another one (%v)", err)
	}
	if got := meta(t, demo.url); !strings.Contains(got, `"temporary":true,"canSetUp":true`) {
		t.Errorf("after a refusal: %s", got)
	}
}
