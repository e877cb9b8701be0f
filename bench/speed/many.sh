#!/usr/bin/env bash
# How long 2,010 targets take to plan and to find cached: 111 seeds of the tests' table, made once (minutes), then asked for again.
#   bench/speed/many.sh [ROUNDS]     default: 9
# "planned" reads the YAML, makes every key and reads every record, since the memory of complete runs is removed before it; "nothing to do" is
# the same command after that; medians, whole process.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
rounds=${1:-9}
new_checkout many
sed -i "s/replicates: \[1\]/replicates: [$(seq -s, 1 111)]/; s/Tokens: 100000/Tokens: 100000000/" "$checkout/experiments/profiles/tiny.yaml"
run || { show_run; exit 1; }
targets=$(wc -l < "$store/history")

for ((n = -1; n < rounds; n++)); do
  rm -rf "$store/plans"
  a=$(time_of dotnet "$host" "--target=$target" "--profile=$profile" "--jobs=$jobs")
  b=$(time_of dotnet "$host" "--target=$target" "--profile=$profile" "--jobs=$jobs")
  if ((n >= 0)); then
    echo "$a" >> "$work/planned.ms"
    echo "$b" >> "$work/nothing.ms"
  fi
done
planned=$(median < "$work/planned.ms") nothing=$(median < "$work/nothing.ms")
printf 'many, medians of %d (fastest): %d targets planned and found cached in %d ms (%d), nothing to do in %d ms (%d)\n' \
  "$rounds" "$targets" "$planned" "$(fastest "$work/planned.ms")" "$nothing" "$(fastest "$work/nothing.ms")"
measured planned "$(to_seconds "$planned")" s
measured "nothing to do" "$(to_seconds "$nothing")" s
