package gaps

import "strconv"

// day is a date as the number yyyymmdd; 0 is none.
type day int32

// dayOf reads an ISO day; it returns 0 for "".
func dayOf(iso string) day {
	if len(iso) != len("2006-01-02") {
		return 0
	}
	n, err := strconv.Atoi(iso[:4] + iso[5:7] + iso[8:])
	if err != nil {
		return 0
	}
	return day(n)
}

// years returns a day as a number of years.
func (d day) years() float64 {
	return float64(d/10000) + float64(d/100%100-1)/12 + float64(d%100-1)/365
}
