#!/usr/bin/env bash
# Measures what the README states: start-up as ratios to an empty JVM, the lab's phases in seconds, the rate of load-queue
# against single sends on the same endpoint, and the embedded cloud's memory. Needs what pipelab needs: a JDK and Maven.
#
#   bench/bench.sh [RUNS]        medians of RUNS runs (default 7) for the short commands
#
# It uses folders of its own and leaves nothing behind.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-7}
work=$(mktemp -d)
export XDG_STATE_HOME="$work/state" XDG_CACHE_HOME="$work/cache" XDG_CONFIG_HOME="$work/config"
trap 'bin/pipelab local stop >/dev/null 2>&1 || true; rm -rf "$work"' EXIT
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

cat > "$work/Empty.java" <<'J'
public class Empty { public static void main(String[] a) {} }
J
"${java}c" -d "$work" "$work/Empty.java"

millis() { # the wall milliseconds of a command
  local from to
  from=$(date +%s%N); "$@" >/dev/null 2>&1; to=$(date +%s%N)
  echo $(((to - from) / 1000000))
}
median() { # of several runs of a command, after one that does not count
  "$@" >/dev/null 2>&1 || true
  for _ in $(seq "$runs"); do millis "$@"; done | sort -n | sed -n "$(((runs + 1) / 2))p"
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", a / b }'; }
row() { printf '%-44s %10s  %s\n' "$@"; }

bin/pipelab --version >/dev/null   # builds when needed, and writes the class-data archive
sleep 3                            # which is written in the background
echo "$(nproc) cores, $("$java" -version 2>&1 | head -1), $runs runs"

empty=$(median "$java" -cp "$work" Empty)
row "empty JVM" "$empty ms"
version=$(median bin/pipelab --version)
row "pipelab --version" "$version ms" "$(ratio "$version" "$empty") x an empty JVM"

cold=$(millis bin/pipelab up decoupling)
row "up, from nothing running" "$cold ms"
again=$(median bin/pipelab up decoupling)
row "up again, no changes" "$again ms"
status=$(median bin/pipelab status decoupling)
row "pipelab status" "$status ms" "$(ratio "$status" "$empty") x an empty JVM"

state=$(cat "$XDG_STATE_HOME"/pipelab/local/cloud.json)
pid=$(sed -n 's/.*"pid" *: *\([0-9]*\).*/\1/p' <<<"$state")
endpoint=$(sed -n 's/.*"endpoint" *: *"\([^"]*\)".*/\1/p' <<<"$state")
row "embedded cloud with the lab up, resident" "$(awk '/VmRSS/ { printf "%d MiB", $2 / 1024 }' "/proc/$pid/status")"

single=$("$java" -cp 'target/lib/*' bench/SingleSends.java "$endpoint" 2000)
row "SendMessage, one after the other" "$single /s"
load=$(bin/pipelab load-queue decoupling --count 10000 -o json 2>/dev/null)
sent=$(sed -n 's/.*"sent" *: *\([0-9]*\).*/\1/p' <<<"$load" | head -1)
seconds=$(sed -n 's/.*"seconds" *: *\([0-9.]*\).*/\1/p' <<<"$load" | head -1)
rate=$(awk -v n="$sent" -v s="$seconds" 'BEGIN { printf "%d", n / s }')
row "load-queue --count 10000" "$rate /s" "$(ratio "$rate" "$single") x single sends"
row "embedded cloud after the load, resident" "$(awk '/VmRSS/ { printf "%d MiB", $2 / 1024 }' "/proc/$pid/status")"
bin/pipelab down decoupling >/dev/null 2>&1 || true
bin/pipelab local stop >/dev/null 2>&1

row "run with 500 messages, from nothing running" "$(millis bin/pipelab run decoupling) ms"
