#!/usr/bin/env bash
# Measures the lab task-manager on the embedded cloud: a whole run with the database server in the cache, and what cloud and
# database hold in memory while the lab stands.
#
#   bench/task-manager.sh
#
# It uses folders of its own and leaves nothing behind. The database server is fetched once before anything is measured.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
export XDG_STATE_HOME="$work/state" XDG_CACHE_HOME="$work/cache" XDG_CONFIG_HOME="$work/config"
trap 'bin/pipelab local stop >/dev/null 2>&1 || true; rm -rf "$work"' EXIT

row() { printf '%-60s %10s\n' "$@"; }
resident() { awk '/VmRSS/ { printf "%d", $2 / 1024 }' "/proc/$1/status"; }

bin/pipelab up task-manager >/dev/null 2>&1
bin/pipelab down task-manager >/dev/null 2>&1
bin/pipelab local stop >/dev/null 2>&1

from=$(date +%s%N)
bin/pipelab run task-manager >"$work/run" 2>&1 || { cat "$work/run"; exit 1; }
row "run, from nothing running, server in the cache" "$((($(date +%s%N) - from) / 1000000)) ms"
bin/pipelab local stop >/dev/null 2>&1

bin/pipelab up task-manager >/dev/null 2>&1
pid=$(sed -n 's/.*"pid" *: *\([0-9]*\).*/\1/p' "$XDG_STATE_HOME"/pipelab/local/cloud.json)
server=$(pgrep -f "^$XDG_CACHE_HOME/pipelab/mariadb-[^ ]*/bin/mariadbd" | head -1)
cloud=$(resident "$pid")
database=$(resident "$server")
row "embedded cloud with the lab up, resident" "$cloud MiB"
row "its database, resident" "$database MiB"
row "both" "$((cloud + database)) MiB"
