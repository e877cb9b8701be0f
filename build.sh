#!/usr/bin/env bash
# Builds the host when a source changed (by content, not by time), then runs it: ./build.sh --target=Table1
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
app="$root/build/bin/Release/net10.0/linux-x64"
stamp="$app/sources.sha256"

sources() {
  cd "$root"
  find build src -type d \( -name bin -o -name obj \) -prune -o -type f -print0 | LC_ALL=C sort -z |
    xargs -0 sha256sum Directory.Build.props Directory.Packages.props global.json .editorconfig | sha256sum
}

current=$(sources)
if [[ "$(cat "$stamp" 2>/dev/null)" != "$current" ]]; then
  mkdir -p "$root/.cache"
  exec 9>"$root/.cache/build.lock"
  flock 9
  if [[ "$(cat "$stamp" 2>/dev/null)" != "$current" ]]; then
    dotnet build "$root/build/NaturalThoughts.Build.csproj" -c Release -v q --nologo -clp:NoSummary 1>&2
    dotnet "$app/NaturalThoughts.Build.dll" identity
    printf '%s' "$current" > "$stamp"
  fi
  exec 9>&-
fi
exec dotnet "$app/NaturalThoughts.Build.dll" "$@"
