#pragma once

#include "../lender/lender.h"
#include <attack.h>
#include <ipc.h>

/* For attacks on shared memory: `lender` (userland/apps/lender) is the other side. An attack that uses it
 * has a line
 *
 *     WITH: lender
 *
 * in its opening comment: the application is then put into slot 1 of the image. */

/* Memory of lender's that was just notified. */
struct loan {
	uint32_t address; /* 0: nothing is shared */
	uint32_t length;
};

/* Asks lender for something and waits for the answer. `offset` and `length` are for LENDER_LEND. */
struct loan lender_ask(enum lender_request request, uint32_t offset, uint32_t length);

/* Borrows `length` bytes at `offset` of lender's block, in the middle of which they should be, and makes
 * sure that they can be read and written. */
struct loan borrow(uint32_t offset, uint32_t length);

/* Has lender end in this way, and waits until it has. */
void lender_end(enum lender_request request);

/* Lender's index. */
uint32_t lender_index(void);

/* One byte, whatever the compiler thinks. */
uint8_t peek_byte(uint32_t address);
void poke_byte(uint32_t address, uint8_t value);
