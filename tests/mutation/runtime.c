/* The switchboard of a program with mutants in it.
 *
 *   MUTATION_ON     number of the mutant that is on; absent or 0: none
 *   MUTATION_REACH  file of one byte for each mutant, set to 1 when it could make a difference
 *   MUTATION_LIST   file with numbers of mutants, a line each. Once clang has read the file to check,
 *                   the program splits: one process for the unchanged program, one for each mutant of
 *                   the list that the first has reached. Reading the file is nearly all of the work.
 *   MUTATION_OUT    file for what became of these: "NUMBER STATUS LENGTH\n" and what was printed
 *   MUTATION_CACHE  prefix of files: what commands said, which is the same for all mutants
 *
 * A mutant that asks many times more often than the program did unchanged hangs, and is ended. */

#include <tests/mutation/runtime.h>

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	MUTANTS_MAX = 20000,
	STATUS_HANGS = 124,
	CPU_SECONDS = 20,    /* for a loop without a question in it */
	ASKED_AGAIN = 20,    /* times as often as the program unchanged */
	ASKED_MORE = 200000, /* and so often more */
};

enum reach {
	REACH_NO,
	REACH_YES,
	REACH_ASKED, /* a text, and nobody compared it */
	REACH_OTHER, /* a text, compared with other texts only */
};

static char *texts[MUTANTS_MAX];
static bool is_text[MUTANTS_MAX], is_in_table[MUTANTS_MAX];
static const char *texts_first, *texts_last; /* addresses */
static unsigned active;
static uint8_t own_reach[MUTANTS_MAX];
static uint8_t *reach = own_reach;
static uint64_t asked_here, *asked = &asked_here, asked_max = UINT64_MAX;
static bool notes_texts;
static void activate(unsigned number)
{
	active = number;
	if (texts[number] != NULL) {
		texts[number][0] = '\1';
	}
}

void mutation_text_add(unsigned number, char *text, bool in_table)
{
	is_in_table[number] = in_table;
	texts[number] = text;
	is_text[number] = true;
	texts_first = texts_first == NULL || text < texts_first ? text : texts_first;
	texts_last = text > texts_last ? text : texts_last;
}

__attribute__((constructor(65535))) static void start(void)
{
	const char *on = getenv("MUTATION_ON");
	const char *path = getenv("MUTATION_REACH");

	if (path != NULL) {
		int file = open(path, O_RDWR | O_CREAT, 0600);

		if (file < 0 || ftruncate(file, MUTANTS_MAX) != 0) {
			abort();
		}
		reach = mmap(NULL, MUTANTS_MAX, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	}
	if (on != NULL) {
		activate((unsigned)strtoul(on, NULL, 10));
		asked_max = 500ull * 1000 * 1000;
		setrlimit(RLIMIT_CPU, &(struct rlimit){CPU_SECONDS, CPU_SECONDS});
	}
}

static void ask(void)
{
	(*asked)++;
	if (*asked > asked_max) {
		_exit(STATUS_HANGS);
	}
}

bool mutation(unsigned number)
{
	ask();
	if (!is_text[number]) {
		reach[number] = REACH_YES;
	} else if (reach[number] == REACH_NO) {
		reach[number] = REACH_ASKED;
	}
	return active == number;
}

bool mutation_condition(unsigned number, bool value)
{
	ask();
	reach[number + (value ? 1 : 0)] = REACH_YES;
	if (active == number) {
		return true;
	}
	return active == number + 1 ? false : value;
}

int mutation_offset(unsigned number, unsigned count)
{
	ask();
	reach[number] = REACH_YES;
	if (active == number) {
		return 1;
	}
	if (count < 2) {
		return 0;
	}
	reach[number + 1] = REACH_YES;
	return active == number + 1 ? -1 : 0;
}

long long mutation_case(unsigned number, long long value, unsigned count, const long long *labels)
{
	ask();
	for (unsigned i = 0; i < count; i++) {
		if (labels[i] == value) {
			reach[number + i] = REACH_YES;
			return active == number + i ? -0x12345678 : value;
		}
	}
	return value;
}

/* --- texts: reached when something was equal to them --- */

int __real_strcmp(const char *a, const char *b);
int __real_strncmp(const char *a, const char *b, size_t length);

static void note_one(const char *text, bool is_equal)
{
	if (text < texts_first || text > texts_last) {
		return;
	}
	for (unsigned i = 0; i < MUTANTS_MAX; i++) {
		if (texts[i] == text && reach[i] != REACH_YES) {
			reach[i] = is_equal ? REACH_YES : REACH_OTHER;
		}
	}
}

static int note(const char *a, const char *b, int order)
{
	if (notes_texts) {
		note_one(a, order == 0);
		note_one(b, order == 0);
	}
	return order;
}

int __wrap_strcmp(const char *a, const char *b)
{
	return note(a, b, __real_strcmp(a, b));
}

int __wrap_strncmp(const char *a, const char *b, size_t length)
{
	return note(a, b, __real_strncmp(a, b, length));
}

#if WITH_SPLIT /* capcheck */

#include <clang-c/Index.h>

/* --- what is the same for all copies --- */

char *__real_command_output(char *const *command);
int __real_unlink(const char *path);

static bool is_copy; /* one of many processes after the split */

/* The list of the compiler's macros is the original's to remove. */
int __wrap_unlink(const char *path)
{
	return is_copy ? 0 : __real_unlink(path);
}

void __real_clang_disposeTranslationUnit(CXTranslationUnit);

void __wrap_clang_disposeTranslationUnit(CXTranslationUnit read)
{
	if (!is_copy) {
		__real_clang_disposeTranslationUnit(read);
	}
}

void __real_clang_disposeIndex(CXIndex);

void __wrap_clang_disposeIndex(CXIndex index)
{
	if (!is_copy) {
		__real_clang_disposeIndex(index);
	}
}

static uint64_t hash(char *const *command)
{
	uint64_t sum = 14695981039346656037u;

	for (; *command != NULL; command++) {
		for (const char *at = *command; *at != '\0'; at++) {
			sum = (sum ^ (uint8_t)*at) * 1099511628211u;
		}
		sum = (sum ^ 1) * 1099511628211u;
	}
	return sum;
}

/* A command that fails ends the program and leaves nothing. */
char *__wrap_command_output(char *const *command)
{
	char path[4096];
	FILE *file;
	char *text = NULL;
	size_t room = 0;

	if (!is_copy) {
		return __real_command_output(command);
	}
	snprintf(path, sizeof(path), "%s%016llx", getenv("MUTATION_CACHE"),
		 (unsigned long long)hash(command));
	file = fopen(path, "r");
	if (file != NULL && getdelim(&text, &room, '\0', file) > 0) {
		fclose(file);
		return text;
	}
	text = __real_command_output(command);
	file = fopen(path, "w");
	if (file == NULL || fwrite(text, 1, strlen(text) + 1, file) == 0 || fclose(file) != 0) {
		abort();
	}
	return text;
}

/* --- the split --- */

enum CXErrorCode __real_clang_parseTranslationUnit2(CXIndex, const char *, const char *const *, int,
						    struct CXUnsavedFile *, unsigned, unsigned,
						    CXTranslationUnit *);

/* A copy leaves without putting the house in order: its exit is most of what is left to save. */
static void copy_leave(int status, void *nothing)
{
	(void)nothing;
	fflush(NULL);
	_exit(status);
}

static void copy_begin(unsigned number, int output, uint64_t *count)
{
	is_copy = true;
	on_exit(copy_leave, NULL);
	reach = own_reach;
	dup2(output, STDOUT_FILENO);
	dup2(output, STDERR_FILENO);
	activate(number);
	asked_max = *count == 0 ? UINT64_MAX : *count * ASKED_AGAIN + ASKED_MORE;
	asked = count;
	*asked = 0;
	setrlimit(RLIMIT_CPU, &(struct rlimit){CPU_SECONDS, CPU_SECONDS});
	setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
}

/* Writes what became of the copy. */
static void copy_wait(pid_t copy, unsigned number, int output, FILE *out)
{
	static char text[1 << 16];
	int status;

	waitpid(copy, &status, 0);

	ssize_t length = pread(output, text, sizeof(text), 0);

	fprintf(out, "%u %d %zd\n", number,
		WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), length);
	fwrite(text, 1, (size_t)length, out);
	if (ftruncate(output, 0) != 0 || lseek(output, 0, SEEK_SET) != 0) {
		abort();
	}
}

