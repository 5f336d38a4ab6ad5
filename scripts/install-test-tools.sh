#!/usr/bin/env bash
# Installs what the tests use from outside npm: pdflatex, which compiles the printed derivations.
# Debian and its kin only; elsewhere install TeX Live (amsmath and amssymb are enough) by hand.
set -euo pipefail

if command -v pdflatex >/dev/null; then exit 0; fi
if ! command -v apt-get >/dev/null; then
  echo 'pdflatex is missing: install TeX Live' >&2
  exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo -n); fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq </dev/null
"${as_root[@]}" apt-get install -y -qq --no-install-recommends texlive-latex-base </dev/null
command -v pdflatex >/dev/null
