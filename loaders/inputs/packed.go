package inputs

import (
	"cmp"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"liantu/loaders/days"
	"liantu/loaders/rows"
	"liantu/message"
)

// expand returns the parts of a file that are read separately: the sheets of a
// workbook or the files of an archive; of any other file the file. Parts that are
// not data are returned by name. A file that cannot be opened is returned as it
// is, so that the fault is reported when it is read.
func (p *places) expand(in *Input) (parts []*Input, ignored []string) {
	data, size, closer, err := randomAccess(in)
	if err != nil || data == nil {
		return []*Input{in}, nil
	}
	defer closer.Close() //nolint:errcheck // nothing was written
	sheets, isBook, err := rows.Sheets(data, size)
	switch {
	case err != nil:
		return []*Input{in}, nil
	case isBook:
		return p.sheets(in, sheets)
	}
	archive, err := rows.OpenArchive(data, size)
	if err != nil {
		return []*Input{in}, nil
	}
	for _, f := range archive.File {
		name := rows.EntryName(f)
		switch base := path.Base(name); {
		case f.FileInfo().IsDir() || strings.HasPrefix(base, ".") || strings.HasPrefix(name, "__MACOSX/"):
		case rows.Known(base) || rows.Extension(base) == "txt":
			inner, other := p.expand(&Input{
				Name: in.Name + "/" + name, Size: int64(f.UncompressedSize64), //nolint:gosec // OpenArchive holds it to a limit
				About: days.File{Changed: cmp.Or(days.Of(f.Modified), in.About.Changed)},
				Open:  func() (io.ReadCloser, error) { return openEntry(in, f.Name) },
			})
			parts, ignored = append(parts, inner...), append(ignored, other...)
		default:
			ignored = append(ignored, in.Name+"/"+name)
		}
	}
	if len(parts) == 0 {
		return []*Input{in}, nil
	}
	return parts, ignored
}

// sheets makes an input of every visible sheet that has rows, or of the one
// that is named.
func (p *places) sheets(in *Input, sheets []rows.Sheet) (parts []*Input, ignored []string) {
	if p.sheet != "" {
		one := *in
		one.Sheet = p.sheet
		if n, err := strconv.Atoi(p.sheet); err == nil && n >= 1 && n <= len(sheets) && !hasSheet(sheets, p.sheet) {
			one.Sheet = sheets[n-1].Name
		}
		return []*Input{&one}, nil
	}
	for _, s := range sheets {
		one := *in
		one.Sheet = s.Name
		switch {
		case s.Rows == 0:
		case s.Hidden:
			ignored = append(ignored, in.Name+"#"+s.Name)
		default:
			parts = append(parts, &one)
		}
	}
	switch len(parts) {
	case 0:
		return []*Input{in}, nil
	case 1:
		return parts, ignored
	}
	for _, one := range parts {
		one.Book = in.Name
		one.Name = in.Name + "#" + one.Sheet
	}
	return parts, ignored
}

func hasSheet(sheets []rows.Sheet, name string) bool {
	for _, s := range sheets {
		if s.Name == name {
			return true
		}
	}
	return false
}

// randomAccess opens a file that begins as an archive or a workbook for access
// in any order; nil for any other.
func randomAccess(in *Input) (io.ReaderAt, int64, io.Closer, error) {
	opened, err := in.Open()
	if err != nil {
		return nil, 0, nil, err
	}
	data, size, err := rows.RandomAccess(opened, in.Size)
	if err != nil || data == nil {
		return nil, 0, nil, errors.Join(err, opened.Close())
	}
	return data, size, opened, nil
}

// openEntry opens a file in an archive.
func openEntry(in *Input, name string) (io.ReadCloser, error) {
	data, size, closer, err := randomAccess(in)
	if err != nil {
		return nil, err
	}
	if data == nil {
		return nil, message.Errorf("%s is no longer an archive", in.Name)
	}
	entry, err := rows.OpenEntry(data, size, name, closer)
	if err != nil {
		return nil, errors.Join(message.Errorf("%s: %w", in.Name, err), closer.Close())
	}
	return entry, nil
}
