#!/usr/bin/env bash
# Runs every test with coverlet and prints the share of lines of src/ that some test ran, per library and in total, then the files with
# the most lines that none did. Generated files do not count. Takes a few minutes longer than the tests alone.
set -euo pipefail
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/bench/measured.sh"
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
cd "$root"

dotnet build NaturalThoughts.slnx -c Release -v q --nologo -clp:NoSummary
code=0
dotnet test NaturalThoughts.slnx -c Release --no-build --nologo -m:1 --results-directory "$results" --collect "XPlat Code Coverage" -- \
  DataCollectionRunSettings.DataCollectors.DataCollector.Configuration.Format=lcov \
  "DataCollectionRunSettings.DataCollectors.DataCollector.Configuration.Include=[NaturalThoughts.*]*" \
  "DataCollectionRunSettings.DataCollectors.DataCollector.Configuration.Exclude=[*.Tests]*" \
  DataCollectionRunSettings.DataCollectors.DataCollector.Configuration.SingleHit=true || code=$?

# A line counts once, however many test projects load its library.
find "$results" -name coverage.info -exec cat {} + | awk -F '[:,]' -v src="$root/src/" -v share="$results/share" '
  /SF:/ { file = substr($0, index($0, "SF:") + 3); ours = index(file, src) == 1 && !index(file, "/obj/"); file = substr(file, length(src) + 1) }
  /^DA:/ && ours && !((file, $2) in lines) { lines[file, $2]; all[file]++ }
  /^DA:/ && ours && $3 > 0 && !((file, $2) in hits) { hits[file, $2]; hit[file]++ }
  END {
    for (file in all) {
      library = substr(file, 1, index(file, "/") - 1)
      count[library] += all[file]; covered[library] += hit[file]; total += all[file]; totalHit += hit[file]
    }
    for (library in count) printf "%-12s %5.1f %% of %5d lines\n", library, 100 * covered[library] / count[library], count[library] | "sort"
    close("sort")
    printf "%-12s %5.1f %% of %5d lines\n", "src", 100 * totalHit / total, total
    printf "%.1f\n", 100 * totalHit / total > share
    printf "\nLines that no test ran:\n"
    for (file in all) if (all[file] > hit[file]) printf "%5d of %4d  src/%s\n", all[file] - hit[file], all[file], file | "sort -n -r | head -n 20"
  }'
measured "lines of src" "$(< "$results/share")" %
exit "$code"
