#!/usr/bin/env bash
# Makes smoke Table 1 from an empty store under circumstances that must not change a byte, compares csv, lock body and outcomes with
# results/smoke by Verify, and prints one row of a Markdown table for each.
#   bench/same-bytes.sh           every circumstance (about a minute each, two cores); exit code 0 only when each comes out as it must
#   bench/same-bytes.sh NAME...   these
#   bench/same-bytes.sh --list    their names
set -euo pipefail
masked=glibc.cpu.hwcaps=-AVX512F,-AVX512VL,-AVX512BW,-AVX512DQ,-AVX512CD
without_fma=$masked,-AVX2,-AVX,-FMA
app="" copy=""

# Name, what it must come to, what is set before the command, what is given after it.
circumstances=(
  "jobs-1|holds||--jobs=1"
  "jobs-4|holds||--jobs=4"
  "one-core|holds|taskset -c 0|"
  "two-threads|holds|env OMP_NUM_THREADS=2 MKL_NUM_THREADS=2|--jobs=1"
  "mkl-compatible|holds|env MKL_CBWR=COMPATIBLE|"
  "aten-default|holds|env ATEN_CPU_CAPABILITY=default|"
  "aten-avx2|holds|env ATEN_CPU_CAPABILITY=avx2|"
  "aten-avx512|holds|env ATEN_CPU_CAPABILITY=avx512|"
  "mkl-sse4.2|holds|env MKL_ENABLE_INSTRUCTIONS=SSE4_2|"
  "glibc-without-avx512|holds|env GLIBC_TUNABLES=$masked|"
  "glibc-without-fma|holds|env GLIBC_TUNABLES=$without_fma|"
  "dotnet-without-avx512|holds|env DOTNET_EnableAVX512F=0 DOTNET_EnableAVX512=0|"
  "turkish|holds|env LANG=tr_TR.UTF-8 LC_ALL=tr_TR.UTF-8|"
  "german|holds|env LANG=de_DE.UTF-8 LC_ALL=de_DE.UTF-8|"
  "time-zone|holds|env TZ=Pacific/Kiritimati|"
  "other-folder|holds||"
  "debug-build|holds||"
  "touched-and-cold|holds||"
  "touched-and-warm|holds||"
)

main() {
  local names=("$@") row name
  if [[ ${1-} == --list ]]; then
    printf '%s\n' "${circumstances[@]%%|*}"
    return
  fi

  [[ $# -gt 0 ]] || mapfile -t names < <(printf '%s\n' "${circumstances[@]%%|*}")
  for name in "${names[@]}"; do
    printf '%s\n' "${circumstances[@]}" | grep -q "^$name|" || { echo "There is no circumstance '$name'; --list names them." >&2; exit 2; }
  done

  source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
  printf '| circumstance | verdict | seconds |\n| --- | --- | --- |\n'
  for name in "${names[@]}"; do
    row=$(printf '%s\n' "${circumstances[@]}" | grep "^$name|")
    IFS='|' read -r name must before after <<< "$row"
    judge "$name" "$must" "$before" "$after" || complain "$name is not as it must be."
  done
  finish
}

# Each in a copy of experiments/ and results/ with a store of its own; those that are about files and builds in a clone of the commit.
judge() {
  local name=$1 must=$2 before=$3 after=$4 start verdict
  app=$host
  copy="$work/$name ü"
  mkdir "$copy"
  cp -r "$root/experiments" "$root/results" "$copy"
  case $name in
    other-folder | debug-build) build_clone "$([[ $name == debug-build ]] && echo Debug || echo Release)" ;;
    touched-and-cold)
      build_clone Release
      find "$copy" -exec touch {} +
      ;;
    touched-and-warm)
      verify "" "" || true
      find "$copy" "$work/store" -exec touch {} +
      ;;
  esac
  start=$(now)
  verify "$before" "$after" || true
  verdict=$(sed -nE 's/^Table1: (the lock holds|not comparable|the lock does not hold).*/\1/p' "$work/log" | head -n 1)
  printf '| %s | %s | %d |\n' "$name" "${verdict:-failed}" $((($(now) - start) / 1000))
  rm -rf "$copy" "$work/clone" "$work/store" "$work/store".*
  case $must in
    holds) [[ $verdict == "the lock holds" ]] || { tail -n 20 "$work/log" >&2; return 1; } ;;
  esac
}

verify() {
  # shellcheck disable=SC2086 # words on purpose
  env NATURALTHOUGHTS_ROOT="$copy" NATURALTHOUGHTS_STORE="$work/store" $1 dotnet "$app" --target=Verify Table1 --profile=smoke $2 > "$work/log" 2>&1
}

build_clone() {
  git clone -q "$root" "$work/clone"
  app=$work/clone/build/bin/$1/net10.0/linux-x64/NaturalThoughts.Build.dll
  dotnet build "$work/clone/build/NaturalThoughts.Build.csproj" -c "$1" -v q --nologo > "$work/log" 2>&1
  dotnet "$app" identity >> "$work/log" 2>&1
  copy=$work/clone
}

main "$@"
