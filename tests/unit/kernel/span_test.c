/* Spans and buffers: what a capsule sees of other memory, and that it sees no more. */

#include <kernel/capsule.h>

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static uint8_t memory[8];
static struct buffer buffer;
static struct read_span view;

static int setup(void **state)
{
	(void)state;
	for (uint8_t i = 0; i < sizeof(memory); i++) {
		memory[i] = i;
	}
	buffer = BUFFER_OVER(memory);
	view = SPAN_OF_TEXT("abcde");
	return 0;
}

/* The function must end in a trap. */
static void assert_traps(void (*function)(void))
{
	pid_t child = fork();
	int status = 0;

	assert_true(child >= 0);
	if (child == 0) {
		signal(SIGILL, SIG_DFL); /* cmocka would catch it */
		function();
		_exit(EXIT_SUCCESS);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGILL);
}

static void a_buffer_is_moved(void **state)
{
	(void)state;
	struct buffer taken = buffer_take(&buffer);

	assert_true(buffer_is_empty(&buffer));
	assert_int_equal(buffer_size(&buffer), 0);
	assert_false(buffer_is_empty(&taken));
	assert_int_equal(buffer_size(&taken), sizeof(memory));
	buffer_set(&taken, 7, 99);
	assert_int_equal(buffer_get(&taken, 7), 99);
	assert_int_equal(memory[7], 99);
}

static void read_beyond_buffer(void)
{
	buffer_get(&buffer, sizeof(memory));
}

static void write_beyond_buffer(void)
{
	buffer_set(&buffer, sizeof(memory), 0);
}

static void read_beyond_span(void)
{
	read_span_get(view, 5);
}

static void read_far_beyond_span(void)
{
	read_span_get(view, 0xffffffff);
}

static void read_empty_buffer(void)
{
	buffer_take(&buffer);
	buffer_get(&buffer, 0);
}

static void an_index_outside_traps(void **state)
{
	(void)state;
	assert_int_equal(buffer_get(&buffer, 7), 7);
	assert_int_equal(read_span_get(view, 4), 'e');
	assert_traps(read_beyond_buffer);
	assert_traps(write_beyond_buffer);
	assert_traps(read_beyond_span);
	assert_traps(read_far_beyond_span);
	assert_traps(read_empty_buffer);
}

static void a_buffer_s_span_is_cut_to_it(void **state)
{
	(void)state;
	assert_int_equal(read_span_length(buffer_span(&buffer, 3)), 3);
	assert_int_equal(read_span_length(buffer_span(&buffer, 8)), 8);
	assert_int_equal(read_span_length(buffer_span(&buffer, 9)), 8);
	assert_int_equal(read_span_length(buffer_span(&buffer, 0xffffffff)), 8);
	assert_int_equal(read_span_get(buffer_span(&buffer, 3), 2), 2);
}

/* Lengths and offsets around every edge, for both directions. */
static void copies_go_as_far_as_both_reach(void **state)
{
	static const uint32_t numbers[] = {0, 1, 4, 5, 6, 7, 8, 9, 0x80000000, 0xffffffff};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(numbers); i++) {
		for (uint32_t j = 0; j < ARRAY_LENGTH(numbers); j++) {
			uint8_t small[7] = {0};
			struct buffer into = BUFFER_OVER(small);
			uint64_t offset = numbers[i];
			uint64_t expected = offset < sizeof(memory) ? sizeof(memory) - offset : 0;

			expected = expected < sizeof(small) ? expected : sizeof(small);
			expected = expected < numbers[j] ? expected : numbers[j];
			view = (struct read_span){memory, sizeof(memory)};
			assert_int_equal(read_span_copy(view, numbers[i], &into, numbers[j]),
					 expected);
			assert_memory_equal(small, memory + (expected != 0 ? offset : 0), expected);
			for (uint64_t k = expected; k < sizeof(small); k++) {
				assert_int_equal(small[k], 0);
			}
		}
	}
}

static void writes_go_as_far_as_both_reach(void **state)
{
	static const uint32_t numbers[] = {0, 1, 3, 4, 5, 6, 7, 8, 9, 0x80000000, 0xffffffff};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(numbers); i++) {
		for (uint32_t j = 0; j < ARRAY_LENGTH(numbers); j++) {
			uint8_t large[9] = {0};
			struct write_span onto = {large, 6}; /* not all of it */
			uint64_t offset = numbers[i];
			uint64_t expected = offset < 6 ? 6 - offset : 0;

			expected = expected < sizeof(memory) ? expected : sizeof(memory);
			expected = expected < numbers[j] ? expected : numbers[j];
			assert_int_equal(write_span_length(onto), 6);
			memory[0] = 10;
			assert_int_equal(write_span_copy(onto, numbers[i], &buffer, numbers[j]),
					 expected);
			for (uint64_t k = 0; k < sizeof(large); k++) {
				bool inside = k >= offset && k < offset + expected;

				assert_int_equal(large[k], inside ? memory[k - offset] : 0);
			}
		}
	}
}

static void an_empty_span_copies_nothing(void **state)
{
	(void)state;
	assert_int_equal(read_span_copy((struct read_span){0}, 0, &buffer, 8), 0);
	assert_int_equal(write_span_copy((struct write_span){0}, 0, &buffer, 8), 0);
	view = SPAN_OF_TEXT("abc");
	buffer_take(&buffer);
	assert_int_equal(read_span_copy(view, 0, &buffer, 8), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(a_buffer_is_moved, setup),
	    cmocka_unit_test_setup(an_index_outside_traps, setup),
	    cmocka_unit_test_setup(a_buffer_s_span_is_cut_to_it, setup),
	    cmocka_unit_test_setup(copies_go_as_far_as_both_reach, setup),
	    cmocka_unit_test_setup(writes_go_as_far_as_both_reach, setup),
	    cmocka_unit_test_setup(an_empty_span_copies_nothing, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
