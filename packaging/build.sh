#!/usr/bin/env bash
# Installs what is missing and builds the release preset: packaging/build.sh [TARGET …]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source packaging/jobs.sh

readonly space_needed_gb=2

fail() {
  echo "Modascope: $1" >&2
  exit 1
}

require_space() {
  local free_kb
  free_kb=$(df -Pk . | awk 'NR == 2 {print $4}')
  ((free_kb >= space_needed_gb * 1024 * 1024)) ||
    fail "there is not enough disk space to build: $PWD has $((free_kb / 1024)) MB free, and $space_needed_gb GB are needed."
}

configure() {
  if [[ build/release/build.ninja -nt CMakePresets.json ]]; then
    return  # ninja configures again by itself when it must
  fi
  require_space
  echo "Setting up the build …"
  mkdir -p build
  if ! cmake --preset release >build/configure.log 2>&1; then
    cat build/configure.log >&2
    fail "the build could not be set up; CMake says above what is missing."
  fi
}

packaging/debian/install.sh
configure
cmake --build --preset release --parallel "$(parallel_jobs)" ${1:+--target "$@"} ||
  fail "the build failed; the first error above says where."
