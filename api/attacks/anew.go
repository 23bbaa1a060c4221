package attacks

import (
	"fmt"
	"strings"
)

// Anew returns the request in its n-th form, n from 0 on. A request that makes the
// service compute something new each time has many forms; others have one.
func (a Attack) Anew(n int) Attack {
	if a.fill != nil {
		a.Body = a.fill(n)
	}
	return a
}

// anew replaces the marks MARK0, MARK1 and so on of the body by words that
// differ from each other and from form to form, as far as there are enough.
func (a Attack) anew(mark string, word func(n int) string) Attack {
	marks := strings.Count(a.Body, mark)
	body := a.Body
	a.fill = func(n int) string {
		text := body
		for i := marks - 1; i >= 0; i-- { // MARK1 is a part of MARK12
			text = strings.ReplaceAll(text, fmt.Sprint(mark, i), word(n*marks+i))
		}
		return text
	}
	a.Body = a.fill(0)
	return a
}

// provinces are the codes of provinces that companies of the sample are in.
var provinces = strings.Fields("110000 120000 130000 140000 150000 210000 220000 230000 310000 320000 340000 350000 360000 370000 410000 " +
	"420000 430000 440000 450000 460000 500000 510000 520000 530000 610000 620000 640000 650000")

// peers is the n-th list of two provinces, as a literal.
func peers(n int) string {
	first := n % len(provinces)
	second := (first + 1 + n/len(provinces)%(len(provinces)-1)) % len(provinces)
	return `\"` + provinces[first] + `\",\"` + provinces[second] + `\"`
}

// city is the code of the n-th region that is asked about.
func city(n int) string {
	return []string{
		"330100", "330200", "330300", "330400", "330500", "330600", "330700", "330800", "330900", "331000", "331100",
		"320100", "320200", "320500", "440100", "440300", "310000", "110000", "420100", "510100", "370200", "350200",
	}[n%22]
}
