# Fetches what the tests of networks talk to, into the checkout: nothing of it is part of Torg.
# Needs npm, g++ and make for the AT network; on Debian, snac comes as a package of the next release
# and is only unpacked. PostgreSQL and redis-server are the machine's own.
set -eu
cd "$(dirname "$0")/.."

command -v npm >/dev/null 2>&1 || {
  echo "make: no npm here: install Node and npm (Debian: apt install nodejs npm g++ make)" >&2
  exit 1
}
sh tests/networks/install.sh

snac=tests/networks/snac
sources=/etc/apt/sources.list.d/debian.sources
if [ ! -x "$snac" ] && [ -f "$sources" ] && command -v apt-get >/dev/null 2>&1; then
  part=$(mktemp -d)
  trap 'rm -rf "$part"' EXIT
  mkdir -p "$part/lists/partial"
  sed 's/bookworm/trixie/g' "$sources" >"$part/next.sources"
  next() {
    apt-get -q -o "Dir::Etc::sourcelist=$part/next.sources" -o Dir::Etc::sourceparts=- \
      -o "Dir::State::lists=$part/lists" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= \
      -o APT::Sandbox::User="$(id -un)" "$@"
  }
  (cd "$part" && next update && next download snac2)
  dpkg-deb -x "$part"/snac2_*.deb "$part/snac"
  install "$part/snac/usr/bin/snac" "$snac"
fi
