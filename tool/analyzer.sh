#!/bin/bash
# gcc's own analyser, on the floors where a leak or a double close would hurt most.
cd "$(dirname "$0")/.." || exit 2
build=${1:?usage: analyzer.sh BUILD-FOLDER}
mapfile -t flags < <(grep -oE ' -(I|isystem)[^ "]+' "$build/compile_commands.json" | sort -u |
	sed -E "s/^ //; s#^(-I|-isystem)([^/])#\\1$build/\\2#")
analyse() {
	local file=$1
	shift
	gcc -std=gnu17 -D_GNU_SOURCE -include src/base/banned.h -O1 -fanalyzer -Werror "$@" -Isrc -I. \
		-c -o /dev/null "$file" && echo "ok - $file" || echo "not ok - $file"
}
export -f analyse
git ls-files -co --exclude-standard 'src/base/*.c' 'src/crypto/*.c' 'src/http/*.c' 'src/vault/*.c' 'src/store/*.c' 'tool/*.c' |
	while read -r f; do [ -f "$f" ] && echo "$f"; done |
	xargs -P2 -I{} bash -c 'analyse "$@"' - {} "${flags[@]}"
