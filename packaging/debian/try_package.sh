#!/usr/bin/env bash
# Installs a package in a bare Debian 12, uses it, takes it out again and looks for litter:
#   try_package.sh PACKAGE.deb FOLDER
# Needs root, debootstrap, and a Debian mirror (MODASCOPE_MIRROR, or the one that apt uses here).
# FOLDER keeps the bare system for the next time, and gets screenshot.png.
set -euo pipefail

fail() {
  echo "try_package.sh: $1" >&2
  exit 1
}

[[ $# -eq 2 && -f $1 ]] || fail "usage: try_package.sh PACKAGE.deb FOLDER"
[[ $(id -u) -eq 0 ]] || fail "a system in a folder needs root."
command -v debootstrap >/dev/null || fail "this needs Debian's package debootstrap."
# Mounts of its own: they end with this script, however it ends.
[[ ${MODASCOPE_TRYING:-} ]] || MODASCOPE_TRYING=1 exec unshare --mount --pid --fork --kill-child "$0" "$@"

package=$(realpath "$1")
mkdir -p "$2"
folder=$(realpath "$2")
readonly package folder bare=$folder/bare root=$folder/root suite=bookworm

step() {
  echo "== $*"
}

mirror() {
  local found
  # shellcheck disable=SC2016  # apt-get fills these in
  found=$(apt-get indextargets --format '$(REPO_URI) $(ORIGIN)' 2>/dev/null |
    awk '$2 == "Debian" && $1 !~ /security/ {print $1; exit}')
  echo "${MODASCOPE_MIRROR:-${found:-http://deb.debian.org/debian}}"
}

# What stands in the bare system is never changed; each try works on a copy.
make_root() {
  if [[ ! -e $bare.done ]]; then
    step "making a bare $suite from $(mirror)"
    rm -rf "$bare"
    debootstrap --variant=minbase "$suite" "$bare" "$(mirror)" >"$folder/debootstrap.log" ||
      fail "debootstrap failed; see $folder/debootstrap.log"
    touch "$bare.done"
  fi
  rm -rf "$root"
  cp -a "$bare" "$root"
  mount -t proc proc "$root/proc"
  mount -t tmpfs tmpfs "$root/tmp"
  mount --rbind /dev "$root/dev"
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  mkdir -p "$folder/archives"  # downloaded once
  mount --bind "$folder/archives" "$root/var/cache/apt/archives"
  printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"  # no services are started
  chmod +x "$root/usr/sbin/policy-rc.d"
  echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/try"  # a system that is thrown away
}

inside() {
  chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive "$@"
}

apt_inside() {
  inside apt-get -qq -o Dpkg::Use-Pty=0 -o APT::Keep-Downloaded-Packages=true \
    -o APT::Sandbox::User=root "$@" >>"$folder/apt.log" 2>&1 ||
    fail "apt-get $1 failed; see $folder/apt.log"
}

as_user() {
  inside setpriv --reuid 1000 --regid 1000 --clear-groups env HOME=/home/user "$@"
}

# Names of all files but those of dpkg and apt themselves, caches of the system, and /home.
files_there() {
  (cd "$root" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./tmp -o -path ./home -o \
    -path ./var/lib/dpkg -o -path ./var/lib/apt -o -path ./var/cache -o -path ./var/log \) -prune \
    -o -print | sort)
}

install_package() {
  step "installing"
  : >"$folder/apt.log"
  apt_inside update
  # What the try itself needs, so that it does not count as litter.
  apt_inside install --yes --no-install-recommends xvfb xauth x11-utils imagemagick \
    desktop-file-utils shared-mime-info hicolor-icon-theme libglib2.0-bin xdg-utils
  inside useradd --create-home --uid 1000 user
  files_there >"$folder/before.txt"
  cp "$package" "$root/tmp/modascope.deb"
  apt_inside install --yes /tmp/modascope.deb
  # shellcheck disable=SC2016  # dpkg-query fills these in
  inside dpkg-query -W -f '${Package} ${Version}, ${Installed-Size} KB\n' modascope
}

use_command_line() {
  step "the command line"
  as_user modascope --version
  as_user modascope phantom --out /home/user/cohort --cases 3 --size 32
  as_user modascope train --data /home/user/cohort --out /home/user/runs \
    --set train.steps=3 --set train.crop=32
  [[ -s $root/usr/share/man/man1/modascope.1.gz ]] || fail "there is no man page."
}

# The type by which a desktop finds the program for what was dropped or clicked.
expect_type() { # FILE TYPE
  local found
  found=$(as_user gio info -a standard::content-type "$1" | awk '/content-type:/ {print $2}')
  [[ $found == "$2" ]] || fail "$1 is taken for ${found:-nothing}, not for $2."
  found=$(as_user gio mime "$2")
  [[ $found == *org.modascope.Modascope.desktop* ]] ||
    fail "Modascope is not offered for $2."
}

use_desktop() {
  step "types of files, menu, icons"
  printf 'PK\003\004' >"$root/home/user/x.demo"
  cp "$root/home/user/x.demo" "$root/home/user/x.nii"
  expect_type /home/user/x.demo application/x-modascope-demo
  expect_type /home/user/x.nii application/x-nifti
  expect_type /home/user inode/directory
  inside desktop-file-validate /usr/share/applications/org.modascope.Modascope.desktop
  rm "$root"/home/user/x.*
}

# With -q, grep would leave before the program has said all, and pipefail would call that a failure.
has_demo() {
  as_user modascope --help | grep -E '^  demo( |$)' >/dev/null
}

# What the menu starts, for long enough to draw itself; then a picture of the screen.
take_screenshot() { # ARGUMENT OF modascope …
  cat >"$root/tmp/show.sh" <<'SHOW'
modascope "$@" &
program=$!
sleep "${SHOW_SECONDS:-25}"
kill -0 $program || { echo "modascope ended by itself." >&2; exit 1; }
xwininfo -root -tree | grep -i modascope | head -n 3
import -window root /tmp/screenshot.png
kill $program
wait $program
code=$?
[ $code -eq 0 ] || [ $code -eq 143 ] || { echo "modascope ended with $code." >&2; exit 1; }
SHOW
  inside install -d -o user -m 700 /tmp/runtime
  as_user env LIBGL_ALWAYS_SOFTWARE=1 XDG_RUNTIME_DIR=/tmp/runtime xvfb-run -a -s '-screen 0 1600x1000x24' \
    sh /tmp/show.sh "$@" || fail "the window did not come or did not go."
  cp "$root/tmp/screenshot.png" "$folder/screenshot.png"
  [[ $(inside convert /tmp/screenshot.png -format %k info:) -gt 200 ]] ||
    fail "the screenshot is nearly empty: $folder/screenshot.png"
}

use_window() {
  if has_demo; then
    step "modascope demo"
    take_screenshot demo
  else
    step "the window (this program has no command demo)"
    take_screenshot /home/user/cohort
  fi
  echo "$folder/screenshot.png"
}

remove_package() {
  step "removing"
  apt_inside purge --yes modascope
  apt_inside autoremove --purge --yes
  files_there >"$folder/after.txt"
  echo "in the home: $(cd "$root/home/user" && find . -mindepth 1 -maxdepth 3 -path '*modascope*' \
    -o -mindepth 1 -maxdepth 1 -not -name '.*' | sort | tr '\n' ' ')"
  comm -13 "$folder/before.txt" "$folder/after.txt" >"$folder/left.txt"
  if grep -i modascope "$folder/left.txt"; then
    fail "these files of the package are left."
  fi
  echo "left by other packages: $(wc -l <"$folder/left.txt") files ($folder/left.txt)"
}

make_root
install_package
use_command_line
use_desktop
use_window
remove_package
step "well"
