/* Every rule of the checked language: its number, what the checker says, what it advises.
 *
 * The numbers are those of capsules/RULES.md, which says why each rule is there; a test compares
 * the two. C: one text, one meaning. M: memory safety. B: memory safety in time (what is lent).
 * A: authority. O: ownership. T: termination. S: stack. R: registers. */

/* clang-format off */

RULE(C_DIRECTIVE, "C1", "preprocessor directive '#%s'",
     "only #include and, in headers, #pragma once, above everything else; write an enum or a static const for a constant")
RULE(C_INCLUDE, "C2", "include of '%s'",
     "include <kernel/capsule.h>, the public headers of kernel/ and hil/, and headers of your own room")
RULE(C_NAME, "C3", "reserved name '%s'",
     "names with private_ or __ in them, a leading _, memcpy and its like belong to the kernel and the compiler; choose another")
RULE(C_KEYWORD, "C4", "'%s' is not part of the language", "write it without; see RULES.md C4")
RULE(C_CHARACTER, "C5", "%s in the source",
     "sources are printable ASCII, tab and newline, one meaning a line")
RULE(C_STRING, "C6", "string literal outside of SPAN_OF_TEXT",
     "write SPAN_OF_TEXT(\"...\"): a span knows its length")
RULE(C_MACRO, "C7", "macro '%s' is not for this room",
     "macros here: ARRAY_LENGTH, ELEMENT, PRESENT, FOR_EACH, GRANT_*, *_IMPLEMENT, SPAN_OF_TEXT, KEEP, NULLABLE, APART and plain constants")
RULE(C_MACRO_ARGUMENT, "C8", "arguments of '%s' must be of the form (%s)",
     "pass plain names, so that the macro's text means what its header says")
RULE(C_ATTRIBUTE, "C9", "attribute on '%s'", "only KEEP and NULLABLE may be said about parameters, results and fields")
RULE(C_TOKENS, "C10", "the compilers read different programs: '%s' and '%s'",
     "nothing may depend on which compiler reads it")
RULE(C_SHADOW, "C11", "'%s' hides a name of a trusted header", "choose another name")
RULE(C_CONSTRUCT, "C12", "%s is not part of the language", "see RULES.md for what is")
RULE(C_COMPILER, "C13", "%s", "what a compiler warns of is refused; the header that declares it says what it takes")
RULE(C_ASSIGNMENT, "C14", "assignment inside an expression", "make it a statement of its own")
RULE(C_SWITCH, "C15", "%s in a switch", "put labels directly into the switch's block, declarations into blocks of their own")
RULE(C_HEADER, "C16", "'%s' is of a file that this header does not include", "include the header that declares it: a header means the same wherever it is included")

RULE(M_CAST, "M1", "cast from '%s' to '%s'", "cast between integers only; pointers come from objects")
RULE(M_CONVERSION, "M2", "'%s' becomes '%s'", "pass a pointer to the very type; nothing else becomes a pointer")
RULE(M_ARITHMETIC, "M3", "arithmetic on a pointer", "index an array by its name, or ELEMENT(array, index)")
RULE(M_COMPARE, "M4", "pointer compared with something other than NULL", "compare what the objects hold, for example an index")
RULE(M_INDEX, "M5", "index into '%s', whose length is not to be seen",
     "index an array by its name: self->items[i]")
RULE(M_ELEMENT, "M6", "address of an array's element", "ELEMENT(array, index) checks the index, also one past the end")
RULE(M_DECAY, "M7", "array '%s' becomes a pointer", "pass the struct that holds it, or ELEMENT(array, index)")
RULE(M_NULL, "M8", "'%s' may be NULL here", "test it first in a local variable, or PRESENT(pointer) if it cannot be")
RULE(M_NULL_ARGUMENT, "M9", "argument '%s' may be NULL", "test it first, or declare the parameter NULLABLE")
RULE(M_NULL_STORE, "M10", "'%s' may become NULL", "test the pointer first, or declare the field NULLABLE")
RULE(M_NULL_RETURN, "M11", "'%s' may return NULL", "declare the function NULLABLE")
RULE(M_UNINITIALISED, "M12", "'%s' has no value yet", "give it one where it is declared, = {0} for a struct")
RULE(M_UNION, "M13", "union", "use a struct; two views of the same bytes are a cast in disguise")
RULE(M_TYPE, "M14", "type '%s' is not allowed for %s", "integers, enums, bool, structs, arrays of these; pointers to structs; pointers to integers as parameters")
RULE(M_PINNED_COPY, "M15", "'%s' is part of a static object and cannot be copied", "set the fields one by one; interfaces are bound by their bind function")
RULE(M_PINNED, "M16", "'%s' is part of a static object and cannot be %s", "declare it in the board, or as a field of such an object")
RULE(M_ADDRESS, "M17", "address of %s", "take addresses of structs and integers only")
RULE(M_BRACES, "M18", "initialiser of '%s' without its own braces", "write the inner braces")

