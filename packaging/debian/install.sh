#!/usr/bin/env bash
# Installs what is missing of packages.txt. Says nothing and does nothing when all is there.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly here
readonly space_needed_gb=4  # a bare system takes 2.8 GB of libraries and 0.7 GB of downloads

fail() {
  echo "Modascope: $1" >&2
  exit 1
}

# A value of /etc/os-release: system_value VERSION_ID
system_value() {
  sed -nE "s/^$1=\"?([^\"]*)\"?\$/\1/p" /etc/os-release 2>/dev/null || true
}

wanted_packages() {
  sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$here/packages.txt"
}

# Names of installed packages and of what they stand in for.
installed_names() {
  dpkg-query -W -f '${db:Status-Status} ${Package}, ${Provides}\n' |
    sed -n 's/^installed //p' | tr ',' '\n' | sed -e 's/([^)]*)//' -e 's/[[:space:]]//g'
}

missing_packages() {
  comm -23 <(wanted_packages | sort -u) <(installed_names | sort -u)
}

require_supported_system() {
  local name version
  name=$(system_value PRETTY_NAME)
  version=$(system_value VERSION_ID)
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    fail "this works on Debian 12 or later, and this is ${name:-another system}; install the libraries of packaging/debian/packages.txt in its own way, then: cmake --preset release && cmake --build --preset release."
  fi
  if [[ $(system_value ID) == debian && -n $version && ${version%%.*} -lt 12 ]]; then
    fail "this is $name, whose libraries are too old; Debian 12 or later is needed."
  fi
}

# Sets `as_root`, the words that come before a command that needs root.
require_root() {
  as_root=(env DEBIAN_FRONTEND=noninteractive LC_ALL=C)
  if [[ $(id -u) -eq 0 ]]; then
    return
  fi
  command -v sudo >/dev/null ||
    fail "these packages need root and there is no sudo here; as root, run: apt-get install --no-install-recommends ${missing[*]}"
  sudo true || fail "sudo did not let us install the packages; ask whoever looks after this machine to run: apt-get install --no-install-recommends ${missing[*]}"
  as_root=(sudo "${as_root[@]}")
}

require_space() {
  local folder free_kb needed_kb
  needed_kb=$((${#missing[@]} > 4 ? space_needed_gb * 1024 * 1024 : 1024 * 1024))
  for folder in /usr /var/cache/apt; do
    free_kb=$(df -Pk "$folder" | awk 'NR == 2 {print $4}')
    if ((free_kb < needed_kb)); then
      fail "there is not enough disk space for the packages: $folder has $((free_kb / 1024)) MB free, and $((needed_kb / 1024)) MB are needed."
    fi
  done
}

# One sentence for what apt's log says went wrong.
reason_in() {
  if grep -qiE 'temporary failure resolving|could not resolve|could not connect|unable to connect|network is unreachable|connection (failed|timed out)|no route to host' "$1"; then
    echo "there is no network connection to Debian's package servers; check it and run this again."
  elif grep -qiE 'no space left|enough free space' "$1"; then
    echo "the disk is full; make about $space_needed_gb GB of room and run this again."
  elif grep -qiE 'could not get lock|is another process using it' "$1"; then
    echo "another program is installing packages just now; run this again when it is done."
  elif grep -qi 'dpkg was interrupted' "$1"; then
    echo "an earlier installation was cut off; run 'dpkg --configure -a' as root, then this again."
  elif grep -qiE 'unable to locate package|has no installation candidate' "$1"; then
    echo "$(system_value PRETTY_NAME) does not offer $(sed -nE "s/.*(Unable to locate package |Package '?)([a-z0-9.+-]+).*/\2/p" "$1" | sort -u | paste -sd, | sed 's/,/, /g'); Debian 12 or later is needed, with its main archive switched on."
  else
    tail -n 20 "$1" >&2
    echo "the packages could not be installed; the last words of apt-get are above."
  fi
}

# Runs apt-get with its words in the log; on failure the log decides what is said.
apt_step() {
  if ! "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=120 "$@" >>"$log" 2>&1; then
    fail "$(reason_in "$log")"
  fi
}

install_missing() {
  log=$(mktemp)
  trap 'rm -f "$log"' EXIT
  "${as_root[@]}" apt-get update -qq >"$log" 2>&1 || true  # what we have may be enough
  apt_step install --simulate --no-install-recommends "${missing[@]}"
  echo "Downloading …"
  apt_step install --yes --download-only --no-install-recommends "${missing[@]}"
  echo "Installing (this takes a few minutes) …"
  apt_step install --yes --no-install-recommends "${missing[@]}"
}

require_supported_system
mapfile -t missing < <(missing_packages)
if ((${#missing[@]} == 0)); then
  exit 0
fi
echo "Modascope needs these packages, and installs them now with apt-get:"
printf '%s ' "${missing[@]}" | fold -s -w 78 | sed 's/^/  /'
echo
require_root
require_space
install_missing