/* Whether the unchanged program could have done something else with it. */
static bool may_differ(unsigned number, const uint8_t *found)
{
	if (is_text[number]) {
		return found[number] != REACH_OTHER &&
		       (found[number] != REACH_NO || is_in_table[number]);
	}
	return found[number] != REACH_NO;
}

static unsigned list[MUTANTS_MAX];

/* How many there are. Closed before the split: a copy that ends would turn the file back. */
static unsigned list_read(void)
{
	FILE *file = fopen(getenv("MUTATION_LIST"), "r");
	unsigned count = 0;

	if (file == NULL) {
		abort();
	}
	while (count < MUTANTS_MAX && fscanf(file, "%u", &list[count]) == 1) {
		count++;
	}
	fclose(file);
	return count;
}

/* Returns in each copy; the original ends here. */
static void split(void)
{
	uint8_t *found =
	    mmap(NULL, MUTANTS_MAX, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	uint64_t *count =
	    mmap(NULL, sizeof(*count), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	static uint64_t count_of_copy;
	FILE *out = fopen(getenv("MUTATION_OUT"), "w");
	int output = memfd_create("output", 0);
	unsigned wanted = list_read();
	pid_t copy;

	if (out == NULL) {
		abort();
	}
	fflush(NULL);
	copy = fork();
	if (copy == 0) {
		copy_begin(0, output, count);
		notes_texts = true;
		reach = found;
		return;
	}
	copy_wait(copy, 0, output, out);
	for (unsigned i = 0; i < wanted; i++) {
		unsigned number = list[i];

		if (!may_differ(number, found)) {
			continue;
		}
		fflush(NULL);
		copy = fork();
		if (copy == 0) {
			count_of_copy = *count;
			copy_begin(number, output, &count_of_copy);
			return;
		}
		copy_wait(copy, number, output, out);
	}
	fclose(out);
	exit(0);
}

enum CXErrorCode __wrap_clang_parseTranslationUnit2(CXIndex index, const char *file,
						    const char *const *arguments, int count,
						    struct CXUnsavedFile *unsaved,
						    unsigned unsaved_count, unsigned options,
						    CXTranslationUnit *unit)
{
	enum CXErrorCode error = __real_clang_parseTranslationUnit2(
	    index, file, arguments, count, unsaved, unsaved_count, options, unit);

	if (getenv("MUTATION_LIST") != NULL) {
		split();
	}
	return error;
}

#endif
