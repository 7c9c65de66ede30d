#!/usr/bin/env bash
# Measures the way of a large CSV file through the lab job-offers on the embedded cloud: from `pipelab upload` until every
# row is an item with equal fields (which `verify` checks field by field), and what memory that takes.
#
#   bench/job-offers.sh [ROWS]        10000 when not said
#
# It uses folders of its own and leaves nothing behind.
set -euo pipefail
cd "$(dirname "$0")/.."
rows=${1:-10000}
work=$(mktemp -d)
export XDG_STATE_HOME="$work/state" XDG_CACHE_HOME="$work/cache" XDG_CONFIG_HOME="$work/config"
trap 'bin/pipelab local stop >/dev/null 2>&1 || true; rm -rf "$work"' EXIT

awk -v rows="$rows" 'BEGIN {
  print "id,city,company_name,title,url,contract_type,company_sector,user_experience,keyword,created_date,provider"
  for (i = 1; i <= rows; i++)
    printf "bench-%d,\"City %d, North\",\"The \"\"%d\"\" company\",Developer,https://jobs.example/%d,CDI,IT,,java,2026-11-21,bench\n", i, i % 97, i, i
}' > "$work/large.csv"

row() { printf '%-44s %10s  %s\n' "$@"; }
memory() { awk '/VmRSS/ { printf "%d MiB", $2 / 1024 }' "/proc/$1/status"; }

bin/pipelab up job-offers >/dev/null 2>&1
pid=$(sed -n 's/.*"pid" *: *\([0-9]*\).*/\1/p' "$XDG_STATE_HOME"/pipelab/local/cloud.json)
row "embedded cloud with the lab up, resident" "$(memory "$pid")" ""

from=$(date +%s%N)
bin/pipelab upload job-offers "$work/large.csv" >/dev/null 2>&1
bin/pipelab verify job-offers --step queued --within 30m >"$work/queued" 2>/dev/null || { cat "$work/queued"; exit 1; }
queued=$(date +%s%N)
bin/pipelab verify job-offers --step stored --within 8h >"$work/stored" 2>/dev/null || { cat "$work/stored"; exit 1; }
stored=$(date +%s%N)
row "$rows rows, upload to the last message" "$(((queued - from) / 1000000)) ms" "$((rows * 1000 / ((queued - from) / 1000000))) rows/s"
row "$rows rows, upload to the last item" "$(((stored - from) / 1000000)) ms" "$((rows * 1000 / ((stored - from) / 1000000))) rows/s"
row "embedded cloud after it, resident" "$(memory "$pid")" ""
for function in s3_to_sqs sqs_to_dynamo; do
  most=$(bin/pipelab logs job-offers 2>/dev/null | grep "$function" | sed -n 's/.*Max Memory Used: \([0-9]*\) MB.*/\1/p' | sort -n | tail -1)
  row "${function}_lambda, Max Memory Used" "${most:-?} MB" "of 512"
done
