#!/usr/bin/env bash
# Builds the host when a source changed (by content, not by time), then runs it: ./build.sh --target=Table1
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
app="$root/build/bin/Release/net10.0/linux-x64"
stamp="$app/sources.sha256"

sources() {
  cd "$root"
  echo "${NATURALTHOUGHTS_CUDA:-}"
  find build src -type d \( -name bin -o -name obj \) -prune -o -type f -print0 | LC_ALL=C sort -z |
    xargs -0 sha256sum Directory.Build.props Directory.Packages.props global.json .editorconfig
}

# Runs share the lock and a build takes it alone: a running host has the files mapped, and its workers must be what its keys say.
mkdir -p "$root/.cache"
exec 9>>"$root/.cache/build.lock"
flock --shared 9
current=$(sources | sha256sum)
if [[ "$(cat "$stamp" 2>/dev/null)" != "$current" ]]; then
  flock --unlock 9
  flock --nonblock 9 || { echo "Sources changed; the build waits for a run of the present build to end." >&2; flock 9; }
  if [[ "$(cat "$stamp" 2>/dev/null)" != "$current" ]]; then
    dotnet build "$root/build/NaturalThoughts.Build.csproj" -c Release -v q --nologo -clp:NoSummary 1>&2 9>&- # its servers outlive it
    dotnet "$app/NaturalThoughts.Build.dll" identity
    printf '%s' "$current" > "$stamp"
  fi
  flock --shared 9
fi
[[ " $* " =~ " --target="(Test|Bench)" " ]] && exec 9>&- # what they start builds by itself
exec dotnet "$app/NaturalThoughts.Build.dll" "$@"
