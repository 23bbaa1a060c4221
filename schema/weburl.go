package schema

import (
	"net/url"
	"strings"
)

// ParseURL reads an absolute address of the web and returns it with scheme and
// host in lower case and without a lone trailing slash. Without a scheme http
// is meant, as in www.example.com. Other schemes are refused, and so are
// addresses that carry a user name or a password.
func ParseURL(text string) (string, error) {
	body := strings.TrimSpace(text)
	if head := strings.ToLower(body); !strings.Contains(head, "://") {
		if strings.HasPrefix(head, "//") {
			body = "http:" + body
		} else {
			body = "http://" + body
		}
	}
	if strings.ContainsAny(body, " \t\r\n\u3000") {
		return "", invalid(TypeURL, text, "it holds white space; give one address")
	}
	u, err := url.Parse(body)
	if err != nil {
		return "", invalid(TypeURL, text, "it cannot be read; write it as https://www.example.com")
	}
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" {
		return "", invalid(TypeURL, text, "the scheme is %s, only http and https are taken", u.Scheme)
	}
	if u.User != nil {
		return "", invalid(TypeURL, text, "it carries a user name or a password")
	}
	host, ok := hostName(u.Hostname())
	if strings.ContainsAny(u.Hostname(), ";；、，,|") {
		return "", invalid(TypeURL, text, "it holds several addresses; give one")
	}
	if !ok {
		return "", invalid(TypeURL, text, "%q is not the name of a host", u.Hostname())
	}
	if port := u.Port(); port != "" {
		host += ":" + port
	}
	tail := u.EscapedPath()
	if u.RawQuery != "" {
		tail += "?" + u.RawQuery
	}
	if u.Fragment != "" {
		tail += "#" + u.EscapedFragment()
	}
	if tail == "/" {
		tail = ""
	}
	return u.Scheme + "://" + host + tail, nil
}
