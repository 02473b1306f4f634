/* The GPIO inputs: clauses I1 to I4 of hil/gpio_input.h and N1, N2, over registers that behave as the port's do. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <chips/lm3s/gpio_input.h>
#include <cmocka.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* Data sheet, "Register Map". */
enum offset {
	GPIODIR = 0x400,
	GPIOIS = 0x404,
	GPIOIBE = 0x408,
	GPIOIM = 0x410,
	GPIOMIS = 0x418,
	GPIOICR = 0x41C,
	GPIOAFSEL = 0x420,
	GPIOPUR = 0x510,
	GPIOPDR = 0x514,
	GPIODEN = 0x51C,
};

enum {
	FIRST = 2,
	SECOND = 7,
	OTHERS = 0xFF & ~(1 << FIRST | 1 << SECOND),
};

struct listener {
	struct gpio_input_client client;
	uint32_t calls, last;
};

static union {
	struct lm3s_gpio_registers registers;
	uint32_t words[sizeof(struct lm3s_gpio_registers) / sizeof(uint32_t)];
} block;
static struct lm3s_gpio_inputs port;
static struct lm3s_gpio_input first, second;
static struct listener listener;

static void listener_changed(struct listener *self, uint32_t number)
{
	self->calls++;
	self->last = number;
}

GPIO_INPUT_CLIENT_IMPLEMENT(listener, struct listener, client, .changed = listener_changed);

static uint32_t *at(enum offset offset)
{
	return &block.words[offset / 4];
}

static int setup(void **state)
{
	(void)state;
	for (uint32_t word = 0; word < sizeof(block.words) / sizeof(uint32_t); word++) {
		block.words[word] = 0;
	}
	listener = (struct listener){0};
	gpio_input_client_bind(&listener.client, &listener_gpio_input_client_operations);
	port = (struct lm3s_gpio_inputs){0};
	lm3s_gpio_inputs_init(&port, &block.registers);
	lm3s_gpio_input_init(&first, &port, FIRST);
	lm3s_gpio_input_init(&second, &port, SECOND);
	gpio_input_set_client(&first.gpio_input, &listener.client, 10);
	gpio_input_set_client(&second.gpio_input, &listener.client, 20);
	return 0;
}

/* Pins as nobody left them. */
static void spoil(uint32_t with)
{
	const enum offset offsets[] = {GPIODIR,   GPIOIS,  GPIOIBE, GPIOIM,
				       GPIOAFSEL, GPIOPUR, GPIOPDR, GPIODEN};

	for (uint32_t i = 0; i < sizeof(offsets) / sizeof(offsets[0]); i++) {
		*at(offsets[i]) = with;
	}
}

static void an_input_is_made_and_the_other_pins_stay(void **state)
{
	(void)state;
	for (uint32_t with = 0; with <= 0xFF; with += 0xFF) {
		spoil(with);
		gpio_input_make_input(&first.gpio_input, GPIO_PULL_UP);
		gpio_input_make_input(&second.gpio_input, GPIO_PULL_DOWN);
		assert_int_equal(*at(GPIODIR), with & OTHERS);
		assert_int_equal(*at(GPIOIS), with & OTHERS);
		assert_int_equal(*at(GPIOIM), with & OTHERS);
		assert_int_equal(*at(GPIOAFSEL), with & OTHERS);
		assert_int_equal(*at(GPIOIBE), (with & OTHERS) | 1 << FIRST | 1 << SECOND);
		assert_int_equal(*at(GPIODEN), (with & OTHERS) | 1 << FIRST | 1 << SECOND);
		assert_int_equal(*at(GPIOPUR), (with & OTHERS) | 1 << FIRST);
		assert_int_equal(*at(GPIOPDR), (with & OTHERS) | 1 << SECOND);
		gpio_input_make_input(&first.gpio_input, GPIO_PULL_NONE);
		assert_int_equal(*at(GPIOPUR) & 1 << FIRST, 0);
		assert_int_equal(*at(GPIOPDR) & 1 << FIRST, 0);
	}
}

static void level_is_read_through_the_pins_own_view(void **state)
{
	(void)state;
	assert_false(gpio_input_get(&second.gpio_input));
	block.words[1 << SECOND] = 1 << SECOND;
	assert_true(gpio_input_get(&second.gpio_input));
	assert_false(gpio_input_get(&first.gpio_input));
}

static void watching_forgets_what_was_before_it(void **state)
{
	(void)state;
	*at(GPIOIM) = OTHERS;
	gpio_input_watch(&first.gpio_input, true);
	assert_int_equal(*at(GPIOICR), 1 << FIRST);
	assert_int_equal(*at(GPIOIM), OTHERS | 1 << FIRST);

	/* Asked again, it must not forget what is since. */
	*at(GPIOICR) = 0;
	gpio_input_watch(&first.gpio_input, true);
	assert_int_equal(*at(GPIOICR), 0);

	gpio_input_watch(&first.gpio_input, false);
	assert_int_equal(*at(GPIOIM), OTHERS);
}

static void an_interrupt_tells_the_pins_it_is_of(void **state)
{
	(void)state;
	*at(GPIOMIS) = 1 << SECOND | 1 << 0; /* pin 0 is none of ours */
	interrupt_handler_service(&port.interrupt);
	assert_int_equal(listener.calls, 1);
	assert_int_equal(listener.last, 20);
	assert_int_equal(*at(GPIOICR), 1 << SECOND | 1 << 0);
	*at(GPIOMIS) = 1 << SECOND | 1 << FIRST;
	interrupt_handler_service(&port.interrupt);
	assert_int_equal(listener.calls, 3);
	*at(GPIOMIS) = 0;
	interrupt_handler_service(&port.interrupt);
	assert_int_equal(listener.calls, 3);
}

static void traps(uint32_t pins, uint32_t pin)
{
	pid_t child = fork();
	int status = 0;

	if (child == 0) {
		static struct lm3s_gpio_input more[LM3S_GPIO_PORT_PINS + 1];

		(void)signal(SIGILL, SIG_DFL); /* cmocka catches it */
		lm3s_gpio_inputs_init(&port, &block.registers);
		for (uint32_t i = 0; i < pins; i++) {
			lm3s_gpio_input_init(&more[i], &port, pin);
		}
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	/* In a kernel an index is a trap; here the sanitizer ends the program. */
	assert_int_equal(status != 0, pin > 7 || pins > 8);
}

static void only_eight_pins(void **state)
{
	(void)state;
	traps(8, 7);
	traps(1, 8);
	traps(9, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(an_input_is_made_and_the_other_pins_stay, setup),
	    cmocka_unit_test_setup(level_is_read_through_the_pins_own_view, setup),
	    cmocka_unit_test_setup(watching_forgets_what_was_before_it, setup),
	    cmocka_unit_test_setup(an_interrupt_tells_the_pins_it_is_of, setup),
	    cmocka_unit_test_setup(only_eight_pins, setup),
	};

	return cmocka_run_group_tests_name("gpio_input", tests, NULL, NULL);
}
