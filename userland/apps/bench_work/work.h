#pragma once

#include <stdint.h>

/* Counts the primes below `limit`. Does nothing but compute, so that it runs anywhere. */
uint32_t bench_work(uint32_t limit);
