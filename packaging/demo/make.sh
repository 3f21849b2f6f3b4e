#!/usr/bin/env bash
# Makes the demonstration that is embedded in the program, and beside it a manifest of how it was
# made: packaging/demo/make.sh [PROGRAM]. On the same kind of processor it is the same to the bit;
# takes about a quarter of an hour on two cores.
set -euo pipefail
shopt -s inherit_errexit
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

program=$(realpath "${1:-build/release/modascope}")
readonly program out=$PWD/resources/demo seed=7 case_id=Phantom_013
readonly settings=(model.kind=ds-encoder model.width=0.25 train.crop=48 train.seed=3
  train.steps=1200 train.validate_every=0 train.checkpoint_every=2000 compute.threads=1)
readonly taught=(train.method=gmd gmd.subsets_per_step=4 gmd.audit_every=0 train.observe_every=0)
readonly ordinary=(train.method=joint gmd.subsets=full)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

train() { # NAME KEY=VALUE …
  local name=$1 line
  shift
  line=$("$program" train --data "$work/cohort" --out "$work/runs/$name" "${@/#/--set=}" --json)
  sed -E 's/.*"run":"([^"]*)".*/\1/' <<<"$line"
}

"$program" phantom --cases 14 --size 80 --seed "$seed" --out "$work/cohort"
train ordinary "${settings[@]}" "${ordinary[@]}" >"$work/ordinary" &
taught_run=$(train taught "${settings[@]}" "${taught[@]}")
wait $!
ordinary_run=$(<"$work/ordinary")
"$program" demo --make "$work/cohort/$case_id" --run "$taught_run" "$ordinary_run" \
  --with-networks --out "$work/phantom.demo"
mv "$work/phantom.demo" "$out/phantom.demo"
cat >"$out/phantom.json" <<EOF
{
  "made_by": "packaging/demo/make.sh",
  "program": "$("$program" --version)",
  "processor": "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)",
  "cohort": "phantom --cases 14 --size 80 --seed $seed",
  "case": "$case_id",
  "settings": "${settings[*]}",
  "taught": "${taught[*]}",
  "ordinary": "${ordinary[*]}",
  "bytes": $(stat -c %s "$out/phantom.demo"),
  "sha256": "$(sha256sum "$out/phantom.demo" | cut -d' ' -f1)"
}
EOF
cat "$out/phantom.json"
