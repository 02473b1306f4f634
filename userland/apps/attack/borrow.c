#include <alarm.h>
#include <borrow.h>
#include <stdbool.h>

static union {
	struct lender_message message;
	uint8_t bytes[LENDER_SHARED];
} shared IPC_BUFFER(LENDER_SHARED);

static volatile bool is_answered;
static struct loan answer;

static void answered(uint32_t from, uint32_t length, uint32_t address, uint32_t data)
{
	(void)from, (void)data;
	answer = (struct loan){address, length};
	is_answered = true;
}

uint32_t lender_index(void)
{
	uint32_t index = 0xFF;

	if (ipc_discover(LENDER, &index) != ERROR_NONE) {
		breach("there is no lender");
	}
	return index;
}

/* Sends the request; what became of it. */
static enum error_code request(enum lender_request request, uint32_t offset, uint32_t length)
{
	uint32_t index = lender_index();

	shared.message = (struct lender_message){request, offset, length, 0};
	ipc_listen(index, answered, 0);
	ipc_share(index, &shared, sizeof(shared));
	is_answered = false;
	return ipc_notify_service(index);
}

struct loan lender_ask(enum lender_request what, uint32_t offset, uint32_t length)
{
	if (request(what, offset, length) != ERROR_NONE) {
		return (struct loan){0, 0};
	}
	while (!is_answered) {
		yield_wait();
	}
	return answer;
}

struct loan borrow(uint32_t offset, uint32_t length)
{
	struct loan loan = lender_ask(LENDER_LEND, offset, length);

	if (loan.length != length || loan.address % LENDER_BLOCK != offset) {
		breach("lender did not lend");
		return loan;
	}
	for (uint32_t i = 0; i < length; i++) {
		poke_byte(loan.address + i, (uint8_t)i);
		if (peek_byte(loan.address + i) != (uint8_t)i) {
			breach("what is lent does not hold");
		}
	}
	return loan;
}

/* Only a new life answers this; there is none if the kernel says so. */
void lender_end(enum lender_request how)
{
	enum error_code error = request(how, 0, 0);

	while (error != ERROR_NODEVICE && !is_answered) {
		alarm_sleep_ms(20);
		uint8_t ran;
		yield_no_wait(&ran);
		if (!is_answered) {
			error = request(LENDER_PING, 0, 0);
			yield_no_wait(&ran);
		}
	}
}

uint8_t peek_byte(uint32_t address)
{
	return *(volatile uint8_t *)address;
}

void poke_byte(uint32_t address, uint8_t value)
{
	*(volatile uint8_t *)address = value;
}
