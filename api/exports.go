package api

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"liantu/access"
	"liantu/api/engine"
	"liantu/api/export"
	"liantu/api/fault"
	"liantu/api/fields"
)

// The forms of an export, and its limits: each export holds a picture of the graph and a
// line of the caller's rate for minutes.
const (
	exportLines = "jsonl"
	exportTable = "csv"

	mostExports     = 8 // that run at once
	exportsOfOne    = 2 // of one caller
	mostExportWaits = 60 * time.Second

	completeTrailer = "Liantu-Complete"
	rowsTrailer     = "Liantu-Rows"
)

// exporting is one export. All its pages are of one picture. Each is a request of its own:
// admitted, limited, charged and recorded as one by which the caller asks for it.
type exporting struct {
	s       *Server
	c       *gin.Context
	request Request
	source  *export.Source
	form    string
	size    int // rows of a page
	pinned  fields.Picture
	rows    int
	waited  time.Duration

	forgettings int64
}

// serveExport answers GET and POST /export/jsonl and /export/csv: the whole list that a
// query leads to, a row a line. The query is sent as to /graphql. What is refused before the
// first row is answered as there; what breaks off later says that it is not complete.
func (s *Server) serveExport(form string) gin.HandlerFunc {
	return func(c *gin.Context) {
		c.Writer.Header()["Vary"] = s.vary.answer
		r, ok := s.readExport(c)
		if !ok {
			return
		}
		if f := s.exports.enter(r.Origin); f != nil {
			f = fault.Refuse(fault.CodeUnavailable, "too many exports run; try again later").With("retryAfter", retryAfter)
			SetRetry(c.Writer.Header(), f)
			s.refuseHTTP(c, http.StatusServiceUnavailable, f)
			return
		}
		defer s.exports.leave(r.Origin)
		e := &exporting{s: s, c: c, request: r, form: form, size: s.cfg.MaxPage, forgettings: s.forgettings.count()}
		if answer := e.prepare(); answer != nil {
			e.refuse(answer)
			return
		}
		e.run()
	}
}

// readExport reads the request for an export. Without one it is refused.
func (s *Server) readExport(c *gin.Context) (r Request, ok bool) {
	if c.Request.Method == http.MethodGet {
		if f := s.checkCrossSite(c.Request); f != nil {
			s.refuseHTTP(c, http.StatusForbidden, f)
			return r, false
		}
	}
	if r, ok = s.readAsked(c); !ok {
		return r, false
	}
	if r.Extensions["purpose"] != nil {
		s.refuseHTTP(c, http.StatusBadRequest, fault.Refuse(fault.CodeInput, "an export reveals no personal values; ask for it without a purpose"))
		return r, false
	}
	r.kinds = []string{engine.Query}
	return r, true
}

// prepare reads the document, as one that was never read before; the answer is nil unless
// it is refused.
func (e *exporting) prepare() *Response {
	s, r := e.s, &e.request
	x := s.begin(e.c.Request.Context(), r.ID, r.Identity)
	defer x.until.End()
	x.Language, x.client, x.origin, x.Picture = r.Language, r.Client, r.Origin, s.take()
	fail := func(errs ...fault.Error) *Response { return &Response{Errors: errs, bare: true} }
	if f := s.denials.refuse(s, x); f != nil {
		return fail(s.clientError(x, f))
	}
	if _, f := s.document(x, r); f != nil {
		return fail(s.clientError(x, f))
	}
	defer x.pass.Leave()
	if err := s.enter(x, r); err != nil {
		return fail(s.clientError(x, err))
	}
	if _, errs := s.operation(x, *r); errs != nil {
		return fail(errs...)
	}
	source, f := export.Of(s.engine.Schema(), r.Query, r.OperationName)
	if f == nil && e.form == exportTable {
		f = source.Flat()
	}
	if f != nil {
		return fail(s.clientError(x, f))
	}
	e.source = source
	// From here on the document is that of the program, and each page names its own.
	r.Query, r.DocumentID, r.Own = source.Document, "", true
	delete(r.Extensions, "persistedQuery")
	if r.Variables == nil {
		r.Variables = map[string]any{}
	}
	return nil
}

