#!/bin/bash
# poc add from end to end: what was added is there, sorted, checked and compiled; what is not
# whole changes nothing.
#   add.sh POC PO-FOLDER
set -eu
poc=$1
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
fail() {
	echo "fail: $*" >&2
	exit 1
}
add() { "$poc" add --po "$room" test; }

cp "$2"/ban.csv "$2"/glossary.csv "$room"
cat >"$room/block" <<'END'
# remarks are allowed
key: test.z.thanks
ctxt: text
note: Twice
note: said
en: It's {name}
ar: هذا {name}
zh: 这是{name}
fr: C'est {name}
ru: Это {name}
es: Es {name}

key: test.a.days
ctxt: label
en.one: {count} day
en.other: {count} days
ar.zero: لا أيام
ar.one: يوم واحد
ar.two: يومان
ar.few: {count} أيام
ar.many: {count} يوماً
ar.other: {count} يوم
zh.other: {count}天
fr.one: {count} jour
fr.many: {count} de jours
fr.other: {count} jours
ru.one: {count} день
ru.few: {count} дня
ru.many: {count} дней
es.one: {count} día
es.many: {count} de días
es.other: {count} días
END
add <"$room/block" >/dev/null || fail "a whole block is refused"
"$poc" check "$room" >/dev/null || fail "what was added does not pass"
# shellcheck disable=SC1112 # the curly one is what is looked for
grep -q '^msgstr "C’est {name}"$' "$room/test.fr.po" || fail "apostrophe"
grep -q '^msgstr\[5\] "{count} يوم"$' "$room/test.ar.po" || fail "sixth Arabic form"
[ "$(grep '^msgid "t' "$room/test.ru.po" | head -1)" = 'msgid "test.a.days"' ] || fail "sorting"

cat "$room"/test.*.po >"$room/before"
add <"$room/block" >/dev/null || fail "the same again is refused"
cat "$room"/test.*.po | cmp - "$room/before" || fail "the same again changes something"

mkdir "$room/out"
"$poc" compile "$room/out" "$room" || fail "compile"
grep -q 'MSG_test_a_days,' "$room/out/messages.h" || fail "messages.h"
grep -qP '^test\.a\.days\tplural\tcount$' "$room/out/messages.keys" || fail "messages.keys"
grep -qP '^test\.z\.thanks\t-\tname$' "$room/out/messages.keys" || fail "messages.keys"

# Each of these is refused, and nothing is written.
sed '/^zh:/d' "$room/block" >"$room/no-zh"
sed '/^ar.two/d' "$room/block" >"$room/no-two"
sed 's/^ru.few/ru.other/' "$room/block" >"$room/wrong-form"
sed 's/^es: .*/es: Es/' "$room/block" >"$room/lost-name"
sed 's/^key: test.z.*/key: Thanks/' "$room/block" >"$room/wrong-key"
sed 's/^ctxt: text//' "$room/block" >"$room/no-ctxt"
sed 's/^en: .*/en It is/' "$room/block" >"$room/no-colon"
sed 's/^ru: .*/ru: Согласен, {name}/' "$room/block" >"$room/banned"
for bad in no-zh no-two wrong-form lost-name wrong-key no-ctxt no-colon banned; do
	if add <"$room/$bad" >/dev/null 2>"$room/why"; then fail "$bad is taken"; fi
	grep -q 'nothing was written' "$room/why" || fail "$bad: says nothing"
	cat "$room"/test.*.po | cmp - "$room/before" || fail "$bad changes something"
done

# A string missing in one language fails the build, naming file and key.
printf '\nmsgctxt "text"\nmsgid "test.y.extra"\nmsgstr "Extra"\n' >>"$room/test.en.po"
if "$poc" compile "$room/out" "$room" 2>"$room/why"; then fail "a missing string compiles"; fi
grep -q 'test.en.po:[0-9]*: E test.y.extra: 1: missing in test.ru.po' "$room/why" || fail "does not name it"
echo ok
