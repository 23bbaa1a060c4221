package api

import (
	"fmt"
	"strconv"
	"time"
)

// ConflictError states that two limits contradict each other.
type ConflictError struct {
	Low, High           string // the names of the fields: Low must not be above High
	LowValue, HighValue string
	Why                 string
}

// Error names both limits and the reason.
func (c *ConflictError) Error() string {
	return fmt.Sprintf("%s is %s, which is above %s, %s: %s", c.Low, c.LowValue, c.High, c.HighValue, c.Why)
}

// Together returns a [*ConflictError] for every two limits that contradict each other
// in a service, though a server could be made with them.
func (c Config) Together() []error {
	var faults []error
	numbers := func(low, high string, a, b int64, why string) {
		if a > b {
			faults = append(faults, &ConflictError{low, high, strconv.FormatInt(a, 10), strconv.FormatInt(b, 10), why})
		}
	}
	times := func(low, high string, a, b time.Duration, why string) {
		if a > b {
			faults = append(faults, &ConflictError{low, high, a.String(), b.String(), why})
		}
	}
	numbers("DefaultPage", "MaxPage", int64(c.DefaultPage), int64(c.MaxPage), "a page that nobody asked for would be refused")
	numbers("MaxPage", "MaxNodes", int64(c.MaxPage), int64(c.MaxNodes), "the largest page would be refused")
	numbers("MaxFields", "MaxWork", int64(c.MaxFields), int64(c.MaxWork), "the largest answer would be broken off")
	if c.ClientRate > 0 {
		numbers("MaxFields", "ClientBurst", int64(c.MaxFields), int64(c.ClientBurst), "the largest answer would cost more than any client can have")
	}
	times("ReadHeaderTimeout", "ReadTimeout", c.ReadHeaderTimeout, c.ReadTimeout, "the header is a part of the request")
	times("RequestTimeout", "WriteTimeout", c.RequestTimeout, c.WriteTimeout, "an answer would be cut off before its time is over")
	return faults
}
