/* The system calls of the model, one function for each class. */

#include "model_process.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum {
	STATE_JUNK = 0xa5 /* what the LARGE driver leaves in its grant */
};

static void answer(struct model_process *p, uint32_t count, uint32_t variant, uint32_t a,
		   uint32_t b, uint32_t c)
{
	const uint32_t values[] = {variant, a, b, c};

	for (uint32_t i = 0; i <= count; i++) {
		model_register_set(p, i, values[i]);
	}
}

static void answer_error(struct model_process *p, uint32_t error)
{
	answer(p, 1, 0, error, 0, 0);
}

static void answer_status(struct model_process *p, uint32_t error)
{
	if (error != 0) {
		answer_error(p, error);
	} else {
		answer(p, 0, 128, 0, 0, 0);
	}
}

static void call_yield(struct model_process *p, const uint32_t r[4])
{
	if (r[0] == 0) {
		bool ran = model_run_next(p);

		if (model_owns(p, r[1], 1)) {
			*model_byte(r[1]) = ran;
		}
	} else if (r[0] == 1) {
		if (!model_run_next(p)) {
			p->state = PROCESS_YIELDED;
		}
	} else if (r[0] == 2) {
		uint32_t grant = 0;
		bool has_grant = model_driver(r[1], &grant) == KIND_GRANT;

		for (uint32_t i = 0; has_grant && i < p->queued; i++) {
			if (p->queue[i].grant == grant && p->queue[i].number == r[2] &&
			    !p->queue[i].shares) {
				for (uint32_t j = 0; j < 3; j++) {
					model_register_set(p, j, p->queue[i].arguments[j]);
				}
				model_queue_remove(p, i);
				return;
			}
		}
		p->state = PROCESS_YIELDED_FOR;
		p->waits_grant = has_grant ? grant : MODEL_NONE;
		p->waits_number = r[2];
	} else {
		model_process_fault(p);
	}
}

static void refuse(struct model_process *p, uint32_t error, const uint32_t r[4])
{
	answer(p, 3, 2, error, r[2], r[3]);
}

/* The grant for subscribe and allow; MODEL_NONE when it is refused. */
static uint32_t grant_for(struct model_process *p, enum driver_kind kind, uint32_t grant,
			  const uint32_t r[4])
{
	if (kind == KIND_PLAIN || !model_grant_make(p, grant)) {
		refuse(p, ERROR_NOMEM, r);
		return MODEL_NONE;
	}
	return grant;
}

static void swap(struct model_process *p, struct slots *slots, uint32_t count, const uint32_t r[4])
{
	if (r[1] >= count) {
		refuse(p, ERROR_NOSUPPORT, r);
		return;
	}

	const struct slots old = slots[r[1]];

	slots[r[1]] = (struct slots){r[2], r[3]};
	answer(p, 2, 130, old.first, old.second, 0);
}

static void call_subscribe(struct model_process *p, const uint32_t r[4])
{
	uint32_t grant;
	enum driver_kind kind = model_driver(r[0], &grant);

	if (r[2] != 0 && !model_reads(p, r[2], 4)) {
		refuse(p, ERROR_INVAL, r);
		return;
	}
	if (kind == KIND_ABSENT) {
		refuse(p, ERROR_NODEVICE, r);
		return;
	}
	if (grant_for(p, kind, grant, r) == MODEL_NONE) {
		return;
	}
	for (uint32_t i = p->queued; r[1] < model_layouts[grant].upcalls && i-- > 0;) {
		const struct model_event *event = &p->queue[i];

		if (event->grant == grant && event->number == r[1] && !event->null &&
		    !event->shares) {
			model_queue_remove(p, i);
		}
	}
	swap(p, p->grants[grant].subscriptions, model_layouts[grant].upcalls, r);
}

