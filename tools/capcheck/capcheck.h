#pragma once

#include <clang-c/Index.h>
#include <stdbool.h>
#include <stddef.h>

/* capcheck holds one source file to the language of capsules/RULES.md.
 *
 * The passes, in order: the text of every checked file (text.c), the declarations (declaration.c),
 * the bodies (statement.c, expression.c) with what is known on the way (flow.c), then what needs
 * the whole file (graph.c). Each refuses what it does not know: a construct, a type, a macro that
 * no pass expects is an error.
 *
 * Trusted is the text of the trusted headers, and nothing else. A tree node is taken as written by
 * a trusted macro only if its first token was, if the macro is one that origin.c names, and if the
 * node is of a kind that begins with that token (a cast, an address, a for, a literal). */

/* --- options: main.c --- */

enum profile {
	PROFILE_CAPSULE,
	PROFILE_CHIP,
};

struct options {
	enum profile profile;
	const char *file;
	const char *root;         /* the repository, absolute */
	const char *facts;        /* file to write, or NULL */
	const char *clang_target; /* flags, separated by blanks */
	char **compiler;          /* command that compiles the file, NULL at the end */
};

extern struct options options;
extern CXTranslationUnit unit;

/* --- memory and strings: memory.c. Nothing is given back before the end. --- */

void *memory_take(size_t size);
const char *string_of(CXString string);
char *string_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
bool begins_with(const char *string, const char *prefix);
bool ends_with(const char *string, const char *suffix);

/* For states in which nothing can be said about the file. Exit status 2. */
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* --- messages: report.c --- */

enum rule {
#define RULE(name, number, message, advice) RULE_##name,
#include "rules.h"
#undef RULE
};

void refuse(CXCursor at, enum rule rule, ...);
void refuse_at(CXSourceLocation at, enum rule rule, ...);
unsigned report_count(void);
void report_print(void);
void report_rules(void);

/* --- the tree: tree.c --- */

struct nodes {
	unsigned count;
	CXCursor *at;
};

struct nodes children(CXCursor node);
struct nodes fields(CXType record);
enum CXCursorKind kind(CXCursor node);
const char *name(CXCursor node);
CXType type(CXCursor node); /* canonical */
const char *type_name(CXType type);
CXCursor referenced(CXCursor node);
bool same(CXCursor a, CXCursor b);
CXCursor strip(CXCursor expression); /* without parentheses and implicit conversions */
CXCursor strip_parentheses(CXCursor expression);
bool has_word(CXCursor declaration, const char *word);
const char *word_with_prefix(CXCursor declaration, const char *prefix); /* the rest, or NULL */
bool is_local_variable(CXCursor declaration);
unsigned line_of(CXCursor node);
bool is_assignment(CXCursor node);              /* =, += .., ++, -- */
CXCursor assigned(CXCursor assignment);         /* what it writes to, stripped */
bool touches(CXCursor tree, CXCursor variable); /* assigns to it or takes its address */

/* --- where text comes from: origin.c --- */

enum origin {
	ORIGIN_NONE,    /* pasted by a macro, or built in */
	ORIGIN_TRUSTED, /* the text of a trusted header */
	ORIGIN_CHECKED,
};

void origin_init(void);
enum origin origin_of_file(CXFile file);
bool is_ours(CXCursor node);             /* its first token is spelled in a checked file */
bool is_name_ours(CXCursor node);        /* its name is */
bool is_declaration_ours(CXCursor node); /* either */
bool is_in_trusted_header(CXCursor node);
const char *made_by(CXCursor node); /* the macro that spells its first token, or NULL */
bool is_made_by(CXCursor node, const char *macro);
const char *macro_at(CXFile file, unsigned offset); /* expanded there, or NULL */
void origin_check_includes(void);
CXFile origin_file(CXCursor node);            /* that its text is in */
bool origin_includes(CXFile from, CXFile to); /* itself, or by way of others */

/* --- types: type.c --- */

enum place {
	PLACE_FIELD,
	PLACE_PARAMETER,
	PLACE_LOCAL,
	PLACE_RESULT,
	PLACE_CONSTANT, /* file scope */
};

bool is_pointer(CXType type);
bool is_integer(CXType type);
bool is_record(CXType type);
bool is_array(CXType type);
CXCursor record_of(CXType type);
bool is_pinned(CXType type);     /* or has a part that is */
bool is_owned(CXType type);      /* or has a part that is */
bool is_borrowed(CXType type);   /* the struct itself */
bool has_private(CXType type);   /* fields that only trusted code sets, also in its parts */
bool has_functions(CXType type); /* pointers to functions */
bool has_registers(CXType type); /* volatile fields */
bool is_lent_kind(CXType type);  /* a pointer or a view: its life matters */
void type_check(CXCursor at, CXType type, enum place place);
void expression_type_check(CXCursor at);
unsigned long long type_maximum(CXType integer);

