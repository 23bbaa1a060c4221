package graph

// inactive are the values of the property status of companies that do no business at
// their place any more: by the register they moved away, stopped, are being wound up,
// lost their licence or were deregistered.
var inactive = map[string]bool{"MOVED": true, "SUSPENDED": true, "LIQUIDATING": true, "REVOKED": true, "DEREGISTERED": true}

// Inactive reports whether a status of a company says that it does no business at its
// place any more: MOVED, SUSPENDED, LIQUIDATING, REVOKED or DEREGISTERED. ACTIVE and no
// status do not.
func Inactive(status string) bool { return inactive[status] }
