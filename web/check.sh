#!/usr/bin/env bash
# Checks and tests the page, builds it into a temporary folder, and compares the result
# with web/dist and web/documents.json, which the program embeds. It needs what "npm ci"
# installs.
set -euo pipefail
cd "$(dirname "$0")"

built=$(mktemp -d)
trap 'rm -rf "$built"' EXIT

npx --no-install graphql-codegen --config codegen.ts
node documents.mjs "$built/documents.json"
node labels.mjs
npx --no-install tsc --noEmit
npx --no-install vitest run
npx --no-install vite build --outDir "$built/dist" --emptyOutDir --logLevel warn

status=0
diff -rq dist "$built/dist" || status=1
node notice.mjs check || status=1
cmp documents.json "$built/documents.json" || status=1
if [ $status -ne 0 ]; then
  echo "error: the page is not what its sources give; build it by: make page" >&2
  exit 1
fi
echo "the page is what its sources give"
