#!/usr/bin/env bash
# Loads, drains and verifies many messages, and measures what that costs: rates, CPU time for each message (which tells more
# than rates on a machine that others use, too), how long a look takes while the table is full, and the cloud's memory.
#
#   bench/scale.sh [MESSAGES]        default 100000
#
# Ends with 1 when verify does not pass. It uses folders of its own and leaves nothing behind. Needs /proc.
set -euo pipefail
cd "$(dirname "$0")/.."
messages=${1:-100000}
work=$(mktemp -d)
export XDG_STATE_HOME="$work/state" XDG_CACHE_HOME="$work/cache" XDG_CONFIG_HOME="$work/config"
trap 'bin/pipelab local stop >/dev/null 2>&1 || true; rm -rf "$work"' EXIT

row() { printf '%-44s %s\n' "$@"; }
now() { date +%s%N; }
seconds() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", (b - a) / 1e9 }'; }
rate() { awk -v n="$1" -v a="$2" -v b="$3" 'BEGIN { printf "%d/s", n * 1e9 / (b - a) }'; }
timed() { # the wall seconds of a command, which must succeed
  local from
  from=$(now)
  "$@" >"$work/out" 2>&1 || { cat "$work/out" >&2; exit 1; }
  seconds "$from" "$(now)"
}
memory() { awk '/VmRSS/ { printf "%d MiB resident", $2 / 1024 }' "/proc/$pid/status"; }
cloud_cpu() { awk '{ sub(/.*\) /, ""); print ($12 + $13) * 10 }' "/proc/$pid/stat"; } # milliseconds
tasks_cpu() { # milliseconds; 0 when no task runs any more
  { ps -o cputimes= --ppid "$pid" || true; } | awk '{ s += $1 } END { print s * 1000 }'
}
items() { bin/pipelab status decoupling -o json 2>/dev/null | sed -n 's/.*"items" *: *\([0-9]*\).*/\1/p' | head -1; }

bin/pipelab --version >/dev/null # builds when needed
bin/pipelab up decoupling -P ProcessingMillis=0 >/dev/null 2>&1
pid=$(sed -n 's/.*"pid" *: *\([0-9]*\).*/\1/p' "$XDG_STATE_HOME/pipelab/local/cloud.json")
echo "$(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg), $messages messages"
row "lab up" "$(memory)"

from=$(now)
timed bin/pipelab load-queue decoupling --count "$messages" >/dev/null
row "load-queue, process start included" "$(rate "$messages" "$from" "$(now)")"

# The tasks ran during the load already: only what is left is measured.
first=$(items) first_at=$(now) cloud=$(cloud_cpu) tasks=$(tasks_cpu)
before=$first before_at=$first_at
while [ "$before" -lt "$messages" ]; do
  sleep 10
  after=$(items) after_at=$(now)
  [ "$after" -gt "$before" ] || { echo "the drain stands still at $after of $messages" >&2; exit 1; }
  row "  $after items" "$(rate $((after - before)) "$before_at" "$after_at")"
  before=$after before_at=$after_at
  running=$(tasks_cpu)
  if [ "$running" -gt 0 ]; then
    spent=$(($(cloud_cpu) - cloud)) of_tasks=$((running - tasks)) measured=$((after - first)) measured_at=$after_at
  fi
done
if [ -n "${measured:-}" ]; then
  row "drain of $measured, four tasks" "$(rate "$measured" "$first_at" "$measured_at")"
  row "CPU for each message" "$(awk -v c="$spent" -v t="$of_tasks" -v n="$measured" 'BEGIN { printf "cloud %.2f ms, tasks %.2f ms", c / n, t / n }')"
fi
row "cloud" "$(memory)"
row "status" "$(timed bin/pipelab status decoupling) s"
row "verify, to its end" "$(timed bin/pipelab verify decoupling) s"
tail -1 "$work/out"
row "cloud" "$(memory)"
