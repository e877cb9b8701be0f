#!/usr/bin/env bash
# Every setting in turn, each in a process of its own: Transformers, in training with gradient checkpointing and without where that fits, then this program.
#   run.sh [full|lora|generate]...     all when left out
# ROW (4096) tokens of a row, TOKENS (65536) of a step, STEPS (3) that are timed, MICRO ("4096 8192 16384") tokens of a micro-batch,
# KEPT ("all 10") values of activationMemoryGb, "all" for no activation checkpointing. What does not fit into the GPU's memory is reported and skipped.
# BATCH ("16 64") prompts of PROMPT (256) tokens, NEW (256) tokens for each, TEMPERATURE ("0 0.6").
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
row=${ROW:-4096} tokens=${TOKENS:-65536} steps=${STEPS:-3}
NATURALTHOUGHTS_LIBTORCH=$(python3 -c "import importlib.util; print(importlib.util.find_spec('torch').submodule_search_locations[0])")/lib
export NATURALTHOUGHTS_LIBTORCH PYTORCH_ALLOC_CONF=expandable_segments:True
/sbin/ldconfig -p 2> /dev/null | grep -q libicuuc || export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
[[ $# -gt 0 ]] || set -- full lora generate

try() {
  local errors
  errors=$(mktemp)
  "$@" 2> "$errors" || echo "$*: $(grep -m 1 -E "Error|out of memory" "$errors" || tail -n 1 "$errors")"
  rm -f "$errors"
}

for mode in "$@"; do
  if [[ $mode == generate ]]; then
    for batch in ${BATCH:-16 64}; do
      for temperature in ${TEMPERATURE:-0 0.6}; do
        try python3 "$here/reference.py" generate "$batch" "${PROMPT:-256}" "${NEW:-256}" "$temperature"
        try "$here/NaturalThoughts.Gpu.Bench" generate "$batch" "${PROMPT:-256}" "${NEW:-256}" "$temperature"
      done
    done
    continue
  fi

  [[ $mode == full ]] && references=(full) || references=(lora lora-bf16)
  for micro in ${MICRO:-4096 8192 16384}; do
    for reference in "${references[@]}"; do
      for checkpointing in 1 0; do
        try python3 "$here/reference.py" "$reference" "$row" "$micro" $((tokens / micro)) "$steps" "$checkpointing"
      done
    done
    for kept in ${KEPT:-all 10}; do
      try "$here/NaturalThoughts.Gpu.Bench" "$mode" "$row" "$micro" $((tokens / micro)) "$steps" "$kept"
    done
  done
done
