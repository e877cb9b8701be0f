#!/usr/bin/env bash
# Damages random objects and run records of a finished store, one at a time, and runs the same command again.
#   bench/reliability/corruption.sh [FLIPS] [TRUNCATIONS]     default: 200 flipped bits and 50 truncations, half of them in objects, half in records
# A run reads an object only where something needs it, so the records of what reads the damaged object are removed first, and with them the
# memory of complete runs. Exit code 0 only when every damage is named in a warning, what it damaged is made again, and the results are the
# bytes of before. SEED (default: the clock) draws the files, the bits and the lengths.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
flips=${1:-200} cuts=${2:-50}
seed=${SEED:-$(date +%s)}
RANDOM=$seed

draw() { echo $(((RANDOM * 32768 + RANDOM) % $1)); }

# Reads of a record what the target read: its document comes before its outputs.
reads() { sed '/^  "outputs": {/q' "$1" | grep -qF "\"$2\""; }

flip() {
  local at bit byte
  at=$(draw "$(stat -c %s "$1")") bit=$(draw 8)
  byte=$(od -An -tu1 -j "$at" -N 1 "$1")
  printf "\\x$(printf '%02x' $((byte ^ (1 << bit))))" | dd of="$1" bs=1 seek="$at" conv=notrunc status=none
  how="bit $bit of byte $at"
}

cut_off() {
  local length
  length=$(draw "$(stat -c %s "$1")")
  truncate -s "$length" "$1"
  how="cut to $length bytes"
}

# One damage of a kind (flip or cut_off) in a file of a room (objects or runs) of a fresh copy of the store.
damage() {
  local file name digest record code=0 how=""
  rm -rf "$store" "$results"
  cp -a "$work/good/store" "$store"
  cp -a "$work/good/results" "$results"
  rm -rf "$store/plans"
  mapfile -t files < <(find "$store/$2" -type f -size +0 | LC_ALL=C sort)
  file=${files[$(draw ${#files[@]})]}
  name=${file#"$store/"} digest=$(basename "$file")
  if [[ $2 == objects ]]; then
    while read -r record; do
      ! reads "$record" "$digest" || rm "$record"
    done < <(grep -rlF "$digest" "$store/runs")
  fi
  chmod u+w "$file"
  "$1" "$file"
  sum=$(sha256sum < "$file")
  done_=$((done_ + 1))
  run --verbosity=verbose || code=$?
  if grep -qF "warning: The stored file '$name'" "$work/err"; then named=$((named + 1)); else complain "$name, $how: not named"; fi
  if [[ -f $file && $(sha256sum < "$file") != "$sum" ]]; then remade=$((remade + 1)); else complain "$name, $how: not made again"; fi
  if check_whole "$code" "$name, $how"; then same=$((same + 1)); fi
  if [[ $2 == objects && -f $file && $(sha256sum < "$file") != "$digest  -" ]]; then complain "$name, $how: served"; fi
}

new_checkout corruption
run || { show_run; exit 1; }
reference=$(published)
mkdir "$work/good"
cp -a "$store" "$work/good/store"
cp -a "$results" "$work/good/results"

for kind in flip cut_off; do
  total=$([[ $kind == flip ]] && echo "$flips" || echo "$cuts")
  for room in objects runs; do
    done_=0 named=0 remade=0 same=0
    [[ $room == objects ]] && count=$(((total + 1) / 2)) || count=$((total / 2))
    for ((n = 0; n < count; n++)); do damage "$kind" "$room"; done
    printf 'corruption, seed %s, %s of %s: %d damaged, %d named, %d made again, %d reruns with the same bytes\n' \
      "$seed" "$([[ $kind == flip ]] && echo "flipped bits" || echo truncations)" "$([[ $room == runs ]] && echo records || echo objects)" "$done_" "$named" "$remade" "$same"
  done
done
finish
