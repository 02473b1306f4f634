#pragma once

/* Prints what the application in the file says of itself, a line for each element and footer, or refuses
 * when its header is not right. Whether a SHA-256 credential matches is said beside it. */
void show(const char *path);
