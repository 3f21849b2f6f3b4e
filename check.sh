#!/usr/bin/env bash
# What a change should pass before others see it, beside ./test.sh: ./check.sh [STEP …]
#   dev      all of it as debug with warnings as errors
#   tidy     clang-tidy on the sources that differ from origin/main (MODASCOPE_BASE names another)
#   core     core and command line alone: without the window, and without ITK and DCMTK
#   asan     readers and arithmetic under the address and undefined-behaviour sanitizers
# Without a step: all of them. Takes the better part of an hour on two cores.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source packaging/jobs.sh

readonly base=${MODASCOPE_BASE:-origin/main}
# No torch, no window: what reads files that others wrote, and arithmetic.
readonly sanitized=(core_base core_system core_files core_modality core_problem core_networks
  core_tensorfile core_config core_volume core_dicom core_events core_metrics core_hdf5
  core_featurefile core_imagefolder core_cohort core_runs)

fail() {
  echo "check.sh: $1" >&2
  exit 1
}

step() {
  echo "== $*"
}

configured() { # FOLDER OF build [ARGUMENT OF cmake …]
  local folder=build/$1
  shift
  cmake "$@" >"$folder.log" 2>&1 || {
    cat "$folder.log" >&2
    fail "CMake says above why $folder cannot be set up."
  }
}

dev() {
  step "debug, warnings are errors"
  configured dev --preset dev
  cmake --build --preset dev
}

# Sources that differ from the base, and those that git does not know yet.
changed_sources() {
  local sources=('core/*.cpp' 'widgets/*.cpp' 'app/*.cpp')
  {
    git diff --name-only --diff-filter=d "$(git merge-base "$base" HEAD)" -- "${sources[@]}"
    git ls-files --others --exclude-standard -- "${sources[@]}"
  } | sort -u
}

# clang-tidy before 19 cannot read lambdas that capture structured bindings.
require_tidy() {
  command -v clang-tidy-19 >/dev/null &&
    [[ -n $(find /usr/lib/llvm-19/lib -name omp.h 2>/dev/null) ]] ||
    fail "the step tidy needs Debian's packages clang-tidy-19 and libomp-19-dev."
  git merge-base "$base" HEAD >/dev/null 2>&1 ||
    fail "there is no $base with commits in common to compare with; name another by MODASCOPE_BASE."
}

tidy() {
  step "clang-tidy on what differs from $base"
  local files names
  names=$(changed_sources)
  mapfile -t files <<<"$names"
  if [[ -z $names ]]; then
    echo "No source differs from $base."
    return
  fi
  # It cannot read the compiler's precompiled headers.
  configured tidy -S . -B build/tidy -G Ninja -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON
  printf '%s\n' "${files[@]}" | xargs -P "$CMAKE_BUILD_PARALLEL_LEVEL" -n 1 \
    clang-tidy-19 -p build/tidy --quiet --warnings-as-errors='*' \
    --extra-arg=-include --extra-arg="$PWD/packaging/clang-tidy/torch_in_cpp20.h"
}

core() {
  local with
  for with in ON OFF; do
    step "without the window, ITK $with; every file names what it needs"
    configured core -S . -B build/core -G Ninja -DCMAKE_BUILD_TYPE=Debug -DMODASCOPE_WERROR=ON \
      -DMODASCOPE_GUI=OFF -DMODASCOPE_TESTS=OFF -DMODASCOPE_IMAGING=$with \
      -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON
    cmake --build build/core
  done
}

asan() {
  step "address and undefined-behaviour sanitizers"
  configured asan --preset asan
  cmake --build --preset asan --target "${sanitized[@]/#/test_}"
  # core_system_waiting starts itself anew before the sanitizer is set up.
  ctest --test-dir build/asan --output-on-failure -R "^($(IFS='|' && echo "${sanitized[*]}"))_" \
    -E '^core_system_waiting$' --parallel "$CMAKE_BUILD_PARALLEL_LEVEL"
}

(($# > 0)) || set -- dev tidy core asan
for name in "$@"; do
  case $name in
    tidy) require_tidy ;;
    dev | core | asan) ;;
    *) fail "there is no step $name; there are dev, tidy, core and asan." ;;
  esac
done

packaging/debian/install.sh
mkdir -p build
CMAKE_BUILD_PARALLEL_LEVEL=$(parallel_jobs)
export CMAKE_BUILD_PARALLEL_LEVEL
for name in "$@"; do
  "$name"
done
