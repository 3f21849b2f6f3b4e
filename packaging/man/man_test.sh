#!/usr/bin/env bash
# The man page of a program with one command and one below it, whose help is laid out as CLI11 does.
# Each start of the real program takes the better part of a second.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

expect() { # LINES THAT FOLLOW EACH OTHER IN THE PAGE
  [[ $page == *$'\n'"$1"$'\n'* ]] || { echo "The page lacks:"$'\n'"$1" >&2; exit 1; }
}

page=$("$here/make_man.sh" "$here/made_up_program.sh" 2026-12-01)
[[ $page == '.TH MODASCOPE 1 "2026-12-01" "Modascope 1.2.3" "User Commands"'* ]]
expect '.SS modascope bench [OPTIONS] SUBCOMMAND
Measure.'
expect '.SS modascope bench step [OPTIONS]
Seconds of a step.
.TP
\fB\-\-size\fR INT=48
Voxels along each axis
.TP
\fB\-\-many, \-m\fR UINT:INT in [1 \- 8]=4
How many'
expect '.TP
\fBtrain.steps = 600\fR (1 to 10 steps)
How many steps to take.'
if command -v groff >/dev/null; then
  complaints=$(groff -man -Tutf8 -Kutf8 -ww <<<"$page" 2>&1 >/dev/null)
  [[ -z $complaints ]] || { echo "$complaints" >&2; exit 1; }
fi
