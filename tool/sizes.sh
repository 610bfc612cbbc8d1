#!/bin/bash
# Does it fit a reader's head? A function: at most 60 lines and complexity 15 (pmccabe). A
# file: at most 500 lines. SIZES lists the exceptions, one a line with its reason:
#   FILE[:FUNCTION] REASON
# and an exception that is no longer needed is an error too.
cd "${1:-$(dirname "$0")/..}" || exit 2
files() {
	git ls-files -co --exclude-standard -- "$@" | while read -r f; do [ -f "$f" ] && echo "$f"; done
}
{
	grep -vE '^(#|$)' SIZES | sed 's/^/except\t/'
	files '*.c' '*.h' '*.html' '*.sql' '*.sh' '*.mjs' '*.css' run test .ci/run |
		xargs wc -l | awk '$2 != "total" || $1 == 0 { print "file\t" $2 "\t" $1 }'
	files '*.c' | xargs pmccabe | awk -F'\t' '{ print "function\t" $6 "\t" $5 "\t" $1 }'
} | awk -F'\t' '
	function over(what, why) {
		if (what in reason) { used[what] = 1; return }
		print what ": " why
		bad = 1
	}
	$1 == "except" {
		what = why = $2
		sub(/ .*/, "", what)
		if (!sub(/^[^ ]+ +/, "", why)) { print "SIZES: " what " has no reason"; bad = 1 }
		reason[what] = why
	}
	$1 == "file" && $3 > 500 { over($2, $3 " lines, 500 are allowed") }
	$1 == "function" {
		file = name = $2
		sub(/\(.*/, "", file)
		sub(/.*: /, "", name)
		what = file ":" name
		if ($3 > 60) over(what, $3 " lines, 60 are allowed")
		if ($4 > 15) over(what, "complexity " $4 ", 15 is allowed")
	}
	END {
		for (what in reason) if (!(what in used)) { print "SIZES: " what " needs no exception"; bad = 1 }
		exit bad
	}'
