package main

import (
	"strings"

	"liantu/schema"
)

// locate returns the code of the region in which a row places a firm, as precise
// as it states it: the county that the registered address begins with, else the
// city, else the province. An address that contradicts the city is ignored, since
// the city is the table's own statement. The result is "" when the row names no
// region.
func locate(province, city, address string) string {
	if strings.Contains(city, "直辖县级") { // no city, the unit is under the province
		city = ""
	}
	stated := region(province + city)
	if stated == "" {
		stated = region(province)
	}
	if r, err := schema.LocateAddress(address); err == nil && (stated == "" || schema.Within(r.Code, stated)) {
		return r.Code
	}
	return stated
}

// region returns the code of the region of that name, "" when there is none.
func region(name string) string {
	r, err := schema.FindRegion(name)
	if name == "" || err != nil {
		return ""
	}
	return r.Code
}
