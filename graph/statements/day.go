package statements

import "strconv"

// Day is a date as the number yyyymmdd; 0 is none.
type Day int32

// DayOf reads an ISO day; it returns 0 for "".
func DayOf(iso string) Day {
	if len(iso) != len("2006-01-02") {
		return 0
	}
	n, err := strconv.Atoi(iso[:4] + iso[5:7] + iso[8:])
	if err != nil {
		return 0
	}
	return Day(n)
}

// Years returns a day as a number of years.
func (d Day) Years() float64 {
	return float64(d/10000) + float64(d/100%100-1)/12 + float64(d%100-1)/365
}