static void call_allow(struct model_process *p, uint32_t class, const uint32_t r[4])
{
	uint32_t grant;
	enum driver_kind kind = model_driver(r[0], &grant);
	bool fits =
	    class == ALLOW_READ_ONLY ? model_reads(p, r[2], r[3]) : model_owns(p, r[2], r[3]);

	if (kind == KIND_ABSENT) {
		refuse(p, ERROR_NODEVICE, r);
		return;
	}
	if (r[3] != 0 && !fits) {
		refuse(p, ERROR_INVAL, r);
		return;
	}
	if (r[3] != 0 && model_owns(p, r[2], r[3]) && (uint64_t)r[2] + r[3] > p->shared_end) {
		p->shared_end = (uint64_t)r[2] + r[3];
	}
	if (class == ALLOW_USER_READABLE &&
	    (kind == KIND_PLAIN || r[1] >= model_layouts[grant].user_readable)) {
		refuse(p, ERROR_NOSUPPORT, r);
		return;
	}
	if (grant_for(p, kind, grant, r) == MODEL_NONE) {
		return;
	}
	if (class == ALLOW_READ_ONLY) {
		swap(p, p->grants[grant].read_only, model_layouts[grant].read_only, r);
	} else if (class == ALLOW_READ_WRITE) {
		swap(p, p->grants[grant].read_write, model_layouts[grant].read_write, r);
	} else {
		swap(p, p->grants[grant].user_readable, model_layouts[grant].user_readable, r);
	}
}

static uint32_t fill(const struct slots *buffers, uint32_t count, uint32_t number, uint32_t byte)
{
	if (number >= count) {
		return 0;
	}
	for (uint32_t i = 0; i < buffers[number].second; i++) {
		*model_byte((uint64_t)buffers[number].first + i) = (uint8_t)byte;
	}
	return buffers[number].second;
}

static uint32_t sum(const struct model_process *p, uint32_t number)
{
	uint32_t total = 0;

	if (number >= TALKER_READ_ONLY) {
		return 0;
	}

	const struct slots buffer = p->grants[0].read_only[number];

	for (uint32_t i = 0; i < buffer.second; i++) {
		uint32_t address = buffer.first + i;

		total += model_owns(p, address, 1) ? *model_byte(address) : *fixture_bytes(address);
	}
	return total;
}

static void answer_as_told(struct model_process *p)
{
	static const uint8_t counts[256] = {[0] = 1, [129] = 1, [130] = 2, [131] = 2, [132] = 3};
	const struct fixture_answer *told = &fixture.answer;

	answer(p, counts[told->variant], told->variant, told->values[0], told->values[1],
	       told->values[2]);
}

static void command_talker(struct model_process *p, const uint32_t r[4])
{
	const uint32_t arguments[] = {r[3], r[3] + 1, r[3] + 2};

	if (r[1] == TALKER_EXISTS) {
		answer(p, 0, 128, 0, 0, 0);
		return;
	}
	if (r[1] == TALKER_LEAVE_EARLY) {
		p->talker_count += model_grant_make(p, 0);
		answer(p, 1, 129, r[2], 0, 0);
		return;
	}
	if (!model_grant_make(p, 0)) {
		answer_error(p, ERROR_NOMEM);
		return;
	}
	switch (r[1]) {
	case TALKER_COUNT:
		answer(p, 1, 129, ++p->talker_count, 0, 0);
		break;
	case TALKER_SCHEDULE:
		answer_status(p, model_schedule(p, 0, r[2], arguments));
		break;
	case TALKER_NOTIFY:
		answer_status(p, model_notify(p, r[2] >> 8 & 0xff, r[2] & 0xff, r[2] >> 16));
		break;
	case TALKER_OPEN_TWICE:
		answer(p, 1, 129, 0, 0, 0);
		break;
	case TALKER_ANSWER:
		answer_as_told(p);
		break;
	case TALKER_FILL:
		answer(p, 1, 129, fill(p->grants[0].read_write, TALKER_READ_WRITE, r[2], r[3]), 0,
		       0);
		break;
	case TALKER_SUM:
		answer(p, 1, 129, sum(p, r[2]), 0, 0);
		break;
	case TALKER_DEFER:
		answer(p, 0, 128, 0, 0, 0);
		model_deferred_call();
		break;
	case TALKER_TELL:
		answer(p, 1, 129,
		       fill(p->grants[0].user_readable, TALKER_USER_READABLE, r[2], r[3]), 0, 0);
		break;
	case TALKER_DO:
		answer(p, 0, 128, 0, 0, 0);
		model_controlled_by_command();
		break;
	default:
		answer_error(p, ERROR_NOSUPPORT);
		break;
	}
}

