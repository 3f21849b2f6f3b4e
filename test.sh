#!/usr/bin/env bash
# Installs what is missing, builds, and runs every test: ./test.sh [ARGUMENTS OF ctest …]
# The tests get an empty home and a plain locale, so that nobody's settings decide what passes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

packaging/build.sh
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
unset "${!LC_@}" "${!XDG_@}" LANGUAGE
HOME=$home LANG=C.UTF-8 ctest --test-dir build/release --output-on-failure \
  --no-tests=error --parallel "${CTEST_PARALLEL_LEVEL:-1}" "$@"
