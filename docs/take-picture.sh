#!/usr/bin/env bash
# Writes docs/derivation.png, the picture of the README. Needs Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."
page="$(mktemp -d)/least-squares.html"
npx derive "1/N*sum((y - f(x))^2)" --let "f(x) = m*x + b" -o "$page"
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1.5 \
  --window-size=880,815 --screenshot=docs/derivation.png "file://$page"
