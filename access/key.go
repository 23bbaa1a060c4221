package access

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"time"

	"liantu/message"
)

// Key is what is stored of an API key. The key itself is shown once, when it is
// made, and is not stored.
type Key struct {
	Prefix  string    `json:"prefix"`           // by which the key is found and named
	Hash    string    `json:"hash"`             // SHA-256 of the secret, in hexadecimal
	Label   string    `json:"label,omitempty"`  // the name that the user gave it
	Created time.Time `json:"created"`          //
	Expires time.Time `json:"expires,omitzero"` // zero for never
	Revoked time.Time `json:"revoked,omitzero"` // zero for not revoked
}

// The form of a key: lt_PREFIX_SECRET. The prefix is eight hexadecimal digits,
// the secret 32 random bytes, for which a fast hash is as safe as a slow one.
const (
	keyMark      = "lt"
	prefixBytes  = 4
	secretBytes  = 32
	keySeparator = "_"
)

// newKey makes a key and the form of it that is stored.
func newKey(label string, now, expires time.Time) (text string, k Key, err error) {
	var raw [prefixBytes + secretBytes]byte
	if _, err := rand.Read(raw[:]); err != nil {
		return "", k, message.Errorf("no random bytes: %w", err)
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

// splitKey splits a key into its parts. It reports false for a text that is not
// a key; a text with the mark of a key is never another kind of bearer token.
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

// IsKey reports whether a text has the mark of an API key of this program.
func IsKey(text string) bool { return strings.HasPrefix(text, keyMark+keySeparator) }

// matches compares a secret in constant time.
func (k *Key) matches(secret []byte) bool {
	return subtle.ConstantTimeCompare([]byte(k.Hash), []byte(hashSecret(secret))) == 1
}

// Live reports whether the key is neither expired nor revoked at a time.
func (k Key) Live(now time.Time) bool {
	return k.Revoked.IsZero() && (k.Expires.IsZero() || now.Before(k.Expires))
}
