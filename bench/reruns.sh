#!/usr/bin/env bash
# Applies the edits of bench/reruns.txt to a copy of the checkout, one at a time, and compares what --explain says will run and may run, and what
# then runs, with the lists given there. Prints a row of a Markdown table for each.
#   bench/reruns.sh           every edit; exit code 0 only when every list is exact
#   bench/reruns.sh NAME...   these edits
#   bench/reruns.sh --list    names, and what each edits
set -euo pipefail
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
declare -A what file old new will may ran why
source "$root/bench/edits.sh"
work="" copy="" bad=0

main() {
  read_edits "$root/bench/reruns.txt" what file old new will may ran why
  need_keys what file old will may ran
  if [[ ${1-} == --list ]]; then
    printf '%s\n' "${names[@]}" | while read -r name; do printf '%-18s %s\n' "$name" "${what[$name]}"; done
    return
  fi

  local name chosen
  choose "$@"
  unset NATURALTHOUGHTS_ROOT NATURALTHOUGHTS_STORE
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  copy=$work/checkout
  mkdir "$copy"
  copy_sources "$root" "$copy"
  cp -r "$root/tests/Build/Fixtures/experiments" "$copy"
  host --target=Tiny || { cat "$work/log"; die "Tiny does not run without an edit."; }
  mv "$copy/.cache/store" "$work/store"

  printf '| edit | will run | may run | ran | exact | seconds |\n| --- | --- | --- | --- | --- | --- |\n'
  for name in "${chosen[@]}"; do
    apply_edit "$name" "$copy" || die "The old text of $name does not stand once in ${file[$name]}."
    judge "$name"
    undo_edit
    [[ ${file[$name]} != Directory.Packages.props ]] || copy_sources "$root" "$copy" '*packages.lock.json'
  done
  ((bad == 0)) || die "$bad of ${#chosen[@]} edits did not come out as reruns.txt says."
}

judge() {
  local name=$1 start=$SECONDS exact=yes list expected reason
  rm -rf "$copy/.cache/store" "$copy/results/tiny"
  cp -a "$work/store" "$copy/.cache/store"
  if [[ ${file[$name]} == Directory.Packages.props ]]; then
    dotnet restore "$copy/build/NaturalThoughts.Build.csproj" --force-evaluate > "$work/log" 2>&1 || { cat "$work/log"; die "$name: the packages cannot be restored."; }
  fi

  host --explain=Tiny || { cat "$work/log"; die "$name: --explain failed."; }
  sed -nE 's/^(hit|will run|may run) +([^:]+): .*/\2/p' "$work/out" | sort > "$work/all"
  sed -nE 's/^will run +([^:]+): .*/\1/p' "$work/out" | sort > "$work/will"
  sed -nE 's/^may run +([^:]+): .*/\1/p' "$work/out" | sort > "$work/may"
  cp "$work/out" "$work/explained"
  host --target=Tiny --jobs=2 --verbosity=diagnostic || { cat "$work/log"; die "$name: the run failed."; }
  sed -nE 's/^\[[0-9]+\/[0-9]+\] ran ([^ ]+) .*/\1/p' "$work/out" | sort > "$work/ran"

  for list in will may ran; do
    local -n patterns=$list
    expand "${patterns[$name]}" > "$work/expected"
    diff "$work/expected" "$work/$list" > "$work/difference" || { exact=no; echo "$name, $list (< expected, > came out):" >&2; cat "$work/difference" >&2; }
    unset -n patterns
  done
  reason=${why[$name]-}
  grep -qF -- "$reason" "$work/explained" || { exact=no; echo "$name: --explain does not say '$reason'" >&2; }
  [[ $exact == yes ]] || { bad=$((bad + 1)); grep '^will run' "$work/explained" | head -n 5 >&2 || true; }
  printf '| %s | %d | %d | %d | %s | %d |\n' "${what[$name]}" "$(wc -l < "$work/will")" "$(wc -l < "$work/may")" "$(wc -l < "$work/ran")" "$exact" $((SECONDS - start))
}

# The addresses that patterns stand for, in order; a pattern that stands for none is an error of reruns.txt.
expand() {
  local pattern address found
  [[ $1 != nothing ]] || return 0
  set -f
  for pattern in $1; do
    found=no
    while read -r address; do
      # shellcheck disable=SC2053 # a pattern on purpose
      [[ $address != $pattern ]] || { found=yes; echo "$address"; }
    done < "$work/all"
    [[ $found == yes ]] || echo "$pattern (no target)"
  done | sort -u
  set +f
}

# Runs the copy's host on the tests' profile: output in out, everything in log.
host() {
  local code=0
  "$copy/build.sh" "$@" --profile=tiny > "$work/out" 2> "$work/err" || code=$?
  cat "$work/out" "$work/err" > "$work/log"
  return "$code"
}

main "$@"
