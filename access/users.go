package access

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"liantu/message"
	"liantu/schema"
)

// User is a person or program that may send requests.
type User struct {
	Name     string      `json:"name"` // lower case letters, digits, dots and dashes
	Role     schema.Role `json:"role"`
	Scope    Scope       `json:"scope,omitzero"`
	Created  time.Time   `json:"created"`
	Disabled bool        `json:"disabled,omitempty"`
	Ended    time.Time   `json:"ended,omitzero"` // sessions that were opened until then are over
	Keys     []Key       `json:"keys,omitempty"`
}

// identity returns the caller that uses one of the user's keys.
func (u *User) identity() *Identity {
	return &Identity{Subject: "user:" + u.Name, Name: u.Name, Role: u.Role, Scope: u.Scope}
}

// noticed is the longest time until a process that reads the file notices a
// change.
const noticed = 500 * time.Millisecond

// Users are the users and keys of one file. Several processes may use the file
// at once: a change is written as a whole, one at a time, and noticed by the
// others within half a second.
type Users struct {
	path string
	now  func() time.Time

	mu      sync.Mutex
	checked time.Time
	seen    fs.FileInfo
	users   []*User
	byKey   map[string]*User // by the prefix of a key
	readErr error
}

// userFile is the form of the file.
type userFile struct {
	Users []*User `json:"users"`
}

// OpenUsers opens the users of a file, which need not exist yet.
func OpenUsers(path string) (*Users, error) {
	u := &Users{path: path, now: time.Now}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.refresh(true)
	return u, u.readErr
}

// refresh reads the file again if it has changed. Callers hold the lock.
func (u *Users) refresh(force bool) {
	if !force && u.now().Sub(u.checked) < noticed {
		return
	}
	u.checked = u.now()
	info, err := os.Stat(u.path)
	if errors.Is(err, fs.ErrNotExist) {
		u.seen, u.readErr = nil, nil
		u.set(nil)
		return
	}
	if err == nil && u.seen != nil && os.SameFile(info, u.seen) && info.ModTime().Equal(u.seen.ModTime()) && info.Size() == u.seen.Size() {
		return
	}
	var users []*User
	if err == nil {
		users, err = readUsers(u.path)
	}
	if err != nil {
		// While the file cannot be read, nobody is authenticated.
		u.seen, u.readErr = nil, message.Errorf("users: %w", err)
		u.set(nil)
		return
	}
	u.seen, u.readErr = info, nil
	u.set(users)
}

func (u *Users) set(users []*User) {
	u.users, u.byKey = users, map[string]*User{}
	for _, user := range users {
		for _, k := range user.Keys {
			u.byKey[k.Prefix] = user
		}
	}
}

func readUsers(path string) ([]*User, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var file userFile
	if err := json.Unmarshal(text, &file); err != nil {
		return nil, message.Errorf("%s: %w", path, err)
	}
	for _, user := range file.Users {
		if err := user.Scope.check(user.Role); err != nil {
			return nil, message.Errorf("%s: user %q: %w", path, user.Name, err)
		}
	}
	return file.Users, nil
}

// Authenticate returns the identity that an API key stands for. A key that is
// unknown, wrong, expired or revoked, or whose user is disabled, gives
// [ErrUnauthenticated].
func (u *Users) Authenticate(key string) (*Identity, error) {
	return u.AuthenticateSince(key, time.Time{})
}

