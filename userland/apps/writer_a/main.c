#include "lines.h"

int main(void)
{
	lines_write('a');
	return 0;
}
