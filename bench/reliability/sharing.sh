#!/usr/bin/env bash
# Starts eight hosts at once on one store, in one checkout and in eight, and counts from the run history how often each target ran.
#   bench/reliability/sharing.sh [ROUNDS]     default: 5 rounds of each
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
rounds=${1:-5} many=8

new_checkout reference
run || { show_run; exit 1; }
reference=$(published)
targets=$(wc -l < "$store/history")

# Runs $many hosts; the checkouts are given, one for each.
together() {
  local i pids=() code ran
  for ((i = 0; i < many; i++)); do
    NATURALTHOUGHTS_ROOT="${places[i]}" dotnet "$host" "--target=$target" "--profile=$profile" "--jobs=$jobs" > "$work/out$i" 2> "$work/err$i" &
    pids+=($!)
  done
  for ((i = 0; i < many; i++)); do
    code=0
    wait "${pids[i]}" || code=$?
    if ((code != 0)); then
      complain "process $i of round $round ended with exit code $code"
      sed 's/^/    /' "$work/err$i" "$work/out$i" >&2
    fi
    checkout="${places[i]}" results="${places[i]}/results/$profile"
    [[ $(published) == "$reference" ]] || complain "process $i of round $round: other bytes"
  done
  ran=$(wc -l < "$store/history")
  runs=$((runs + ran)) twice=$((twice + $(cut -f 1 "$store/history" | sort | uniq -d | wc -l)))
  ((ran == targets)) || complain "round $round: $ran runs of $targets targets"
  check_whole 0 "round $round"
}

for kind in one own; do
  runs=0 twice=0
  for ((round = 1; round <= rounds; round++)); do
    places=()
    for ((i = 0; i < many; i++)); do
      name="$kind$round"
      [[ $kind == one ]] || name+="-$i"
      [[ -d $work/$name ]] || new_checkout "$name"
      places+=("$work/$name")
    done
    store="$work/store-$kind-$round"
    export NATURALTHOUGHTS_STORE="$store"
    together
  done
  printf 'sharing, %d processes, %s: %d rounds of %d targets: %d runs, %d targets more than once\n' \
    "$many" "$([[ $kind == one ]] && echo "one checkout" || echo "a checkout each")" "$rounds" "$targets" "$runs" "$twice"
done
finish
