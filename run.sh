#!/usr/bin/env bash
# Installs what is missing, builds, and starts Modascope: ./run.sh [ARGUMENTS OF modascope …]
# Without arguments: the window, or, where there is no display, the tour with its pictures.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

"$here/packaging/build.sh" modascope >&2
program=$here/build/release/modascope

if (($# > 0)) || [[ -n ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]]; then
  exec "$program" "$@"
fi
echo "There is no display here, so Modascope takes its tour on one that nobody sees."
exec "$program" tour --out "$here/build/tour"
