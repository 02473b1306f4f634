#pragma once

/* Writes the lines that writer_a and writer_b are about: "<letter><number> <letter><letter>...",
 * one write each, the letter telling who wrote. */
void lines_write(char letter);
