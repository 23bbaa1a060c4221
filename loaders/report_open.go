package loaders

import "slices"

// LeaveOpen counts the rows to which no rule applies as blank; those of a list that
// somebody filled in say so that they stay open.
func (r *Report) LeaveOpen() {
	open := map[string]int{}
	r.Faults = slices.DeleteFunc(r.Faults, func(f Fault) bool {
		if f.Code == CodeNoRule {
			open[f.File]++
		}
		return f.Code == CodeNoRule
	})
	for i := range r.Files {
		n := open[r.Files[i].File]
		r.Files[i].Rows.Rejected -= n
		r.Files[i].Rows.Blank += n
	}
	r.Codes = slices.DeleteFunc(r.Codes, func(c FaultCount) bool { return c.Code == CodeNoRule })
}
