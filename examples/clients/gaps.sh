#!/bin/sh
# Which links are missing here? Asked with curl alone.
#   sh gaps.sh http://127.0.0.1:8080/graphql 杭州
set -eu
curl --silent --show-error --fail-with-body "$1" \
  --header 'Content-Type: application/json' \
  --header 'Accept: application/graphql-response+json' \
  --data @- <<JSON
{
  "query": "query Gaps(\$region: ID!) { gaps(region: \$region, states: [ABSENT], first: 5) { nodes { link { name } state action } } }",
  "variables": { "region": "$2" }
}
JSON
