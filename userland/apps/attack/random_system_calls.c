/* Makes 20,000 system calls with registers out of a hat: allows, subscribes, commands and
 * memops. Any answer will do, as long as there is one.
 *
 * EXPECT: survives */
#include <alarm.h>
#include <attack.h>

static uint32_t state = 1;

/* Marsaglia's xorshift. */
static uint32_t draw(void)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state;
}

/* Small numbers, edges, and addresses are likelier than all others. */
static uint32_t draw_argument(void)
{
	static const uint32_t edges[] = {0,          1,           4,          0x7FFFFFFF,
					 0x80000000, 0xFFFFFFFF,  KERNEL_RAM, KERNEL_FLASH,
					 SLOTS_RAM,  SLOTS_FLASH, UART_DATA};
	uint32_t kind = draw() % 4;

	if (kind == 0) {
		return draw() % 16;
	}
	if (kind == 1) {
		return edges[draw() % (sizeof(edges) / sizeof(edges[0]))];
	}
	if (kind == 2) {
		return (uint32_t)&state + draw() % 64;
	}
	return draw();
}

/* Left out: what prints (commands of console, debug), the LED, and moving the break, as this
 * process wants to keep its stack. */
static void one_call(void)
{
	uint32_t a = draw_argument();
	uint32_t b = draw_argument();
	uint32_t c = draw_argument();
	uint32_t d = draw_argument();

	switch (draw() % 6) {
	case 0:
		trap(CLASS_SUBSCRIBE, a, b, c, d);
		break;
	case 1:
		trap(CLASS_ALLOW_READ_WRITE, a, b, c, d);
		break;
	case 2:
		trap(CLASS_ALLOW_READ_ONLY, a, b, c, d);
		break;
	case 3:
		trap(CLASS_ALLOW_USER_READABLE, a, b, c, d);
		break;
	case 4:
		if (a > MEMOP_SBRK) {
			trap(CLASS_MEMOP, a, b, c, d);
		}
		break;
	default:
		if (a != DRIVER_CONSOLE && a != DRIVER_DEBUG && a != DRIVER_LED) {
			trap(CLASS_COMMAND, a, b, c, d);
		}
	}
}

/* Functions that were subscribed by chance are taken out before they are called by chance. */
static void take_upcalls(void)
{
	uint8_t ran;

	for (uint32_t upcall = 0; upcall < 8; upcall++) {
		subscribe(DRIVER_ALARM, upcall, 0, 0);
		subscribe(DRIVER_CONSOLE, upcall, 0, 0);
	}
	do {
		ran = 0;
		yield_no_wait(&ran);
	} while (ran != 0);
}

ATTACK("random_system_calls")
{
	for (uint32_t i = 0; i < 20000; i++) {
		one_call();
	}
	allow_read_only(DRIVER_CONSOLE, 1, 0, 0);
	alarm_sleep_ms(100);
	take_upcalls();
	return SURVIVED;
}
