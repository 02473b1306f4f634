#include <clock.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A tour of the C library: what it prints is what the standard says it prints. */

enum {
	NUMBERS = 6,
	ROUNDS = 200,
	BLOCK = 200
};

static int number_compare(const void *one, const void *other)
{
	const int a = *(const int *)one;
	const int b = *(const int *)other;

	return (a > b) - (a < b);
}

static void print_sorted(void)
{
	int numbers[NUMBERS] = {42, -7, 1000000, 0, 3, -2000};

	qsort(numbers, NUMBERS, sizeof(numbers[0]), number_compare);
	printf("printf: sorted");
	for (int i = 0; i < NUMBERS; i++) {
		printf(" %d", numbers[i]);
	}
	printf("\n");
}

static void print_parsed(const char *text)
{
	char *end;

	errno = 0;
	long number = strtol(text, &end, 0);

	clock_sleep_ms(1); /* errno is still there after other processes have run */
	printf("printf: \"%s\" is %ld, rest \"%s\"%s\n", text, number, end,
	       errno == ERANGE ? ", out of range" : "");
}

/* Far more than the heap holds in all, a block at a time. */
static bool memory_reuse(void)
{
	for (int i = 0; i < ROUNDS; i++) {
		char *block = malloc(BLOCK);

		if (block == NULL) {
			return false;
		}
		memset(block, i, BLOCK);
		free(block);
	}
	return true;
}

static void count_lines(void)
{
	static int ends;

	printf("printf: end %d", ++ends); /* no end of line: exit() shows it all the same */
}

int main(void)
{
	char text[12];
	int length;

	atexit(count_lines);
	printf("printf: %d %u %x %#o %c %s|%-6s|%6s|%05d\n", -1, 4000000000u, 0xbeefu, 8u, 'c',
	       "text", "left", "right", 42);
	printf("printf: %lld %llx\n", INT64_MIN, UINT64_MAX);
	printf("printf: %.3f %g %e\n", 3.14159, 0.5, -12345.678);
	length = snprintf(text, sizeof(text), "%s", "longer than the room");
	printf("printf: snprintf %d \"%s\"\n", length, text);
	print_sorted();
	print_parsed("0x1f and more");
	print_parsed("99999999999");
	printf("printf: memory reused: %s\n", memory_reuse() ? "yes" : "no");
	errno = 0;
	printf("printf: too much: %s", malloc(100000) == NULL ? "refused" : "granted");
	printf(", %s\n", errno == ENOMEM ? "ENOMEM" : "no error");
	return 5;
}
