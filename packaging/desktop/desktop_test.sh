#!/usr/bin/env bash
# What the desktop reads of ours is valid by the desktop's own tools, those that are there.
set -euo pipefail
files=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../resources/desktop" && pwd)
readonly files id=org.modascope.Modascope skipped=77
missing=()

there() {
  command -v "$1" >/dev/null || { missing+=("$1"); return 1; }
}

# update-mime-database tells what it does not understand, and gives no failure for it.
mime_types() {
  local complaints
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  mkdir -p "$work/mime/packages"
  cp "$files/$id.mime.xml" "$work/mime/packages/$id.xml"
  complaints=$(XDG_DATA_HOME=$work update-mime-database "$work/mime" 2>&1)
  [[ -z $complaints ]] || { echo "$complaints" >&2; exit 1; }
  grep -qx '60:application/x-modascope-demo:\*.demo' "$work/mime/globs2"
  grep -qx '60:application/x-nifti:\*.nii.gz' "$work/mime/globs2"
}

if there desktop-file-validate; then
  desktop-file-validate "$files/$id.desktop"
fi
if there appstreamcli; then
  appstreamcli validate --no-net "$files/$id.metainfo.xml"
fi
if there update-mime-database; then
  mime_types
fi
if ((${#missing[@]} > 0)); then
  echo "Skipped for want of: ${missing[*]}"
  exit "$skipped"
fi
