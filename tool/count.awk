# I know how to count a log: TAP lines, or meson's test log, which holds the output of many
# programs with a "result:" before each. Prints: passed failed skipped.
function ends() {
	if (inside && !said) {
		if (result == "exit status 0") passed++
		else if (result == "exit status 77") skipped++
		else failed++
	}
	else if (inside && !said_bad && result != "exit status 0") failed++
	said = said_bad = inside = 0
}
/^result: / { ends(); inside = 1; result = $0; sub(/^result: +/, "", result); next }
/^(ok|not ok)( .*)?# *(skip|SKIP|TODO)/ || /^1\.\.0 *#/ { skipped++; said = 1; next }
/^ok( |$)/ { passed++; said = 1 }
/^not ok( |$)/ { failed++; said = said_bad = 1 }
END { ends(); print passed + 0, failed + 0, skipped + 0 }
