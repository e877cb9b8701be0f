#!/usr/bin/env bash
# Draws the pictures of docs/report.md out of the smoke report: bench/report.sh (needs chromium and a store with smoke's Table 1).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
./build.sh --target=Report --profile=smoke
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT

# draw NAME HEIGHT ROUTE
draw() {
  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size="1180,$2" --virtual-time-budget=4000 --user-data-dir="$profile" \
    --screenshot="$PWD/docs/report/$1.png" "file://$PWD/.cache/report/smoke/index.html$3" 2> /dev/null
}

mkdir -p docs/report
draw table 720 "#/"
draw compare 1000 "#/compare?table=Table1&a=VerbosityHigh/40/System2&b=Random/40/System2&benchmark=Broad"
ls -l docs/report
