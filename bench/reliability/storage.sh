#!/usr/bin/env bash
# Runs on storage that fails: a full disk (tmpfs of many sizes), a file system that turned read-only, a store of somebody else, a path with
# blanks and non-ASCII letters. Needs root: it mounts, and it runs as nobody where a permission is to be missing.
#   bench/reliability/storage.sh [SIZES]      default: 20 sizes of the full disk, drawn with SEED
# Exit code 0 only when every such run ends with exit code 1 and one message that names the place, and the plain rerun after the cause is
# gone gives the bytes of an undisturbed run.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
sizes=${1:-20}
seed=${SEED:-$(date +%s)}
RANDOM=$seed
odd="$work/disk with blanks, Käse und 数据"

# The run that must fail said one thing, and where.
check_message() {
  local code=$1 what=$2
  messages=$(grep -cE '^(error|failed): ' "$work/err" || true)
  if ((code != 1)) || ((messages != 1)) || ! grep -E '^(error|failed): ' "$work/err" | grep -qE "$3" || grep -qE '^   at ' "$work/err" "$work/out"; then
    complain "$what: exit code $code, $messages messages"
    show_run
    return 1
  fi
  said=$((said + 1))
}

mend() {
  local code=0
  run || code=$?
  ! check_whole "$code" "$1" || mended=$((mended + 1))
}

report() {
  printf 'storage, %s: %d runs, %d with exit code 1 and one message, %d reruns done with the same bytes\n' "$1" "$tried" "$said" "$mended"
  tried=0 said=0 mended=0
}

new_checkout "checkout"
run || { show_run; exit 1; }
reference=$(published)
full=$(du -sk "$store" | cut -f 1)
tried=0 said=0 mended=0

# Blanks and other letters, in the checkout and in the store.
new_checkout "Prüfung mit Leerzeichen 実験"
store="$odd/store ü"
export NATURALTHOUGHTS_STORE="$store"
mkdir "$odd"
tried=1
mend "odd path"
printf 'storage, blanks and non-ASCII letters in checkout and store: %d runs, %d done with the same bytes\n' "$tried" "$mended"

tried=0 mended=0
for ((n = 0; n < sizes; n++)); do
  rm -rf "$results"
  size=$((16 + (RANDOM * 32768 + RANDOM) % full))
  mount -t tmpfs -o "size=${size}k" none "$odd"
  code=0
  run || code=$?
  if ((code == 0)); then
    n=$((n - 1)) # all of it found room
  else
    tried=$((tried + 1))
    check_message "$code" "disk of $size KiB" 'No space left|disk was full' || true
    mount -o remount,size=64m "$odd"
    mend "disk of $size KiB"
  fi
  umount "$odd"
done
report "full disk, seed $seed"

# A store that is read-only from the start, and one that was half made by then.
for half in no yes; do
  rm -rf "$results"
  mount -t tmpfs -o size=64m none "$odd"
  if [[ $half == yes ]]; then
    target=world/pool run
  fi
  mount -o remount,ro "$odd"
  tried=$((tried + 1)) code=0
  run || code=$?
  check_message "$code" "read-only, half made: $half" 'Read-only file system' || true
  mount -o remount,rw "$odd"
  mend "read-only, half made: $half"
  umount "$odd"
done
report "read-only"

# As nobody: a folder in which nothing can be made, a store of which only root may write, and a results folder of which the same holds.
chmod 755 "$work"
chmod 777 "$work/tmp" "$work/out" "$work/err"
host_of_root=$(command -v dotnet)
dotnet() { setpriv --reuid=65534 --regid=65534 --clear-groups env HOME="$work/tmp" "$host_of_root" "$@"; }
for kind in folder store objects results; do
  rm -rf "$results" "$odd" "$store.probes"
  mkdir -p "$odd" "$checkout/results"
  chown -R 65534 "$checkout"
  case $kind in
    folder) locked="$odd" ;;
    *) chown 65534 "$odd" && target=world/pool run && locked="$store" ;;
  esac
  [[ $kind != objects ]] || locked="$store/objects"
  [[ $kind != results ]] || locked="$checkout/results"
  chown -R 0 "$locked"
  chmod -R go-w "$locked"
  tried=$((tried + 1)) code=0
  run || code=$?
  check_message "$code" "no permission, $kind" 'denied' || true
  chown -R 65534 "$locked"
  mend "no permission, $kind"
done
report "no permission"
finish
