#pragma once

/* Two contexts that are kept apart.
 *
 * The kernel's context: system calls, interrupts and faults of processes, one at a time, at the one
 * priority that all of them share; and the board's start. Nearly all code runs in it, and all
 * variables belong to it unless they say otherwise.
 *
 * Any other: what may come while the kernel is half-way through something. That is a fault of the
 * kernel's own, and on a machine that has them an interrupt's top half. arch/NAME/entry_points.txt
 * names these as `nested` and `abrupt`.
 *
 *   X1  Code of another context reads and writes its arguments, its locals, registers, constants and
 *       variables that are ANY_CONTEXT; no other variable of the kernel, capsules or chip drivers, however it gets hold of it.
 *   X2  The exception is a function that SEIZES_KERNEL_CONTEXT. It never returns, and so what was
 *       half-way stays so: it must not take it for whole.
 *
 * tools/call_graph follows all calls and all pointers of the image, and refuses to link one in which
 * X1 or X2 does not hold. */

/* A variable for every context: one word, read and written at once (volatile). */
#define ANY_CONTEXT __attribute__((annotate("any context")))

/* A function that never returns and takes over all that there is. */
#define SEIZES_KERNEL_CONTEXT __attribute__((annotate("seizes kernel context")))
