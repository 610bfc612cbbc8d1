#!/bin/bash
# cppcheck, with those of its claims left out that are wrong for this code: it does not know the
# cleanup attribute (resourceLeak, memleak; both compilers' analysers do), nor that a function
# which fails leaves its result alone and nobody looks at it (uninitialised things), and it
# stumbles over some conditional expressions (internalAstError).
cd "${1:-$(dirname "$0")/..}" || exit 2
git ls-files -co --exclude-standard 'src/*.c' 'static/*.c' 'tool/*.c' |
	while read -r f; do [ -f "$f" ] && echo "$f"; done |
	cppcheck --file-list=- -j2 --quiet --std=c11 --enable=warning,performance,portability \
		--inline-suppr --error-exitcode=1 -Isrc -I. --library=posix \
		'-D_Noreturn=__attribute__((noreturn))' \
		--suppress=missingInclude --suppress=normalCheckLevelMaxBranches --suppress=toomanyconfigs \
		--suppress=resourceLeak --suppress=memleak --suppress=internalAstError \
		--suppress=uninitvar --suppress=legacyUninitvar --suppress=uninitStructMember
