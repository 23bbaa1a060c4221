package gaps

import "liantu/graph/offers"

// Parks returns the parks of the region that host the link; see [offers.Offers.Parks].
func (v *Verdict) Parks() []offers.Park { return v.assessor.offers.Parks(v.Link) }

// Opportunities returns the open opportunities of the region that demand the link; see
// [offers.Offers.Opportunities].
func (v *Verdict) Opportunities() []offers.Opportunity {
	return v.assessor.offers.Opportunities(v.Link)
}

// offers names the parks that host the link, and the opportunities that demand it.
func (w *writer) offers() {
	hosted, demanded := w.a.offers.Words(w.v.Link, NameOf)
	if hosted.En != "" {
		w.say(Hosted, 0, hosted.Zh, hosted.En)
	}
	if demanded.En != "" {
		w.say(Demanded, 0, demanded.Zh, demanded.En)
	}
}
