/* libFuzzer: bytes become a sequence of system calls, events and faults of three processes, which the
 * kernel must answer as the model does. */

#include "../unit/kernel/model.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum {
	STEPS_MAX = 300
};

/* What is left of the input; zeros behind its end. */
struct input {
	const uint8_t *bytes;
	size_t left;
};

static uint8_t next_byte(struct input *input)
{
	if (input->left == 0) {
		return 0;
	}
	input->left--;
	return *input->bytes++;
}

/* A byte says what kind of number follows: one near an address that matters, a small one, any. */
static uint32_t next_word(struct input *input)
{
	const struct process *p = RUNNING != NULL ? RUNNING : fixture.processes[0];
	const uint32_t anchors[] = {p->ram_start,   p->app_break, p->kernel_break, p->ram_end,
				    p->flash_start, p->flash_app, p->flash_end,    0x80000000};
	uint8_t kind = next_byte(input);
	uint32_t value = next_byte(input);

	if (kind < 64) {
		return value;
	}
	if (kind < 224) {
		return anchors[kind % 8] + value - 128;
	}
	for (int i = 0; i < 3; i++) {
		value = value << 8 | next_byte(input);
	}
	return value;
}

static uint32_t next_driver(struct input *input)
{
	static const uint32_t drivers[] = {TALKER, TALKER, TALKER, LARGE, PLAIN, NO_DRIVER};
	uint8_t byte = next_byte(input);

	return byte < 250 ? drivers[byte % ARRAY_LENGTH(drivers)] : next_word(input);
}

static void call(struct input *input, uint32_t class)
{
	uint32_t r[4];

	for (int i = 0; i < 4; i++) {
		bool is_driver = i == (class == YIELD ? 1 : 0) && class != MEMOP && class != EXIT;

		r[i] = is_driver ? next_driver(input) : next_word(input);
	}
	fixture.answer.variant = 128 + next_byte(input) % 5;
	fixture.notify = fixture.processes[r[2] % 3]->id;
	model_call(class, r);
}

/* A byte that says where the buffer lies, one how long it is, one whom it is for. */
static void share_and_notify(struct input *input)
{
	const struct process *p = RUNNING;
	uint32_t step = 4u << next_byte(input) % 8;
	uint32_t address = (p->ram_start + next_byte(input) * step) & ~(step - 1);
	uint32_t length = next_byte(input) % 16 * step;
	uint32_t who = next_byte(input);

	model_call(ALLOW_READ_WRITE,
		   (uint32_t[]){TALKER, who % TALKER_READ_WRITE, address, length});
	if (RUNNING == p) {
		model_call(COMMAND,
			   (uint32_t[]){TALKER, TALKER_NOTIFY,
					TALKER_NOTIFICATION(who % 4, who % TALKER_READ_WRITE,
							    who / 4 % TALKER_UPCALLS),
					0});
	}
}

static struct process_id next_id(struct input *input)
{
	return fixture.processes[next_byte(input) % 3]->id;
}

static void step(struct input *input)
{
	uint8_t kind = next_byte(input);
	uint32_t slot = kind % 3;

	if (RUNNING == NULL || kind >= 230) {
		struct process_id id = next_id(input);
		uint32_t number = next_byte(input) % 4;

		model_event(id, number, kind, 2, 3);
	} else if (kind >= 220) {
		model_slice_expires();
	} else if (kind >= 216) {
		model_fault();
	} else if (kind >= 200) {
		model_write(next_word(input), kind);
	} else if (kind >= 190) {
		share_and_notify(input);
	} else {
		call(input, kind % 9);
	}
	if (model_is_faulted(slot)) {
		model_settle(slot);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = {data, size};

	fixture_setup(NULL);
	fixture.restart_limit = 0xffffffff;
	host_set_granules(4, 4u << next_byte(&input) % 8);
	for (uint32_t i = 0; i < 3; i++) {
		fixture_image(&(struct image){.minimum_ram = 0x200u << i, .protected_size = 16});
	}
	fixture_start();
	model_begin();
	for (uint32_t i = 0; i < STEPS_MAX && input.left > 0 && model_living() > 0; i++) {
		step(&input);
	}
	fixture_teardown(NULL);
	return 0;
}
