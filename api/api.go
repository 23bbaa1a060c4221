// Package api answers GraphQL over HTTP. It holds the server, its configuration,
// the handling of requests over HTTP, and their execution. It reads only pictures of
// the graph (package projection); a store is used only for the list of loads and for
// the changes that mutations make.
//
// A request takes these steps: http.go reads the body, document.go checks the
// limits of the document before any parser sees it, package admission checks the
// limits of its answer and admits it, execute.go runs it on exactly one picture, and
// errors.go gives failures the form in which they may leave the service. The
// packages below:
//
//	fault       codes and limits as errors
//	admission   lanes, rates, deadlines, budgets, and what an operation costs
//	disclosure  who may see what
//	fields      the kit of types, lists and scalars
//	questions   a file for each question
//	mutations   the changes
//	engine      compiled plans
//	guard       limits of a document
//	metrics     counts for Prometheus
//	transport   TLS, proxies and host names
//	attacks     harmful requests, for tests
//	export      lists as queries for their pages, and as files
//	reserve     streams that callers reserve for several operations
//	mcp         questions as tools for agents
//
// The program itself and package mcp, whose tools use it, may import api.
package api

import (
	"errors"
	"time"

	"liantu/api/admission"
	"liantu/api/disclosure"
	"liantu/message"
)

// Config holds the limits of a server. Every value must be above zero unless its
// comment permits 0; start from [DefaultConfig].
type Config struct {
	RequestTimeout    time.Duration // for computing one answer, waiting for a place included
	ReadHeaderTimeout time.Duration // for the header of a request to arrive
	ReadTimeout       time.Duration // for a whole request to arrive
	WriteTimeout      time.Duration // for a whole request and its answer
	IdleTimeout       time.Duration // between two requests on one connection
	DrainDelay        time.Duration // between /readyz failing and the end of new connections; may be 0
	DrainTimeout      time.Duration // for requests in flight when the server stops
	KeepAlive         time.Duration // between two comments on a stream of events
	MaxPictureAge     time.Duration // /readyz fails when the store last responded longer ago

	MaxBodyBytes      int64 // of a request body
	MaxDocumentBytes  int   // of a document
	MaxVariables      int   // variables and extensions of a request, together
	MaxVariableBytes  int   // of one of them as JSON, its name included
	MaxVariableDepth  int   // levels of objects and lists in one of them
	MaxTokens         int   // of a document
	MaxNesting        int   // brackets open at once in a document
	MaxDepth          int   // levels of fields, fragments written out; see [guard.Document]
	MaxAliases        int   // renamed fields, fragments written out
	MaxDirectives     int   // directives, fragments written out
	MaxRootFields     int   // fields at the root of an operation
	MaxNodes          int   // rows and nodes that the pages of one request may hold together
	MaxFields         int   // values that one request may select, estimated from its pages
	DefaultPage       int   // rows of a page when first is not given
	MaxPage           int   // the largest first
	MaxSuggestions    int   // names in didYouMean
	MaxSubscriptions  int   // followed at once
	SubjectStreams    int   // subscriptions followed at once by one subject, or from one address where nobody is known
	MaxPersistedBytes int   // of documents cached for clients that send their hash
	AnswerBytes       int64 // of answers cached for repeated questions; 0 caches none
	MaxWork           int   // values that are written for one request, counted while it runs; at least MaxFields
	HeavyFields       int   // values from which on a request is heavy and waits for other heavy ones
	MaxConcurrent     int   // requests that compute at once; 0 for two for each core
	MaxQueue          int   // requests that wait for a place, light ones and as many others
	ClientRate        int   // values a second that one client may ask for; 0 for no limit
	ClientBurst       int   // values that a client may ask for at once; at least MaxFields
	DeniedRate        int   // denied tries a minute that one client has; 0 for no limit
	DeniedBurst       int   // denied tries that a client has at once
	ViewBytes         int64 // of the views of scopes that are cached of one picture

	MaxLoadBytes int64         // of a request with files to load
	LoadTimeout  time.Duration // for loading them, once they have arrived

	SlowOperation time.Duration // an operation that takes longer is logged; 0 for none
}

// DefaultConfig returns limits that fit a public service on a small machine.
func DefaultConfig() Config {
	return Config{
		RequestTimeout:    10 * time.Second,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		DrainDelay:        0,
		DrainTimeout:      10 * time.Second,
		KeepAlive:         15 * time.Second,
		MaxPictureAge:     15 * time.Minute,
		MaxBodyBytes:      64 << 10,
		MaxDocumentBytes:  16 << 10,
		MaxVariables:      50,
		MaxVariableBytes:  8 << 10,
		MaxVariableDepth:  8,
		MaxTokens:         1000,
		MaxNesting:        32,
		MaxDepth:          8,
		MaxAliases:        15,
		MaxDirectives:     50,
		MaxRootFields:     20,
		MaxNodes:          10_000,
		MaxFields:         100_000,
		MaxWork:           500_000,
		HeavyFields:       10_000,
		MaxConcurrent:     0,
		MaxQueue:          256,
		ClientRate:        500_000,
		ClientBurst:       2_000_000,
		DeniedRate:        30,
		DeniedBurst:       30,
		ViewBytes:         disclosure.DefaultViewBytes,
		MaxLoadBytes:      64 << 20,
		LoadTimeout:       10 * time.Minute,
		SlowOperation:     time.Second,
		DefaultPage:       20,
		MaxPage:           100,
		MaxSuggestions:    10,
		MaxSubscriptions:  200,
		SubjectStreams:    10,
		MaxPersistedBytes: 4 << 20,
		AnswerBytes:       64 << 20,
	}
}

