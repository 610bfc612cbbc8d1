#!/bin/bash
# Are the shell scripts sound?
cd "${1:-$(dirname "$0")/..}" || exit 2
{
	ls run test .ci/run 2>/dev/null
	git ls-files -co --exclude-standard '*.sh'
	git ls-files -co --exclude-standard tests contrib tool | while read -r f; do
		[ -f "$f" ] && head -c 40 "$f" | grep -qaE '^#!/bin/(ba|da|)sh' && echo "$f"
	done
} | sort -u | while read -r f; do [ -f "$f" ] && echo "$f"; done |
	xargs shellcheck -s bash -e SC1091,SC2016
