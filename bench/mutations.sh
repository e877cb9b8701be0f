#!/usr/bin/env bash
# The mutation score of rooms: Stryker changes one place of a room's sources after another (an operator, a constant, a condition; no texts), and a test of
# that room must fail. Prints the share of those that make one fail; .cache/mutations/ROOM/reports/mutation-report.html shows those that do not.
#   bench/mutations.sh [ROOM...]    default: Statistics and Comparing; of Selection Hdbscan is left out, whose changed loops run into time limits
# FILES="**/Auroc.cs" takes these files only. Works on a copy of the sources; the settings are bench/stryker-config.json.
set -euo pipefail
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/bench/measured.sh"
source "$root/bench/edits.sh"
version=5.1.0 tool="$root/.cache/stryker"
[[ $# -gt 0 ]] || set -- Statistics Comparing
[[ -x $tool/dotnet-stryker ]] || dotnet tool install dotnet-stryker --version "$version" --tool-path "$tool"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
mkdir "$work/copy"
copy_sources "$root" "$work/copy"

# count STATUS...: how many changes of the report came out this way.
count() { { grep -oE "\"status\": ?\"($(IFS='|'; echo "$*"))\"" "$report" || true; } | wc -l; }

for room in "$@"; do
  place="$root/.cache/mutations/$room"
  rm -rf "$place"
  (cd "$work/copy/tests/$room" && "$tool/dotnet-stryker" --config-file "$root/bench/stryker-config.json" --project "NaturalThoughts.$room.csproj" \
    ${FILES:+--mutate "$FILES"} --output "$place" --skip-version-check)
  report="$place/reports/mutation-report.json"
  noticed=$(count Killed Timeout) missed=$(count Survived NoCoverage)
  ((noticed + missed > 0)) || die "There is nothing to change in $room${FILES:+ in $FILES}."
  echo "$room: $noticed of $((noticed + missed)) changes make a test fail"
  measured "$room" "$(awk -v a="$noticed" -v b="$missed" 'BEGIN {printf "%.1f", 100 * a / (a + b)}')" %
done
