#include "meddler.h"
#include <kernel/process_control.h>
#include <kernel/process_info.h>

enum {
	SLOT = 1,
	PAUSES_PER_SECOND = 50,
};

struct step {
	enum error_code (*call)(struct process_id, const struct process_control_capability *);
	struct read_span name;
};

static const struct step steps[] = {
    {process_stop, SPAN_OF_TEXT("stop")},           {process_stop, SPAN_OF_TEXT("stop")},
    {process_boot, SPAN_OF_TEXT("boot")},           {process_resume, SPAN_OF_TEXT("resume")},
    {process_resume, SPAN_OF_TEXT("resume")},       {process_terminate, SPAN_OF_TEXT("terminate")},
    {process_terminate, SPAN_OF_TEXT("terminate")}, {process_stop, SPAN_OF_TEXT("stop")},
    {process_boot, SPAN_OF_TEXT("boot")},           {process_stop, SPAN_OF_TEXT("stop")},
    {process_terminate, SPAN_OF_TEXT("terminate")}, {process_boot, SPAN_OF_TEXT("boot")},
    {process_make_fault, SPAN_OF_TEXT("fault")},
};

static void print(struct meddler *self, struct read_span name, uint32_t result)
{
	const uint8_t digits[] = {(uint8_t)('0' + result / 10), (uint8_t)('0' + result % 10)};

	panic_writer_write(self->writer, SPAN_OF_TEXT("\r\nmeddler: "));
	panic_writer_write(self->writer, name);
	panic_writer_write(self->writer, SPAN_OF_TEXT(" "));
	panic_writer_write(self->writer, (struct read_span){digits, sizeof(digits)});
	panic_writer_write(self->writer, SPAN_OF_TEXT("\r\n"));
}

static void meddler_fired(struct meddler *self)
{
	struct process_description process = {0};

	alarm_set(self->alarm, alarm_now(self->alarm),
		  alarm_frequency(self->alarm) / PAUSES_PER_SECOND);
	/* A report takes its time. */
	if (!process_describe(SLOT, self->inspect, &process) || process.state == PROCESS_FAULTED) {
		return;
	}

	const struct step *step = &steps[self->step % (sizeof(steps) / sizeof(steps[0]))];

	print(self, step->name, step->call(process.id, self->control));
	self->step++;
}

ALARM_CLIENT_IMPLEMENT(meddler, struct meddler, client, .fired = meddler_fired);

void meddler_init(struct meddler *self, struct alarm *alarm, struct panic_writer *writer,
		  const struct process_inspect_capability *inspect,
		  const struct process_control_capability *control)
{
	self->alarm = alarm;
	self->writer = writer;
	self->inspect = inspect;
	self->control = control;
	self->step = 0;
	alarm_client_bind(&self->client, &meddler_alarm_client_operations);
	alarm_set_client(alarm, &self->client);
	alarm_set(alarm, alarm_now(alarm), alarm_frequency(alarm) / PAUSES_PER_SECOND);
}
