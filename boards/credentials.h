#pragma once

/* Sets up what checks the credentials of applications: one of boards/credentials_*.c, chosen by
 * CREDENTIALS (boards/credentials.mk). Before kernel_start(). */
void credentials_init(void);
