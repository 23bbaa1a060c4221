package rows

import (
	"bytes"
	"errors"
	"io"

	"liantu/message"
)

// RandomAccess returns the contents of a file for access in any order, and their
// size, if the file begins as an archive or a workbook; nil for any other. The size
// given counts for a file that can be read so as it is; what cannot is read whole, up
// to MaxPacked and one byte more. The caller closes the file.
func RandomAccess(file io.Reader, size int64) (io.ReaderAt, int64, error) {
	magic := make([]byte, len(magicZip))
	switch _, err := io.ReadFull(file, magic); {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, 0, nil
	case err != nil:
		return nil, 0, err
	case string(magic) != magicZip:
		return nil, 0, nil
	}
	if at, ok := file.(io.ReaderAt); ok {
		return at, size, nil
	}
	data, err := io.ReadAll(io.LimitReader(file, MaxPacked+1))
	if err != nil {
		return nil, 0, err
	}
	data = append(magic, data...)
	return bytes.NewReader(data), int64(len(data)), nil
}

// OpenEntry opens the file of an archive that has a name in it, as [zip.File] gives
// it. Closing it closes the archive too.
func OpenEntry(data io.ReaderAt, size int64, name string, archive io.Closer) (io.ReadCloser, error) {
	parts, err := OpenArchive(data, size)
	if err != nil {
		return nil, err
	}
	for _, f := range parts.File {
		if f.Name != name {
			continue
		}
		opened, err := f.Open()
		if err != nil {
			return nil, err
		}
		return &entry{opened, archive}, nil
	}
	return nil, message.Errorf("the archive no longer holds %q", name)
}

// entry closes the archive with the file in it.
type entry struct {
	io.ReadCloser
	archive io.Closer
}

// Close closes both.
func (e *entry) Close() error { return errors.Join(e.ReadCloser.Close(), e.archive.Close()) }