/* --- what is known on the way through a function: flow.c --- */

struct variable {
	CXCursor declaration;
	bool keep;     /* pointer or view: what it holds lives for ever */
	bool not_null; /* pointer */
	bool owned;    /* of an owned type */
	bool held;     /* owned: may still hold something */
};

enum {
	VARIABLES_MAX = 200
};

struct flow {
	struct variable variables[VARIABLES_MAX];
	unsigned count;
};

extern struct flow flow;

struct variable *flow_find(CXCursor declaration);
struct variable *flow_add(CXCursor declaration);
void flow_learn(CXCursor condition, bool truth);
void flow_assume_not_null(CXCursor expression);
void flow_forget_assigned(CXCursor tree);
void flow_merge(const struct flow *other); /* either may have happened */
void flow_check_lost(CXCursor at, unsigned first);
bool is_null(CXCursor expression);
CXCursor present_pointer(CXCursor expression); /* inside PRESENT(pointer), or null */
bool is_kept(CXCursor expression);
bool is_not_null(CXCursor expression);

/* --- expressions: expression.c, call.c, initializer.c --- */

void expression_check(CXCursor expression);
void expression_statement_check(CXCursor expression);
void expression_store_check(CXCursor at, CXCursor field, CXCursor value);
void call_check(CXCursor call);
void call_check_view(CXCursor call);
void call_collect_bindings(CXCursor declaration);
void call_check_binding(CXCursor table);
bool call_file_implements(const char *interface);
void initializer_check(CXCursor initializer, CXType type);
bool is_owned_source(CXCursor expression); /* a value that nobody else holds */

/* --- registers: register.c --- */

void register_struct_check(CXCursor declaration);
void register_view_check(CXCursor view);
bool is_register_field(CXCursor field);
void register_field_check(CXCursor field, CXCursor value);
void register_field_refuse(CXCursor at, CXCursor field);
void register_left_out_check(CXCursor at, CXCursor field);
void register_enum_check(CXCursor at, CXType to, CXCursor value);
void register_member_check(CXCursor member);

/* --- limits: bound.c --- */

#define UNBOUNDED (~0ull)

unsigned long long bound_of(CXCursor expression, CXCursor function);
unsigned long long saturated_product(unsigned long long a, unsigned long long b);
unsigned long long saturated_sum(unsigned long long a, unsigned long long b);

/* --- statements: statement.c, loop.c --- */

extern CXCursor current_function;
extern unsigned long long loop_product; /* of the loops around the place */
extern unsigned grant_depth;            /* grant blocks around the place */

void function_check(CXCursor function);
void statement_check(CXCursor statement);
void variable_check(CXCursor variable);
void loop_check(CXCursor loop);
bool leaves(CXCursor statement);

struct breaks { /* what break and continue leave */
	unsigned first_variable;
	bool any;
	struct flow flow; /* at all the breaks */
};
extern struct breaks *break_target, *continue_target;

/* --- declarations: declaration.c --- */

void declaration_check_all(void);
void declaration_check_name(CXCursor declaration); /* hides no trusted name */

void header_check(CXCursor declaration); /* header.c */

/* --- the text: text.c --- */

void text_check(CXFile file);
void tokens_compare(void); /* tokens.c */

/* --- the compiler's own view: compiler.c --- */

char *compiler_predefined(void);            /* path of a file with its macros */
const char *compiler_include(void);         /* folder of its own headers */
char *command_output(char *const *command); /* fails when the command does */
char **clang_arguments(unsigned *count);

/* --- whole file: graph.c --- */

void graph_add_function(CXCursor function);
void graph_add_call(CXCursor caller, CXCursor callee, CXCursor call);
void graph_add_steps(CXCursor function, unsigned long long steps);
void graph_check(void);

/* --- facts for the whole image: facts.c --- */

void facts_add_call(CXCursor caller, CXCursor callee, CXCursor call);
void facts_add_store(CXCursor field, CXCursor value);
void facts_add_function(CXCursor function, unsigned long long steps);
void facts_add_table(CXCursor table);
void facts_add_struct(CXCursor definition);
void facts_add_register(CXCursor field, unsigned long long offset);
void facts_add_dma(CXCursor channel);
void facts_add_declaration(CXCursor function);
void facts_write(void);
