#include <alarm.h>
#include <debug.h>
#include <stdbool.h>

/* Counts primes and never yields: it lives by preemption, and so does everybody beside it. The
 * clock and low-level debug are commands, which return at once. */

static bool is_prime(uint32_t number)
{
	for (uint32_t divisor = 2; divisor * divisor <= number; divisor++) {
		if (number % divisor == 0) {
			return false;
		}
	}
	return true;
}

int main(void)
{
	uint32_t second = alarm_frequency();
	uint32_t reported = alarm_now();
	uint32_t primes = 0;

	for (uint32_t number = 2;; number++) {
		primes += is_prime(number);
		if (alarm_now() - reported >= second) {
			debug_print_two(primes, number);
			reported += second;
		}
	}
}
