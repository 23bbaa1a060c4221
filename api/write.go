package api

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"liantu/api/transport"
)

// worthSharing is the length from which on cached data is written directly from the
// cache, instead of being copied into an answer first.
const worthSharing = 64 << 10

// worthCompressing is the length from which on a body is compressed: a shorter one fits in
// one packet as it is.
const worthCompressing = 1 << 10

// codingOf is how the body of an answer is compressed for the client of a request.
func (s *Server) codingOf(r *http.Request, size int) transport.Coding {
	if !s.features.Compression || size < worthCompressing {
		return transport.Plain
	}
	return transport.ChooseCoding(r.Header["Accept-Encoding"])
}

// writeShared sends an answer whose data is that of a cached one.
func (s *Server) writeShared(c *gin.Context, status int, answer *Response) error {
	tail, extensions, err := answer.close([]byte{','})
	if err != nil {
		return err
	}
	header, media := c.Writer.Header(), mediaOf(c)+"; charset=utf-8"
	if revalidate(c, answer, tail[extensions:], media, transport.Plain) {
		return nil
	}
	header.Set("Content-Type", media)
	header.Set("Content-Length", strconv.Itoa(len(frame)+len(answer.Data)+len(tail)))
	c.Status(status)
	writeParts(c, []byte(frame), answer.Data, tail)
	return nil
}

// writeParts sends the parts of a body.
func writeParts(c *gin.Context, parts ...[]byte) {
	for _, part := range parts {
		if _, err := c.Writer.Write(part); err != nil {
			_ = c.Error(err) // the client has gone
			return
		}
	}
}

// writeCoded sends an answer compressed, as its beginning and its extensions. Where the
// answer is cached, the compressed beginning is, too: the extensions are written each time.
func (s *Server) writeCoded(c *gin.Context, status int, answer *Response, coding transport.Coding) error {
	var beginning [][]byte
	tail, at, err := []byte(nil), 0, error(nil)
	if answer.tag != "" && len(answer.Errors) == 0 {
		tail, at, err = answer.close([]byte{','})
		beginning = [][]byte{[]byte(frame), answer.Data}
	} else {
		tail, at, err = answer.append(nil)
		beginning, tail, at = [][]byte{tail[:at]}, tail[at:], 0
	}
	if err == nil && len(tail) > transport.MaxEnd { // it names much that stayed masked
		beginning, tail, at = append(beginning, tail), nil, 0
	}
	media := mediaOf(c) + "; charset=utf-8"
	if err != nil || revalidate(c, answer, tail[at:], media, coding) {
		return err
	}
	buf := buffers.Get().(*[]byte)
	defer buffers.Put(buf)
	form, cached := transport.Coded{}, false
	if answer.tag != "" {
		form, cached = s.answers.form(answer.key, coding)
	}
	if !cached {
		if form, err = coding.Begin((*buf)[:0], beginning...); err != nil {
			return err
		}
		*buf = form.Bytes
		if answer.tag != "" {
			s.answers.putForm(answer.key, answer.Extensions.Version, coding, form)
		}
	}
	end := coding.End(nil, form, tail)
	header := c.Writer.Header()
	coding.Apply(header)
	header.Set("Content-Type", media)
	header.Set("Content-Length", strconv.Itoa(len(form.Bytes)+len(end)))
	c.Status(status)
	writeParts(c, form.Bytes, end)
	return nil
}

// internalAnswer stands for an answer that cannot be written.
const internalAnswer = `{"errors":[{"message":"internal error","extensions":{"code":"INTERNAL"}}]}`

// write sends an answer. Only the texts of errors are in the language of the client: those of
// data come in both.
func (s *Server) write(c *gin.Context, status int, answer *Response) {
	if len(answer.Errors) > 0 {
		c.Header("Content-Language", string(languageOf(c.Request)))
	}
	if coding := s.codingOf(c.Request, len(answer.Data)); coding != transport.Plain && s.writeCoded(c, status, answer, coding) == nil {
		return
	}
	if answer.shared && s.writeShared(c, status, answer) == nil {
		return
	}
	buf := buffers.Get().(*[]byte)
	defer buffers.Put(buf)
	body, extensions, err := answer.append((*buf)[:0])
	if !answer.inFrame() { // else the memory is that of [Server.reply]
		*buf = body
	}
	if err != nil {
		s.log.ErrorContext(c.Request.Context(), "answer cannot be written as JSON",
			"request_id", c.GetString(requestIDKey), "error", err)
		status, body = http.StatusInternalServerError, []byte(internalAnswer)
	}
	media := mediaOf(c) + "; charset=utf-8"
	if err == nil && revalidate(c, answer, body[extensions:], media, transport.Plain) {
		return
	}
	c.Header("Content-Length", strconv.Itoa(len(body))) // one piece, no chunks
	c.Data(status, media, body)
}

// fixedPage is a body that is the same for all, made once in every coding.
type fixedPage struct {
	media string
	name  string // of the body, as part of an ETag
	forms map[transport.Coding][]byte
}

func newFixedPage(media string, body []byte) (fixedPage, error) {
	sum := sha256.Sum256(body)
	p := fixedPage{media: media, name: base64.RawURLEncoding.EncodeToString(sum[:15]), forms: map[transport.Coding][]byte{transport.Plain: body}}
	for _, coding := range transport.Codings {
		var err error
		if p.forms[coding], err = coding.Whole(body); err != nil {
			return p, err
		}
	}
	return p, nil
}

// serveFixed sends such a body, or 304 to a client that has it.
func (s *Server) serveFixed(c *gin.Context, p *fixedPage) {
	coding := s.codingOf(c.Request, len(p.forms[transport.Plain]))
	header := c.Writer.Header()
	header["Cache-Control"] = noCache
	if s.features.Compression || s.origins != nil {
		header["Vary"] = s.vary.fixed
	}
	if conditional(c, tagOf(p.name, coding)) {
		return
	}
	coding.Apply(header)
	c.Header("Content-Length", strconv.Itoa(len(p.forms[coding])))
	c.Data(http.StatusOK, p.media, p.forms[coding])
}
