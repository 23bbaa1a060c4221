package uploads

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"liantu/api/fault"
	"liantu/api/fields"
	"liantu/message"
)

// files are those of one request, in a folder of their own that only the user of the
// service can read.
type files struct {
	dir     string
	names   []string // as the client calls them
	options Options
	mapping string
}

// The limits of the parts of a request; the files are limited together.
const (
	maxFiles   = 50
	maxOptions = 64 << 10
	maxMapping = 1 << 20
	maxName    = 200 // bytes
)

// receive reads a request into a folder. What it returns must be removed, also with an
// error. The error is a [fault.RefusalError] where the request is at fault.
func receive(a *answer, limit int64, idle, whole time.Duration) (*files, error) {
	media, params, err := mime.ParseMediaType(a.r.Header.Get("Content-Type"))
	if err != nil || media != "multipart/form-data" || params["boundary"] == "" {
		return nil, fault.Refuse(fault.CodeMediaType, "the content type %q is not accepted; send multipart/form-data", a.r.Header.Get("Content-Type"))
	}
	if coding := a.r.Header.Get("Content-Encoding"); coding != "" && coding != "identity" {
		return nil, fault.Refuse(fault.CodeMediaType, "a body with Content-Encoding %q is not accepted; a file may be packed with gzip itself", fields.Shorten(coding))
	}
	if a.r.ContentLength > limit {
		return nil, refusalOf(&http.MaxBytesError{Limit: limit})
	}
	dir, err := os.MkdirTemp("", prefix)
	if err != nil {
		return nil, err
	}
	f := &files{dir: dir}
	body := http.MaxBytesReader(a.w, patient{a.r.Body, a.control, idle, time.Now().Add(whole)}, limit)
	if err := f.read(multipart.NewReader(body, params["boundary"])); err != nil {
		return f, refusalOf(err)
	}
	if len(f.names) == 0 {
		return f, fault.Refuse(fault.CodeRequest, "the request has no file; send one or more parts named file")
	}
	return f, nil
}

// refusalOf is what a client may know of why its request could not be read.
func refusalOf(err error) error {
	var tooLong *http.MaxBytesError
	var refused *fault.RefusalError
	var broken *fs.PathError
	switch {
	case errors.As(err, &tooLong):
		return fault.Refuse(fault.CodeLimit, "the body is longer than %d bytes", tooLong.Limit).With("reason", "BODY_TOO_LARGE").With("limit", tooLong.Limit)
	case errors.As(err, &refused), errors.As(err, &broken): // the latter is the machine's
		return err
	}
	return fault.Refuse(fault.CodeRequest, "the body could not be read")
}

// patient extends the time for a request with each piece of it that arrives, until all of
// it must have arrived.
type patient struct {
	io.ReadCloser
	control *http.ResponseController
	idle    time.Duration
	end     time.Time
}

func (p patient) Read(b []byte) (int, error) {
	until := time.Now().Add(p.idle)
	if until.After(p.end) {
		until = p.end
	}
	if err := p.control.SetReadDeadline(until); err != nil {
		return 0, err
	}
	return p.ReadCloser.Read(b)
}

// prefix begins the names of the folders of files.
const prefix = "liantu-load-"

// left is after how long a folder is one that a service has left which was killed.
const left = 24 * time.Hour

// sweep removes what services that were killed have left in a folder.
func sweep(within string, log *slog.Logger) {
	found, err := filepath.Glob(filepath.Join(within, prefix+"*"))
	for _, path := range found {
		info, statErr := os.Lstat(path)
		if statErr != nil || !info.IsDir() || time.Since(info.ModTime()) < left {
			continue
		}
		err = errors.Join(err, os.RemoveAll(path))
	}
	if err != nil {
		log.Error("files of earlier loads are left", "error", err)
	}
}

// read reads the parts.
func (f *files) read(parts *multipart.Reader) error {
	var modified time.Time
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch name := part.FormName(); name {
		case "file":
			err = f.save(part, modified)
			modified = time.Time{}
		case "options":
			err = f.readOptions(part)
		case "mapping":
			f.mapping, err = text(part, name, maxMapping)
		case "modified":
			modified, err = moment(part)
		default:
			err = fault.Refuse(fault.CodeRequest, "a request has the parts options, mapping, modified and file, not %q", fields.Shorten(name))
		}
		if err != nil {
			return err
		}
	}
}

// text reads a short part.
func text(part *multipart.Part, name string, most int64) (string, error) {
	data, err := io.ReadAll(io.LimitReader(part, most+1))
	if err != nil {
		return "", err
	}
	if int64(len(data)) > most {
		return "", fault.Refuse(fault.CodeLimit, "the part %s is longer than %d bytes", name, most).With("limit", most)
	}
	return string(data), nil
}

// moment reads the day and time at which a file was changed.
func moment(part *multipart.Part) (time.Time, error) {
	written, err := text(part, "modified", maxName)
	if err != nil {
		return time.Time{}, err
	}
	at, err := time.Parse(time.RFC3339, written)
	if err != nil {
		return at, fault.Refuse(fault.CodeInput, "modified is a day and time such as 2026-03-31T08:00:00+08:00, not %q", fields.Shorten(written))
	}
	return at, nil
}

func (f *files) readOptions(part *multipart.Part) error {
	written, err := text(part, "options", maxOptions)
	if err != nil {
		return err
	}
	d := json.NewDecoder(strings.NewReader(written))
	d.DisallowUnknownFields()
	if err := d.Decode(&f.options); err != nil {
		return fault.Refuse(fault.CodeInput, "the options are not a JSON object of known options: %s", optionsFault(err))
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return fault.Refuse(fault.CodeInput, "the options are more than one JSON object")
	}
	if f.options.HeaderRow < 0 {
		return fault.Refuse(fault.CodeInput, "headerRow is %d; the first line is 1", f.options.HeaderRow)
	}
	return nil
}

// optionsFault describes what is wrong with options without the words of the decoder, which
// name Go types.
func optionsFault(err error) message.Text {
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong) && wrong.Field != "":
		return message.New("%s cannot be a JSON %s", wrong.Field, wrong.Value)
	case errors.As(err, &wrong):
		return message.New("it is a JSON %s", wrong.Value)
	}
	return message.New("%s", strings.TrimPrefix(err.Error(), "json: "))
}

// save writes a file into the folder. A name of the client leads nowhere else.
func (f *files) save(part *multipart.Part, modified time.Time) error {
	name := part.FileName()
	if name == "" || name == "." || name == ".." || len(name) > maxName || !utf8.ValidString(name) || strings.ContainsAny(name, "/\\\x00\n\r") {
		return fault.Refuse(fault.CodeRequest, "a file needs a name of at most %d bytes without slashes", maxName)
	}
	if slices.Contains(f.names, name) {
		return fault.Refuse(fault.CodeRequest, "two files have the name %q", name)
	}
	if len(f.names) == maxFiles {
		return fault.Refuse(fault.CodeLimit, "a request has at most %d files", maxFiles).With("limit", maxFiles)
	}
	path := filepath.Join(f.dir, name)
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	f.names = append(f.names, name)
	_, err = io.Copy(file, part)
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	if modified.IsZero() {
		return nil
	}
	return os.Chtimes(path, modified, modified)
}

// remove removes the folder.
func (f *files) remove(log *slog.Logger) {
	if err := os.RemoveAll(f.dir); err != nil {
		log.Error("files of a load are left", "error", err)
	}
}
