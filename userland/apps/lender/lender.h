#pragma once

#include <stdint.h>

/* What lender does for whoever notifies it: the request is in the buffer that the client shares, and so
 * is the answer. */
#define LENDER "org.detent.tests.lender"

enum lender_request {
	LENDER_PING,
	LENDER_LEND,    /* shares bytes [offset, offset + length) of its block; length 0: nothing */
	LENDER_TAKE,    /* takes back what it lent, and does not notify of it */
	LENDER_RESTART, /* no answer, as for the next two */
	LENDER_EXIT,
	LENDER_FAULT,
	LENDER_SPOIL, /* writes all over the next buffer it is notified of, then answers */
	LENDER_WATCH, /* reads the client's buffer from time to time, and says so */
};

enum {
	LENDER_SHARED = 64, /* bytes that a client shares */
	LENDER_BLOCK = 512, /* bytes of the block, a multiple of whose length is its address */
	LENDER_SPOILED = 0x45,
};

struct lender_message {
	uint32_t request; /* enum lender_request */
	uint32_t offset;
	uint32_t length;
	uint32_t error; /* the answer */
};