// AuthenticateSince is [Users.Authenticate] for a session that was opened with the key
// at a time, which is zero for none. A session of a user who was disabled since then
// gives [ErrUnauthenticated], also when the user is enabled again.
func (u *Users) AuthenticateSince(key string, opened time.Time) (*Identity, error) {
	prefix, secret, ok := splitKey(key)
	if !ok {
		return nil, message.Errorf("%w: the text does not have the form of a key", ErrUnauthenticated)
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.refresh(false)
	if u.readErr != nil {
		return nil, errors.Join(ErrUnauthenticated, u.readErr)
	}
	user := u.byKey[prefix]
	known := Key{Hash: hashSecret(nil)} // so that an unknown key takes as long
	if user != nil {
		known = user.Keys[slices.IndexFunc(user.Keys, func(k Key) bool { return k.Prefix == prefix })]
	}
	if !known.matches(secret) || user == nil {
		return nil, message.Errorf("%w: no such key", ErrUnauthenticated)
	}
	if user.Disabled {
		return nil, message.Errorf("%w: the user %q is disabled", ErrUnauthenticated, user.Name)
	}
	if !known.Live(u.now()) {
		return nil, message.Errorf("%w: the key %s is expired or revoked", ErrUnauthenticated, prefix)
	}
	if !opened.IsZero() && !opened.After(user.Ended) {
		return nil, message.Errorf("%w: the sessions of the user %q were ended", ErrUnauthenticated, user.Name)
	}
	return user.identity(), nil
}

// List returns copies of all users, in the order of their names.
func (u *Users) List() ([]User, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.refresh(true)
	list := make([]User, 0, len(u.users))
	for _, user := range u.users {
		copied := *user
		copied.Keys = slices.Clone(user.Keys)
		list = append(list, copied)
	}
	slices.SortFunc(list, func(a, b User) int { return strings.Compare(a.Name, b.Name) })
	return list, u.readErr
}

var userName = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{0,63}$`)

// Nameable is a name of a user, a key, a role or a load as the audit log may hold it: what
// cannot be one may be anything, and is left out.
func Nameable(name string) string {
	if userName.MatchString(name) {
		return name
	}
	return "(not a name)"
}

// Add makes a user. The error is [ErrInvalid] for a name that is taken or not
// allowed, an unknown role, or a scope that does not fit the role.
func (u *Users) Add(name string, role schema.Role, scope Scope) error {
	if !userName.MatchString(name) {
		return message.As(ErrInvalid, "user %q: a name has up to 64 lower case letters, digits, dots and dashes", name)
	}
	if err := scope.check(role); err != nil {
		return err
	}
	return u.change(func(users []*User) ([]*User, error) {
		if find(users, name) != nil {
			return nil, message.As(ErrInvalid, "user %q exists already", name)
		}
		return append(users, &User{Name: name, Role: role, Scope: scope, Created: u.now().UTC()}), nil
	})
}

// Remove removes a user with all keys.
func (u *Users) Remove(name string) error {
	return u.change(func(users []*User) ([]*User, error) {
		if find(users, name) == nil {
			return nil, message.As(ErrNotFound, "there is no user %q", name)
		}
		return slices.DeleteFunc(users, func(x *User) bool { return x.Name == name }), nil
	})
}

// Disable refuses all keys of a user and ends its sessions, or accepts the keys again.
func (u *Users) Disable(name string, disabled bool) error {
	return u.change(func(users []*User) ([]*User, error) {
		user := find(users, name)
		if user == nil {
			return nil, message.As(ErrNotFound, "there is no user %q", name)
		}
		user.Disabled = disabled
		if disabled {
			user.Ended = u.now().UTC()
		}
		return users, nil
	})
}

// NewKey makes a key for a user, valid until expires, or without end if that is
// zero, and returns its text, which cannot be recovered later.
func (u *Users) NewKey(name, label string, expires time.Time) (text string, key Key, err error) {
	now := u.now().UTC()
	if !expires.IsZero() && !expires.After(now) {
		return "", key, message.As(ErrInvalid, "a key that expires at %s has expired already", expires.Format(time.RFC3339))
	}
	err = u.change(func(users []*User) ([]*User, error) {
		user := find(users, name)
		if user == nil {
			return nil, message.As(ErrNotFound, "there is no user %q", name)
		}
		for {
			if text, key, err = newKey(label, now, expires); err != nil {
				return nil, err
			}
			if !slices.ContainsFunc(users, func(x *User) bool { return x.key(key.Prefix) != nil }) {
				break
			}
		}
		user.Keys = append(user.Keys, key)
		return users, nil
	})
	return text, key, err
}

// Revoke revokes a key, given by its prefix. Revoking it again changes nothing.
func (u *Users) Revoke(prefix string) error {
	return u.change(func(users []*User) ([]*User, error) {
		for _, user := range users {
			if k := user.key(prefix); k != nil {
				if k.Revoked.IsZero() {
					k.Revoked = u.now().UTC()
				}
				return users, nil
			}
		}
		return nil, message.As(ErrNotFound, "there is no key %q", prefix)
	})
}

func (u *User) key(prefix string) *Key {
	for i := range u.Keys {
		if u.Keys[i].Prefix == prefix {
			return &u.Keys[i]
		}
	}
	return nil
}

func find(users []*User, name string) *User {
	for _, user := range users {
		if user.Name == name {
			return user
		}
	}
	return nil
}

// change reads the file, changes its users and writes it as a whole, while no
// other process does.
func (u *Users) change(do func([]*User) ([]*User, error)) (err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if err := os.MkdirAll(filepath.Dir(u.path), 0o700); err != nil {
		return err
	}
	lock := flock.New(u.path+".lock", flock.SetPermissions(0o600))
	if err := lock.Lock(); err != nil {
		return message.Errorf("users: %w", err)
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	users, err := readUsers(u.path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if users, err = do(users); err != nil {
		return err
	}
	text, err := json.MarshalIndent(userFile{Users: users}, "", "  ")
	if err != nil {
		return err
	}
	if err := writeWhole(u.path, append(text, '\n')); err != nil {
		return message.Errorf("users: %w", err)
	}
	u.refresh(true)
	return u.readErr
}

// writeWhole replaces a file atomically, readable by its owner alone.
func writeWhole(path string, text []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
