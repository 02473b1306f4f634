#include <clock.h>
#include <line.h>

int main(void)
{
	for (uint32_t seconds = 1; seconds <= 3; seconds++) {
		clock_sleep_ms(1000);
		line_print_number("NAME: seconds so far:", seconds);
	}
	return 0;
}
