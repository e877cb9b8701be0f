#!/usr/bin/env bash
# Applies the faults of bench/faults.txt to a copy of the sources, one at a time, and checks that a test fails for each.
#   bench/faults.sh           every fault; exit code 0 only when every one is caught
#   bench/faults.sh NAME...   these faults
#   bench/faults.sh --list    names, and what each breaks
# A fault is caught when the code compiles and a test fails. FAULT_SECONDS (default 180) is how long the tests of a fault may take.
set -euo pipefail
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
seconds=${FAULT_SECONDS:-180}
declare -A breaks file old new tests
names=()

die() {
  echo "$*" >&2
  exit 2
}

read_faults() {
  local line key value name=""
  while IFS= read -r line; do
    key=${line%% *}
    value=${line:8}
    case $key in
      '' | '#'*) ;;
      '['*']')
        name=${line:1:-1}
        [[ -z ${breaks[$name]+set} ]] || die "faults.txt: $name stands twice"
        names+=("$name")
        breaks[$name]=""
        ;;
      breaks) breaks[$name]=$value ;;
      file) file[$name]=$value ;;
      tests) tests[$name]+=$value$'\n' ;;
      old) old[$name]=${old[$name]+${old[$name]}$'\n'}$value ;;
      new) new[$name]=${new[$name]+${new[$name]}$'\n'}$value ;;
      *) die "faults.txt: unknown key '$key' in $name" ;;
    esac
  done < "$root/bench/faults.txt"
  for name in "${names[@]}"; do
    [[ -n ${breaks[$name]} && -n ${file[$name]-} && -n ${old[$name]-} && -n ${tests[$name]-} ]] || die "faults.txt: $name lacks breaks, file, old or tests"
  done
}

# In the background and waited for, so that an interrupt is served at once.
run() {
  "$@" < /dev/null > "$log" 2>&1 &
  child=$!
  local code=0
  wait "$child" || code=$?
  child=""
  return "$code"
}

clean() {
  [[ -z ${child-} ]] || kill "$child" 2> /dev/null || true
  [[ -z ${copy-} ]] || rm -rf "$copy" "$log"
}

build() { run dotnet build "$copy/tests/$1" -c Release -v q --nologo -clp:NoSummary "${@:2}"; }

# The tests of a project, all of them or those whose full names contain one of the words of a filter such as MixTests|DrawsTests.
run_tests() {
  local project=$1 filter=$2
  run timeout --kill-after=10 "$seconds" dotnet test "$copy/tests/$project/bin/Release/net10.0/linux-x64/NaturalThoughts.$project.Tests.dll" \
    ${filter:+--filter "$filter"} -- xUnit.StopOnFail=true
}

first_failure() {
  local line
  while IFS= read -r line; do
    if [[ $line =~ ^\ +Failed\ NaturalThoughts\.[^.]+\.Tests\.(.*)\ \[ ]]; then
      echo "${BASH_REMATCH[1]}"
      return
    fi
  done < "$log"
}

# Sets verdict and detail for the sources as they are.
try() {
  local name=$1 project filter code
  verdict=survived
  detail=""
  while read -r project filter; do
    if [[ -z $project ]]; then
      continue
    fi

    if ! build "$project" --no-restore; then
      verdict="does not compile"
      detail=$(grep -m 1 -o 'error .*' "$log" || tail -n 1 "$log")
      return
    fi

    code=0
    run_tests "$project" "$filter" || code=$?
    detail=$(first_failure)
    if ((code == 124 || code == 137)); then
      verdict=hung
      detail="killed after $seconds s"
    elif [[ -n $detail ]]; then
      verdict=caught
    elif ((code != 0)); then
      verdict=crashed
      detail=$(tail -n 1 "$log")
    elif ! grep -q '^Passed!' "$log"; then
      verdict="no test ran"
      detail="$project $filter"
    else
      continue
    fi

    return
  done <<< "${tests[$name]}"
}

# Puts the fault into the copy, tries it, and takes it out again.
judge() {
  local name=$1 path=$copy/${file[$1]} text rest
  verdict="does not fit"
  detail="no ${file[$name]}"
  [[ -f $path ]] || return 0
  text=$(cat "$path" && echo x)
  text=${text%x}
  rest=${text#*"${old[$name]}"}
  detail="the old text does not stand once in ${file[$name]}"
  [[ $rest != "$text" && $rest != *"${old[$name]}"* ]] || return 0
  printf '%s' "${text%"${old[$name]}$rest"}${new[$name]-}$rest" > "$path"
  try "$name"
  printf '%s' "$text" > "$path"
}

read_faults
if [[ ${1-} == --list ]]; then
  for name in "${names[@]}"; do
    printf '%-34s %s\n' "$name" "${breaks[$name]}"
  done
  exit 0
fi

for name in "$@"; do
  [[ -n ${breaks[$name]+set} ]] || die "There is no fault '$name'; --list names them."
done
chosen=("$@")
[[ $# -gt 0 ]] || chosen=("${names[@]}")

copy=$(mktemp -d)
log=$(mktemp)
trap clean EXIT
trap 'exit 130' INT TERM
git -C "$root" ls-files -z | tar -C "$root" --null -T - -c | tar -C "$copy" -x

# Without a fault the tests pass: else a failure would prove nothing.
declare -A filters
for name in "${chosen[@]}"; do
  while read -r project filter; do
    [[ -z $project ]] || filters[$project]+="${filter:-.}|"
  done <<< "${tests[$name]}"
done
for project in "${!filters[@]}"; do
  build "$project" || { cat "$log"; die "$project does not build without a fault."; }
  filter=$(tr '|' '\n' <<< "${filters[$project]}" | sort -u | sed '/^$/d' | paste -s -d '|')
  run_tests "$project" "$filter" || { cat "$log"; die "The tests of $project fail without a fault."; }
done
echo "Without a fault all tests pass ($SECONDS s)."

caught=0
for name in "${chosen[@]}"; do
  start=$SECONDS
  judge "$name"
  printf '%-34s %-16s %4d s  %s\n' "$name" "$verdict" $((SECONDS - start)) "$detail"
  [[ $verdict != caught ]] || caught=$((caught + 1))
done
printf '%d of %d faults caught, %d min %02d s\n' "$caught" ${#chosen[@]} $((SECONDS / 60)) $((SECONDS % 60))
((caught == ${#chosen[@]}))
