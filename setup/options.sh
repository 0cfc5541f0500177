# The reader of options of the shell scripts; to be sourced.
#
#   usage='[SECONDS] [--time SECONDS] [--out DIR]'
#   time=60 out=runs
#   read_options "$@"
#
# sets $time and $out, and the array `arguments` to what is no option. The options are those that
# $usage has as [--NAME KIND].

declare -A option_needs=([SECONDS]='a number of seconds' [DIR]='a directory' [PROGRAM]='a program')

# fail_usage WHAT: one line, and exit code 2.
fail_usage() {
  echo "${0##*/}: $1; usage: ${0##*/} $usage" >&2
  exit 2
}

demand_seconds() {
  [[ $1 =~ ^[0-9]+(\.[0-9]+)?$ ]] || fail_usage "'$1' is not a number of seconds"
}

read_options() {
  arguments=()
  while (($#)); do
    if [[ $1 != -* ]]; then
      arguments+=("$1")
      shift
      continue
    fi
    [[ $usage =~ \["$1"\ ([A-Z]+)\] ]] || fail_usage "unknown option $1"
    local kind=${BASH_REMATCH[1]} name=${1#--}
    (($# > 1)) || fail_usage "$1 needs ${option_needs[$kind]}"
    [[ $kind != SECONDS ]] || demand_seconds "$2"
    printf -v "${name//-/_}" %s "$2"
    shift 2
  done
}
