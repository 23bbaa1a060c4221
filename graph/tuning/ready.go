package tuning

import (
	"cmp"

	"liantu/graph"
	"liantu/graph/projection"
	"liantu/message"
)

// Ready checks what every question has: its settings and its grade, which it
// returns; for "" it returns the grade of the settings.
func (s Settings) Ready(p *projection.Projection, asked graph.Grade) (graph.Grade, error) {
	if err := s.Checked(p); err != nil {
		return "", err
	}
	return cmp.Or(asked, s.MinGrade), CheckGrade(asked)
}

// Checked is [Settings.Check], done once for a picture and settings.
func (s Settings) Checked(p *projection.Projection) error {
	type key struct{ settings Key }
	if err, _ := p.Memo(key{s.Key()}, func() any { return s.Check() }).(error); err != nil {
		return message.Errorf("settings: %w", err)
	}
	return nil
}

// CheckGrade returns an error for a grade that does not exist; "" is valid.
func CheckGrade(asked graph.Grade) error {
	if asked != "" && !asked.Valid() {
		return message.As(graph.ErrInvalid, "grade %q: not one of A, B, C and D", asked)
	}
	return nil
}
