# Shared by faults.sh and reruns.sh: files of edits, each applied to a copy of the sources and taken out again.
# An edit: [name], then lines "key value" with values from column 9. Several lines of a key are lines of its text. The keys file, old and new say what
# is replaced; the old text must be in the file exactly once. Every key is an associative array by name that the script declares.
names=()
edited="" original=""

die() {
  echo "$*" >&2
  exit 2
}

# Reads a file of edits that may have these keys.
read_edits() {
  local path=$1 line key name=""
  shift
  while IFS= read -r line; do
    key=${line%% *}
    case $key in
      '' | '#'*) ;;
      '['*']')
        name=${line:1:-1}
        [[ " ${names[*]} " != *" $name "* ]] || die "${path##*/}: $name stands twice"
        names+=("$name")
        ;;
      *)
        [[ -n $name && " $* " == *" $key "* ]] || die "${path##*/}: $name has a line that is none: $line"
        local -n field=$key
        field[$name]=${field[$name]+${field[$name]}$'\n'}${line:8}
        unset -n field
        ;;
    esac
  done < "$path"
}

# Fails unless every edit has these keys.
need_keys() {
  local name key
  for name in "${names[@]}"; do
    for key in "$@"; do
      local -n field=$key
      [[ -n ${field[$name]-} ]] || die "$name lacks '$key'"
      unset -n field
    done
  done
}

# The chosen names, all of them where none is given.
choose() {
  local name
  for name in "$@"; do
    [[ " ${names[*]} " == *" $name "* ]] || die "There is no '$name'; --list names them."
  done
  chosen=("$@")
  [[ $# -gt 0 ]] || chosen=("${names[@]}")
}

# Copies the files that git tracks from one folder to another, as they are now; with patterns, those that one fits.
copy_sources() { git -C "$1" ls-files -z "${@:3}" | tar -C "$1" --null -T - -c | tar -C "$2" -x; }

# Puts an edit into a folder. Fails if its old text is not there exactly once.
apply_edit() {
  edited=$2/${file[$1]}
  [[ -f $edited ]] || return 1
  original=$(cat "$edited" && echo x)
  original=${original%x}
  local rest=${original#*"${old[$1]}"}
  [[ $rest != "$original" && $rest != *"${old[$1]}"* ]] || return 1
  printf '%s' "${original%"${old[$1]}$rest"}${new[$1]-}$rest" > "$edited"
}

undo_edit() { printf '%s' "$original" > "$edited"; }
