#include "base/hide.h"

/* Numbers that are summed into the same place are a group: a row's, a region's, the world's. */
struct edge {
	size_t from, to, group;
	int64_t n;
	enum hide_how how;
};

struct net {
	struct edge *edge;
	bool *is_held; /* a group of which everything is held back, so that nothing is known of it
			*/
	size_t n_edge, n_node, n_group;
	size_t *at_node, *first; /* edges by node: at_node[first[i]] to at_node[first[i + 1] - 1] */
	/* The search: */
	int64_t *cost;
	size_t *by; /* edge by which a node is reached */
	bool *is_done;
};

enum { GROUP_COST = 1 << 20 };
static const int64_t far = INT64_MAX / 4;
static const size_t none = SIZE_MAX;

/* ---- the network ---- */

static void add_edge(struct net *w, size_t from, size_t to, size_t group, int64_t n)
{
	w->edge[w->n_edge++] = (struct edge){ from, to, group, n,
		n > 0 && n < HIDE_LEAST ? HIDE_FEW : HIDE_SHOWN };
}

/* Nodes: rows, then columns of regions, then columns of the world, then where all ends. */
static void add_edges(struct net *w, const struct hide_table *t)
{
	size_t c = t->columns, within = t->rows, world = within + t->regions * c, end = world + c;
	for (size_t i = 0; i < t->rows; i++)
		for (size_t k = 0; k < c; k++)
			add_edge(w, i, within + t->region[i] * c + k, i, t->n[i * c + k]);
	for (size_t g = 0; g < t->regions; g++)
		for (size_t k = 0; k < c; k++)
			add_edge(w, within + g * c + k, world + k, t->rows + g,
				t->within_n[g * c + k]);
	for (size_t k = 0; k < c; k++)
		add_edge(w, world + k, end, t->rows + t->regions, t->world_n[k]);
}

static void sort_edges(struct net *w)
{
	for (size_t i = 0; i < w->n_edge; i++) {
		w->first[w->edge[i].from + 1]++;
		w->first[w->edge[i].to + 1]++;
	}
	for (size_t i = 0; i < w->n_node; i++)
		w->first[i + 1] += w->first[i];
	for (size_t i = 0; i < w->n_node; i++)
		w->by[i] = w->first[i];
	for (size_t i = 0; i < w->n_edge; i++) {
		w->at_node[w->by[w->edge[i].from]++] = i;
		w->at_node[w->by[w->edge[i].to]++] = i;
	}
}

static void add_sums(struct hide_table *t)
{
	for (size_t i = 0; i < t->rows; i++)
		for (size_t k = 0; k < t->columns; k++) {
			t->within_n[t->region[i] * t->columns + k] += t->n[i * t->columns + k];
			t->world_n[k] += t->n[i * t->columns + k];
		}
}

static int make(struct arena *mem, struct hide_table *t, struct net *w)
{
	size_t c = t->columns, cells = t->rows * c, all = cells + t->regions * c + c;
	*w = (struct net){ .n_node = t->rows + t->regions * c + c + 1,
		.n_group = t->rows + t->regions + 1 };
	t->row = arena_array(mem, all, sizeof *t->row);
	t->within_n = arena_array(mem, t->regions * c + c, sizeof *t->within_n);
	w->edge = arena_array(mem, all, sizeof *w->edge);
	w->is_held = arena_array(mem, w->n_group, sizeof *w->is_held);
	w->cost = arena_array(mem, w->n_node, sizeof *w->cost);
	w->by = arena_array(mem, w->n_node, sizeof *w->by);
	w->is_done = arena_array(mem, w->n_node, sizeof *w->is_done);
	w->at_node = arena_array(mem, 2 * all, sizeof *w->at_node);
	w->first = arena_array(mem, w->n_node + 1, sizeof *w->first);
	if (mem->has_failed)
		return ERR_NOMEM;
	t->within = t->row + cells;
	t->world = t->within + t->regions * c;
	t->world_n = t->within_n + t->regions * c;
	add_sums(t);
	add_edges(w, t);
	sort_edges(w);
	return 0;
}

/* ---- what may change ---- */

/* What it costs to let ${e} change by one, up or down; ${far}: it cannot. Hidden numbers change for
 * nothing within what is known of them. */
