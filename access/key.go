package access

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

// Key is what is kept of an API key. The key itself is shown once, when it is
// made, and is nowhere after that.
type Key struct {
	Prefix  string    `json:"prefix"`           // finds the key, and names it for people
	Hash    string    `json:"hash"`             // SHA-256 of the secret, in hexadecimal
	Label   string    `json:"label,omitempty"`  // what the user calls it
	Created time.Time `json:"created"`          //
	Expires time.Time `json:"expires,omitzero"` // zero for never
	Revoked time.Time `json:"revoked,omitzero"` // zero for not revoked
}

// The form of a key: lt_PREFIX_SECRET. The prefix is eight hexadecimal digits,
// the secret 32 random bytes, of which a plain hash is as good as a slow one.
const (
	keyMark      = "lt"
	prefixBytes  = 4
	secretBytes  = 32
	keySeparator = "_"
)

// newKey makes a key and what is kept of it.
func newKey(label string, now, expires time.Time) (text string, k Key, err error) {
	var raw [prefixBytes + secretBytes]byte
	if _, err := rand.Read(raw[:]); err != nil {
		return "", k, fmt.Errorf("no random numbers: %w", err)
	}
	k = Key{
		Prefix: hex.EncodeToString(raw[:prefixBytes]), Label: label,
		Hash: hashSecret(raw[prefixBytes:]), Created: now, Expires: expires,
	}
	secret := base64.RawURLEncoding.EncodeToString(raw[prefixBytes:])
	return strings.Join([]string{keyMark, k.Prefix, secret}, keySeparator), k, nil
}

func hashSecret(secret []byte) string {
	sum := sha256.Sum256(secret)
	return hex.EncodeToString(sum[:])
}

// splitKey cuts a key into its parts. It reports false for a text that is no
// key; a text with the mark of a key is never a bearer token of another sort.
func splitKey(text string) (prefix string, secret []byte, ok bool) {
	parts := strings.SplitN(text, keySeparator, 3) // the secret may hold the separator
	if len(parts) != 3 || parts[0] != keyMark || len(parts[1]) != 2*prefixBytes {
		return "", nil, false
	}
	secret, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || len(secret) != secretBytes || base64.RawURLEncoding.EncodeToString(secret) != parts[2] {
		return "", nil, false
	}
	return parts[1], secret, true
}

// IsKey reports whether a text looks like an API key of this program.
func IsKey(text string) bool { return strings.HasPrefix(text, keyMark+keySeparator) }

// matches compares a secret in a time that does not depend on it.
func (k *Key) matches(secret []byte) bool {
	return subtle.ConstantTimeCompare([]byte(k.Hash), []byte(hashSecret(secret))) == 1
}

// Live reports whether the key opens anything at a time.
func (k Key) Live(now time.Time) bool {
	return k.Revoked.IsZero() && (k.Expires.IsZero() || now.Before(k.Expires))
}
