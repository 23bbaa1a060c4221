package schema

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

var phoneCleaner = strings.NewReplacer(" ", "", "-", "", "(", "", ")", "", ".", "")

var phonePattern = regexp.MustCompile(`^\+?[0-9]{5,15}$`)

// ParsePhone reads one telephone number and returns its digits: blanks,
// hyphens, brackets and width do not matter, and the country code of China is
// dropped, so that +86 571 8888 0000 and 0571-88880000 are the same. Whether
// the number exists is not checked. Extensions and several numbers in one cell
// are refused.
func ParsePhone(text string) (string, error) {
	body := fold(text)
	if looksRounded(strings.ToUpper(body)) {
		return "", invalid(TypePhone, text, "a spreadsheet turned it into a number; take it from the original with the column set to text")
	}
	if strings.ContainsAny(body, "/,;、|\n") {
		return "", invalid(TypePhone, text, "it holds several numbers; give one")
	}
	if strings.Contains(body, "转") || strings.Contains(body, "ext") || strings.Contains(body, "x") {
		return "", invalid(TypePhone, text, "it has an extension; give the number alone")
	}
	body = phoneCleaner.Replace(body)
	if rest, ok := strings.CutPrefix(body, "00"); ok && len(rest) > 9 {
		body = "+" + rest
	}
	if rest, ok := strings.CutPrefix(body, "+86"); ok {
		body = rest
		mobile := len(rest) == 11 && rest[0] == '1'
		service := strings.HasPrefix(rest, "400") || strings.HasPrefix(rest, "800")
		if !mobile && !service && !strings.HasPrefix(rest, "0") {
			body = "0" + rest
		}
	}
	if !phonePattern.MatchString(body) {
		return "", invalid(TypePhone, text, "write 5 to 15 digits, such as 0571-88880000")
	}
	return body, nil
}

var emailLocal = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}$")

// ParseEmail reads one email address and returns it with its domain in lower
// case.
func ParseEmail(text string) (string, error) {
	body := strings.TrimSpace(text)
	body = strings.TrimPrefix(strings.ReplaceAll(body, "＠", "@"), "mailto:")
	local, domain, ok := strings.Cut(body, "@")
	if !ok || strings.Contains(domain, "@") {
		return "", invalid(TypeEmail, text, "write one address such as name@example.com")
	}
	if !emailLocal.MatchString(local) || strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, "..") {
		return "", invalid(TypeEmail, text, "the part before @ is not valid")
	}
	host, ok := hostName(domain)
	if !ok || len(local)+len(host) > 253 {
		return "", invalid(TypeEmail, text, "the part after @ is not the name of a host")
	}
	return local + "@" + host, nil
}

var hostPattern = regexp.MustCompile(`^([\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])$`)

// hostName returns the name of a host in lower case, or false.
func hostName(name string) (string, bool) {
	host := strings.ToLower(norm.NFKC.String(name))
	return host, len(host) <= 253 && hostPattern.MatchString(host)
}
