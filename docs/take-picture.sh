#!/usr/bin/env bash
# Writes docs/derivation.png, the picture of the README, from examples/least-squares.html. Needs Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1.5 \
  --window-size=880,815 --screenshot=docs/derivation.png "file://$PWD/examples/least-squares.html"
