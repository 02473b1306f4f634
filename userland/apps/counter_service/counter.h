#pragma once

#include <stdint.h>

#define COUNTER_SERVICE "org.detent.examples.counter"

/* What a client shares: the service counts in it. */
enum {
	COUNTER_SHARED = 32 /* bytes */
};

struct counter_message {
	uint32_t yours; /* notifications of this client */
	uint32_t all;   /* of all clients */
};
