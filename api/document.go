package api

import (
	"liantu/api/fault"
	"liantu/api/guard"
)

// checkDocument checks the limits of a document before any parser sees it.
func (s *Server) checkDocument(query string) *fault.RefusalError {
	refusal := guard.Document(query, guard.Limits{
		Bytes: s.cfg.MaxDocumentBytes, Tokens: s.cfg.MaxTokens, Nesting: s.cfg.MaxNesting,
		Depth: s.cfg.MaxDepth, Fields: s.cfg.MaxTokens, Aliases: s.cfg.MaxAliases,
		Directives: s.cfg.MaxDirectives, RootFields: s.cfg.MaxRootFields,
	})
	return refused(refusal)
}

// checkJSON checks the limits of the JSON of a body before it is decoded.
func (s *Server) checkJSON(body []byte) *fault.RefusalError {
	return refused(guard.Body(body, guard.JSON{
		Text:  jsonText(s.cfg.MaxDocumentBytes),
		Depth: s.cfg.MaxVariableDepth + 2, Members: s.cfg.MaxVariables, Member: s.cfg.MaxVariableBytes,
	}))
}

// jsonText is how long a document of so many bytes may be as JSON: twice as long, since
// its line ends and quotes are escaped, and some clients write each Chinese character, of
// three bytes, as an escape of six.
func jsonText(bytes int) int { return 2 * bytes }

// refused converts a refusal of the guard to the form of the other errors.
func refused(r *guard.Refusal) *fault.RefusalError {
	if r == nil {
		return nil
	}
	code := fault.CodeLimit
	switch r.Code {
	case guard.CodeEncoding:
		code = fault.CodeRequest
	case guard.CodeQuotes:
		code = fault.CodeParse
	}
	f := fault.Refuse(code, "%s", r.Message()).With("reason", r.Code)
	if r.Limit > 0 {
		f = f.With("limit", r.Limit)
	}
	return f
}
