#include "http/wheel.h"
#include <stddef.h>

static int64_t tick_at(int64_t ms)
{
	return (ms + WHEEL_TICK_MS - 1) / WHEEL_TICK_MS;
}

static void hang(struct wheel_node **list, struct wheel_node *node)
{
	node->next = *list;
	node->at = list;
	if (*list)
		(*list)->at = &node->next;
	*list = node;
}

static void unhang(struct wheel_node *node)
{
	*node->at = node->next;
	if (node->next)
		node->next->at = node->at;
	node->next = NULL;
	node->at = NULL;
}

void wheel_begin(struct wheel *w, int64_t now)
{
	*w = (struct wheel){ .tick = now / WHEEL_TICK_MS };
}

static void place(struct wheel *w, struct wheel_node *node)
{
	int64_t tick = tick_at(node->due);
	node->tick = tick > w->tick ? tick : w->tick + 1;
	hang(&w->slot[node->tick % WHEEL_SLOTS], node);
}

/* A deadline mostly moves to later: then the node stays where it hangs, and is hung anew
 * when that slot comes round. A request so costs a store, not a list operation. */
void wheel_set(struct wheel *w, struct wheel_node *node, int64_t due)
{
	node->due = due;
	if (node->at) {
		if (node->tick <= tick_at(due))
			return;
		unhang(node);
		w->n--;
	}
	place(w, node);
	w->n++;
}

void wheel_drop(struct wheel *w, struct wheel_node *node)
{
	if (!node->at)
		return;
	unhang(node);
	w->n--;
}

/* Hang the nodes of the next slot on the firing list; false when all is done. */
static bool advance(struct wheel *w, int64_t now)
{
	if (w->tick >= now / WHEEL_TICK_MS)
		return false;
	w->tick++;
	w->firing = w->slot[w->tick % WHEEL_SLOTS];
	w->slot[w->tick % WHEEL_SLOTS] = NULL;
	if (w->firing)
		w->firing->at = &w->firing;
	return true;
}

struct wheel_node *wheel_pop(struct wheel *w, int64_t now)
{
	do {
		while (w->firing) {
			struct wheel_node *node = w->firing;
			unhang(node);
			if (node->due <= now) {
				w->n--;
				return node;
			}
			place(w, node);
		}
	} while (advance(w, now));
	return NULL;
}

int wheel_wait(const struct wheel *w, int64_t now)
{
	if (!w->n)
		return -1;
	int64_t next = (w->tick + 1) * WHEEL_TICK_MS;
	return w->firing || next <= now ? 0 : (int)(next - now);
}
