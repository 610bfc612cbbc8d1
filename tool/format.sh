#!/bin/bash
# Is every C file laid out as .clang-format says?
cd "${1:-$(dirname "$0")/..}" || exit 2
git ls-files -co --exclude-standard '*.c' '*.h' | while read -r f; do [ -f "$f" ] && echo "$f"; done |
	xargs -P2 -n20 clang-format --dry-run -Werror
