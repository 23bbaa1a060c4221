package api_test

import (
	"strings"
	"testing"

	"liantu/api"
)

// TestErrorsAreInTheLanguageAskedFor sends faulty requests in several languages.
func TestErrorsAreInTheLanguageAskedFor(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), nil))
	const (
		unknown  = `{"query":"{ gaps(region: \"杭州区\") { totalCount } }"}`
		value    = `{"query":"query($n: Int) { nodes(kind: Company, first: $n) { totalCount } }","variables":{"n":"7"}}`
		syntax   = `{"query":"{"}`
		large    = `{"query":"{ nodes(kind: Company, first: 100000) { totalCount } }"}`
		noObject = `[]`
	)
	for _, tt := range []struct{ header, body, says string }{
		{"", unknown, `there is no region "杭州区"`},
		{"en", unknown, `there is no region "杭州区"`},
		{"zh-CN,zh;q=0.9,en;q=0.8", unknown, "没有地区“杭州区”"},
		{"en;q=0.2, zh-Hant-TW", unknown, "没有地区“杭州区”"},
		{"zh;q=0.1, en-GB", unknown, `there is no region "杭州区"`},
		{"fr", unknown, `there is no region "杭州区"`},
		{"fr, zh;q=0.1", unknown, "没有地区“杭州区”"},
		{";;;", unknown, `there is no region "杭州区"`},
		{strings.Repeat("zh,", 200), unknown, `there is no region "杭州区"`},
		{"zh", value, "变量“$n”："},
		{"zh", syntax, "GraphQL 文档有误：Expected Name"},
		{"zh", large, "所要的最大一页有 100000 行，至多 "},
		{"zh", noObject, "不接受批量请求"},
		{"en", noObject, "batches of requests are not accepted"},
	} {
		r := send(t, "POST", base+"/graphql", tt.body, "Content-Type", plainJSON, "Accept-Language", tt.header)
		errs, _ := r.json(t)["errors"].([]any)
		if len(errs) == 0 {
			t.Errorf("%q, %s: no error: %s", tt.header, tt.body, r.body)
			continue
		}
		first, _ := errs[0].(map[string]any)
		if says, _ := first["message"].(string); !strings.Contains(says, tt.says) {
			t.Errorf("%q, %s: the error is %q, want %q", tt.header, tt.body, says, tt.says)
		}
	}
}

// TestRefusalsAreInTheLanguageAskedFor sends what is refused before a question is read, by
// every method, and asks a service that is not ready.
func TestRefusalsAreInTheLanguageAskedFor(t *testing.T) {
	base := serve(t, newServer(t, newWorld(t), func(_ *api.Config, d *api.Deps) { d.Pictures, d.Features.GetQueries = noPicture{}, true }))
	for _, tt := range []struct{ method, path, body, en, zh string }{
		{"GET", "/nothing", "", "there is nothing at", "没有"},
		{"PATCH", "/graphql", "", "does not take", "不接受"},
		{"POST", "/graphql", "x", "the content type", "内容类型"},
		{"GET", "/graphql?query=%7Bmeta%7Bversion%7D%7D", "", "no picture of the graph", "图谱尚未就绪"},
		{"GET", "/graphql", "", `the request has no`, "请求"},
		{"GET", "/readyz", "", "no picture of the graph yet", "图谱尚未就绪"},
	} {
		for language, says := range map[string]string{"en": tt.en, "zh": tt.zh} {
			r := send(t, tt.method, base+tt.path, tt.body, "Accept-Language", language)
			if !strings.Contains(r.body, says) || r.header.Get("Content-Language") != language || !strings.Contains(r.header.Get("Vary"), "Accept-Language") {
				t.Errorf("%s %s in %s: %s, language %q, Vary %q", tt.method, tt.path, language, r.body, r.header.Get("Content-Language"), r.header.Get("Vary"))
			}
		}
	}
	sound := serve(t, newServer(t, newWorld(t), nil))
	if r := send(t, "POST", sound+"/graphql", `{"query":"{ meta { version } }"}`, "Content-Type", plainJSON, "Accept-Language", "zh"); r.header.Get("Content-Language") != "" {
		t.Errorf("data, whose texts come in both languages, is said to be in %q", r.header.Get("Content-Language"))
	}
	if r := send(t, "GET", sound+"/scalars", "", "Accept-Language", "zh"); !strings.ContainsRune(r.body, '日') || !strings.Contains(r.body, "date") {
		t.Error("the page of scalars is not in both languages")
	}
}
