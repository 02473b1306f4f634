#include "work.h"
#include <stdbool.h>

static bool is_prime(uint32_t number)
{
	for (uint32_t divisor = 2; divisor * divisor <= number; divisor++) {
		if (number % divisor == 0) {
			return false;
		}
	}
	return true;
}

uint32_t bench_work(uint32_t limit)
{
	uint32_t primes = 0;

	for (uint32_t number = 2; number < limit; number++) {
		primes += is_prime(number);
	}
	return primes;
}
