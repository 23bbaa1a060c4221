package uploads

import (
	"regexp"

	"liantu/api/fields"
	"liantu/loaders"
)

// flags are the names under which the texts of package loaders speak of settings that have
// an option of a request, or an argument of a question.
var flags = regexp.MustCompile(`--(?:kind|source|as-of|grade|population|complete-in|scope|complete-on|encoding|sheet|header-row|batch|names|strict|min-grade)\b`)

// inOptions returns a text that names settings as the flags of the command are named, with
// the names that they have in a request.
func inOptions(text string) string {
	return flags.ReplaceAllStringFunc(text, fields.LowerCamel)
}

// rename names the settings in the reasons of faults as a request does.
func rename(faults []loaders.Fault) {
	for i := range faults {
		faults[i].Reason = inOptions(faults[i].Reason)
	}
}

// renameAll is [rename] of all that a report says.
func renameAll(r *loaders.Report) {
	rename(r.Faults)
	for i := range r.Remarks {
		r.Remarks[i] = inOptions(r.Remarks[i])
	}
}
