// Package transport is what stands between the network and a handler: TLS with
// certificates that are replaced while the service runs, the proxies that are trusted to
// name the caller's address, and the names by which the service is reached.
//
// Packages api, cli/settings and cli/service import it.
package transport

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"liantu/message"
)

// Front knows how requests come to a service. A nil one knows of no proxy and no
// public address.
type Front struct {
	public  string         // the host of the public address, without a port; "" where none is stated
	proxies []netip.Prefix // those whose headers are believed
	proxied bool           // TLS ends at the proxies, so that nobody else may send credentials
}

// NewFront returns the front of a service with the public address, an https address or
// "", behind the proxies, which are addresses and networks with spaces between. The
// error says which of them cannot be meant.
func NewFront(public, proxies string) (*Front, error) {
	f := new(Front)
	if public != "" {
		u, err := ParsePublic(public)
		if err != nil {
			return nil, err
		}
		f.public = hostName(u.Host)
	}
	var err error
	f.proxies, err = ParseProxies(proxies)
	return f, err
}

// BehindTLS makes the front of a service that speaks plain HTTP to its proxies, which
// speak TLS to clients: credentials are then refused of everybody else.
func (f *Front) BehindTLS() *Front {
	f.proxied = true
	return f
}

// ParsePublic reads the public address of a service. The error reads on after it.
func ParsePublic(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, message.Errorf("is not an address such as https://liantu.example")
	}
	return u, nil
}

// ParseProxies reads addresses and networks with spaces between. The error reads on
// after them.
func ParseProxies(text string) ([]netip.Prefix, error) {
	var list []netip.Prefix
	for field := range strings.FieldsSeq(text) {
		prefix, err := netip.ParsePrefix(field)
		if address, e := netip.ParseAddr(field); e == nil {
			address = address.Unmap().WithZone("")
			prefix, err = netip.PrefixFrom(address, address.BitLen()), nil
		}
		switch {
		case err != nil:
			return nil, message.Errorf("names %q, which is neither an address nor a network such as 10.0.0.0/8", field)
		case prefix.Bits() == 0:
			return nil, message.Errorf("names %q, with which every client could pass for any other", field)
		}
		list = append(list, prefix.Masked())
	}
	return list, nil
}

func (f *Front) trusts(address netip.Addr) bool {
	for _, p := range f.proxies {
		if p.Contains(address) {
			return true
		}
	}
	return false
}

// secure is the key under which the context of a request holds that a proxy got it by
// TLS.
type secure struct{}

// Handler puts the front before a handler: it sees the address of the client as the
// remote address of the request, also behind trusted proxies. What anybody else claims
// to forward is ignored.
func (f *Front) Handler(next http.Handler) http.Handler {
	if f == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		peer, trusted := f.peer(r)
		if trusted {
			r = f.forwarded(r, peer)
		} else if f.proxied && r.TLS == nil && !peer.IsLoopback() && hasCredentials(r) {
			http.Error(w, "this service takes credentials over TLS only, at https://"+f.public, http.StatusForbidden)
			return
		}
		if f.IsTLS(r) && !isLocal(r.Host) {
			w.Header()["Strict-Transport-Security"] = oneYear
		}
		next.ServeHTTP(w, r)
	})
}

// oneYear is the value of a header. It must not be changed.
var oneYear = []string{"max-age=31536000"}

func hasCredentials(r *http.Request) bool {
	return r.Header.Get("Authorization") != "" || r.Header.Get("Cookie") != ""
}

// peer returns the address at the other end of the connection, and whether it is that of
// a trusted proxy.
func (f *Front) peer(r *http.Request) (netip.Addr, bool) {
	if len(f.proxies) == 0 && !f.proxied {
		return netip.Addr{}, false
	}
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	peer := from.Addr().Unmap().WithZone("")
	return peer, err == nil && f.trusts(peer)
}

// forwarded returns the request as the client sent it to the first trusted proxy: its
// address is the right-most one that is not that of a trusted proxy.
func (f *Front) forwarded(r *http.Request, peer netip.Addr) *http.Request {
	ctx := r.Context()
	if schemes := r.Header.Values("X-Forwarded-Proto"); len(schemes) > 0 {
		// The last proxy adds the last one.
		last := schemes[len(schemes)-1]
		if strings.EqualFold(strings.TrimSpace(last[strings.LastIndexByte(last, ',')+1:]), "https") {
			ctx = context.WithValue(ctx, secure{}, true)
		}
	}
	copied := r.WithContext(ctx)
	if client := f.client(r.Header.Values("X-Forwarded-For"), peer); client != peer {
		copied.RemoteAddr = net.JoinHostPort(client.String(), "0")
	}
	return copied
}

// client follows a chain of proxies from its end for as long as they are trusted, and
// returns the address before them. An address that cannot be read ends the chain, and
// so does one of a machine itself, which says nothing to others.
func (f *Front) client(chain []string, peer netip.Addr) netip.Addr {
	rest := strings.Join(chain, ",")
	for at := peer; ; {
		comma := strings.LastIndexByte(rest, ',')
		next, err := netip.ParseAddr(bare(strings.TrimSpace(rest[comma+1:])))
		next = next.Unmap().WithZone("")
		if err != nil || next.IsUnspecified() || next.IsLoopback() && !f.trusts(next) {
			return at
		}
		if at = next; !f.trusts(at) || comma < 0 {
			return at
		}
		rest = rest[:comma]
	}
}

// bare takes port and brackets off an address.
func bare(text string) string {
	if at, err := netip.ParseAddrPort(text); err == nil {
		return at.Addr().String()
	}
	return strings.TrimSuffix(strings.TrimPrefix(text, "["), "]")
}

// IsTLS reports whether the client of a request uses TLS: directly, by what a trusted
// proxy says, or because the service is known by an https address alone.
func (f *Front) IsTLS(r *http.Request) bool {
	if r.TLS != nil {
		return true
	}
	if f == nil {
		return false
	}
	return f.public != "" || r.Context().Value(secure{}) != nil
}

// IsLocal reports whether a Host header names this machine in a way that no
// other site can: as localhost, by a numeric address, or by the public address.
func (f *Front) IsLocal(host string) bool {
	return isLocal(host) || f != nil && f.public != "" && hostName(host) == f.public
}

// ArrivesLocally reports whether a request came in at a loopback address.
func ArrivesLocally(r *http.Request) bool {
	local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if !ok {
		return false
	}
	at, err := netip.ParseAddrPort(local.String())
	return err == nil && at.Addr().Unmap().IsLoopback()
}

func isLocal(host string) bool {
	name := hostName(host)
	_, err := netip.ParseAddr(name)
	return err == nil || name == "localhost" || strings.HasSuffix(name, ".localhost")
}

// hostName is the name in a Host header, in lower case and without the port.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.Trim(strings.ToLower(strings.TrimSuffix(host, ".")), "[]")
}

// IsCrossSite reports whether a browser says that it sends a request for a page of
// another site.
func IsCrossSite(r *http.Request) bool {
	site := r.Header.Get("Sec-Fetch-Site")
	return site != "" && site != "same-origin" && site != "none"
}

// Serve serves on the listener, with TLS where the configuration is not nil, until the
// server is shut down, with the error of [http.Server.Serve].
func Serve(server *http.Server, l net.Listener, secured *tls.Config) error {
	if secured == nil {
		return server.Serve(l)
	}
	server.TLSConfig = secured
	return server.ServeTLS(l, "", "") // which offers HTTP/2
}
