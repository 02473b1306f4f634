#include <clock.h>
#include <console.h>
#include <instructions.h>

/* Crashes, a way of its own in each life, and is started again by the board's fault policy: it lives as if nothing had been,
 * until the policy has had enough. A life knows nothing of those before: the time chooses the way. */

static volatile uint32_t zero;

static __attribute__((noinline)) uint32_t deeper(uint32_t depth)
{
	volatile uint32_t here[16] = {depth};

	if (zero != 0) {
		return depth;
	}
	return deeper(depth + 1) + here[depth % 16];
}

static void overflow_stack(void)
{
	zero = deeper(0);
}

static void write_null(void)
{
	*(volatile uint32_t *)zero = 1;
}

static void call_nowhere(void)
{
	((void (*)(void))(0xE0000001u + zero))();
}

static void execute_undefined(void)
{
	instruction_undefined();
}

struct way {
	const char *text;
	void (*crash)(void);
};

static const struct way ways[] = {
    {"crash_demo: now overflows its stack\n", overflow_stack},
    {"crash_demo: now writes to address 0\n", write_null},
    {"crash_demo: now calls what is no code\n", call_nowhere},
    {"crash_demo: now executes what is no instruction\n", execute_undefined},
};

int main(void)
{
	const struct way *way = &ways[clock_now() / 8 % (sizeof(ways) / sizeof(ways[0]))];

	print_text("crash_demo: alive\n");
	clock_sleep_ms(20);
	print_text(way->text);
	way->crash();
	print_text("crash_demo: SURVIVED\n");
	return 1;
}