// limits are those on the cost of requests.
func (c Config) limits() admission.Limits {
	return admission.Limits{
		DefaultPage: c.DefaultPage, MaxPage: c.MaxPage, MaxNodes: c.MaxNodes, MaxFields: c.MaxFields, MaxWork: c.MaxWork,
		HeavyFields: c.HeavyFields, MaxConcurrent: c.MaxConcurrent, MaxQueue: c.MaxQueue,
		ClientRate: c.ClientRate, ClientBurst: c.ClientBurst, DeniedRate: c.DeniedRate, DeniedBurst: c.DeniedBurst,
	}
}

// check names every value of the configuration that is not above zero.
func (c Config) check() error {
	var faults []error
	for _, v := range []struct {
		name  string
		value int64
	}{
		{"RequestTimeout", int64(c.RequestTimeout)},
		{"ReadHeaderTimeout", int64(c.ReadHeaderTimeout)},
		{"ReadTimeout", int64(c.ReadTimeout)},
		{"WriteTimeout", int64(c.WriteTimeout)},
		{"IdleTimeout", int64(c.IdleTimeout)},
		{"DrainTimeout", int64(c.DrainTimeout)},
		{"KeepAlive", int64(c.KeepAlive)},
		{"MaxPictureAge", int64(c.MaxPictureAge)},
		{"MaxBodyBytes", c.MaxBodyBytes},
		{"MaxDocumentBytes", int64(c.MaxDocumentBytes)},
		{"MaxVariables", int64(c.MaxVariables)},
		{"MaxVariableBytes", int64(c.MaxVariableBytes)},
		{"MaxVariableDepth", int64(c.MaxVariableDepth)},
		{"MaxTokens", int64(c.MaxTokens)},
		{"MaxNesting", int64(c.MaxNesting)},
		{"MaxDepth", int64(c.MaxDepth)},
		{"MaxAliases", int64(c.MaxAliases)},
		{"MaxDirectives", int64(c.MaxDirectives)},
		{"MaxRootFields", int64(c.MaxRootFields)},
		{"MaxNodes", int64(c.MaxNodes)},
		{"MaxFields", int64(c.MaxFields)},
		{"MaxWork", int64(c.MaxWork)},
		{"HeavyFields", int64(c.HeavyFields)},
		{"MaxQueue", int64(c.MaxQueue)},
		{"ClientBurst", int64(c.ClientBurst)},
		{"DefaultPage", int64(c.DefaultPage)},
		{"MaxPage", int64(c.MaxPage)},
		{"MaxSuggestions", int64(c.MaxSuggestions)},
		{"MaxSubscriptions", int64(c.MaxSubscriptions)},
		{"SubjectStreams", int64(c.SubjectStreams)},
		{"DeniedBurst", int64(c.DeniedBurst)},
		{"ViewBytes", c.ViewBytes},
		{"MaxPersistedBytes", int64(c.MaxPersistedBytes)},
		{"MaxLoadBytes", c.MaxLoadBytes},
		{"LoadTimeout", int64(c.LoadTimeout)},
	} {
		if v.value <= 0 {
			faults = append(faults, message.Errorf("api config: %s is %d, which is not above zero", v.name, v.value))
		}
	}
	if c.AnswerBytes < 0 {
		faults = append(faults, message.Errorf("api config: AnswerBytes is %d, which is below zero", c.AnswerBytes))
	}
	for _, v := range []struct {
		name  string
		value int64
	}{
		{"DrainDelay", int64(c.DrainDelay)},
		{"MaxConcurrent", int64(c.MaxConcurrent)},
		{"ClientRate", int64(c.ClientRate)},
		{"DeniedRate", int64(c.DeniedRate)},
		{"SlowOperation", int64(c.SlowOperation)},
	} {
		if v.value < 0 {
			faults = append(faults, message.Errorf("api config: %s is %d, which is below zero", v.name, v.value))
		}
	}
	if c.DefaultPage > c.MaxPage {
		faults = append(faults, message.Errorf("api config: DefaultPage %d is above MaxPage %d", c.DefaultPage, c.MaxPage))
	}
	return errors.Join(faults...)
}
