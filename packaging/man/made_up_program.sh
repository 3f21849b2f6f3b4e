#!/bin/sh
# Answers man_test.sh as the program would.
case "$*" in
  --version) echo 1.2.3 ;;
  --help) cat <<'HELP' ;;
Experiments
Usage: modascope [OPTIONS] SUBCOMMAND

Options:
  -h,--help                   Print this help message and exit
  --version                   Display program version information and exit

Subcommands:
  bench                       Measure

Without a command the window opens
HELP
  'bench --help') cat <<'HELP' ;;
Measure
Usage: modascope bench [OPTIONS] SUBCOMMAND

Options:
  -h,--help                   Print this help message and exit

Subcommands:
  step                        Seconds of a step
HELP
  'bench step --help') cat <<'HELP' ;;
Seconds of a step
Usage: modascope bench step [OPTIONS]

Options:
  -h,--help                   Print this help message and exit
  --size INT=48               Voxels along each axis
  --many,-m UINT:INT in [1 - 8]=4
                              How many
HELP
  'train --help-config') cat <<'HELP' ;;
train.steps = 600   (1 to 10 steps)
    How many steps to take.
HELP
  *) exit 2 ;;
esac
