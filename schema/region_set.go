package schema

import (
	"errors"
	"slices"
	"strings"
)

// regionDividers separate the members of a set of regions. Blanks and slashes are not
// among them, since 浙江省 杭州市 is one region, written as a path.
const regionDividers = textDividers + ","

// ParseRegions reads a set of regions divided by any of ; ； 、 ， , | and line ends,
// each as [ParseRegion] does, and returns their codes sorted and without repetition.
func ParseRegions(text string) ([]string, error) {
	var set []string
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(regionDividers, r) }) {
		if strings.TrimSpace(part) == "" {
			continue
		}
		code, err := ParseRegion(part)
		var fault *ValueError
		if errors.As(err, &fault) {
			return nil, caused(fault.Cause, TypeRegions, text, "of %q: %s", strings.TrimSpace(part), fault.Reason)
		}
		set = append(set, code)
	}
	if len(set) == 0 {
		return nil, invalid(TypeRegions, text, "it is empty")
	}
	slices.Sort(set)
	return slices.Compact(set), nil
}

// validRegions accepts what [ParseRegions] returns.
func validRegions(set []string) error {
	read, err := ParseRegions(strings.Join(set, ";"))
	if err != nil {
		return err
	}
	if !slices.Equal(read, set) {
		return invalid(TypeRegions, strings.Join(set, ";"), "the stored form is %q", strings.Join(read, ";"))
	}
	return nil
}
