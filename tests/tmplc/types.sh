#!/bin/sh
# What the C compiler makes of templates: the accepted compile without a warning, a value whose
# type has no business in its place does not compile.
#   types.sh TMPLC SOURCE BUILD CC...
export LC_ALL=C
tmplc=$1 source=$2 build=$3
shift 3
room=$(mktemp -d) || exit 1
trap 'rm -rf "$room"' EXIT
cd "$room" || exit 1
n=0 bad=0

# Unused parameters are the test's own.
cc_ok() {
	"$@" -std=gnu17 -D_GNU_SOURCE -include "$source/src/base/banned.h" -I. -I"$source/src" \
		-I"$source" -I"$build" -Wall -Wextra -Wshadow -Wconversion -Wno-unused-parameter -Werror -fsyntax-only \
		t.html.c 2>cc.err
}

say() {
	n=$((n + 1))
	[ "$1" = ok ] || bad=1
	echo "$1 $n - $2" | tr '#\n' '_ '
	echo
}

# made PARAMETERS HTML: The template as C.
made() {
	printf '{{template t (%s)}}%s{{end}}' "$1" "$2" >t.html
	"$tmplc" t.html t.html.c t.html.h 2>tmplc.err || {
		say 'not ok' "refused: $2: $(cat tmplc.err)"
		return 1
	}
}

compiles() {
	html=$1
	shift
	made 'struct str x, struct url u, int64_t i, size_t z, struct day d, const char *s' "$html" ||
		return
	if cc_ok "$@"; then say ok "compiles: $html"; else say 'not ok' "$html: $(cat cc.err)"; fi
}

refuses() {
	params=$1 html=$2
	shift 2
	made "$params" "$html" || return
	if cc_ok "$@"; then
		say 'not ok' "$params compiles in $html"
	elif grep -q 't.html:1:' cc.err && grep -q 'not compatible with any' cc.err; then
		say ok "$params does not compile in $html"
	else
		say 'not ok' "$params: another reason: $(cat cc.err)"
	fi
}

compiles '<p class="{{x}}">{{x}} {{i}} {{z}} {{d}} {{s}}</p>' "$@"
compiles '<a href="{{u}}">{{x}}</a>' "$@"
compiles '<a href="/s/{{x}}?q={{i}}#{{s}}">a</a>' "$@"
compiles '<p {{if (x.n)}}class="a"{{end}}>{{if (x.n)}}<b>{{x}}</b>{{else}}{{i}}{{end}}</p>' "$@"
compiles '<ul>{{for (size_t k = 0; k < z; k++)}}<li>{{k}}</li>{{end}}</ul>' "$@"
compiles '<p>{{t site.button.back}}</p><p title="{{t site.button.back}}">a</p>' "$@"
compiles '<p>{{t (MSG_site_button_back)}} {{t (z ? MSG_site_button_back : MSG_site_button_add)}}</p>' "$@"
compiles '<p>{{t (1) count=z name=x day=d link=u}}</p>' "$@"
compiles '<p>{{# a }}{{ x.n ? x : STR("}}") }}</p>' "$@"
compiles '<form method="post" action="/a">{{csrf}}</form>??=' "$@"
refuses 'struct str x' '<a href="{{x}}">a</a>' "$@"
refuses 'const char *x' '<a href="{{x}}">a</a>' "$@"
refuses 'struct url x' '<p>{{x}}</p>' "$@"
refuses 'struct url x' '<p title="{{x}}">a</p>' "$@"
refuses 'struct safe_html x' '<p class="{{x}}">a</p>' "$@"
refuses 'struct safe_html x' '<p>{{x}}</p>' "$@"
refuses 'struct safe_html x' '<title>{{x}}</title>' "$@"
refuses 'struct safe_html x' '<a href="/a/{{x}}">a</a>' "$@"
refuses 'double x' '<p>{{x}}</p>' "$@"
refuses 'void *x' '<p>{{x}}</p>' "$@"
refuses 'bool x' '<p>{{x}}</p>' "$@"
refuses 'bool x' '<p class="{{x}}">a</p>' "$@"
refuses 'bool x' '<a href="/a/{{x}}">a</a>' "$@"
refuses 'bool x' '<p>{{t (1) name=x}}</p>' "$@"
refuses 'bool x' '<p>{{t (x)}}</p>' "$@"
refuses 'struct str x' '<p>{{t (1) count=x}}</p>' "$@"
refuses 'struct str x' '<p>{{t (1) link=x}}</p>' "$@"
refuses 'struct url x' '<p>{{t (1) name=x}}</p>' "$@"
refuses 'struct opt_i64 x' '<p>{{x}}</p>' "$@"
refuses 'struct buf x' '<p>{{x}}</p>' "$@"

# An error of C names the template's line.
printf '{{template t ()}}\n<p>a</p>\n<p>{{ nothing }}</p>\n{{end}}' >t.html
"$tmplc" t.html t.html.c t.html.h
if cc_ok "$@" || ! grep -q 't.html:3:' cc.err; then say 'not ok' line; else say ok line; fi
echo "1..$n"
exit $bad