RULE(B_STORE, "B1", "lent %s is stored", "what is lent may be passed down only; if it lives for ever, declare the parameter KEEP")
RULE(B_RETURN, "B2", "lent %s is returned", "return a value, or let the caller pass the place")
RULE(B_REASSIGN, "B3", "'%s' holds something lent and is assigned to", "declare a new variable")
RULE(B_ARGUMENT, "B4", "lent %s is passed to '%s', which keeps it", "pass what lives for ever: a static object or a part of one")
RULE(B_GRANT, "B5", "grant with field '%s' of type '%s'", "a grant dies with its process: keep plain data in it")
RULE(B_ANNOTATION, "B6", "'%s' is declared with other words elsewhere", "say KEEP and NULLABLE alike in header, source and interface")
RULE(B_VIEW, "B7", "view of a buffer outside of a call", "write buffer_span(...) as the argument of the call that reads it")

RULE(A_STATE, "A1", "variable '%s' at file scope is not a static const", "keep state in the capsule's struct, which the board makes")
RULE(A_STATIC, "A2", "'%s' keeps its value between calls", "keep state in the capsule's struct")
RULE(A_FOREIGN, "A3", "'%s' does not begin with '%s'", "names that the linker sees begin with the name of their file; make it static otherwise")
RULE(A_CLOSED, "A4", "'struct %s' belongs to a header", "choose another name")
RULE(A_FORGE, "A5", "value for the private parts of '%s'", "only {0}, or what its functions return")
RULE(A_FUNCTION, "A6", "function '%s' used as a value", "functions go into the tables that *_IMPLEMENT makes")
RULE(A_INDIRECT, "A7", "call through a pointer", "call a function by its name; others through their interface")
RULE(A_HEADER, "A12", "'%s' is not both declared in its header and defined in its file", "declare it in the header of this file and define it here; make it static otherwise")
RULE(A_IMPLEMENTS, "A13", "interface of '%s', which is not of this file", "implement interfaces of structs of your own")
RULE(A_MADE, "A11", "function '%s' is for the macro that made it", "use the macro: GRANT_ENTER, GRANT_EACH, *_bind")
RULE(A_BIND, "A8", "table of '%s' bound to '%s'", "bind a table to the member it was made for: thing_bind(&self->member, &table)")
RULE(A_TABLE, "A9", "table of functions '%s' used outside of its bind function", "pass &table to the bind function")
RULE(A_IMPLEMENTER, "A10", "'%s' is for the file that implements the interface", "pass &object->member of an interface that this file implements")

RULE(O_COPY, "O1", "'%s' has one owner and is copied", "move it: buffer_take(&place)")
RULE(O_DISCARD, "O2", "'%s' is dropped by this call", "put it somewhere, or buffer_drop(&place)")
RULE(O_LOST, "O3", "'%s' is lost on this way out", "give it away or put it back on every path, or buffer_drop(&place)")
RULE(O_OVERWRITE, "O4", "'%s' still holds something", "give it away first")

RULE(T_LOOP, "T1", "loop whose end cannot be seen",
     "for (uint32_t i = 0; i < LIMIT && ...; i++) with a constant, an 8 or 16 bit number or a board-sized count as LIMIT")
RULE(T_KEYWORD, "T2", "'%s' loops without a visible end", "a for loop with a limit, FOR_EACH, GRANT_EACH")
RULE(T_COUNTER, "T3", "counter '%s' is changed in its loop", "leave it to the loop's head")
RULE(T_NARROW, "T4", "counter '%s' cannot reach %llu", "give the counter a wider type")
RULE(T_WORK, "T5", "'%s' may take %llu steps, the limit is %llu", "use smaller limits, or spread the work over several calls")
RULE(T_RECURSION, "T6", "'%s' calls itself", "write a loop with a limit")

RULE(S_FRAME, "S1", "'%s' takes %llu bytes of stack, the limit is %llu", "keep it in the capsule's struct")

RULE(R_VOLATILE, "R1", "volatile outside of a register", "declare the register with REGISTER_READ_WRITE or one of its kind")
RULE(R_UNION, "R2", "union with '%s', which is no register", "only registers at one address share a union")
RULE(R_VALUE, "R3", "'%s' is no value of a register", "a register holds uint32_t, uint16_t, uint8_t, or a struct of bit-fields: bool : 1, and unsigned numbers, with VALUES_OF an enum that fits (none in REGISTER_BITS)")
RULE(R_FILL, "R4", "'%s' has fields for %llu bits and takes %llu", "name all bits, reserved_N those that mean nothing, and use uint8_t in registers of 8 bits")
RULE(R_BLOCK, "R5", "'%s' in a register block is no register", "a block holds registers, unions of them, and gaps: uint32_t reserved_018[4]")
RULE(R_OFFSET, "R6", "'%s' is at offset 0x%llx, which it does not say", "say AT_OFFSET(...) with the data sheet's offset, and make the gap before it right")
RULE(R_FIELD, "R7", "'%s' takes %s only", "give a field values of its own type; a number fits by %, &, minimum() or a cast")
RULE(R_ENUM, "R8", "'%s' becomes '%s'", "use the enumerators")
RULE(R_GAP, "R9", "'%s' is no register", "declare the register that is there")
