package api_test

import (
	"strings"
	"testing"
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
