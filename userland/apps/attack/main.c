#include <attack.h>
#include <console.h>

/* The same for every attack: tells that it begins, and how it ended if it ended. */

int main(void)
{
	print_text(attack_texts.begin);
	enum outcome outcome = attack();
	if (outcome != BREACH) {
		print_text(outcome == REFUSED ? attack_texts.refused : attack_texts.survived);
	}
	return outcome == BREACH;
}
