package service

import (
	"context"
	"net/http"

	"liantu/access"
	"liantu/api"
	"liantu/cli/papers"
	"liantu/cli/settings"
	"liantu/cli/uploads"
	"liantu/graph"
)

// doors are the ways in beside GraphQL.
func (c *Config) doors(s *Service, store graph.Store) []api.Door {
	files := uploads.New(uploads.Config{
		Service: s.server, Store: store, Record: recordOf(&c.Settings.Access),
		Renew: func(ctx context.Context, version graph.Version) error {
			_, err := s.live.AtLeast(ctx, version)
			return err
		},
		Log: s.log, MaxBytes: c.Settings.Limits.MaxLoadBytes, Idle: c.Settings.Limits.ReadTimeout, Timeout: c.Settings.Limits.LoadTimeout,
	})
	doors := []api.Door{{Method: http.MethodPost, Path: uploads.Path, Handler: files}}
	if c.Papers != nil {
		made := papers.New(papers.Config{Service: s.server, Print: c.Papers, Record: exporting(&c.Settings.Access), Timeout: c.Settings.Limits.RequestTimeout})
		doors = append(doors, api.Door{Method: http.MethodGet, Path: papers.Path, Handler: made})
	}
	return doors
}

// exporting records what is about to be sent, where callers must authenticate.
func exporting(c *settings.Access) func(access.Entry) error {
	return func(e access.Entry) error {
		if c.Mode != settings.AccessRequired {
			return nil
		}
		return c.Log().Append(e)
	}
}

// recordOf is the record of what clients do with files. Where nobody authenticates, the
// loads of the graph say what was written.
func recordOf(c *settings.Access) uploads.Record {
	return uploads.Record{
		Change: func(e access.Entry, do func(outcome *access.Entry) error) error { return OnRecord(c, e, do) },
		Try:    func(e access.Entry) error { return Rehearse(c, e) },
		Export: exporting(c),
	}
}
