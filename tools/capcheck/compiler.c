/* What only the compiler knows: its macros, where its headers are, what it reads. */

#include "capcheck.h"
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static char predefined_path[] = "/tmp/capcheck-XXXXXX";
static bool has_predefined;

static char *read_all(int from)
{
	size_t size = 1 << 16;
	size_t length = 0;
	char *text = memory_take(size);

	for (;;) {
		ssize_t got = read(from, text + length, size - 1 - length);

		if (got < 0 && errno != EINTR) {
			fail("cannot read what the compiler says");
		}
		if (got == 0) {
			return text;
		}
		length += got > 0 ? (size_t)got : 0;
		if (length == size - 1) {
			char *larger = memory_take(2 * size);

			memcpy(larger, text, length);
			text = larger;
			size *= 2;
		}
	}
}

char *command_output(char *const *command)
{
	posix_spawn_file_actions_t actions;
	int pipe_ends[2];
	int status;
	pid_t child;

	if (pipe(pipe_ends) != 0 || posix_spawn_file_actions_init(&actions) != 0 ||
	    posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], STDOUT_FILENO) != 0 ||
	    posix_spawn_file_actions_addclose(&actions, pipe_ends[0]) != 0 ||
	    posix_spawn_file_actions_addclose(&actions, pipe_ends[1]) != 0) {
		fail("%s cannot be started", command[0]);
	}
	if (posix_spawnp(&child, command[0], &actions, NULL, command, environ) != 0) {
		fail("%s cannot be started", command[0]);
	}
	posix_spawn_file_actions_destroy(&actions);
	close(pipe_ends[1]);

	char *text = read_all(pipe_ends[0]);

	close(pipe_ends[0]);
	if (waitpid(child, &status, 0) != child || status != 0) {
		fail("%s does not accept %s", command[0], options.file);
	}
	return text;
}

/* The command with other words at its end. */
static char **command_with(const char *const *words, unsigned word_count)
{
	unsigned count = 0;

	while (options.compiler[count] != NULL) {
		count++;
	}

	char **command = memory_take((count + word_count + 1) * sizeof(char *));

	memcpy(command, options.compiler, count * sizeof(char *));
	for (unsigned i = 0; i < word_count; i++) {
		command[count + i] = (char *)words[i];
	}
	return command;
}

static void predefined_remove(void)
{
	unlink(predefined_path);
}

char *compiler_predefined(void)
{
	static const char *const words[] = {"-dM", "-E", "-x", "c", "/dev/null"};

	if (has_predefined) {
		return predefined_path;
	}

	char *text = command_output(command_with(words, sizeof(words) / sizeof(words[0])));
	int file = mkstemp(predefined_path);

	if (file < 0) {
		fail("no temporary file can be made");
	}
	has_predefined = true;
	atexit(predefined_remove);
	if (write(file, text, strlen(text)) != (ssize_t)strlen(text) || close(file) != 0) {
		fail("%s cannot be written", predefined_path);
	}
	return predefined_path;
}

const char *compiler_include(void)
{
	static const char *const words[] = {"-print-file-name=include"};
	static char *folder;

	if (folder == NULL) {
		folder = command_output(command_with(words, 1));
		folder[strcspn(folder, "\n")] = '\0';
	}
	return folder;
}

/* --- clang, made to read as the compiler does --- */

enum {
	ARGUMENTS_MAX = 100
};

static char *arguments[ARGUMENTS_MAX];
static unsigned argument_count;

static void add(const char *word)
{
	if (argument_count == ARGUMENTS_MAX) {
		fail("too many arguments");
	}
	arguments[argument_count] = (char *)word;
	argument_count++;
}

static void add_target(void)
{
	char *words = string_format("%s", options.clang_target);

	for (char *word = strtok(words, " "); word != NULL; word = strtok(NULL, " ")) {
		add(word);
	}
}

/* The folders that the compiler searches, and its dialect. */
static void add_from_compiler(void)
{
	for (unsigned i = 1; options.compiler[i] != NULL; i++) {
		const char *word = options.compiler[i];

		if (strcmp(word, "-I") == 0 && options.compiler[i + 1] != NULL) {
			add(word);
			add(options.compiler[i + 1]);
		} else if ((begins_with(word, "-I") && word[2] != '\0') ||
			   begins_with(word, "-std=") || strcmp(word, "-ffreestanding") == 0) {
			add(word);
		}
	}
}

char **clang_arguments(unsigned *count)
{
	static const char *const words[] = {
	    "-undef",
	    "-nostdinc",
	    "-Wall",
	    "-Wextra",
	    "-Wincompatible-pointer-types",
	    "-Wint-conversion",
	    "-Wincompatible-pointer-types-discards-qualifiers",
	    "-Wstrict-prototypes",
	    "-Wdeprecated-non-prototype",
	    "-Wimplicit-fallthrough",
	    "-Wmissing-braces",
	    "-Wvla",
	    "-Wpointer-arith",
	    "-Wwrite-strings",
	    "-Wcast-qual",
	    "-Wno-unused-function",
	    "-Wno-unused-parameter",
	    "-Wno-unused-variable",
	    "-Wno-builtin-macro-redefined",
	    "-Wno-macro-redefined",
	};

	if (argument_count == 0) {
		add_target();
		add_from_compiler();
		for (unsigned i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
			add(words[i]);
		}
		add("-isystem");
		add(compiler_include());
		add("-imacros");
		add(compiler_predefined());
	}
	*count = argument_count;
	return arguments;
}
