#!/bin/bash
# codespell over everything that is English; tool/spelling.ok lists words it takes for slips.
cd "${1:-$(dirname "$0")/..}" || exit 2
git ls-files -co --exclude-standard | grep -vE '^(po|forms)/|/demo/.*\.txt$|\.po$|^LICENSE$|package-lock|/corpus/|\.(svg|png|csv|json)$|^static/map|^lessons/.*\.(ar|zh|fr|ru|es)\.md$|^tests/fuzz/.*/' |
	while read -r f; do [ -f "$f" ] && echo "$f"; done |
	xargs codespell -I tool/spelling.ok
