package tuning

import (
	"sync/atomic"
	"unique"
)

// Key stands for settings where what was computed for them is looked up: keys are
// equal if the settings are, and comparing them takes no longer than comparing
// two pointers, while to hash all settings takes longer than a cached answer.
type Key struct{ of unique.Handle[Settings] }

// latest is the key that was asked for last: most programs have one set of settings.
var latest atomic.Pointer[Key]

// Key returns the key of the settings.
func (s Settings) Key() Key {
	if k := latest.Load(); k != nil && k.of.Value() == s {
		return *k
	}
	k := Key{unique.Make(s)}
	latest.Store(&k)
	return k
}

// Settings returns the settings of the key.
func (k Key) Settings() Settings { return k.of.Value() }
