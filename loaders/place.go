package loaders

import (
	"errors"
	"strings"

	"liantu/loaders/locate"
	"liantu/message"
	"liantu/schema"
)

// place turns the text of a cell at an end that is a place into the code of the
// region that it names, or of the one that contains what it names, of which it warns
// and which it reports as wide. A text that names none stays as it is. It reports
// false, with the fault recorded, for joined cells that contradict each other, and
// says why a text is uncertain. The key gets what decides: the single cells.
func (r *row) place(e *end, c *cell, key *[2]string) (wide, ok bool, why error) {
	if !e.place {
		return false, true, nil
	}
	if at, err := schema.FindRegion(c.text); err == nil {
		c.text = at.Code
		return false, true, nil
	}
	parts := []string{c.text}
	if rule := e.text.rule; len(rule.Join) > 1 && len(rule.Replace)+len(rule.Repair)+len(rule.Values) == 0 {
		parts = parts[:0]
		for i := range e.text.columns {
			parts = append(parts, r.column(&e.text.columns[i]).text)
		}
		key[0] = strings.Join(parts, "\x00")
	}
	at, known := e.placed[key[0]]
	var err error
	if !known {
		if at, err = locate.Of(parts); err == nil {
			e.placed[key[0]] = at
		}
	}
	var contradiction *locate.ContradictionError
	switch {
	case errors.As(err, &contradiction):
		r.fault(c, CodeRegion, reason(err))
		return false, false, nil
	case errors.Is(err, schema.ErrUncertain):
		return false, true, err
	case err != nil:
		return false, true, nil
	case at.Beyond != "":
		r.warn(c, CodeWidePlace, message.New("%q is no division; it was loaded as %s, in which it lies", short(at.Beyond), at.Region.FullName))
	}
	c.text = at.Region.Code
	return at.Beyond != "", true, nil
}
