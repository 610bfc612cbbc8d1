#!/bin/bash
# Who may include whom. FLOORS lists every folder of src/ with those it stands on, lowest
# first ("store: base crypto"). An #include "folder/..." that FLOORS does not admit is an
# error, and so is another folder's inner.h, or a folder that FLOORS does not know.
cd "${1:-$(dirname "$0")/..}" || exit 2
{
	cat FLOORS
	cd src && find . -mindepth 1 -maxdepth 1 -type d
	grep -rnE '^# *include "[a-z0-9_]+/' --include='*.[ch]' .
} | awk '
	/^[a-z][a-z0-9]*:/ {
		floor = $1
		sub(":", "", floor)
		known[floor] = may[floor, floor] = 1
		for (i = 2; i <= NF; i++) {
			if (!($i in known)) { print "FLOORS: " floor " stands on " $i ", which is not below it"; bad = 1 }
			may[floor, $i] = 1
		}
		next
	}
	/^\.\/[a-z0-9_]+$/ {
		sub(/^\.\//, "")
		if (!($0 in known)) { print "FLOORS does not know src/" $0; bad = 1 }
		next
	}
	/^\.\// {
		split($0, part, ":")
		from = part[1]
		sub(/^\.\//, "", from)
		sub(/\/.*/, "", from)
		to = file = part[3]
		gsub(/^# *include "|".*$/, "", file)
		sub(/^# *include "/, "", to)
		sub(/\/.*/, "", to)
		at = "src/" substr(part[1], 3) ":" part[2] ": "
		if (to in known && !((from, to) in may)) { print at from " may not include " to; bad = 1 }
		if (from != to && file ~ /\/inner\.h$/) { print at file " is for " to " alone"; bad = 1 }
	}
	END { exit bad }'
