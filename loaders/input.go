package loaders

import (
	"cmp"
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

// input is one file to load.
type input struct {
	name   string   // as faults name it
	size   int64    // bytes on disk
	sheet  string   // of a workbook
	book   string   // name of the workbook, if several of its sheets are read
	nested []string // columns of which a value is a list or an object
	header string   // its header, if that stands in another file
	open   func() (io.ReadCloser, error)

	about days.File // what is known of its day, without names
}

// base is the name without folder and .gz, by which files are recognised.
func (in *input) base() string {
	name := path.Base(filepath.ToSlash(cmp.Or(in.book, in.name)))
	if cut, ok := strings.CutSuffix(strings.ToLower(name), ".gz"); ok {
		return name[:len(cut)]
	}
	return name
}

// stem is the name without folder and extensions.
func (in *input) stem() string {
	return strings.TrimSuffix(in.base(), path.Ext(in.base()))
}

// called lists the names by which a file in the native layout may name its kind:
// that of its sheet and its own.
func (in *input) called() []string {
	if in.book != "" {
		return []string{in.sheet}
	}
	return []string{in.stem(), in.sheet}
}

// inputs lists the files that the paths of the options name, in order of
// their names, and the files of folders that hold no data.
func inputs(o *Options) (files []*input, ignored []string, err error) {
	place := places{fsys: o.FS, sheet: o.Sheet}
	paths := o.Paths
	if len(paths) == 0 && o.FS != nil {
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
	byName := func(a, b *input) int { return strings.Compare(a.name, b.name) }
	slices.SortFunc(place.files, byName)
	same := func(a, b *input) bool { return a.name == b.name }
	slices.Sort(place.ignored)
	return joinHeaders(slices.CompactFunc(place.files, same)), slices.Compact(place.ignored), nil
}

// joinHeaders gives files the header that stands in a file of its own beside them, as
// neo4j-admin database import takes it, and leaves out those files. A file that cannot
// be read stays as it is, so that this is reported when it is read.
func joinHeaders(files []*input) []*input {
	joined := map[*input]bool{}
	for _, h := range files {
		if !bulk.IsHeaderName(h.base()) {
			continue
		}
		text := h.start()
		if _, alone := bulk.HasHeads(text); !alone {
			continue
		}
		for _, in := range files {
			if path.Dir(in.name) != path.Dir(h.name) || !bulk.IsDataOf(h.base(), in.base()) {
				continue
			}
			if heads, _ := bulk.HasHeads(in.start()); !heads {
				in.header, joined[h] = text, true
			}
		}
	}
	return slices.DeleteFunc(files, func(in *input) bool { return joined[in] })
}

// start returns the first bytes of a text, "" where they cannot be read.
func (in *input) start() string {
	f, err := in.open()
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
	files   []*input
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

func (p *places) file(name string, info fs.FileInfo) *input {
	return &input{name: name, size: info.Size(), about: days.File{Changed: days.Of(info.ModTime())}, open: func() (io.ReadCloser, error) {
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
