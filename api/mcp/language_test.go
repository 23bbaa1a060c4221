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
		says = "BAD_INPUT: the arguments do not fit"
		if language == message.Chinese {
			says = "BAD_INPUT: 参数不符合该工具的输入模式："
		}
		if text, failed := call(t, session, "gaps", map[string]any{"region": "330100", "first": 100}); !failed || !strings.HasPrefix(text, says) || !strings.Contains(text, "first") {
			t.Errorf("%q: faulty arguments get %q, want %q", language, text, says)
		}
	}
}
