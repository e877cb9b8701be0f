#!/usr/bin/env bash
# The cost model beside what was measured: targets and cells of small profiles, run one after another from an empty store; a row of a Markdown
# table for each with the processor's seconds (user and system, of the host and its workers, less those of the same command with nothing to do),
# tokens, and what --dryrun predicted.
# A command starts its workers and compiles their code, some 2.5 s that are in no prediction: a cell of twenty replicates spreads them.
#   bench/costs.sh                     the targets below
#   bench/costs.sh PROFILE:TARGET...   these, with what they need made before
set -euo pipefail
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/bench/measured.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export NATURALTHOUGHTS_STORE=${STORE:-$work/store}

if [[ $# == 0 ]]; then
  set -- smoke:base/pretrain mini:base/pretrain mini:Table1/Random/250/System2 mini:Table1/Random/1000/System2
fi

run() { "$root/build.sh" --target="$2" --profile="$1" --jobs=1 "${@:3}"; }

# Processor seconds of a command, its children included.
seconds() { local TIMEFORMAT='%U %S'; { time "$@" > "$work/out" 2> "$work/err"; } 2> "$work/time" || { cat "$work/out" "$work/err" >&2; exit 1; }; awk '{print $1 + $2}' "$work/time"; }

# The sum of a number over the lines of a file.
number() { sed -n "s/.*$1.*/\1/p" "$work/$2" | tr -d ' ' | awk '{sum += $1} END {print sum + 0}'; }

# The targets of a dry run that stand below the one asked for, itself included, and those that it needs.
lines() { sed -n 's/^\(will\|may\) run  *\([^:]*\):.*/\2/p'; }
own() { awk -v at="$1" '$0 == at || index($0, at "/") == 1'; }
others() { awk -v at="$1" '$0 != at && index($0, at "/") != 1'; }

printf '| profile | target | tokens trained | predicted | tokens generated | predicted | processor s | predicted | ratio |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n'
for item in "$@"; do
  profile=${item%%:*} target=${item#*:}

  # What it needs is made first: its own lines of the plan are then the only ones that will run.
  needed=$(run "$profile" "$target" --dryrun | lines | others "$target")
  for one in $needed; do run "$profile" "$one" > "$work/needed" 2>&1; done
  run "$profile" "$target" --dryrun --verbosity=verbose > "$work/dry"
  if ! grep -q '^will run' "$work/dry"; then
    echo "$item is in the store already; take an empty one." >&2
    exit 2
  fi

  predicted=$(number '\[predicted \([0-9.]*\) s' dry)
  trained=$(number ' s, \([0-9]*\) tokens trained' dry)
  generated=$(number ' trained, \([0-9]*\) generated' dry)
  took=$(seconds run "$profile" "$target")
  idle=$(seconds run "$profile" "$target" --dryrun)
  : > "$work/show"
  for one in $(lines < "$work/dry" | own "$target" | grep -E '(^|/)(pretrain|fine-tune|generate)(/|$)' || echo "$target"); do
    "$root/build.sh" --target=Show "$one" --profile="$profile" >> "$work/show"
  done
  didTrain=$(number ' trainedTokens: \([0-9 ]*\)' show) didGenerate=$(number ' generatedTokens: \([0-9 ]*\)' show)
  measured=$(awk -v a="$took" -v b="$idle" 'BEGIN {printf "%.2f", a - b}')
  ratio=$(ratio "$predicted" "$measured")
  printf '| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n' "$profile" "$target" "$didTrain" "$trained" "$didGenerate" "$generated" "$measured" "$predicted" "$ratio"
  measured "$item" "$predicted" s "what was measured" "$measured" "$ratio"
done
