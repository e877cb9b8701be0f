#!/usr/bin/env bash
# Kills the whole process tree with SIGKILL at random moments of a run, then runs the same command again.
#   bench/reliability/crash.sh            100 kills of the tests' table (a few seconds), each from an empty store
#   bench/reliability/crash.sh 5 smoke    5 kills of the smoke run
# SEED (default: the clock) draws the moments, uniformly over the length of a run that nobody kills. A moment at which the run had already
# ended is drawn anew. Exit code 0 only when after every kill the plain rerun gives the bytes of the undisturbed run, needs no unlock,
# runs nothing again that was recorded, and leaves nothing lying about.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
kills=${1:-100}
[[ ${2-} != smoke ]] || target=Table1 profile=smoke
seed=${SEED:-$(date +%s)}
RANDOM=$seed

wipe() { rm -rf "$store" "$store.probes" "$results" "${work:?}/tmp/"*; }
records() { { find "$store/runs" -name '*.json' 2> /dev/null || true; } | wc -l; } # an early kill leaves no folder

new_checkout crash
start=$(now)
run || { show_run; exit 1; }
length=$(($(now) - start))
reference=$(published)
targets=$(wc -l < "$store/history")

killed=0 late=0 same=0 again=0 kept=0 sockets=0
while ((killed < kills)); do
  wipe
  moment=$(((RANDOM * 32768 + RANDOM) % length))
  setsid dotnet "$host" "--target=$target" "--profile=$profile" "--jobs=$jobs" > "$work/out" 2> "$work/err" &
  pid=$!
  sleep "$((moment / 1000)).$(printf '%03d' $((moment % 1000)))"
  if ! kill -0 "$pid" 2> /dev/null; then
    wait "$pid" || true
    late=$((late + 1))
    continue
  fi

  kill -9 -- "-$pid" 2> /dev/null || kill -9 "$pid" # before setsid made the group there is one process
  wait "$pid" 2> /dev/null || true
  pid=""
  killed=$((killed + 1))
  before=$(records)
  kept=$((kept + before))
  code=0
  run --verbosity=verbose || code=$?
  if check_whole "$code" "kill $killed at $moment ms"; then
    same=$((same + 1))
    # What the store had recorded is found; a record and its line of the history may be a moment apart.
    ran=$(grep -c '^\[[0-9/]*\] ran ' "$work/out" || true)
    ((ran + before <= targets)) || { again=$((again + 1)); complain "kill $killed at $moment ms: $before recorded, $ran ran, of $targets"; }
  fi

  # The runtime leaves its sockets for debuggers; the host keeps one patched library, whole by its name, for all runs to come.
  sockets=$((sockets + $(find "$work/tmp" -type s -o -type p | wc -l)))
  left=$(find "$work/tmp" -mindepth 1 ! -type s ! -type p ! -name 'clr-debug-pipe-*' ! -name 'dotnet-diagnostic-*' ! -name 'naturalthoughts-*.so')
  [[ -z $left ]] || complain "kill $killed at $moment ms: left in the temporary folder: $left"
done

printf 'crash %s: seed %s, run of %d ms, %d targets: %d kills (%d moments too late), %d reruns with the same bytes, %d recorded targets kept, %d reruns that ran one again, %d diagnostic sockets of killed runtimes\n' \
  "$profile" "$seed" "$length" "$targets" "$killed" "$late" "$same" "$kept" "$again" "$sockets"
finish
