#pragma once

/* Runs one line of input: a command and its arguments, with single spaces between. */
void command_run(char *line);
