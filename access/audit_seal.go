package access

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"liantu/message"
)

// A seal is a file of four sectors, each a line of text: a comment, the private
// key, and two statements of how the log ends. The newest statement that is whole
// counts, and the next one replaces the other, so that a write which is torn by a
// crash takes nothing away. The file is never replaced, since it is the lock of
// the log, too; as systems exist that keep others from reading the byte that is
// locked, the first sector holds nothing that has to be read.
const (
	sector   = 512
	sealSize = 4 * sector
)

const sealComment = "# The seal of an audit log. Whoever reads this file can sign entries: keep it where few can, apart from the log if possible."

// mark states how a log ends.
type mark struct {
	Seq    int64  `json:"seq"` // of the statements of this seal
	Number int64  `json:"n"`
	Hash   string `json:"hash"`          // of the last entry
	Size   int64  `json:"size"`          // of the log, in bytes
	Last   int64  `json:"last"`          // where its last line begins
	Cut    int64  `json:"cut,omitempty"` // bytes of an unfinished line that are cut off and not noted yet
	Sig    string `json:"sig"`
}

// signed is what is signed of a mark.
func (m mark) signed() []byte {
	return fmt.Appendf(nil, "liantu audit head\n%d %d %s %d %d %d", m.Seq, m.Number, m.Hash, m.Size, m.Last, m.Cut)
}

// signed is what is signed of an entry.
func (e Entry) signed() ([]byte, error) {
	e.Seal = ""
	sum, err := e.sum()
	return []byte("liantu audit entry\n" + sum), err
}

// seal is what a seal holds.
type seal struct {
	key  ed25519.PrivateKey
	mark mark
	slot int64 // in which the mark stands, 0 or 1
}

func (s *seal) public() ed25519.PublicKey { return s.key.Public().(ed25519.PublicKey) }

// newSeal makes a seal with a new key for a log that ends so, and writes it.
func newSeal(f *os.File, end end) (*seal, error) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, message.Errorf("no random bytes: %w", err)
	}
	s := &seal{key: key, mark: end.mark(), slot: 0}
	first, err := s.line(&s.mark)
	if err != nil {
		return nil, err
	}
	text := bytes.Join([][]byte{
		padded([]byte(sealComment)), padded([]byte("key " + base64.StdEncoding.EncodeToString(key.Seed()))), first, padded(nil),
	}, nil)
	if _, err := f.WriteAt(text, 0); err != nil {
		return nil, err
	}
	return s, f.Sync()
}

// padded fills up a sector.
func padded(text []byte) []byte {
	line := append(bytes.Repeat([]byte(" "), sector-1), '\n')
	copy(line, text)
	return line
}

// line signs a mark and writes it as a sector.
func (s *seal) line(m *mark) ([]byte, error) {
	m.Sig = base64.StdEncoding.EncodeToString(ed25519.Sign(s.key, m.signed()))
	text, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	return padded(text), nil
}

// readSeal reads a seal. It returns nil for a file that is missing or shorter
// than a seal, as a crash leaves it before a seal is made.
func readSeal(f *os.File) (*seal, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() < sealSize {
		return nil, nil
	}
	text := make([]byte, sealSize-sector)
	if _, err := f.ReadAt(text, sector); err != nil {
		return nil, err
	}
	encoded, ok := strings.CutPrefix(strings.TrimSpace(string(text[:sector])), "key ")
	seed, err := base64.StdEncoding.DecodeString(encoded)
	if !ok || err != nil || len(seed) != ed25519.SeedSize {
		return nil, message.As(ErrTampered, "the seal holds no key")
	}
	s := &seal{key: ed25519.NewKeyFromSeed(seed)}
	for slot := range int64(2) {
		var m mark
		if json.Unmarshal(text[(1+slot)*sector:(2+slot)*sector], &m) != nil {
			continue
		}
		if sig, err := base64.StdEncoding.DecodeString(m.Sig); err == nil && m.Seq > s.mark.Seq && ed25519.Verify(s.public(), m.signed(), sig) {
			s.mark, s.slot = m, slot
		}
	}
	if s.mark.Seq == 0 {
		return nil, message.As(ErrTampered, "the seal does not state how the log ends")
	}
	return s, nil
}

// put replaces the older of the two marks.
func (s *seal) put(f *os.File, m mark) error {
	m.Seq = s.mark.Seq + 1
	line, err := s.line(&m)
	if err != nil {
		return err
	}
	if _, err := f.WriteAt(line, (3-s.slot)*sector); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	s.mark, s.slot = m, 1-s.slot
	return nil
}

// sealKeyMark begins the text of a public key.
const sealKeyMark = "ed25519:"

func sealKeyText(key ed25519.PublicKey) string {
	return sealKeyMark + base64.RawURLEncoding.EncodeToString(key)
}

// parseSealKey reads the text of a public key.
func parseSealKey(text string) (ed25519.PublicKey, error) {
	encoded, ok := strings.CutPrefix(text, sealKeyMark)
	key, err := base64.RawURLEncoding.DecodeString(encoded)
	if !ok || err != nil || len(key) != ed25519.PublicKeySize {
		return nil, message.As(ErrInvalid, "%q is not the public key of a seal, as %q prints it", text, "audit verify")
	}
	return key, nil
}

// signedBy reports whether an entry is signed with a key.
func (e Entry) signedBy(key ed25519.PublicKey) bool {
	sig, err := base64.StdEncoding.DecodeString(e.Seal)
	if err != nil {
		return false
	}
	text, err := e.signed()
	return err == nil && ed25519.Verify(key, text, sig)
}

// syncDir makes a new file in a folder durable. Systems that cannot sync a folder
// need not.
func syncDir(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	if err := d.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, os.ErrInvalid) && !errors.Is(err, os.ErrPermission) {
		return errors.Join(err, d.Close())
	}
	return d.Close()
}
