#!/bin/bash
# cppcheck, with the few of its claims left out that are wrong for this code.
cd "${1:-$(dirname "$0")/..}" || exit 2
git ls-files -co --exclude-standard 'src/*.c' 'static/*.c' 'tool/*.c' |
	while read -r f; do [ -f "$f" ] && echo "$f"; done |
	cppcheck --file-list=- -j2 --quiet --std=c11 --enable=warning,performance,portability \
		--inline-suppr --error-exitcode=1 -Isrc -I. --library=posix \
		--suppress=missingInclude --suppress=normalCheckLevelMaxBranches --suppress=toomanyconfigs
