#!/bin/sh
# Library:  github.com/Khan/genqlient v0.8.1 (Go, the newest), with Go 1.26
# Expected: the generator of typed clients installs as its documentation says:
#           go install github.com/Khan/genqlient@v0.8.1
# Seen:     it does not compile: the golang.org/x/tools v0.24.0 that it pins measures the
#           inside of go/token, which has changed since ("invalid array length"). In a module
#           of its own that requires a newer x/tools the same version compiles.
# Date:     2026-12-02
#
# Installs the pinned module into a fresh folder in both ways, and fails if what it sees
# differs from the above. It needs Go.
set -eu
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"
export GOPATH="$dir/go" GOBIN="$dir/bin" GOFLAGS=-mod=mod
if go install github.com/Khan/genqlient@v0.8.1 2> log; then
  echo "installs as documented"
else
  grep -o "golang.org/x/tools.*invalid array length.*" log || cat log
fi > seen
mkdir probe
cd probe
cat > go.mod <<'MOD'
module probe

go 1.26.0

require (
	github.com/Khan/genqlient v0.8.1
	golang.org/x/tools v0.51.0
)
MOD
cat > tools.go <<'GO'
//go:build tools

package probe

import _ "github.com/Khan/genqlient"
GO
go mod tidy 2>> ../log || { cat ../log; exit 2; }
go build -o probe github.com/Khan/genqlient && echo "compiles with x/tools v0.51.0" >> ../seen
cd ..
cat seen
grep -q 'tokeninternal.go.*invalid array length' seen
grep -qx 'compiles with x/tools v0.51.0' seen
