#!/usr/bin/env bash
# What a version is called before, at and after a tag, and that dpkg sorts these so.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly skipped=77

command -v git >/dev/null || { echo "Skipped: there is no git here."; exit "$skipped"; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_COMMITTER_DATE="2026-12-01T11:37:00+0200" GIT_AUTHOR_DATE="2026-12-01T11:37:00+0200"

git_here() {
  git -C "$work" -c user.name=Tester -c user.email=tester@example.org "$@"
}

version() {
  echo '@version@' >"$work.in"
  cmake -DSOURCE="$work" -DPROJECT_VERSION=0.1.0 -DIN="$work.in" -DOUT="$work.out" \
    -P "$here/write_version.cmake"
  cat "$work.out"
  rm "$work.in" "$work.out"
}

expect() {  # WHAT FOUND PATTERN
  [[ $2 =~ ^$3$ ]] || { echo "$1: expected $3, found $2" >&2; exit 1; }
}

expect_order() {  # EARLIER LATER
  command -v dpkg >/dev/null || return 0
  dpkg --compare-versions "$1" lt "$2" || { echo "$1 should come before $2" >&2; exit 1; }
}

expect "without git" "$(version)" '0\.1\.0'
git_here init -q
git_here commit -q --allow-empty -m first
untagged=$(version)
expect "without a tag" "$untagged" '0\.1\.0~git202612010937\.[0-9a-f]{7}'
git_here tag -a -m release v0.1.0
expect "at a tag" "$(version)" '0\.1\.0'
git_here commit -q --allow-empty -m second
after=$(version)
expect "after a tag" "$after" '0\.1\.0\+1\.g[0-9a-f]{7}'
echo text >"$work/file"
git_here add file
expect "with a change" "$(version)" '0\.1\.0\+1\.g[0-9a-f]{7}\+local'
git_here commit -q -m third
git_here tag v0.2.0
expect "at a light tag" "$(version)" '0\.2\.0'
expect_order "$untagged" 0.1.0
expect_order 0.1.0 "$after"
expect_order "$after" 0.2.0
