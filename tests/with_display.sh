#!/usr/bin/env bash
# Runs a program on a display of its own, so that tests never open windows on the user's screen,
# and in a home of its own, so that no settings come in or stay behind. Passes its exit code on.
set -uo pipefail

server=
program=
private=$(mktemp -d "${TMPDIR:-/tmp}/modascope-display.XXXXXX")

# shellcheck disable=SC2317  # the trap calls it
tidy() {
  local process
  for process in $program $server; do
    kill "$process" 2>/dev/null
  done
  for process in $program $server; do
    wait "$process" 2>/dev/null
  done
  rm -rf "$private"
}
trap tidy EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# The server picks a free number itself and tells it; it ends with this script, even a killed one.
start_server() {
  local cookie
  cookie=$(mcookie)
  : >"$private/authority"
  xauth -q -f "$private/authority" add :0 . "$cookie"
  rm -f "$private/number"
  mkfifo "$private/number"
  setpriv --pdeathsig TERM Xvfb -displayfd 3 -auth "$private/authority" -nolisten tcp -noreset \
    -screen 0 1920x1200x24 +extension GLX 3>"$private/number" >"$private/log" 2>&1 &
  server=$!
  number=
  read -r -t 30 number <"$private/number"
  [[ -n $number ]] && xauth -q -f "$private/authority" add ":$number" . "$cookie"
}

for ((attempt = 1; attempt <= 5; ++attempt)); do
  start_server && break
  kill "$server" 2>/dev/null
  wait "$server"
  sleep "0.$attempt"
done
if [[ -z $number ]]; then
  echo "with_display.sh: no X server could be started:" >&2
  cat "$private/log" >&2
  exit 1
fi

mkdir -m 700 "$private/home" "$private/runtime"
env -u WAYLAND_DISPLAY -u XDG_CONFIG_HOME -u XDG_DATA_HOME -u XDG_CACHE_HOME -u XDG_STATE_HOME \
  DISPLAY=":$number" XAUTHORITY="$private/authority" LC_ALL=C.UTF-8 QT_QPA_PLATFORM=xcb \
  LIBGL_ALWAYS_SOFTWARE=1 HOME="$private/home" XDG_RUNTIME_DIR="$private/runtime" \
  setpriv --pdeathsig TERM "$@" <&0 &
program=$!
wait "$program"
code=$?
program=
exit "$code"
