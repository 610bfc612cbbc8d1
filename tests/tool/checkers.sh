#!/bin/bash
# Each checker passes a clean tree and fails on a fault planted in it.
cd "$(dirname "$0")/../.." || exit 2
root=$PWD n=0
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT

clean() { # a tree that nothing is wrong with
	rm -rf "$scratch/tree"
	mkdir -p "$scratch/tree/src/base" "$scratch/tree/src/http"
	cd "$scratch/tree" || exit 2
	git init -q .
	cp "$root/.clang-format" .
	mkdir tool
	cp "$root/tool/spelling.ok" tool/
	printf 'base:\nhttp: base\n' >FLOORS
	printf '# none\n' >SIZES
	printf '#!/bin/bash\necho hello\n' >run
	printf '#pragma once\nint base_one(void);\n' >src/base/base.h
	printf '#include "base/base.h"\n\nint base_one(void)\n{\n\treturn 1;\n}\n' >src/base/base.c
}

tells() { # WHAT CHECKER EXPECTED-WORDS: the checker fails and says so
	n=$((n + 1))
	local out
	if out=$("$root/tool/$2.sh" "$scratch/tree" 2>&1); then
		echo "not ok $n - $2 tells $1"
	elif [[ $out == *"$3"* ]]; then
		echo "ok $n - $2 tells $1"
	else
		echo "not ok $n - $2 tells $1"
		printf '%s\n' "$out" | sed 's/^/# /'
	fi
	clean
}

clean
for checker in format floors sizes scripts secrets spelling cppcheck; do
	n=$((n + 1))
	if out=$("$root/tool/$checker.sh" "$scratch/tree" 2>&1); then
		echo "ok $n - $checker passes a clean tree"
	else
		echo "not ok $n - $checker passes a clean tree"
		printf '%s\n' "$out" | sed 's/^/# /'
	fi
done

printf 'int  x ;\n' >>src/base/base.c
tells 'a bad layout' format base.c
printf '#include "http/http.h"\n' >>src/base/base.c
tells 'a floor that includes what stands above it' floors 'base may not include http'
printf '#include "base/inner.h"\n' >src/http/http.c
tells "another room's inner.h" floors 'is for base alone'
mkdir src/attic
tells 'an unknown folder' floors 'attic'
{ echo 'int long_one(int x)'; echo '{'; yes '	x++;' | head -60; echo '	return x;'; echo '}'; } >src/base/long.c
tells 'a long function' sizes 'long.c:long_one: 64 lines'
{ echo 'int knot(int x)'; echo '{'; yes '	if (x) x++;' | head -15; echo '	return x;'; echo '}'; } >src/base/knot.c
tells 'a tangled function' sizes 'complexity 16'
yes '/* */' | head -501 >src/base/file.h
tells 'a long file' sizes 'file.h: 501 lines'
echo 'src/base/base.c:base_one it was long once' >>SIZES
tells 'an exception nobody needs' sizes 'needs no exception'
printf '#!/bin/bash\nrm -rf $1/*\n' >run
tells 'an unquoted word' scripts SC2086
printf '/* TO%s: later */\n' DO >>src/base/base.c
tells 'work left for later' secrets 'left for later'
printf '{ "resolved": "https://example.org/a.tgz" }\n' >package-lock.json
tells 'a download address' secrets 'download address'
printf '/* %s/x */\n' "$PWD" >>src/base/base.c
tells 'a path of this machine' secrets 'path of'
printf '/* bec%s */\n' uase >>src/base/base.c
tells 'a slip of the pen' spelling because
printf 'int past(void);\nint past(void)\n{\n\tint a[2] = { 1, 2 };\n\treturn a[2];\n}\n' >src/base/past.c
tells 'a look past the end' cppcheck arrayIndexOutOfBounds
echo "1..$n"
