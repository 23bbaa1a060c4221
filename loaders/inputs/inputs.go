// Package inputs finds the files to load: the files that paths name, those of folders, the
// sheets of workbooks and the files of archives.
package inputs

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/loaders/bulk"
	"liantu/loaders/days"
	"liantu/loaders/rows"
	"liantu/message"
)

// Input is one file to load.
type Input struct {
	Name   string   // as faults name it
	Size   int64    // bytes on disk
	Sheet  string   // of a workbook
	Book   string   // name of the workbook, if several of its sheets are read
	Nested []string // columns of which a value is a list or an object
	Header string   // its header, if that stands in another file
	Open   func() (io.ReadCloser, error)

	About days.File // what is known of its day, without names
}

// Base is the name without folder and .gz, by which files are recognised.
func (in *Input) Base() string {
	name := path.Base(filepath.ToSlash(cmp.Or(in.Book, in.Name)))
	if cut, ok := strings.CutSuffix(strings.ToLower(name), ".gz"); ok {
		return name[:len(cut)]
	}
	return name
}

// Stem is the name without folder and extensions.
func (in *Input) Stem() string {
	return strings.TrimSuffix(in.Base(), path.Ext(in.Base()))
}

// Called lists the names by which a file in the native layout may name its kind:
// that of its sheet and its own.
func (in *Input) Called() []string {
	if in.Book != "" {
		return []string{in.Sheet}
	}
	return []string{in.Stem(), in.Sheet}
}

// Sum is the name and the checksum of a file, the name alone of one that cannot
// be read: reading it for its rows reports why.
func (in *Input) Sum() []byte {
	name := []byte(in.Base() + "\x00")
	file, err := in.Open()
	if err != nil {
		return name
	}
	h := sha256.New()
	_, err = io.Copy(h, file)
	if err := errors.Join(err, file.Close()); err != nil {
		return name
	}
	return h.Sum(name)
}

// Find lists the files that paths name in a file system, nil for that of the machine,
// in order of their names, and the files of folders that hold no data. Of workbooks it
// takes the named sheet, "" for all visible ones that hold data. Without paths it takes
// the root of the file system.
func Find(fsys fs.FS, paths []string, sheet string) (files []*Input, ignored []string, err error) {
	place := places{fsys: fsys, sheet: sheet}
	if len(paths) == 0 && fsys != nil {
		paths = []string{"."}
	}
	for _, p := range paths {
		if err := place.add(p); err != nil {
			return nil, nil, err
		}
	}
	if len(place.files) == 0 {
		return nil, nil, message.As(graph.ErrNotFound, "load: no file to load in %q", paths)
	}
	byName := func(a, b *Input) int { return strings.Compare(a.Name, b.Name) }
	slices.SortFunc(place.files, byName)
	same := func(a, b *Input) bool { return a.Name == b.Name }
	slices.Sort(place.ignored)
	return joinHeaders(slices.CompactFunc(place.files, same)), slices.Compact(place.ignored), nil
}

// joinHeaders gives files the header that stands in a file of its own beside them, as
// neo4j-admin database import takes it, and leaves out those files. A file that cannot
// be read stays as it is, so that this is reported when it is read.
func joinHeaders(files []*Input) []*Input {
	joined := map[*Input]bool{}
	for _, h := range files {
		if !bulk.IsHeaderName(h.Base()) {
			continue
		}
		text := h.start()
		if _, alone := bulk.HasHeads(text); !alone {
			continue
		}
		for _, in := range files {
			if path.Dir(in.Name) != path.Dir(h.Name) || !bulk.IsDataOf(h.Base(), in.Base()) {
				continue
			}
			if heads, _ := bulk.HasHeads(in.start()); !heads {
				in.Header, joined[h] = text, true
			}
		}
	}
	return slices.DeleteFunc(files, func(in *Input) bool { return joined[in] })
}

// start returns the first bytes of a text, "" where they cannot be read.
func (in *Input) start() string {
	f, err := in.Open()
	if err != nil {
		return ""
	}
	defer f.Close() //nolint:errcheck // nothing was written
	text, err := io.ReadAll(io.LimitReader(f, bulk.MaxHeader))
	if err != nil {
		return ""
	}
	return string(text)
}

// places collects files from a file system; nil stands for that of the machine.
type places struct {
	fsys    fs.FS
	sheet   string // of workbooks, "" for all
	files   []*Input
	ignored []string
}

func (p *places) add(name string) error {
	info, err := p.stat(name)
	if err != nil {
		return accessError(err)
	}
	if !info.IsDir() {
		p.take(name, info)
		return nil
	}
	entries, err := p.readDir(name)
	if err != nil {
		return accessError(err)
	}
	for _, e := range entries {
		full := p.join(name, e.Name())
		switch info, err := p.stat(full); {
		case err != nil:
			return accessError(err)
		case info.IsDir() || strings.HasPrefix(e.Name(), "."):
		case rows.Known(e.Name()) || rows.Extension(e.Name()) == "zip":
			p.take(full, info)
		default:
			p.ignored = append(p.ignored, full)
		}
	}
	return nil
}

// take adds a file, or the sheets or files in it.
func (p *places) take(name string, info fs.FileInfo) {
	parts, ignored := p.expand(p.file(name, info))
	p.files = append(p.files, parts...)
	p.ignored = append(p.ignored, ignored...)
}

func (p *places) file(name string, info fs.FileInfo) *Input {
	return &Input{Name: name, Size: info.Size(), About: days.File{Changed: days.Of(info.ModTime())}, Open: func() (io.ReadCloser, error) {
		if p.fsys != nil {
			return p.fsys.Open(name)
		}
		return os.Open(name)
	}}
}

func (p *places) stat(name string) (fs.FileInfo, error) {
	if p.fsys != nil {
		return fs.Stat(p.fsys, name)
	}
	return os.Stat(name)
}

func (p *places) readDir(name string) ([]fs.DirEntry, error) {
	if p.fsys != nil {
		return fs.ReadDir(p.fsys, name)
	}
	return os.ReadDir(name)
}

func (p *places) join(folder, name string) string {
	if p.fsys != nil {
		return path.Join(folder, name)
	}
	return filepath.Join(folder, name)
}

// accessError adds the sentinel of the domain to an error of a file system.
func accessError(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return message.As(graph.ErrNotFound, "load: %w", err)
	case errors.Is(err, fs.ErrPermission):
		return message.As(graph.ErrDenied, "load: %w", err)
	}
	return message.Errorf("load: %w", err)
}
