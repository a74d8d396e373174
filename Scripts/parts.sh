# Sourced by Scripts/test and .ci/run: work in parts, each with a time budget that it must keep.
# Written so that it works without a terminal and without standard input.

part_report=()

# part NAME SECONDS COMMAND [ARGUMENT...]: runs the command, ends it when its time is over, and ends the script when it fails.
part() {
  local name=$1 budget=$2 start=$SECONDS status=0 spent
  shift 2
  printf '\n=== %s (at most %s s)\n' "$name" "$budget"
  timeout --kill-after 10 "$budget" "$@" </dev/null &
  trap "kill $! 2>/dev/null; exit 130" INT TERM
  wait $! || status=$?
  trap - INT TERM
  spent=$((SECONDS - start))
  part_report+=("$(printf '%-34s %5s s of %5s s' "$name" "$spent" "$budget")")
  ((status)) || return 0
  ((status != 124)) || echo "$name: the time is over" >&2
  report_parts >&2
  echo "FAILED: $name (status $status)" >&2
  exit 1
}

report_parts() {
  printf '\n'
  printf '%s\n' "${part_report[@]}"
}
