#!/usr/bin/env bash
# A training step (32 x 128 tokens) and batched generation (64 prompts of 64 tokens, 128 new ones) of Llama shapes, beside the same
# model in Debian's PyTorch (packages python3-torch and libopenblas0-pthread), in turns.
#   bench/student.sh              every shape of bench/Student/shapes.json
#   bench/student.sh SHAPE...     these
# RANK: a LoRA adapter of that rank on all matrices is trained, beside the training of all weights here instead of PyTorch's.
# TEMPERATURE (default 0, greedy): at which answers are drawn, with top-p 0.95 where it is above 0.
# SHARDS (default 1): parts of a batch that are trained side by side here, as `shards` of a recipe; two at least, whatever it says.
# ROUNDS (default 3) processes of each; the medians of their medians count. THREADS (default 2); with 1, seconds are the processor's, which
# can be compared on a machine that is busy with something else.
set -euo pipefail
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/bench/measured.sh"
rounds=${ROUNDS:-3} threads=${THREADS:-2} shards=${SHARDS:-1}
export OMP_NUM_THREADS=$threads TEMPERATURE=${TEMPERATURE:-0}
[[ $threads == 1 ]] && columns=(3 4) || columns=(1 2)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

dotnet build "$root/bench/Student" -c Release -v q --nologo -clp:NoSummary
bench="$root/bench/Student/bin/Release/net10.0/linux-x64/NaturalThoughts.Student.Bench.dll"
if [[ $# == 0 ]]; then
  mapfile -t names < <(sed -n 's/.*"name": "\([^"]*\)".*/\1/p' "$root/bench/Student/shapes.json")
  set -- "${names[@]}"
fi

median() { cut -d ' ' -f "$2" "$work/$1" | sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }

[[ -n ${RANK:-} ]] && peer="all weights" || peer="PyTorch $(/usr/bin/python3 -c 'import torch; print(torch.__version__)')"
for shape in "$@"; do
  : > "$work/here" && : > "$work/there"
  for ((round = 0; round < rounds; round++)); do
    dotnet "$bench" "$shape" "$threads" "$shards" ${RANK:-} >> "$work/here"
    if [[ -n ${RANK:-} ]]; then
      dotnet "$bench" "$shape" "$threads" "$shards" >> "$work/there"
    else
      /usr/bin/python3 "$root/bench/Student/student.py" "$shape" "$threads" >> "$work/there"
    fi
  done
  kinds=(train generate)
  for k in 0 1; do
    here=$(median here "${columns[k]}") there=$(median there "${columns[k]}")
    [[ $k == 1 && -n ${RANK:-} ]] || measured "${kinds[k]} $shape" "$here" s "$peer" "$there" "$(ratio "$there" "$here")"
  done
done
