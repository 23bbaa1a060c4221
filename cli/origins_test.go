package cli

import (
	"net/http"
	"strings"
	"testing"
)

// TestSessionsOfOtherOrigins opens and uses sessions as browsers do for pages of other
// origins on the same site and on another one.
func TestSessionsOfOtherOrigins(t *testing.T) {
	_, wang := closedGraph(t)
	t.Setenv("LIANTU_SERVER_CORS_ORIGINS", "http://127.0.0.1:3000")
	beside := []string{"Origin", "http://127.0.0.1:3000", "Sec-Fetch-Site", "same-site"}
	other := []string{"Origin", "http://127.0.0.1:4000", "Sec-Fetch-Site", "same-site"}
	t.Run("without credentials", func(t *testing.T) {
		s := serve(t, "serve")
		if response, cookie := openSession(t, http.DefaultClient, s.url, wang, beside...); cookie != nil || response.StatusCode != http.StatusForbidden {
			t.Errorf("a page without sessions gets %d, %v", response.StatusCode, cookie)
		}
		_, cookie := openSession(t, http.DefaultClient, s.url, wang)
		if cookie.SameSite != http.SameSiteStrictMode {
			t.Errorf("the cookie is %s", cookie)
		}
		if admits(t, http.DefaultClient, s.url, cookie, beside...) {
			t.Error("the session of the service's own page is that of another origin's")
		}
		if response, _ := exchange(t, http.DefaultClient, "DELETE", s.url+"/session", "", append(beside, "Cookie", cookie.String())...); response.StatusCode != http.StatusForbidden {
			t.Errorf("a page without sessions ends one: %d", response.StatusCode)
		}
		if !admits(t, http.DefaultClient, s.url, cookie, "Origin", s.url, "Sec-Fetch-Site", "same-origin") || !admits(t, http.DefaultClient, s.url, cookie, "Origin", s.url) {
			t.Error("the session of the service's own page does not count")
		}
	})
	t.Run("with credentials", func(t *testing.T) {
		t.Setenv("LIANTU_SERVER_CORS_CREDENTIALS", "true")
		s := serve(t, "serve")
		response, cookie := openSession(t, http.DefaultClient, s.url, wang, beside...)
		if cookie == nil || cookie.SameSite != http.SameSiteStrictMode || response.Header.Get("Access-Control-Allow-Credentials") != "true" {
			t.Fatalf("no session: %d, %v", response.StatusCode, cookie)
		}
		if !admits(t, http.DefaultClient, s.url, cookie, beside...) {
			t.Error("the session does not count")
		}
		if admits(t, http.DefaultClient, s.url, cookie, other...) || admits(t, http.DefaultClient, s.url, cookie, "Origin", "null") {
			t.Error("the session counts for an origin that is not permitted")
		}
		if response, cookie := openSession(t, http.DefaultClient, s.url, wang, other...); cookie != nil || response.StatusCode != http.StatusForbidden {
			t.Errorf("an origin that is not permitted opens a session: %d, %v", response.StatusCode, cookie)
		}
	})
	t.Run("over TLS", func(t *testing.T) {
		t.Setenv("LIANTU_SERVER_CORS_CREDENTIALS", "true")
		t.Setenv("LIANTU_SERVER_PUBLIC_URL", "https://liantu.example")
		s := serve(t, "serve")
		head := []string{"Origin", "http://127.0.0.1:3000", "Sec-Fetch-Site", "cross-site"}
		_, cookie := openSession(t, http.DefaultClient, s.url, wang, head...)
		if cookie == nil || cookie.SameSite != http.SameSiteNoneMode || !cookie.Secure {
			t.Fatalf("the cookie is %v", cookie)
		}
		if !admits(t, http.DefaultClient, s.url, cookie, head...) {
			t.Error("the session does not count")
		}
		if admits(t, http.DefaultClient, s.url, cookie, "Sec-Fetch-Site", "cross-site") || admits(t, http.DefaultClient, s.url, cookie, "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site") {
			t.Error("browsers send the cookie for all sites, and it counts for one that is not permitted")
		}
	})
}

// TestOriginsThatAreRefused starts with faulty settings, in both languages.
func TestOriginsThatAreRefused(t *testing.T) {
	for name, tt := range map[string]struct{ origins, credentials, mode, says, zh string }{
		"a path":             {"https://a.example/x", "false", "required", "is not an origin such as https://dashboard.example", "不是来源"},
		"all and others":     {"* https://a.example", "false", "required", "stands for all", "已代表所有来源"},
		"all with sessions":  {"*", "true", "required", "could act in the name of", "会话行事"},
		"all without access": {"*", "false", "none", "as the local user", "本机用户"},
		"sessions of nobody": {"", "true", "required", "of use to nobody", "不起作用"},
	} {
		t.Run(name, func(t *testing.T) {
			closedGraph(t)
			t.Setenv("LIANTU_ACCESS_MODE", tt.mode)
			t.Setenv("LIANTU_SERVER_CORS_ORIGINS", tt.origins)
			t.Setenv("LIANTU_SERVER_CORS_CREDENTIALS", tt.credentials)
			for lang, says := range map[string]string{"en": tt.says, "zh": tt.zh} {
				code, _, stderr := program(t, "serve", "--listen", "127.0.0.1:0", "--lang", lang)
				if code == exitOK || !strings.Contains(stderr, says) || !strings.Contains(stderr, "LIANTU_SERVER_CORS") {
					t.Errorf("%d: %s", code, stderr)
				}
			}
		})
	}
}
