#include "account/hashing.h"
#include "crypto/keys.h"

const char hashing_nobody[] = "$argon2id$v=19$m=65536,t=2,p=1$"
			      "AAAAAAAAAAAAAAAAAAAAAA$"
			      "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

static void done(struct password_job *job)
{
	struct hashing *h = job->arg;
	if (job->against && job->result == 1 && h->next.p) {
		int st = password_hash_now(&h->v->house->keys->password, h->next, job->hash);
		job->result = st < 0 ? st : 1;
	}
	visit_resume(h->v);
}

int hashing_park(struct visit *v, const struct hashing_task *task)
{
	struct hashing *h = arena_take(v->mem, sizeof *h);
	if (!h)
		return ERR_NOMEM;
	h->v = v;
	h->next = task->next;
	h->job = (struct password_job){
		.password = task->password, .against = task->against, .done = done, .arg = h
	};
	v->parked = h;
	int st = passwords_put(v->house->passwords, &h->job);
	return st < 0 ? st : VISIT_PARKED;
}

const struct hashing *hashing_of(const struct visit *v)
{
	return v->parked;
}
