#pragma once

#include <kernel/annotation.h>

/* Tokens for kernel calls that could harm others. A function that wants one takes a pointer to it;
 * only a board can make one (kernel/board.h), and hands it to the instances it trusts that far. */

/* Look at any process: its name, state, addresses, registers. */
struct PINNED process_inspect_capability;

/* End, stop or restart any process. */
struct PINNED process_control_capability;

/* Let one process reach what another shares with the same driver. */
struct PINNED process_share_capability;
