#pragma once

#include <stdint.h>

/* The protocol of producer and consumer: a batch of items in the producer's buffer. */

#define CONSUMER_NAME "org.detent.consumer"

enum {
	ITEMS_MAX = 24,
	BATCH_SHARED = 128, /* bytes of the shared buffer */
};

struct batch {
	uint32_t number;          /* counts from 0 */
	uint32_t count;           /* of the items in this one */
	uint32_t sum;             /* of the items */
	uint32_t accepted;        /* by the consumer: of this and all batches before */
	uint32_t item[ITEMS_MAX]; /* go on from those of the batch before: 0, 1, 2, ... */
};
