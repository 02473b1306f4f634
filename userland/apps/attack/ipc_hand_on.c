/* Hands a buffer that another process shares with it on to drivers, as its own.
 *
 * WITH: lender
 * EXPECT: refused */
#include <borrow.h>

ATTACK("ipc_hand_on")
{
	struct loan loan = borrow(256, 64);
	void *buffer = (void *)loan.address;

	if (must_refuse(allow_read_only(DRIVER_CONSOLE, 1, buffer, 64), ERROR_INVAL, "RO") ==
		BREACH ||
	    must_refuse(allow_read_write(DRIVER_CONSOLE, 1, buffer, 1), ERROR_INVAL, "RW") ==
		BREACH ||
	    must_refuse(allow_read_write(DRIVER_IPC, 0, buffer, 64), ERROR_INVAL, "IPC") ==
		BREACH ||
	    must_refuse(
		subscribe(DRIVER_CONSOLE, 1, (upcall_function *)code_address(loan.address), 0),
		ERROR_INVAL, "upcall") == BREACH ||
	    must_refuse(memop(MEMOP_BRK, loan.address), ERROR_NOMEM, "break") == BREACH) {
		return BREACH;
	}
	poke_byte(loan.address, 7);
	yield_no_wait((uint8_t *)buffer);
	if (peek_byte(loan.address) != 7) {
		return breach("the kernel wrote the flag of a yield");
	}
	return REFUSED;
}
