# Shared by scripts that measure: the line of JSON for a value, which ./build.sh --target=Bench reads; bench/Measured.cs does the same for programs.

# measured VALUE HERE UNIT [PEER THERE RATIO]: the ratio says, of times and speeds, how many times as fast this program is.
measured() {
  local peer=""
  [[ $# == 3 ]] || peer=", \"peer\": \"$4\", \"there\": $5, \"ratio\": $6"
  printf '{"value": "%s", "here": %s, "unit": "%s"%s}\n' "$1" "$2" "$3" "$peer"
}

# to_seconds MILLISECONDS
to_seconds() { awk -v ms="$1" 'BEGIN {printf "%.3f", ms / 1000}'; }

# ratio A B: A divided by B.
ratio() { awk -v a="$1" -v b="$2" 'BEGIN {printf "%.3f", a / b}'; }
