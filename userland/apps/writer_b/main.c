#include "../writer_a/lines.h"

int main(void)
{
	lines_write('b');
	return 0;
}
