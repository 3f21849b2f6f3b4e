#!/usr/bin/env bash
# Writes the man page from what the program says of itself: make_man.sh PROGRAM DATE >modascope.1
# Needs neither a display nor a network.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly program=$1 date=$2

# The commands that a help text lists: "train", "bench", …
commands_in() {
  awk '/^Subcommands:/ {list = 1; next} /^[^ ]/ || /^$/ {list = 0} list {print $1}'
}

# One command with its options, then the commands below it: command_pages bench [step …]
command_pages() {
  local help below
  help=$("$program" "$@" --help)
  awk -v kind=command -f "$here/help_to_man.awk" <<<"$help"
  for below in $(commands_in <<<"$help"); do
    command_pages "$@" "$below"
  done
}

all_commands() {
  local command
  for command in $("$program" --help | commands_in); do
    command_pages "$command"
  done
}

version=$("$program" --version)
echo ".TH MODASCOPE 1 \"$date\" \"Modascope $version\" \"User Commands\""
cat "$here/start.man"
"$program" --help | awk -v kind=program -f "$here/help_to_man.awk"
echo '.SH COMMANDS'
all_commands
echo '.SH SETTINGS'
printf '%s\n' 'For \fB\-\-set\fR and for the TOML file of \fB\-\-config\fR, with what they are by default.'
"$program" train --help-config | awk -v kind=settings -f "$here/help_to_man.awk"
cat "$here/end.man"
