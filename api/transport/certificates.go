package transport

import (
	"crypto/tls"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"sync"

	"liantu/message"
)

// certificates are the certificate and the key of two files. They are read again when a
// client connects after one of the files has changed; connections go on. A pair that
// cannot be used leaves the one before.
type certificates struct {
	cert, key string
	log       *slog.Logger

	mu   sync.Mutex
	seen [2]fs.FileInfo // when they were read last, usable or not
	last *tls.Certificate
}

// TLS returns the configuration of a server with the certificate and the key of two files
// in the form PEM, which may be replaced while it runs. It returns nil where no files are
// named; the error says why they cannot be used.
func TLS(cert, key string, log *slog.Logger) (*tls.Config, error) {
	if cert == "" && key == "" {
		return nil, nil
	}
	c := &certificates{cert: cert, key: key, log: log}
	seen, err := c.look()
	if err != nil {
		return nil, err
	}
	if err := c.read(); err != nil {
		return nil, err
	}
	c.seen = seen
	return &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: c.current}, nil
}

// current returns the certificate for a new connection.
func (c *certificates) current(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	seen, err := c.look()
	if c.isSame(seen) {
		return c.last, nil // and it was logged if they cannot be used
	}
	if err == nil {
		err = c.read()
	}
	c.seen = seen
	if err != nil {
		c.log.Error("the new certificate cannot be used; the one before stays", "cert", c.cert, "key", c.key, "error", err)
	} else {
		c.log.Info("new certificate", "cert", c.cert, "ends", c.last.Leaf.NotAfter)
	}
	return c.last, nil
}

// look returns the state of both files, nil for one that cannot be read.
func (c *certificates) look() (seen [2]fs.FileInfo, err error) {
	for i, path := range []string{c.cert, c.key} {
		info, e := os.Stat(path)
		if e != nil {
			err = errors.Join(err, message.Errorf("server.tls: %w", e))
			continue
		}
		seen[i] = info
	}
	return seen, err
}

func (c *certificates) isSame(seen [2]fs.FileInfo) bool {
	for i, now := range seen {
		before := c.seen[i]
		if (before == nil) != (now == nil) {
			return false
		}
		if before != nil && (!os.SameFile(before, now) || !before.ModTime().Equal(now.ModTime()) || before.Size() != now.Size()) {
			return false
		}
	}
	return true
}

// read takes the pair of the files, if it can be used.
func (c *certificates) read() error {
	pair, err := tls.LoadX509KeyPair(c.cert, c.key)
	if err != nil {
		return message.Errorf("server.tls: %w", err)
	}
	c.last = &pair
	return nil
}
