package erasure

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"liantu/message"
)

// Files searches files, and the files below folders, byte by byte; the contents
// of archives (.zip, .xlsx, .gz) are searched unpacked, too. A path that does not
// exist is skipped.
func (s *Scan) Files(ctx context.Context, paths ...string) error {
	for _, path := range paths {
		err := filepath.WalkDir(path, func(path string, e fs.DirEntry, err error) error {
			if err != nil || !e.Type().IsRegular() {
				return err
			}
			return s.file(ctx, path)
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return message.Errorf("searching files: %w", err)
		}
	}
	return nil
}

func (s *Scan) file(ctx context.Context, path string) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	n, err := s.search(ctx, path, f)
	if err != nil {
		return err
	}
	s.scanned = append(s.scanned, Scanned{path, n, "bytes"})
	return s.unpack(ctx, path, f, n)
}

// unpack searches the contents of an archive; a file that is not an archive is no
// error.
func (s *Scan) unpack(ctx context.Context, path string, f *os.File, size int64) error {
	if archive, err := zip.NewReader(f, size); err == nil {
		for _, part := range archive.File {
			if err := s.part(ctx, path, part); err != nil {
				return message.Errorf("%s: %s: %w", path, part.Name, err)
			}
		}
		return nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil //nolint:nilerr // it is not an archive
	}
	if _, err := s.search(ctx, path, z); err != nil {
		return message.Errorf("%s: %w", path, err)
	}
	return nil
}

func (s *Scan) part(ctx context.Context, path string, part *zip.File) (err error) {
	r, err := part.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	_, err = s.search(ctx, path, r)
	return err
}

// window is how many bytes are searched at once.
const window = 1 << 20

// search counts the values in a stream and returns its length.
func (s *Scan) search(ctx context.Context, path string, r io.Reader) (int64, error) {
	longest := 0
	for _, v := range s.values {
		for _, f := range v.forms {
			longest = max(longest, len(f))
		}
	}
	counts := make([]int, len(s.values))
	buf := make([]byte, 0, window+longest)
	overlap, total := 0, int64(0) // overlap is the part of buf that was searched before
	for {
		if err := ctx.Err(); err != nil {
			return total, err
		}
		n, err := io.ReadFull(r, buf[overlap:overlap+window])
		total += int64(n)
		text := buf[:overlap+n]
		for i, v := range s.values {
			for _, form := range v.forms {
				// Hits that lie wholly in the overlap were counted before.
				counts[i] += bytes.Count(text[max(0, overlap-len(form)+1):], []byte(form))
			}
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			break
		}
		if err != nil {
			return total, err
		}
		tail := text[max(0, len(text)-longest):]
		overlap = copy(buf[:cap(buf)], tail)
	}
	for i, n := range counts {
		if n > 0 {
			s.open = append(s.open, hit{s.values[i], path, n})
		}
	}
	return total, nil
}
