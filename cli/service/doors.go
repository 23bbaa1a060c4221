package service

import (
	"context"
	"net/http"

	"liantu/access"
	"liantu/api"
	"liantu/cli/papers"
	"liantu/cli/settings"
	"liantu/cli/setup"
	"liantu/cli/uploads"
	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/schema"
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
	if c.Made != nil {
		doors = append(doors, api.Door{Method: http.MethodPost, Path: setup.Path, Handler: setup.New(setup.Config{
			Service: s.server, File: c.Settings.Store.Path, Open: c.openFile, Made: c.Made, Timeout: c.Settings.Limits.LoadTimeout,
			Record: func(e access.Entry, do func(*access.Entry) error) error { return OnRecord(&c.Settings.Access, e, do) },
		})})
	}
	return doors
}

// openFile opens a graph file with the secret of the settings.
func (c *Config) openFile(path string) (graph.Store, error) {
	secret, err := secretOf(&c.Settings)
	if err != nil {
		return nil, err
	}
	return filestore.OpenWith(path, schema.Default(), secret)
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
