#pragma once

/* Finds the applications in flash and makes processes of them. The observer hears of each. */
void loader_run(void);
