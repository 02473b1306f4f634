#pragma once

#include <stdint.h>

/* What client and service share, as in libtock-c's examples. */
#define ROT13_SERVICE "org.tockos.examples.rot13"

enum {
	ROT13_SHARED = 64, /* bytes that are shared */
	ROT13_TEXT_MAX = 31,
};

struct rot13_message {
	int8_t length;
	char text[ROT13_TEXT_MAX];
};
