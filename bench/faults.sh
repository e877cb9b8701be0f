#!/usr/bin/env bash
# Applies the faults of bench/faults.txt to a copy of the sources, one at a time, and checks that a test fails for each.
#   bench/faults.sh           every fault; exit code 0 only when every one is caught
#   bench/faults.sh NAME...   these faults
#   bench/faults.sh --list    names, and what each breaks
# A fault is caught when the code compiles and a test fails. FAULT_SECONDS (default 180) is how long the tests of a fault may take.
set -euo pipefail
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
limit=${FAULT_SECONDS:-180}
declare -A breaks file old new tests
source "$root/bench/edits.sh"
copy="" log="" child="" verdict="" detail=""

main() {
  read_edits "$root/bench/faults.txt" breaks file old new tests
  need_keys breaks file old tests
  if [[ ${1-} == --list ]]; then
    printf '%s\n' "${names[@]}" | while read -r name; do printf '%-28s %s\n' "$name" "${breaks[$name]}"; done
    return
  fi

  local name chosen
  choose "$@"
  copy=$(mktemp -d) log=$(mktemp)
  trap clean EXIT
  trap 'exit 130' INT TERM
  copy_sources "$root" "$copy"
  check_without_fault "${chosen[@]}"

  local caught=0 start
  for name in "${chosen[@]}"; do
    start=$SECONDS
    judge "$name"
    printf '%-28s %-16s %4d s  %s\n' "$name" "$verdict" $((SECONDS - start)) "$detail"
    [[ $verdict != caught ]] || caught=$((caught + 1))
  done
  printf '%d of %d faults caught, %d min %02d s\n' "$caught" ${#chosen[@]} $((SECONDS / 60)) $((SECONDS % 60))
  ((caught == ${#chosen[@]}))
}

clean() {
  [[ -z $child ]] || kill "$child" 2> /dev/null || true
  rm -rf "$copy" "$log"
}

# Without a fault the tests pass: else a failure would prove nothing.
check_without_fault() {
  local name project filter
  local -A filters
  for name in "$@"; do
    while read -r project filter; do
      [[ -z $project ]] || filters[$project]+="${filter:-.}|"
    done <<< "${tests[$name]}"
  done

  for project in "${!filters[@]}"; do
    filter=$(tr '|' '\n' <<< "${filters[$project]}" | sed '/^$/d' | sort -u | paste -s -d '|')
    build "$project" && run_tests "$project" "$filter" || { cat "$log"; die "$project does not build and pass without a fault."; }
  done
  echo "Without a fault the tests pass ($SECONDS s)."
}

judge() {
  verdict="does not fit" detail="the old text does not stand once in ${file[$1]}"
  apply_edit "$1" "$copy" || return 0
  try "$1"
  undo_edit
}

# Sets verdict and detail for the sources as they are.
try() {
  local project filter code
  verdict=survived detail=""
  while read -r project filter; do
    [[ -n $project ]] || continue
    if ! build "$project" --no-restore; then
      verdict="does not compile" detail=$(grep -m 1 -o 'error .*' "$log" || tail -n 1 "$log")
      return
    fi

    code=0
    run_tests "$project" "$filter" || code=$?
    detail=$(sed -n 's/^\[xUnit\.net [^]]*\] *NaturalThoughts\.[^.]*\.Tests\.\(.*\) \[FAIL\]$/\1/p' "$log" | head -n 1)
    if ((code == 124 || code == 137)); then
      verdict=hung detail="killed after $limit s"
    elif [[ -n $detail ]]; then
      verdict=caught
    elif ((code != 0)); then
      verdict=crashed detail=$(sed '/^$/d' "$log" | tail -n 3 | paste -s -d ' ')
    elif ! grep -q '^Passed!' "$log"; then
      verdict="no test ran" detail="$project $filter"
    fi

    [[ $verdict == survived ]] || return 0
  done <<< "${tests[$1]}"
}

build() { run dotnet build "$copy/tests/$1" -c Release -v q --nologo -clp:NoSummary "${@:2}"; }

# The tests of a project whose full names hold one of the words of a filter such as MixTests|DrawsTests; all of them without a filter.
run_tests() {
  run timeout --kill-after=10 "$limit" dotnet test "$copy/tests/$1/bin/Release/net10.0/linux-x64/NaturalThoughts.$1.Tests.dll" ${2:+--filter "$2"}
}

# In the background and waited for, so that an interrupt is served at once.
run() {
  local code=0
  "$@" < /dev/null > "$log" 2>&1 &
  child=$!
  wait "$child" || code=$?
  child=""
  return "$code"
}

main "$@"
exit