// page asks for a page after a cursor. Where it is too large, smaller ones are tried.
func (e *exporting) page(after string) (export.Page, *Response) {
	e.request.pinned = &e.pinned
	for {
		e.request.Variables[export.First] = e.size
		delete(e.request.Variables, export.After)
		if after != "" {
			e.request.Variables[export.After] = after
		}
		answer := e.s.execute(e.c.Request.Context(), e.request, nil)
		if answer.operation != "" {
			e.c.Set(operationKey, answer.operation)
		}
		if len(answer.Errors) == 0 {
			page, err := e.source.Read(answer.Data)
			if err == nil {
				return page, nil
			}
			answer.Errors = []fault.Error{fault.Refuse(fault.CodeInternal, "internal error").Shown(e.request.Language)}
		}
		if code := answer.Errors[0].Code(); (code == fault.CodeLimit || code == fault.CodeTimeout) && e.size > 1 && e.c.Request.Context().Err() == nil {
			e.size = max(e.size/4, 1)
			continue
		}
		if seconds := answer.retryAfter(); seconds > 0 && e.rows > 0 && e.rest(time.Duration(seconds)*time.Second) {
			continue
		}
		return export.Page{}, answer
	}
}

// rest waits until the caller may ask for more, and reports whether it was worth it: an
// export that has begun goes on at the rate of its caller.
func (e *exporting) rest(pause time.Duration) bool {
	if e.waited += pause; e.waited > mostExportWaits {
		return false
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-e.c.Request.Context().Done():
	case <-e.s.streams.ended:
	}
	return false
}

// refuse answers an export of which nothing was sent.
func (e *exporting) refuse(answer *Response) {
	answer.Data = nil // the first page, of which a part was refused
	e.c.Set(codesKey, answer.codes())
	status := statusOf(mediaGraphQL, answer)
	if answer.Errors[0].Code() == fault.CodeForbidden {
		status = http.StatusForbidden
	}
	if seconds := answer.retryAfter(); seconds > 0 {
		e.c.Header("Retry-After", strconv.Itoa(seconds))
	}
	e.s.write(e.c, status, answer)
}

// run sends the pages, the first of which decides whether there is an export.
func (e *exporting) run() {
	page, refused := e.page("")
	if refused != nil {
		e.refuse(refused)
		return
	}
	if err := e.record(page.Total, "begun"); err != nil {
		e.s.log.ErrorContext(e.c.Request.Context(), "an export is not on record", "request_id", e.request.ID, "error", err)
		e.s.refuseHTTP(e.c, http.StatusInternalServerError, fault.Refuse(fault.CodeInternal, "internal error").With("requestId", e.request.ID))
		return
	}
	out, err := e.begin()
	if err != nil {
		_ = e.c.Error(err) // the client has gone
		return
	}
	why := e.send(out, page)
	rows := e.rows
	if err := e.record(&rows, outcomeOf(why)); err != nil {
		e.s.log.ErrorContext(e.c.Request.Context(), "the end of an export is not on record", "request_id", e.request.ID, "error", err)
	}
	e.end(out, why)
}

func outcomeOf(why *fault.Error) string {
	if why == nil {
		return "complete"
	}
	return "stopped: " + string(why.Code())
}

// output is where the rows go.
type output struct {
	buffer  *bufio.Writer
	rows    export.Writer
	control *http.ResponseController
}

