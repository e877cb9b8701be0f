#!/usr/bin/env bash
# How long a Table1 of 175 targets takes when there is nothing to do, in turns with Snakemake on the same graph (Debian's package).
#   bench/speed/noop.sh [ROUNDS]     default: 15
# The graph is Table1's with one size and one seed, read from --tree. Snakemake gets it in the form that is lightest for it: one rule, inputs
# by look-up, empty files. What counts is the median of build.sh, whole process.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
rounds=${1:-15}
target=Table1 profile=flat
command -v snakemake > /dev/null || { echo "snakemake is not installed: apt-get install --no-install-recommends snakemake" >&2; exit 2; }

new_checkout noop
cat > "$checkout/experiments/profiles/flat.yaml" << 'YAML'
extends: tiny.yaml
name: flat
description: Table 1 with little work behind many targets, to time a run that has nothing to do.
methods:
  ReasoningStrategies: {minStrategies: 1, maxStrategies: 8, minPerThousandTokens: 1, lowDensityKeep: 1}
clustering: {minClusterSize: 2, minSamples: 1}
sizes: [8]
YAML
sed -i '/^  - {methods: \[Random\]/a\  - {methods: [Topics], sizes: all, mix: System1, baseline: Random/largest/System2}' "$checkout/experiments/tables/Table1.yaml"
run || { show_run; exit 1; }
targets=$(sed -nE 's/^([0-9]+) targets: .* ran, .*/\1/p' "$work/out")

# The tree's lines as "depth address"; a node's parent is the last line above it that is one step further left.
mkdir "$work/snake"
dotnet "$host" "--target=$target" "--profile=$profile" --tree | sed -E 's/ \(see above\)$//; s/[│├└─]| {3}/\t/g' > "$work/tree"
awk -v bench="$work/snake/Snakefile" '
  { depth = match($0, /[A-Za-z]/) - 1; address = substr($0, depth + 1); gsub(/[ \t]+/, "", address); level = 0
    line = $0; sub(/[A-Za-z].*/, "", line); level = gsub(/\t/, "", line); above[level] = address; nodes[address] = 1
    for (i = level - 1; i >= 0; i--) if (i in above) { edges[above[i], address] = 1; break }
    for (i in above) if (i > level) delete above[i] }
  END { print "READS = {" > bench
    for (node in nodes) { printf "  \"%s\": [", node > bench
      for (edge in edges) { split(edge, part, SUBSEP); if (part[1] == node) printf "\"out/%s\", ", part[2] > bench }
      print "]," > bench }
    print "}\nrule all:\n  input: \"out/Table1/table\"\nrule target:\n  input: lambda wildcards: READS[wildcards.address]\n  output: \"out/{address}\"\n  shell: \"touch {output}\"" > bench }' "$work/tree"
snake() { (cd "$work/snake" && snakemake --cores 1 --quiet all all); }
snake > "$work/out" 2> "$work/err" || { show_run; exit 1; }
jobs_of_snake=$(find "$work/snake/out" -type f | wc -l)

for ((n = -1; n < rounds; n++)); do
  a=$(time_of dotnet "$host" "--target=$target" "--profile=$profile" "--jobs=$jobs")
  b=$(time_of "$root/build.sh" "--target=$target" "--profile=$profile" "--jobs=$jobs")
  c=$(time_of snake)
  if ((n >= 0)); then
    echo "$a" >> "$work/host.ms"
    echo "$b" >> "$work/build.ms"
    echo "$c" >> "$work/snake.ms"
  fi
done
own=$(median < "$work/host.ms") whole=$(median < "$work/build.ms") other=$(median < "$work/snake.ms")
snakemake=$(snakemake --version)
printf 'no-op, medians of %d (fastest): host %d ms (%d), build.sh %d ms (%d), %d targets; Snakemake %s %d ms (%d), %d jobs\n' \
  "$rounds" "$own" "$(fastest "$work/host.ms")" "$whole" "$(fastest "$work/build.ms")" "$targets" "$snakemake" "$other" "$(fastest "$work/snake.ms")" "$jobs_of_snake"
measured "whole process" "$(to_seconds "$whole")" s
measured "beside Snakemake" "$(to_seconds "$whole")" s "Snakemake $snakemake" "$(to_seconds "$other")" "$(ratio "$other" "$whole")"
