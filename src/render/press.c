#include "render/press.h"
#include "render/child.h"

static int make(struct press_job *job)
{
	const struct child pdf = { "-pdf", PRESS_SECONDS, job->press };
	int status = 0;
	int result = child_run(&pdf, buf_view(&job->in), &job->out, &status);
	if (result == 0 && status == PRESS_NO_FONTS)
		return err_note(ERR_MISSING, "no fonts for the PDF");
	return result == 0 && status ? err_note(ERR_IO, "the PDF's process failed") : result;
}

static void print(struct lane_job *lane)
{
	struct press_job *job = (struct press_job *)lane;
	job->result = make(job);
	job->done(job);
}

int press_open(struct lane **ret)
{
	return lane_open(PRESS_QUEUE, false, ret);
}

int press_put(struct lane *press, struct press_job *job)
{
	job->press = press;
	job->lane.work = print;
	return lane_put(press, &job->lane);
}
