#!/usr/bin/env bash
# Training and generation of a Llama-3.1-8B-shaped random model on a GPU, beside Hugging Face Transformers on the same one.
#   bench/gpu.sh FOLDER                       writes a folder for a machine with an NVIDIA GPU, PyTorch, transformers and peft; .NET is not needed there
#   FOLDER/gpu.sh [full|lora|generate]...     there: a line of JSON for each program and setting; all three when left out
# Every setting is a process of its own, in turn: Transformers, in training with gradient checkpointing and without where that fits, then this program.
# ROW (4096) tokens of a row, TOKENS (65536) of a step, STEPS (3) that are timed, MICRO ("4096 8192 16384") tokens of a micro-batch,
# KEPT ("all 10") values of activationMemoryGb, "all" for no activation checkpointing. What does not fit into the GPU's memory is reported and skipped.
# BATCH ("16 64") prompts of PROMPT (256) tokens, NEW (256) tokens for each, TEMPERATURE ("0 0.6").
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=$here/NaturalThoughts.Gpu.Bench

if [[ ! -x $program ]]; then
  export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 LC_ALL=C.UTF-8
  artifacts=$(mktemp -d)
  trap 'rm -rf "$artifacts"' EXIT
  dotnet publish "$here/Gpu" -c Release --self-contained -p:WithLibtorch=false --artifacts-path "$artifacts" -o "${1:?folder}" -v q --nologo
  exit
fi

row=${ROW:-4096} tokens=${TOKENS:-65536} steps=${STEPS:-3}
NATURALTHOUGHTS_LIBTORCH=$(python3 -c "import importlib.util; print(importlib.util.find_spec('torch').submodule_search_locations[0])")/lib
export NATURALTHOUGHTS_LIBTORCH PYTORCH_ALLOC_CONF=expandable_segments:True
/sbin/ldconfig -p 2> /dev/null | grep -q libicuuc || export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
[[ $# -gt 0 ]] || set -- full lora generate

# try COMMAND...: a failure is one line, and the next setting comes.
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
        try "$program" generate "$batch" "${PROMPT:-256}" "${NEW:-256}" "$temperature"
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
      try "$program" "$mode" "$row" "$micro" $((tokens / micro)) "$steps" "$kept"
    done
  done
done
