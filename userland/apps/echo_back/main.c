#include <console.h>
#include <line.h>

/* Reads come in fixed lengths: the console answers a read when all of its bytes have arrived. */
enum {
	LENGTH = 8
};

int main(void)
{
	char bytes[LENGTH];

	print_text("echo_back: ready, 8 bytes at a time\n");
	for (;;) {
		struct line line = LINE_EMPTY;
		uint32_t count = console_read(bytes, LENGTH);

		line_text(&line, "echo_back: ");
		for (uint32_t i = 0; i < count; i++) {
			line_character(&line, bytes[i]);
		}
		line_text(&line, count == LENGTH ? " ok\n" : " CUT SHORT\n");
		line_print(&line);
		if (count == 0) {
			return 1;
		}
	}
}
