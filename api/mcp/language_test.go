package mcp_test

import (
	"strings"
	"testing"

	"liantu/api/mcp"
	"liantu/message"
)

// TestErrorsAreInTheLanguageOfTheService asks for what is not there.
func TestErrorsAreInTheLanguageOfTheService(t *testing.T) {
	for language, says := range map[message.Language]string{
		"":              `NOT_FOUND: there is no region "nowhere"; the tool search finds codes by name`,
		message.Chinese: "NOT_FOUND: 没有地区“nowhere”；可用工具 search 按名称查代码",
	} {
		session := overStreams(t, newServer(t, func(c *mcp.Config) { c.Language = language }))
		text, failed := call(t, session, "gaps", map[string]any{"region": "nowhere"})
		if !failed || !strings.HasPrefix(text, says) {
			t.Errorf("%q: the answer is %q, want %q", language, text, says)
		}
	}
}
