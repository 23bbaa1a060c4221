// Package landing says what kind of landing of a company in a region is plausible,
// and how far the company has grown beyond its own province.
//
// Packages candidates, api and tests may import landing; it imports gaps, capability,
// projects, area, projection, graph and schema.
//
// # Signs
//
// The province of a place is that of the first two digits of its code. Of a company
// of a known province these are signs that it grows beyond it:
//
//	subsidiary  an INVESTS_IN edge of more than half of the shares, or of a ratio
//	            that is not stated, to an active company in another province
//	site        a LOCATED_IN edge of role SITE or OFFICE to a place in another province
//	project     a project that is not dropped and has a region in another province,
//	            in which it takes part as the project's company, as an investor or
//	            in a part that is not stated; an invented project is a sign of an
//	            invented company alone
//
// The day of a sign is the valid_from of its edge; if none is stated, that of the
// foundation of a subsidiary, and of a project the last of signed_on, landed_on,
// started_on and producing_on, else first_contact. That no holding, other place
// or project with a region is stated at all is not the same as no sign: the signs are not known.
//
// x is the number of provinces that subsidiaries and sites reach, plus the number
// of projects. The value of the expansion is
//
//	x/(x+2) · (1 + 2^(−age/5))/2
//
// with the age in years of the newest sign on the day of the picture, 0 if it is
// later; where no sign has a day the second factor is .75, its value at an age of
// five.
//
// # Landing
//
// The seat of a company stays where it is if a state or a foreign owner controls it
// (ownership CENTRAL_STATE, LOCAL_STATE, FOREIGN), or another company holds more
// than half of its shares. For a region R, no country, and a company outside of it,
// the first that fits:
//
//	unknown       no ownership is stated, no holder of more than half, no sign
//	UNLIKELY      LOCAL_STATE, of another province than R; the signs are known and there is none
//	HEADQUARTERS  ownership PRIVATE, COLLECTIVE or OTHER, the seat does not stay,
//	              no stock code, and fewer than 300 employees, known
//	PLANT         the link is one where things are made and the company is no
//	              distributor (package capability)
//	SUBSIDIARY    else
//
// It is what is plausible by what is known of the company, and no forecast.
package landing