static int64_t price(const struct net *w, const struct edge *e, bool is_up)
{
	int64_t most = w->is_held[e->group] || e->how != HIDE_FEW ? far : HIDE_LEAST - 1;
	int64_t least = w->is_held[e->group] ? 0 : e->how == HIDE_FEW ? 1 : HIDE_LEAST;
	bool fits = is_up ? e->n < most : e->n > least;
	if (fits && (w->is_held[e->group] || e->how != HIDE_SHOWN))
		return 0;
	if (fits && e->n >= HIDE_LEAST)
		return e->n < GROUP_COST ? e->n : GROUP_COST - 1;
	/* All around it is held back, and nothing is known of it but that it is not negative. */
	return w->is_held[e->group] || (!is_up && e->n == 0) ? far : GROUP_COST;
}

static void step(struct net *w, size_t at, size_t i, bool is_up)
{
	const struct edge *e = &w->edge[i];
	size_t next = is_up ? e->to : e->from;
	int64_t more = price(w, e, is_up);
	if (more < far && w->cost[at] + more < w->cost[next]) {
		w->cost[next] = w->cost[at] + more;
		w->by[next] = i;
	}
}

static size_t nearest(const struct net *w)
{
	size_t best = none;
	for (size_t i = 0; i < w->n_node; i++)
		if (!w->is_done[i] && w->cost[i] < far &&
			(best == none || w->cost[i] < w->cost[best]))
			best = i;
	return best;
}

/* The cheapest way from ${from} to ${to} that does not use ${without} (Dijkstra). */
static int64_t search(struct net *w, size_t from, size_t to, size_t without)
{
	for (size_t i = 0; i < w->n_node; i++) {
		w->cost[i] = far;
		w->by[i] = none;
		w->is_done[i] = false;
	}
	w->cost[from] = 0;
	for (size_t at = nearest(w); at != none && at != to; at = nearest(w)) {
		w->is_done[at] = true;
		for (size_t k = w->first[at]; k < w->first[at + 1]; k++)
			if (w->at_node[k] != without)
				step(w, at, w->at_node[k], w->edge[w->at_node[k]].from == at);
	}
	return w->cost[to];
}

/* ---- hiding ---- */

static void hide(struct net *w, struct edge *e, int64_t cost)
{
	if (cost >= GROUP_COST)
		w->is_held[e->group] = true;
	else if (cost > 0)
		e->how = HIDE_HELD;
}

/* Close the circle that search() found last, from ${from} to ${to}. */
static void take(struct net *w, size_t from, size_t to)
{
	for (size_t at = to; at != from;) {
		struct edge *e = &w->edge[w->by[at]];
		bool is_up = e->to == at;
		size_t before = is_up ? e->from : e->to;
		hide(w, e, price(w, e, is_up));
		at = before;
	}
}

/* A circle through ${i}, upwards or downwards, whichever costs less; 0: there was one already. */
static int64_t protect_one(struct net *w, size_t i)
{
	struct edge *e = &w->edge[i];
	int64_t cost[2];
	for (int up = 0; up < 2; up++) {
		int64_t own = price(w, e, up);
		int64_t way = own >= far ? far
			: up             ? search(w, e->to, e->from, i)
					 : search(w, e->from, e->to, i);
		cost[up] = own >= far || way >= far ? far : own + way;
		if (cost[up] == 0)
			return 0;
	}
	bool is_up = cost[1] < cost[0];
	must(cost[is_up] < far);
	hide(w, e, price(w, e, is_up));
	size_t from = is_up ? e->to : e->from, to = is_up ? e->from : e->to;
	search(w, from, to, i);
	take(w, from, to);
	return cost[is_up];
}

int hide_table(struct arena *mem, struct hide_table *t)
{
	struct net w;
	must(t->columns >= 2 && t->columns <= HIDE_COLUMNS);
	int result = make(mem, t, &w);
	if (result < 0)
		return result;
	/* What hides one number lets others change, never fewer: one round is enough. */
	for (size_t i = 0; i < w.n_edge; i++)
		if (w.edge[i].n > 0 && w.edge[i].n < HIDE_LEAST)
			protect_one(&w, i);
	for (size_t i = 0; i < w.n_edge; i++)
		t->row[i] = w.is_held[w.edge[i].group] ? HIDE_HELD : w.edge[i].how;
	return 0;
}
