#!/usr/bin/env bash
# Time of --target=Compare on two runs of 10,000 questions with 8 answers each (NeMo-Skills, about 2 kB a row): whole process, wall and processor.
#   bench/compare.sh [QUESTIONS] [REPEATS]
set -euo pipefail
export LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/bench/measured.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
questions=${1:-10000} repeats=${2:-8}

for run in 1 2; do
  mkdir -p "$work/$run/sums"
  for ((k = 0; k < repeats; k++)); do
    awk -v n="$questions" -v seed="$((run * 100 + k))" -v share="0.4$run" 'BEGIN {
      srand(seed)
      for (i = 0; i < 40; i++) text = text "The answer follows from a long chain of steps. "
      for (q = 0; q < n; q++) {
        right = rand() < share * (0.4 + 1.2 * (q % 97) / 97)
        printf "{\"id\": %d, \"problem\": \"Problem %d: what is %d times eight, and why?\", \"expected_answer\": \"%d\", \"generation\": \"%s\", \"num_generated_tokens\": %d, \"predicted_answer\": \"%d\", \"symbolic_correct\": %s}\n", q, q, q, 8 * q, text, 500 + q % 100, right ? 8 * q : 1, right ? "true" : "false"
      }
    }' > "$work/$run/sums/output-rs$k.jsonl"
  done
done

du -sh "$work" | cut -f1
"$root/build.sh" --version > /dev/null
start=$EPOCHREALTIME
time "$root/build.sh" --target=Compare "$work/1" "$work/2" --count=1
end=$EPOCHREALTIME
measured "whole process" "$(awk -v from="$start" -v to="$end" 'BEGIN {printf "%.2f", to - from}')" s