// begin sends the head of the file.
func (e *exporting) begin() (*output, error) {
	h := e.c.Writer.Header()
	media := "application/x-ndjson; charset=utf-8"
	if e.form == exportTable {
		media = "text/csv; charset=utf-8; header=present"
	}
	h.Set("Content-Type", media)
	h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="liantu-%s-v%d%s.%s"`, strings.ToLower(e.source.Kind), e.pinned.Version(), e.day("-as-of-"), e.form))
	h.Set("X-Accel-Buffering", "no")
	h.Set("Trailer", completeTrailer+", "+rowsTrailer)
	h.Set(versionHeader, strconv.FormatInt(e.pinned.Version(), 10))
	e.c.Status(http.StatusOK)
	out := &output{buffer: bufio.NewWriterSize(e.c.Writer, 64<<10), control: http.NewResponseController(e.c.Writer)}
	err := errors.Join(out.control.SetReadDeadline(time.Time{}), out.control.SetWriteDeadline(time.Now().Add(e.s.cfg.WriteTimeout)))
	out.rows = export.Lines{To: out.buffer}
	if err == nil && e.form == exportTable {
		out.rows, err = e.source.Table(out.buffer, e.c.Query("bom") == "1")
	}
	return out, err
}

// send sends the pages from the first one on, and returns why it stopped before the last,
// nil if it did not.
func (e *exporting) send(out *output, page export.Page) *fault.Error {
	stop := func(f *fault.RefusalError) *fault.Error {
		shown := f.Shown(e.request.Language)
		return &shown
	}
	for {
		err := out.control.SetWriteDeadline(time.Now().Add(e.s.cfg.WriteTimeout))
		if err == nil {
			err = out.rows.Write(page.Rows)
		}
		if err == nil {
			err = out.buffer.Flush()
		}
		if err == nil {
			err = out.control.Flush()
		}
		if err != nil {
			_ = e.c.Error(err)
			return stop(fault.Refuse(fault.CodeCancelled, "the client has gone"))
		}
		e.rows += len(page.Rows)
		if !page.More {
			return nil
		}
		select {
		case <-e.s.streams.ended:
			return stop(fault.Refuse(fault.CodeUnavailable, "the service stops"))
		default:
		}
		if !e.s.isAdmitted(e.c.Request, e.request.Identity) {
			return stop(fault.Refuse(fault.CodeUnauthenticated, "the caller is no longer admitted as before"))
		}
		if e.s.forgettings.count() != e.forgettings {
			return stop(fault.Refuse(fault.CodeConflict, "a person was forgotten meanwhile; export again"))
		}
		next, refused := e.page(page.After)
		if refused != nil {
			return &refused.Errors[0]
		}
		page = next
	}
}

// end says whether the file is whole. Lines say so in the last one. A table has no place for
// it: one that is not whole ends in a broken connection, so that nobody takes it for whole.
func (e *exporting) end(out *output, why *fault.Error) {
	h := e.c.Writer.Header()
	h.Set(rowsTrailer, strconv.Itoa(e.rows))
	h.Set(completeTrailer, strconv.FormatBool(why == nil))
	if e.form == exportTable {
		if why != nil {
			panic(http.ErrAbortHandler)
		}
		return
	}
	type summary struct {
		Extensions
		Rows     int          `json:"rows"`
		Complete bool         `json:"complete"`
		Error    *fault.Error `json:"error,omitempty"`
	}
	line, err := json.Marshal(map[string]summary{"extensions": {extensionsOf(e.pinned), e.rows, why == nil, why}})
	if err == nil {
		err = out.control.SetWriteDeadline(time.Now().Add(e.s.cfg.WriteTimeout))
	}
	if err == nil {
		_, err = out.buffer.Write(append(line, '\n'))
	}
	if err = errors.Join(err, out.buffer.Flush()); err != nil {
		_ = e.c.Error(err) // the client has gone
	}
}

// day names the earlier day of an export after some words, "" for the present.
func (e *exporting) day(words string) string {
	if e.pinned.AsOf == "" {
		return ""
	}
	return words + e.pinned.AsOf
}

// record enters in the audit log what an export is about to send, and what it has sent.
func (e *exporting) record(rows *int, state string) error {
	if e.s.recorder == nil {
		return nil
	}
	entry := access.Entry{
		Who: e.request.Identity.Subject, Role: e.request.Identity.Role, Action: access.Export, Fields: e.source.Fields,
		Version: e.pinned.Version(), Request: e.request.ID, Detail: fmt.Sprintf("%s as %s%s: %s", e.source.Kind, e.form, e.day(" as of "), state),
	}
	if rows != nil {
		entry.Count = *rows
	}
	return e.s.recorder.Append(entry)
}
