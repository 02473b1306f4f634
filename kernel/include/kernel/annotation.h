#pragma once

/* What the compiler cannot see about a pointer or a type, said once where it is declared.
 *
 * tools/capcheck holds capsules and chip drivers to these words (capsules/RULES.md); the compilers
 * ignore them. Without a word a pointer is never NULL, and is only lent: who gets it may pass it
 * down, and neither stores nor returns it.
 *
 * For everybody: */

/* A parameter or result that lives for ever and may be stored. Needed for pointers to plain structs
 * and for spans only: what is PINNED lives for ever anyway. */
#define KEEP __attribute__((annotate("keep")))

/* A parameter, result or field that may be NULL. Elements of an array of pointers may always be. */
#define NULLABLE __attribute__((annotate("nullable")))

/* A function that is not put into its callers: these have short ways, which need no registers saved, and
 * are gone more often. What the function does is the same; this word alone the compilers obey. */
#define APART __attribute__((noinline))

/* For trusted headers only: */

/* A struct that is part of a static object of the board: never copied, never a local variable. */
#define PINNED __attribute__((annotate("pinned")))

/* A struct that has one owner: moved by the function that takes it, never copied. */
#define OWNED __attribute__((annotate("owned")))

/* A struct that is a view of memory of somebody else: handled like a pointer that is lent. On a
 * field: the pointer in it is lent. */
#define BORROWED __attribute__((annotate("borrowed")))

/* A struct of two words that is passed by value. Aligned like a number of its size it is moved like one; otherwise
 * gcc writes each value to the stack before it goes into registers. */
#define BY_VALUE __attribute__((aligned(8)))

/* A struct that only trusted functions make: not even zeros are a value of it. */
#define NO_ZERO __attribute__((annotate("nozero")))

/* A function whose result is never more than this number: a loop may run up to it. */
#define BOUNDED(number) __attribute__((annotate("bound:" #number)))

/* A function that tells the client of an interface something: only the file that implements the
 * interface calls it, for a member of its own object. */
#define IMPLEMENTER __attribute__((annotate("implementer")))

/* The same for a function without an interface argument: for files that implement `interface`. */
#define IMPLEMENTER_OF(interface) __attribute__((annotate("implementer:" #interface)))
