package rows

import (
	"bufio"
	"errors"
	"io"
)

// commentMark begins a comment of XML after its opening bracket.
const commentMark = "!--"

// comment reads over a comment, which may hold what looks like tags.
func (s *scanner) comment() error {
	if _, err := s.in.Discard(len(commentMark)); err != nil {
		return err
	}
	var last [2]byte // before the part that is read
	for {
		part, err := s.in.ReadSlice('>')
		if err := s.grow(len(part)); err != nil {
			return err
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			if errors.Is(err, io.EOF) {
				s.depth = max(s.depth, 1) // in the middle of a comment
			}
			return err
		}
		end := append(last[:], part[max(0, len(part)-3):]...)
		if n := len(end); err == nil && string(end[n-3:]) == "-->" {
			return nil
		}
		copy(last[:], end[len(end)-2:])
	}
}
