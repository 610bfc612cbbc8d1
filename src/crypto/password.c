#include "crypto/password.h"
#include <pthread.h>
#include <sodium.h>

_Static_assert(PASSWORD_SALT == crypto_pwhash_SALTBYTES, "salt");
_Static_assert(PASSWORD_HASH_SIZE >= crypto_pwhash_STRBYTES, "room for a hash");

enum { PASSES = 2, MEMORY = 64 << 20 };

struct passwords {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct password_job *first, **last;
	int waiting;
	bool is_closing;
	struct secret pepper;
};

/* Under the server's key first: whoever has the database alone cannot even begin to guess. */
static void season(const struct secret *pepper, struct str password, char ret[HASH_BYTES])
{
	hash_key(pepper, "password", password, (uint8_t *)ret);
}

int password_hash_now(
	const struct secret *pepper, struct str password, char ret[PASSWORD_HASH_SIZE])
{
	char seasoned[HASH_BYTES], out[PASSWORD_HASH_SIZE] = "";
	must(crypto_start() == 0);
	season(pepper, password, seasoned);
	int st = crypto_pwhash_str(out, seasoned, sizeof seasoned, PASSES, MEMORY);
	wipe(seasoned, sizeof seasoned);
	if (st != 0)
		return err_note(ERR_NOMEM, "no memory to hash a password");
	memcpy(ret, out, sizeof out);
	return 0;
}

int password_check_now(const struct secret *pepper, const char *hash, struct str password)
{
	char seasoned[HASH_BYTES];
	must(crypto_start() == 0);
	season(pepper, password, seasoned);
	int st = crypto_pwhash_str_verify(hash, seasoned, sizeof seasoned);
	wipe(seasoned, sizeof seasoned);
	return st == 0;
}

int password_key_now(const struct secret *pepper, struct str password,
	const uint8_t salt[PASSWORD_SALT], struct secret *ret_key, struct secret *ret_proof)
{
	char seasoned[HASH_BYTES];
	uint8_t out[2 * SECRET_BYTES];
	must(crypto_start() == 0);
	season(pepper, password, seasoned);
	int st = crypto_pwhash(out, sizeof out, seasoned, sizeof seasoned, salt, PASSES, MEMORY,
		crypto_pwhash_ALG_ARGON2ID13);
	wipe(seasoned, sizeof seasoned);
	if (st != 0)
		return err_note(ERR_NOMEM, "no memory to work on a password");
	memcpy(ret_key->b, out, SECRET_BYTES);
	memcpy(ret_proof->b, out + SECRET_BYTES, SECRET_BYTES);
	wipe(out, sizeof out);
	return 0;
}

static struct password_job *take(struct passwords *d)
{
	pthread_mutex_lock(&d->lock);
	while (!d->first && !d->is_closing)
		pthread_cond_wait(&d->wake, &d->lock);
	struct password_job *job = d->first;
	if (job) {
		d->first = job->next;
		if (!d->first)
			d->last = &d->first;
		d->waiting--;
	}
	pthread_mutex_unlock(&d->lock);
	return job;
}

static void *work(void *arg)
{
	struct passwords *d = arg;
	for (struct password_job *job; (job = take(d));) {
		if (job->work)
			job->result = job->work(job);
		else if (job->against)
			job->result = password_check_now(&d->pepper, job->against, job->password);
		else
			job->result = password_hash_now(&d->pepper, job->password, job->hash);
		job->done(job);
	}
	return NULL;
}

static void passwords_free(struct passwords *d)
{
	secret_wipe(&d->pepper);
	pthread_cond_destroy(&d->wake);
	pthread_mutex_destroy(&d->lock);
	free(d);
}

int passwords_open(const struct secret *pepper, struct passwords **ret)
{
	struct passwords *d = calloc(1, sizeof *d);
	if (!d)
		return ERR_NOMEM;
	d->pepper = *pepper;
	d->last = &d->first;
	pthread_mutex_init(&d->lock, NULL);
	pthread_cond_init(&d->wake, NULL);
	if (pthread_create(&d->thread, NULL, work, d) != 0) {
		passwords_free(d);
		return err_note(ERR_NOMEM, "no password thread");
	}
	*ret = d;
	return 0;
}

int passwords_put(struct passwords *d, struct password_job *job)
{
	int st = ERR_BUSY;
	pthread_mutex_lock(&d->lock);
	if (!d->is_closing && d->waiting < PASSWORD_QUEUE) {
		job->next = NULL;
		*d->last = job;
		d->last = &job->next;
		d->waiting++;
		pthread_cond_signal(&d->wake);
		st = 0;
	}
	pthread_mutex_unlock(&d->lock);
	return st;
}

int passwords_waiting(struct passwords *d)
{
	pthread_mutex_lock(&d->lock);
	int n = d->waiting;
	pthread_mutex_unlock(&d->lock);
	return n;
}

void passwords_close(struct passwords *d)
{
	if (!d)
		return;
	pthread_mutex_lock(&d->lock);
	d->is_closing = true;
	pthread_cond_signal(&d->wake);
	pthread_mutex_unlock(&d->lock);
	pthread_join(d->thread, NULL);
	passwords_free(d);
}
