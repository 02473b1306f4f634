#pragma once

/* `tbf place`: argv[0] is "place". */
void place_command(int argc, char **argv);
