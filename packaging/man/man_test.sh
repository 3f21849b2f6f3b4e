#!/usr/bin/env bash
# The man page names every command, and groff has nothing to complain about: man_test.sh PROGRAM
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
page=$("$here/make_man.sh" "$1" 2026-12-01)

for command in phantom train 'bench step' 'weights import'; do
  grep -qF ".SS modascope $command " <<<"$page" || { echo "There is no $command in the page." >&2; exit 1; }
done
grep -qF '.SH SETTINGS' <<<"$page"
grep -qF '\fBtrain.steps = ' <<<"$page"
if command -v groff >/dev/null; then
  complaints=$(groff -man -Tutf8 -Kutf8 -ww <<<"$page" 2>&1 >/dev/null)
  [[ -z $complaints ]] || { echo "$complaints" >&2; exit 1; }
fi
