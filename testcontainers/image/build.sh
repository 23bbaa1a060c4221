#!/usr/bin/env bash
# Builds the image of the test database where no image registry can be reached;
# README.md beside this file says why. It changes nothing outside the folder
# build/ and Docker's own store.
#
#   build.sh [--force]     --force builds even if the image is there already
set -euo pipefail
cd "$(dirname "$0")"

image=${LIANTU_TEST_NEO4J_IMAGE:-liantu-test-neo4j:5.26}
suite=bookworm

fail() {
  echo "error: $1" >&2
  shift
  printf 'hint: %s\n' "$@" >&2
  exit 1
}

missing=()
for program in docker debootstrap mvn javac tar; do
  command -v "$program" >/dev/null || [ -x "/usr/sbin/$program" ] || missing+=("$program")
done
[ ${#missing[@]} -eq 0 ] || fail "not installed: ${missing[*]}" \
  "on Debian 12: apt-get install docker.io debootstrap maven openjdk-17-jdk-headless"
docker info >/dev/null 2>&1 || fail "no Docker engine answers" "start it, by hand with: dockerd &"
[ "$(id -u)" = 0 ] || fail "debootstrap needs root" "run this script as root"

if [ "${1:-}" != --force ] && docker image inspect "$image" >/dev/null 2>&1; then
  echo "$image is there already"
  exit 0
fi

rm -rf --one-file-system build
mkdir build
trap "rm -rf --one-file-system build" EXIT

echo "1/4 libraries of Neo4j"
mvn -q -B dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$PWD/build/lib"
echo "2/4 launcher"
javac -cp 'build/lib/*' -d build/classes TestDatabase.java
echo "3/4 Debian with a Java runtime"
PATH=$PATH:/usr/sbin debootstrap --variant=minbase --include=openjdk-17-jre-headless "$suite" build/root >build/debootstrap.log 2>&1 ||
  { tail -n 20 build/debootstrap.log >&2; fail "debootstrap failed" "the lines above are the end of its log"; }
rm -rf build/root/var/cache/apt/archives build/root/var/lib/apt/lists build/root/usr/share/{doc,man,locale}
mkdir -p build/root/opt/neo4j
mv build/lib build/classes build/root/opt/neo4j/

echo "4/4 image"
before=$(docker image inspect --format '{{.Id}}' "$image" 2>/dev/null || true)
opens=""
for package in java.lang java.lang.reflect java.nio java.util java.util.concurrent java.util.concurrent.atomic sun.nio.ch; do
  opens+="\"--add-opens=java.base/$package=ALL-UNNAMED\", "
done
tar -C build/root --one-file-system --numeric-owner -c . | docker import \
  --change 'EXPOSE 7687' \
  --change 'ENV NEO4J_AUTH=none' \
  --change 'ENV JDK_JAVA_OPTIONS=-XX:TieredStopAtLevel=1' \
  --change "CMD [\"java\", \"-Xms512m\", \"-Xmx1g\", \"-XX:+UseParallelGC\", $opens\"-cp\", \"/opt/neo4j/classes:/opt/neo4j/lib/*\", \"TestDatabase\"]" \
  - "$image" >/dev/null
[ -z "$before" ] || docker image rm "$before" >/dev/null 2>&1 || echo "the image before, $before, is in use and stays"
docker image ls "$image"