static void call_command(struct model_process *p, const uint32_t r[4])
{
	uint32_t grant;
	enum driver_kind kind = model_driver(r[0], &grant);

	if (kind == KIND_ABSENT) {
		answer_error(p, ERROR_NODEVICE);
	} else if (kind == KIND_PLAIN && r[1] == 0) {
		answer(p, 1, 129, 4, 0, 0);
	} else if (kind == KIND_PLAIN) {
		answer(p, 2, 130, r[2], r[3], 0);
	} else if (grant == 0) {
		command_talker(p, r);
	} else if (!model_grant_make(p, grant)) {
		answer_error(p, ERROR_NOMEM);
	} else {
		answer(p, 1, 129, p->large_was_opened ? LARGE_STATE * STATE_JUNK : 0, 0, 0);
		p->large_was_opened = true;
	}
}

static void memop_hint(struct model_process *p, uint32_t *hint, uint32_t value)
{
	if (value >= p->start && value < p->end) {
		*hint = value;
	}
	answer(p, 0, 128, 0, 0, 0);
}

static void call_memop(struct model_process *p, const uint32_t r[4])
{
	const uint64_t facts[] = {[2] = p->start,     [3] = p->end,          [4] = p->flash_start,
				  [5] = p->flash_end, [6] = p->kernel_break, [7] = 0};
	uint64_t old = p->app_break;

	if (r[0] == 0 && model_break_set(p, r[1])) {
		answer(p, 0, 128, 0, 0, 0);
	} else if (r[0] == 1 && model_break_set(p, (int64_t)old + (int32_t)r[1])) {
		answer(p, 1, 129, (uint32_t)old, 0, 0);
	} else if (r[0] < 2) {
		answer_error(p, ERROR_NOMEM);
	} else if (r[0] < 8) {
		answer(p, 1, 129, (uint32_t)facts[r[0]], 0, 0);
	} else if (r[0] < 10) {
		answer_error(p, ERROR_FAIL); /* no writeable flash here */
	} else if (r[0] == 10) {
		memop_hint(p, &p->stack_top, r[1]);
	} else if (r[0] == 11) {
		memop_hint(p, &p->heap_start, r[1]);
	} else {
		answer_error(p, ERROR_NOSUPPORT);
	}
}

static void call_exit(struct model_process *p, const uint32_t r[4])
{
	if (r[0] > 1) {
		answer_error(p, ERROR_NOSUPPORT);
		return;
	}
	model_forget_all(p);
	if (r[0] == 1) {
		model_restart(p);
	} else {
		p->state = PROCESS_TERMINATED;
		p->completion_code = r[1];
	}
}

void model_process_call(struct model_process *p, uint32_t class, const uint32_t r[4])
{
	p->calls++;
	for (uint32_t i = 0; i < 4; i++) {
		model_register_set(p, i, r[i]);
	}
	switch (class) {
	case YIELD:
		call_yield(p, r);
		break;
	case SUBSCRIBE:
		call_subscribe(p, r);
		break;
	case COMMAND:
		call_command(p, r);
		break;
	case ALLOW_READ_WRITE:
	case ALLOW_READ_ONLY:
	case ALLOW_USER_READABLE:
		call_allow(p, class, r);
		break;
	case MEMOP:
		call_memop(p, r);
		break;
	case EXIT:
		call_exit(p, r);
		break;
	default:
		model_process_fault(p);
		break;
	}
}
