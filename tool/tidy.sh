#!/bin/bash
# clang-tidy over src, static and tool, with the flags of a clang build; .clang-tidy says
# which of its checks earn their keep. A file whose code and flags have not changed since it
# passed is not read again.
cd "$(dirname "$0")/.." || exit 2
build=${1:?usage: tidy.sh BUILD-FOLDER}
mkdir -p "$build/tidy"
tidy() {
	local file=$1 build=$2 key
	key=$({ cat .clang-tidy; clang -E -P -std=gnu17 -D_GNU_SOURCE -Isrc -I. -I"$build" -I"$build/src" \
		-I"$build/static" -include src/base/banned.h "$file" 2>/dev/null || date +%N; } | sha256sum | cut -c1-32)
	[ -f "$build/tidy/$key" ] && { echo "ok - $file"; return; }
	if clang-tidy -p "$build" --quiet "$file" 2>/dev/null; then
		touch "$build/tidy/$key"
		echo "ok - $file"
	else
		echo "not ok - $file"
	fi
}
export -f tidy
git ls-files -co --exclude-standard 'src/*.c' 'static/*.c' 'tool/*.c' |
	while read -r f; do grep -qF "$f\"" "$build/compile_commands.json" && echo "$f"; done |
	xargs -P2 -I{} bash -c 'tidy "$@"' - {} "$build"
