#!/bin/bash
# For hands only: our loops against nginx with the same bytes, turn by turn.
#   tests/bench/bench_http.sh build/tests/bench/bench-http [SECONDS]
# Prints for each: connections, requests a second, p99, µs of CPU a request, resident KB.
set -euo pipefail
bin=${1:?} seconds=${2:-3} room=$(mktemp -d)
trap 'kill $ours $theirs 2>/dev/null; rm -rf "$room"' EXIT
head -c 8192 /dev/zero | tr '\0' x >"$room/page"
chmod -R a+rX "$room"
cat >"$room/nginx.conf" <<CONF
worker_processes 2; daemon off; pid $room/pid; error_log stderr crit;
events { worker_connections 4096; }
http { access_log off; sendfile on; tcp_nopush on; open_file_cache max=10; keepalive_requests 100000000;
  types { } default_type text/html;
  server { listen 127.0.0.1:9082 reuseport; root $room; } }
CONF
"$bin" 9081 2 8192 & ours=$!
nginx -c "$room/nginx.conf" -p "$room" & theirs=$!
sleep 0.5
# shellcheck disable=SC2046 # one word for each child
pids() { echo "$1" $(cat /proc/"$1"/task/*/children); }
ticks() { local t=0 p; for p in $(pids "$1"); do t=$((t + $(awk '{print $14+$15}' /proc/"$p"/stat))); done; echo $t; }
resident() { local k=0 p; for p in $(pids "$1"); do k=$((k + $(awk '/^VmRSS/{print $2}' /proc/"$p"/status))); done; echo $k; }
run() { # name pid port connections
	local before after out
	before=$(ticks "$2")
	out=$(wrk -t1 -c"$4" -d"$seconds" --latency "http://127.0.0.1:$3/page")
	after=$(ticks "$2")
	echo "$out" | awk -v name="$1" -v c="$4" -v t=$((after - before)) -v rss="$(resident "$2")" '
		/99%/ { p99 = $2 } /requests in/ { n = $1 } /Requests\/sec/ { rate = $2 } /Socket errors/ { bad = $0 }
		END { printf "%-6s %5d conn %9.0f/s  p99 %8s  %6.2f us CPU  %6d KB %s\n", name, c, rate, p99, t * 10000 / n, rss, bad }'
}
for c in 16 64 128 256 1000; do
	for _ in 1 2; do
		run baraza $ours 9081 $c
		run nginx $theirs 9082 $c
	done
done
