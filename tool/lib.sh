# I know what ./run and ./test share: the packages they need, and how a build is made.
# Sourced from the root of the tree.

say() { printf '%s\n' "$*" >&2; }

# Quietly true when every package of the given kinds is there; otherwise installs what is
# missing. On a system without dpkg the build itself says what it misses.
need_packages() {
	command -v dpkg-query >/dev/null || return 0
	local missing=() have names command name found
	have=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' | sed -n 's/ installed$//p')
	while read -r names command; do
		found=
		[ -z "$command" ] || ! command -v "$command" >/dev/null || found=1
		for name in ${names//|/ }; do
			grep -qxF "$name" <<<"$have" && found=1
		done
		[ -n "$found" ] || missing+=("$names")
	done < <(for kind; do sed -n "s/^$kind //p" tool/packages; done)
	[ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
}

install_packages() {
	local root=() names=() line name
	if [ "$(id -u)" -ne 0 ]; then
		command -v sudo >/dev/null || { say "Install these packages first: $*"; exit 1; }
		root=(sudo)
	fi
	say "Installing packages: $*"
	export DEBIAN_FRONTEND=noninteractive
	"${root[@]}" apt-get -q update >/dev/null
	for line; do
		for name in ${line//|/ }; do
			apt-cache show "$name" >/dev/null 2>&1 && { names+=("$name"); break; }
		done
	done
	"${root[@]}" env DEBIAN_FRONTEND=noninteractive \
		apt-get -q -y --no-install-recommends install "${names[@]}" >/dev/null
}

# build_in FOLDER "TARGET..." MESON-OPTION...: an up-to-date build of these targets, or of all
# when none is named; shows its words only when it fails. CC in the environment chooses the
# compiler.
build_in() {
	local dir=$1 log targets
	read -ra targets <<<"$2"
	shift 2
	log=$(mktemp)
	if { [ -f "$dir/build.ninja" ] || meson setup "$dir" "$@"; } >"$log" 2>&1 &&
		ninja -j "$(nproc)" -C "$dir" "${targets[@]}" >>"$log" 2>&1; then
		rm -f "$log"
		return 0
	fi
	grep -vE '^\[[0-9]+/[0-9]+\] ' "$log" | tail -60 >&2
	rm -f "$log"
	return 1
}
