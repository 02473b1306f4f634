#include <console.h>

int main(void)
{
	print_text("Hello from Detent! This is an application of its own.\n");
	return 0;
}
