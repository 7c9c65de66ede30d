#!/usr/bin/env bash
# Measures the lab image-resize: COUNT uploaded pictures must give twice as many outputs, none lost, none made twice; how fast
# they come, and what memory the embedded cloud and its functions take meanwhile. Needs a JDK and Maven.
#
#   bench/images.sh [COUNT]      200 by default
#
# It uses folders of its own and leaves nothing behind.
set -euo pipefail
cd "$(dirname "$0")/.."
count=${1:-200}
work=$(mktemp -d)
export XDG_STATE_HOME="$work/state" XDG_CACHE_HOME="$work/cache" XDG_CONFIG_HOME="$work/config"
trap 'bin/pipelab local stop >/dev/null 2>&1 || true; rm -rf "$work"' EXIT
row() { printf '%-44s %10s  %s\n' "$@"; }

samples=(lake misty-hills lighthouse "red flower" "sea+sky" tiny-balloon)
mkdir "$work/pictures"
for i in $(seq -w "$count"); do
  cp "samples/image-resize/ingest/${samples[$((10#$i % ${#samples[@]}))]}.jpg" "$work/pictures/picture $i.jpg"
done

bin/pipelab up image-resize >"$work/up.log" 2>&1 || { cat "$work/up.log" >&2; exit 1; }
pid=$(sed -n 's/.*"pid" *: *\([0-9]*\).*/\1/p' "$XDG_STATE_HOME"/pipelab/local/cloud.json)
resident() { # of the cloud and its functions, in MiB, at this moment
  local all=$pid sum=0 child
  all+=" $(pgrep -P "$pid" | tr '\n' ' ')"
  for child in $all; do
    sum=$((sum + $(awk '/VmRSS/ { print $2 }' "/proc/$child/status" 2>/dev/null || echo 0)))
  done
  echo $((sum / 1024))
}
lines() { bin/pipelab logs image-resize 2>/dev/null | grep -c "\] stored $1/" || true; }

from=$(date +%s%N)
bin/pipelab upload image-resize "$work"/pictures/* >"$work/upload.log" 2>&1 || { cat "$work/upload.log" >&2; exit 1; }
sent=$(date +%s%N)
peak=0 thumbnails=0 mobiles=0
while [ "$thumbnails" -lt "$count" ] || [ "$mobiles" -lt "$count" ]; do
  [ $((($(date +%s%N) - from) / 1000000000)) -lt 900 ] || { echo "only $thumbnails and $mobiles of $count after 15 minutes" >&2; exit 1; }
  now=$(resident); [ "$now" -le "$peak" ] || peak=$now
  thumbnails=$(lines thumbnail); mobiles=$(lines mobile)
done
done=$(date +%s%N)
seconds() { awk -v ns="$1" 'BEGIN { printf "%.1f", ns / 1e9 }'; }

row "upload of $count pictures" "$(seconds $((sent - from))) s"
row "$((2 * count)) outputs, from the first upload" "$(seconds $((done - from))) s" \
  "$(awk -v n=$((2 * count)) -v ns=$((done - from)) 'BEGIN { printf "%.0f", n / ns * 1e9 }') /s"
row "cloud and functions, resident at most" "$peak MiB"
row "largest function by its REPORT lines" \
  "$(bin/pipelab logs image-resize 2>/dev/null | sed -n 's/.*Max Memory Used: \([0-9]*\) MB.*/\1/p' | sort -n | tail -1) MB" "of 512"

# None lost, each of its exact size: verify. None twice: a function says so when it stores.
bin/pipelab verify image-resize --step uploaded --step thumbnails --step mobiles --step dead-letter 2>/dev/null
thumbnails=$(lines thumbnail); mobiles=$(lines mobile)
if [ "$thumbnails" -ne "$count" ] || [ "$mobiles" -ne "$count" ]; then
  echo "made $thumbnails thumbnails and $mobiles pictures for phones of $count" >&2
  exit 1
fi
row "made twice" 0
