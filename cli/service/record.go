package service

import (
	"liantu/access"
	"liantu/cli/settings"
)

// OnRecord does something that writes the graph. Where callers must authenticate, an
// entry of the audit log states the intent before and another one the outcome after,
// which do may complete; what cannot be recorded is not done. Where nobody
// authenticates, the loads of the graph say what was written.
func OnRecord(c *settings.Access, e access.Entry, do func(outcome *access.Entry) error) error {
	if c.Mode != settings.AccessRequired {
		return do(&e)
	}
	return c.Log().Do(e, do)
}

// Rehearse records that a change is about to be tried without being made. A trial may show
// what the graph holds, so it must be on record wherever the change itself would be, and
// what cannot be recorded is not tried.
func Rehearse(c *settings.Access, e access.Entry) error {
	if c.Mode != settings.AccessRequired {
		return nil
	}
	return c.Log().Append(Tried(e))
}

// Tried is the entry of a command that only tries what it would do.
func Tried(e access.Entry) access.Entry {
	e.Detail += ": tried only"
	return e
}
