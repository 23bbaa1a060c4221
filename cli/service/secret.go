package service

import (
	"context"
	"errors"
	"os"

	"liantu/cli/settings"
	"liantu/graph"
)

// secretOf returns the secret of the settings, none if they have none.
func secretOf(s *settings.Settings) (graph.Secret, error) { return graph.ParseSecret(s.Store.Secret) }

// CarrySecret writes the secret of a graph to a new file that only its owner reads, so
// that store.secret of another graph can be set to it. record is called before, and
// nothing is written if it fails. A file that is there is left as it is.
func CarrySecret(ctx context.Context, store graph.Store, path string, record func() error) (err error) {
	namer, err := store.Namer(ctx)
	if err != nil {
		return err
	}
	if err := record(); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(namer.Secret().Hex() + "\n")
	return errors.Join(err, f.Sync(), f.Close())
}
