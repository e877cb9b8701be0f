#!/usr/bin/env bash
# Trains a tiny student for many steps, alone and beside a thread that allocates and collects garbage without pause, and compares the bits of
# weights and log. A number, tensor or pin that is collected while libtorch still reads it ends the process or changes a bit.
#   bench/reliability/collector.sh [STEPS [RECIPE...]]     20,000 steps of full, adapter and bf16 if not told (ten minutes): all weights in float32, a LoRA
#                                                          adapter, all weights in bfloat16; exit code 0 only when nothing crashes and all bits are the same
set -euo pipefail
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
steps=${1:-20000} bad=0
recipes=("${@:2}")
[[ ${#recipes[@]} -gt 0 ]] || recipes=(full adapter bf16)
dotnet build "$root/bench/Student" -c Release -v q --nologo -clp:NoSummary
bench="$root/bench/Student/bin/Release/net10.0/linux-x64/NaturalThoughts.Student.Bench.dll"

printf '| what is trained | steps | alone | beside the collector |\n| --- | --- | --- | --- |\n'
for recipe in "${recipes[@]}"; do
  alone=$(dotnet "$bench" soak "$steps" alone "$recipe")
  beside=$(dotnet "$bench" soak "$steps" collecting "$recipe" 2> /dev/null) || beside="exit code $?"
  echo "| $recipe | $steps | $alone | $beside |"
  [[ $alone == "$beside" ]] || bad=$((bad + 1))
done
((bad == 0)) || echo "$bad differ" >&2
((bad == 0))
