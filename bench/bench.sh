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

millis() { # the wall milliseconds of a command, which must succeed
  local from to
  from=$(date +%s%N)
  "$@" >"$work/out" 2>&1 || { echo "failed: $*" >&2; tail -5 "$work/out" >&2; exit 1; }
  to=$(date +%s%N)
  echo $(((to - from) / 1000000))
}
median() { # of several runs of a command, after one that does not count
  "$@" >/dev/null 2>&1 || true
  for _ in $(seq "$runs"); do millis "$@"; done | sort -n | sed -n "$(((runs + 1) / 2))p"
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", a / b }'; }
row() { printf '%-44s %10s  %s\n' "$@"; }

resident() { awk '/VmRSS/ { printf "%d MiB", $2 / 1024 }' "/proc/$(member pid)/status"; }
member() { # of what the running cloud says of itself
  sed -n "s/.*\"$1\" *: *\"\{0,1\}\([^\",]*\).*/\1/p" "$XDG_STATE_HOME"/pipelab/local/cloud.json
}

bin/pipelab --version >/dev/null   # builds when needed
echo "$(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg 2>/dev/null || echo unknown), $("$java" -version 2>&1 | head -1), medians of $runs runs"

empty=$(median "$java" -Xshare:auto -cp "$work" Empty)
row "empty JVM" "$empty ms"
version=$(median bin/pipelab --version)
row "pipelab --version" "$version ms" "$(ratio "$version" "$empty") x an empty JVM"

row "up, the first after a build" "$(millis bin/pipelab up decoupling) ms"
bin/pipelab verify decoupling >/dev/null 2>&1   # writes the commands' class archive at its end
row "local stop, archiving the cloud's classes" "$(millis bin/pipelab local stop) ms"
row "up, from nothing running" "$(millis bin/pipelab up decoupling) ms"
row "up again, no changes" "$(median bin/pipelab up decoupling) ms"
status=$(median bin/pipelab status decoupling)
row "pipelab status" "$status ms" "$(ratio "$status" "$empty") x an empty JVM"
if command -v aws >/dev/null; then
  list=$(median bin/pipelab aws sqs list-queues)
  row "aws sqs list-queues, through pipelab aws" "$list ms"
  export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any AWS_DEFAULT_REGION=us-east-1
  list=$(median aws --endpoint-url "$(member endpoint)" sqs list-queues)
  row "aws sqs list-queues" "$list ms" "status takes $(ratio "$status" "$list") x as long"
  unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_DEFAULT_REGION
fi
row "embedded cloud with the lab up, resident" "$(resident)"

quiet=-Dslf4j.internal.verbosity=ERROR # the SDK's logs go nowhere here, and need not say so
read -r cold warm calls <<<"$("$java" $quiet -cp 'src/commands/target/lib/*:src/cloud/target/lib/*' bench/Functions.java "$(member endpoint)" "$runs")"
row "Lambda: a cold call" "$cold ms" "$(ratio "$cold" "$empty") x an empty JVM"
row "Lambda: a warm call" "$warm ms"
row "Lambda: eight clients" "$calls /s"

queue=$(eval "$(bin/pipelab env decoupling)" && echo "$QUEUE_URL")
read -r idle busy <<<"$("$java" bench/LongPolls.java "$(member endpoint)" "$queue" 1000 1000)"
row "1,000 open long polls: p99 of another call" "$busy us" "$(ratio "$busy" "$idle") x with none open"
if python3 -c 'import boto3' 2>/dev/null; then
  read -r sends identities share <<<"$(python3 bench/boto3-sends.py "$(member endpoint)" "$queue")"
  row "boto3: SendMessage, GetCallerIdentity" "$sends, $identities /s" "$share x"
fi

single=$("$java" $quiet -cp 'src/commands/target/lib/*' bench/SingleSends.java "$(member endpoint)" 2000)
row "SendMessage, one after the other" "$single /s"
read -r asked _ <<<"$("$java" $quiet -cp 'src/cloud/target/pipelab-cloud.jar:src/cloud/target/lib/*:src/commands/target/lib/*' bench/Access.java)"
row "IAM: one call of a role of the lab" "$(awk -v n="$asked" 'BEGIN { printf "%.1f", n / 1000 }') us" "$(awk -v n="$asked" -v s="$single" 'BEGIN { printf "%.3f", n * s / 1e9 }') of a single send"
load=$(bin/pipelab load-queue decoupling --count 10000 -o json 2>/dev/null || true)
sent=$(sed -n 's/.*"sent" *: *\([0-9]*\).*/\1/p' <<<"$load" | head -1)
seconds=$(sed -n 's/.*"seconds" *: *\([0-9.]*\).*/\1/p' <<<"$load" | head -1)
rate=$(awk -v n="${sent:-0}" -v s="${seconds:-1}" 'BEGIN { printf "%d", n / s }')
row "load-queue --count 10000" "$rate /s" "$(ratio "$rate" "$single") x single sends"
row "embedded cloud after the load, resident" "$(resident)"
bin/pipelab down decoupling >/dev/null 2>&1 || true
bin/pipelab local stop >/dev/null 2>&1

row "run with 500 messages, from nothing running" "$(millis bin/pipelab run decoupling) ms"
