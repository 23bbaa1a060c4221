// Package mcp lets agents ask the questions of the service by the Model Context
// Protocol, over the standard streams or over HTTP.
//
// Each tool is one GraphQL document of the folder documents with a description
// and a schema of its arguments, which are the variables of the document. A tool
// sends its document to an [Executor] and does nothing else: what holds for GraphQL
// requests, such as roles, masks, limits and the audit log, holds for tools as well.
// No tool can write, and none can state a purpose, so that personal values stay
// masked.
//
// Only the program may import mcp.
package mcp

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"liantu/api"
	"liantu/api/fault"
	"liantu/api/transport"
	"liantu/message"
)

// Executor answers GraphQL requests; an [api.Server] is one.
type Executor interface {
	// Execute answers one request. It never returns nil.
	Execute(ctx context.Context, r api.Request) *api.Response
	// SDL returns the schema of the service.
	SDL() string
}

// Config is what a server works with. Executor is required.
type Config struct {
	Executor Executor
	// Door admits who sends requests over HTTP; it may be nil where there is none but
	// [Server.Run]. An [api.Server] is one.
	Door     Door
	Origins  *transport.Origins // of pages that may send requests over HTTP; nil for none
	Log      *slog.Logger       // the default discards
	Version  string             // of the program
	MaxBytes int64              // of one message; 0 takes the default of the protocol's library
	Timeout  time.Duration      // for one message over HTTP; 0 for none

	// Language is that of answers where a call states none; the default is English.
	Language message.Language
}

// Door decides who is let in over HTTP, and how much it may ask for.
type Door interface {
	// Admit identifies the sender of a request.
	Admit(r *http.Request) (api.Visitor, *fault.RefusalError)
	// Charge takes the cost of a message from what a visitor may ask for.
	Charge(v api.Visitor, values float64) *fault.RefusalError
}

// Server answers agents. It is safe for use by several goroutines.
type Server struct {
	cfg   Config
	tools *sdk.Server
}

// instructions introduce the tools to an agent.
const instructions = `Liantu (链图) knows industry chains (产业链), their links (环节), and the companies at each link in each region.
It states which links are missing (ABSENT), WEAK, ADEQUATE, STRONG or UNKNOWN in a region, how that is known, and who could fill them.
UNKNOWN means that the data do not suffice; null is unknown and never zero. Quote confidence, data date and sources with a verdict.
Where "synthetic" is true, the answer rests on invented sample data: say so.
Names do for most arguments: region 杭州, chain 生物医药. search finds the codes of others; meta and the resource liantu://chains list ecosystems and chains.
Which links are missing, who would fill them and who opens the door are three calls: gaps, candidates, introductions (several companies at once). challenge says what would make a verdict false.
A brief answer leaves out what is unknown or empty; "population" (口径) is the population within which a verdict holds; "more" is the cursor of the next page.
Codes are explained in liantu://vocabulary.`

// New makes a server with a tool for each question. The error states what is wrong
// with a tool.
func New(cfg Config) (*Server, error) {
	if cfg.Executor == nil {
		return nil, message.Errorf("mcp: no executor is given")
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Language != message.Chinese {
		cfg.Language = message.English
	}
	s := &Server{cfg: cfg, tools: sdk.NewServer(
		&sdk.Implementation{Name: "liantu", Title: "Liantu 链图", Version: cfg.Version},
		&sdk.ServerOptions{Instructions: instructions, Capabilities: &sdk.ServerCapabilities{
			Tools: &sdk.ToolCapabilities{}, Resources: &sdk.ResourceCapabilities{}, Prompts: &sdk.PromptCapabilities{},
		}},
	)}
	s.tools.AddReceivingMiddleware(s.shield)
	schema, err := readSchema(cfg.Executor.SDL())
	if err != nil {
		return nil, err
	}
	for i := range tools {
		t := &tools[i]
		q, err := readQuestion(schema, t.name)
		if err != nil {
			return nil, err
		}
		described, err := t.describe(q, cfg.Language)
		if err != nil {
			return nil, err
		}
		sdk.AddTool(s.tools, described, s.answer(t, q))
	}
	s.addPrompts()
	return s, s.addResources(schema)
}

// Documents returns the documents of the program.
func Documents() ([]string, error) {
	files, err := documents.ReadDir("documents")
	if err != nil {
		return nil, message.Errorf("mcp: %w", err)
	}
	list := make([]string, 0, len(files))
	for _, file := range files {
		text, err := documents.ReadFile("documents/" + file.Name())
		if err != nil {
			return nil, message.Errorf("mcp: %w", err)
		}
		list = append(list, string(text))
	}
	return list, nil
}

// Run answers one agent over a pair of streams, as the local user, until the
// agent closes in or ctx ends, and closes both. Nothing but messages of the
// protocol is written to out.
func (s *Server) Run(ctx context.Context, in io.ReadCloser, out io.WriteCloser) error {
	err := s.tools.Run(ctx, &sdk.IOTransport{Reader: in, Writer: out, MaxLineLength: int(s.cfg.MaxBytes)})
	if ctx.Err() != nil {
		return nil // it was asked to stop
	}
	return err
}
