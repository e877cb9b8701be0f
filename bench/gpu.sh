#!/usr/bin/env bash
# Training and generation of a Llama-3.1-8B-shaped random model on a GPU, beside Hugging Face Transformers on the same one.
#   bench/gpu.sh FOLDER           writes a folder for a machine with an NVIDIA GPU, PyTorch, transformers and peft; .NET is not needed there
#   FOLDER/run.sh                 there: a line of JSON for each program and setting
set -euo pipefail
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
artifacts=$(mktemp -d)
trap 'rm -rf "$artifacts"' EXIT
dotnet publish "$root/bench/Gpu" -c Release --self-contained -p:WithLibtorch=false --artifacts-path "$artifacts" -o "${1:?folder}" -v q --nologo
