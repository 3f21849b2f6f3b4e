#!/usr/bin/env bash
# What a change should pass before others see it, beside ./test.sh: ./check.sh [STEP …]
#   dev      all of it as debug with warnings as errors
#   tidy     clang-tidy on the sources that differ from the main branch (MODASCOPE_BASE names another)
#   core     core and command line alone: without window, and without ITK
#   asan     readers and core under the address and undefined-behaviour sanitizers
# Without a step: all of them. Takes the better part of an hour on two cores.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly base=${MODASCOPE_BASE:-origin/main}
# No torch, no window: what reads files that others wrote, and arithmetic.
readonly sanitized=(core_base core_files core_modality core_problem core_tensorfile core_config
  core_volume core_events core_metrics core_hdf5 core_featurefile core_imagefolder core_cohort
  core_runs)

step() {
  echo "== $*"
}

configured() { # PRESET [ARGUMENT OF cmake …]
  local preset=$1
  shift
  cmake --preset "$preset" "$@" >"build/$preset.log" 2>&1 || {
    cat "build/$preset.log" >&2
    return 1
  }
}

dev() {
  step "debug, warnings are errors"
  configured dev
  cmake --build --preset dev
}

changed_sources() {
  git diff --name-only --diff-filter=d "$(git merge-base "$base" HEAD 2>/dev/null || git rev-parse HEAD~1)" -- \
    'core/*.cpp' 'widgets/*.cpp' 'app/*.cpp'
}

tidy() {
  step "clang-tidy on what changed"
  command -v clang-tidy >/dev/null || {
    echo "check.sh: clang-tidy is not installed; Debian's package is clang-tidy." >&2
    return 1
  }
  # It cannot read the compiler's precompiled headers.
  cmake -S . -B build/tidy -G Ninja -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON >build/tidy.log 2>&1
  changed_sources |
    xargs --no-run-if-empty -P "$(nproc)" -n 1 clang-tidy -p build/tidy --quiet --warnings-as-errors='*'
}

core() {
  step "without the window, then without ITK; every file names what it needs"
  cmake -S . -B build/core -G Ninja -DCMAKE_BUILD_TYPE=Debug -DMODASCOPE_WERROR=ON -DMODASCOPE_GUI=OFF \
    -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON >build/core.log 2>&1
  cmake --build build/core
  cmake -S . -B build/core -DMODASCOPE_IMAGING=OFF >>build/core.log 2>&1
  cmake --build build/core
}

asan() {
  step "address and undefined-behaviour sanitizers"
  configured asan
  cmake --build --preset asan --target "${sanitized[@]/#/test_}"
  ctest --test-dir build/asan --output-on-failure -R "^($(IFS='|' && echo "${sanitized[*]}"))_" \
    --parallel "$(nproc)"
}

packaging/debian/install.sh
mkdir -p build
(($# > 0)) || set -- dev tidy core asan
for name in "$@"; do
  case $name in
    dev | tidy | core | asan) "$name" ;;
    *)
      echo "check.sh: there is no step $name; there are dev, tidy, core and asan." >&2
      exit 2
      ;;
  esac
done
