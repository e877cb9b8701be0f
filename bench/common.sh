# Shared by same-bytes.sh and the scripts of reliability/ and speed/: the built host, a checkout of its own with the seconds-long profile of the tests, counts.
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/bench/measured.sh"
host="$root/build/bin/Release/net10.0/linux-x64/NaturalThoughts.Build.dll"
target=Tiny profile=tiny jobs=2
checkout="" store="" results="" bad=0 pid=""

# The host stands still while a script runs: a build waits for the lock that build.sh takes as well.
"$root/build.sh" --version > /dev/null
exec 9>> "$root/.cache/build.lock"
flock --shared 9

work=$(mktemp -d)
trap clean EXIT
trap 'exit 130' INT TERM

clean() {
  [[ -z $pid ]] || kill -9 -- "-$pid" 2> /dev/null || true
  while read -r mounted; do umount "$mounted"; done < <(awk '{print $2}' /proc/mounts | grep -F "$work" | sed 's/\\040/ /g')
  rm -rf "$work"
}

# A checkout with the repository's experiments, of the tables $target alone (a plan has all that are there), and the profile of the tests; the
# temporary folder of its runs is its own.
new_checkout() {
  checkout="$work/$1" store="$work/$1/.cache/store" results="$work/$1/results/$profile"
  mkdir -p "$checkout" "$work/tmp"
  cp -r "$root/experiments" "$checkout/"
  cp -r "$root/tests/Build/Fixtures/experiments" "$checkout/"
  find "$checkout/experiments/tables" -name '*.yaml' ! -name "$target.yaml" -delete
  rm "$checkout"/experiments/findings*.yaml # of the tables that are gone
  export NATURALTHOUGHTS_ROOT="$checkout" NATURALTHOUGHTS_STORE="$store" TMPDIR="$work/tmp"
}

# Runs the host; its output is in $work/out and $work/err. Returns its exit code.
run() { dotnet "$host" "--target=$target" "--profile=$profile" "--jobs=$jobs" "$@" > "$work/out" 2> "$work/err"; }

published() { (cd "$results" && sha256sum -- *) | sha256sum; }

now() { date +%s%3N; }

complain() {
  echo "  $*" >&2
  bad=$((bad + 1))
}

show_run() { sed 's/^/    /' "$work/err" "$work/out" >&2; }

# After a plain rerun: done, the same bytes, and nothing left lying about.
check_whole() {
  local code=$1 what=$2 left
  if ((code != 0)); then
    complain "$what: the rerun ended with exit code $code"
    show_run
    return 1
  fi
  if [[ $(published) != "$reference" ]]; then
    complain "$what: other bytes in results"
    return 1
  fi
  left=$(find "$store/tmp" "$store/locks" -mindepth 1; find "$checkout" "$store" \( -name '*.tmp' -o -name '*.part' -o -name '*.removing' \))
  if [[ -n $left ]]; then
    complain "$what: left lying about: $left"
    return 1
  fi
}

finish() {
  ((bad == 0)) || echo "$bad failures" >&2
  ((bad == 0))
}

# Milliseconds that a command takes, its output dropped.
time_of() {
  local start=$EPOCHREALTIME
  "$@" > /dev/null 2> "$work/err" || { cat "$work/err" >&2; return 1; }
  local end=$EPOCHREALTIME
  echo $(((${end/./} - ${start/./}) / 1000))
}

median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }

fastest() { sort -n "$1" | head -n 1; }
