package message_test

import (
	"errors"
	"fmt"
	"testing"

	"liantu/message"
)

// label is what has a form in each language.
type label struct{ zh, en string }

func (l label) In(language message.Language) string {
	if language == message.Chinese {
		return l.zh
	}
	return l.en
}

var errSentinel = errors.New("not found")

func TestMessagesAreSaidInEachLanguage(t *testing.T) {
	inner := message.Errorf("unknown flag: --%s", "x")
	for _, c := range []struct {
		name   string
		err    error
		en, zh string
	}{
		{"arguments change places", message.Errorf("unknown command %q for %q", "a", "b"), `unknown command "a" for "b"`, "“b”没有命令“a”"},
		{"a message in a message", message.Errorf("--%s: %q is not valid; it takes %s", "n", "x", message.New("a number")), `--n: "x" is not valid; it takes a number`, "--n：“x”不是有效取值，应为数值"},
		{"an error in a message", message.Errorf("error: %s", inner), "error: unknown flag: --x", "错误：没有参数 --x"},
		{"what wraps a message without being one", fmt.Errorf("flags: %w", inner), "flags: unknown flag: --x", "flags: 没有参数 --x"},
		{"several errors", errors.Join(inner, errors.New("plain")), "unknown flag: --x\nplain", "没有参数 --x\nplain"},
		{"what has no Chinese form", message.Errorf("%d", 3), "3", "3"},
		{"a percent sign without arguments", message.Errorf("100%"), "100%", "100%"},
		{"labels and lists", message.Errorf("%s", message.List{label{"企业", "company"}, "x"}), "company, x", "企业、x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := message.Of(c.err, message.English); got != c.en {
				t.Errorf("English is %q, not %q", got, c.en)
			}
			if got := message.Of(c.err, message.Chinese); got != c.zh {
				t.Errorf("Chinese is %q, not %q", got, c.zh)
			}
			if got := c.err.Error(); got != c.en {
				t.Errorf("Error returns %q, not %q", got, c.en)
			}
		})
	}
}

func TestErrorsWrap(t *testing.T) {
	cause := errors.New("cause")
	err := message.As(errSentinel, "no load %q: %w", "a", cause)
	if !errors.Is(err, errSentinel) || !errors.Is(err, cause) {
		t.Errorf("%v is not what it wraps", err)
	}
	if err.Error() != `no load "a": cause` {
		t.Errorf("the error prints its sentinel: %s", err)
	}
	if message.Of(nil, message.Chinese) != "" {
		t.Error("no error has a text")
	}
}
