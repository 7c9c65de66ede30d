#!/usr/bin/env bash
# Runs the lab decoupling RUNS times against one embedded cloud, from nothing to nothing each time, and measures the cloud's
# memory after each: what it holds on to would grow with them.
#
#   bench/runs.sh [RUNS]         default 15
#
# It uses folders of its own and leaves nothing behind. Needs /proc.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-15}
work=$(mktemp -d)
export XDG_STATE_HOME="$work/state" XDG_CACHE_HOME="$work/cache" XDG_CONFIG_HOME="$work/config"
trap 'bin/pipelab local stop >/dev/null 2>&1 || true; rm -rf "$work"' EXIT

bin/pipelab --version >/dev/null # builds when needed
bin/pipelab local start >"$work/out" 2>&1 || { cat "$work/out" >&2; exit 1; }
pid=$(sed -n 's/.*"pid" *: *\([0-9]*\).*/\1/p' "$XDG_STATE_HOME/pipelab/local/cloud.json")
memory() { awk '/VmRSS/ { printf "%d MiB resident", $2 / 1024 }' "/proc/$pid/status"; }

printf '%-44s %s\n' "cloud" "$(memory)"
for run in $(seq "$runs"); do
  bin/pipelab run decoupling >"$work/out" 2>&1 || { cat "$work/out" >&2; exit 1; }
  printf '%-44s %s\n' "after run $run" "$(memory)"
done
