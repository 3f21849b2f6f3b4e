#!/usr/bin/env bash
# Writes Debian's changelog from git, an entry for what is packaged and for each tag before it:
# changelog.sh VERSION "NAME <ADDRESS>" >changelog
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
readonly version=$1 maintainer=$2 tags='v[0-9]*.[0-9]*.[0-9]*'

entry() { # VERSION DATE, and its lines on standard input
  printf 'modascope (%s) bookworm; urgency=medium\n\n' "$1"
  cat
  printf '\n -- %s  %s\n\n' "$maintainer" "$2"
}

entry_of() { # VERSION COMMIT, and the tag before it if there is one
  git log --no-merges --format=%s "${3:+$3..}$2" | sed -e 's/^[-* ]*//' | fold_items |
    entry "$1" "$(git log -1 --format=%cD "$2")"
}

# One item a line becomes "  * item", folded at 76 columns with the rest below its first word.
fold_items() {
  awk '{
    line = "  *"
    for (i = 1; i <= NF; ++i) {
      if (length(line) + 1 + length($i) > 76) { print line; line = "   " }
      line = line " " $i
    }
    print line
  }'
}

if [[ ! -e .git ]]; then
  echo '  * Packaged from sources without their history.' | entry "$version" "$(date -R)"
  exit
fi
now=$(git rev-parse HEAD)
mapfile -t earlier < <(git tag --merged HEAD --list "$tags" --sort=-version:refname)
if ((${#earlier[@]} > 0)) && [[ $(git rev-parse "${earlier[0]}^{commit}") == "$now" &&
  $version == "${earlier[0]#v}" ]]; then
  earlier=("${earlier[@]:1}")
fi
entry_of "$version" "$now" "${earlier[0]:-}"
for ((i = 0; i < ${#earlier[@]}; ++i)); do
  entry_of "${earlier[i]#v}" "${earlier[i]}" "${earlier[i + 1]:-}"
done
