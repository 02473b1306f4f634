#include <stdio.h>

/* One printf, of a text and a number: the least that an application with the C library takes. */

int main(void)
{
	return printf("Hello from %s, for the %dst time.\n", "printf", 1) < 0;
}
