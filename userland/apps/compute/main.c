#include <clock.h>
#include <line.h>

/* A fixed amount of work of four kinds, how long each takes, and a number that is right only if all of it was done. For
 * comparing boards, compilers and options; processes beside it show up as well. */

enum {
	SIEVE = 1024,
	MATRIX = 8,
	CRC_BYTES = 4096,
	CALLS = 18,
};

static uint32_t sieve(void)
{
	static uint8_t is_composite[SIEVE];
	uint32_t primes = 0;

	for (uint32_t i = 0; i < SIEVE; i++) {
		is_composite[i] = 0;
	}
	for (uint32_t i = 2; i < SIEVE; i++) {
		if (is_composite[i]) {
			continue;
		}
		primes++;
		for (uint32_t multiple = i * i; multiple < SIEVE; multiple += i) {
			is_composite[multiple] = 1;
		}
	}
	return primes;
}

/* M to the eighth power, modulo 2^32. */
static uint32_t matrix(void)
{
	static uint32_t m[MATRIX][MATRIX], product[MATRIX][MATRIX];
	uint32_t trace = 0;

	for (uint32_t i = 0; i < MATRIX; i++) {
		for (uint32_t j = 0; j < MATRIX; j++) {
			m[i][j] = i * 3 + j * 5 + 1;
		}
	}
	for (uint32_t round = 0; round < 3; round++) {
		for (uint32_t i = 0; i < MATRIX; i++) {
			for (uint32_t j = 0; j < MATRIX; j++) {
				uint32_t sum = 0;
				for (uint32_t k = 0; k < MATRIX; k++) {
					sum += m[i][k] * m[k][j];
				}
				product[i][j] = sum;
			}
		}
		for (uint32_t i = 0; i < MATRIX; i++) {
			for (uint32_t j = 0; j < MATRIX; j++) {
				m[i][j] = product[i][j];
			}
		}
	}
	for (uint32_t i = 0; i < MATRIX; i++) {
		trace += m[i][i];
	}
	return trace;
}

/* CRC-32 of zlib over 0, 1, 2, ... modulo 251, bit by bit. */
static uint32_t crc(void)
{
	uint32_t value = UINT32_MAX;

	for (uint32_t i = 0; i < CRC_BYTES; i++) {
		value ^= i % 251;
		for (uint32_t bit = 0; bit < 8; bit++) {
			value = value >> 1 ^ (value & 1 ? 0xEDB88320u : 0);
		}
	}
	return ~value;
}

static __attribute__((noinline)) uint32_t fibonacci(uint32_t n)
{
	return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

static uint32_t calls(void)
{
	return fibonacci(CALLS);
}

static void measure(const char *name, uint32_t (*work)(void))
{
	struct line line = LINE_EMPTY;
	uint64_t start = clock_now();
	uint32_t result = work();
	uint64_t ticks = clock_now() - start;

	line_text(&line, "compute: ");
	line_text(&line, name);
	line_text(&line, " ");
	line_hex(&line, result);
	line_text(&line, " in ");
	line_decimal(&line, (uint32_t)clock_milliseconds(ticks * 1000));
	line_text(&line, " us\n");
	line_print(&line);
}

int main(void)
{
	measure("sieve", sieve);
	measure("matrix", matrix);
	measure("crc", crc);
	measure("calls", calls);
	return 0;
}
