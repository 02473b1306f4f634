/* Leaves the kernel no memory for it, and uses each driver for the first time: each must say so and
 * change nothing. With memory given back, each must work. Not on ARM, where a part of an MPU region
 * stays free, enough for small grants.
 *
 * ONLY: rv32
 * EXPECT: refused */
#include <attack.h>

static const uint32_t drivers[] = {DRIVER_ALARM, DRIVER_DEBUG, DRIVER_READ_ONLY_STATE, DRIVER_IPC};

/* Subscribing the null upcall to slot 0, and sharing an empty buffer, want the grant as well. */
static bool all_answer(enum error_code no_slot, enum error_code slot)
{
	for (uint32_t i = 0; i < sizeof(drivers) / sizeof(drivers[0]); i++) {
		bool has_upcalls = drivers[i] == DRIVER_ALARM || drivers[i] == DRIVER_IPC;
		bool has_buffers = drivers[i] == DRIVER_IPC;
		struct system_call_return a = subscribe(drivers[i], 0, 0, 0x77);
		struct system_call_return b = allow_read_write(drivers[i], 0, 0, 0);

		if (a.variant != RETURN_FAILURE_2_U32
			? !has_upcalls || slot != ERROR_NONE
			: a.value1 != (has_upcalls ? slot : no_slot)) {
			return false;
		}
		if (b.variant != RETURN_FAILURE_2_U32
			? !has_buffers || slot != ERROR_NONE
			: b.value1 != (has_buffers ? slot : no_slot)) {
			return false;
		}
	}
	return true;
}

ATTACK("grants_refused")
{
	uint32_t before = app_break();

	uint32_t grants = break_to_grants();

	if (!all_answer(ERROR_NOMEM, ERROR_NOMEM)) {
		return breach("a grant without memory");
	}
	if (must_refuse(command(DRIVER_ALARM, 5, 1, 0), ERROR_NOMEM, "an alarm") == BREACH ||
	    must_refuse(command(DRIVER_IPC, 1, 0, 0), ERROR_NOMEM, "discovery") == BREACH) {
		return BREACH;
	}
	if (memop_ask(MEMOP_GRANT_START) != grants) {
		return breach("the grants have grown");
	}
	if (!succeeded(memop(MEMOP_BRK, before)) || !all_answer(ERROR_NOSUPPORT, ERROR_NONE)) {
		return breach("a driver that does not recover");
	}
	return REFUSED;
}
