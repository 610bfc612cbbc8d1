#!/bin/bash
# Does each header compile alone, first in an otherwise empty file? The build folder gives
# the flags and the generated headers that others include.
cd "$(dirname "$0")/.." || exit 2
build=${1:?usage: headers.sh BUILD-FOLDER}
mapfile -t flags < <(grep -oE ' -I[^ "]+' "$build/compile_commands.json" | sed 's/^ -I//' | sort -u |
	while read -r dir; do case $dir in /*) echo "-I$dir" ;; *) echo "-I$build/$dir" ;; esac; done)
alone() {
	local header=$1
	shift
	printf '#include "%s"\n' "${header#src/}" |
		gcc -std=gnu17 -D_GNU_SOURCE -include src/base/banned.h -Wall -Wextra -Werror -Isrc -I. "$@" \
			-fsyntax-only -x c - && echo "ok - $header" || echo "not ok - $header"
}
export -f alone
git ls-files -co --exclude-standard 'src/*.h' 'static/*.h' 'tool/*.h' |
	while read -r f; do [ -f "$f" ] && echo "$f"; done |
	xargs -P2 -I{} bash -c 'alone "$@"' - {} "${flags[@]}"
