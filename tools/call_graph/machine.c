#include <tools/call_graph/machine.h>
#include <tools/call_graph/object_calls.h>
#include <tools/tbf/command_line.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	WORDS_MAX = 5,
	BYTES_MAX = 65536,
};

static uint32_t words_split(char *line, char *words[WORDS_MAX])
{
	uint32_t count = 0;

	line[strcspn(line, "#\n")] = '\0';
	for (char *word = strtok(line, " \t"); word != NULL && count < WORDS_MAX;
	     word = strtok(NULL, " \t")) {
		words[count++] = word;
	}
	return count;
}

static const char *spaced(const char *name)
{
	char *copy = text_new("%s", name);

	for (char *each = copy; *each != '\0'; each++) {
		*each = *each == '_' ? ' ' : *each;
	}
	return copy;
}

static void line_read(struct machine *machine, const char *path, uint32_t number, char *line)
{
	char *words[WORDS_MAX];
	uint32_t count = words_split(line, words);

	if (count == 0) {
		return;
	}
	if (count == 3 && strcmp(words[0], "helper") == 0) {
		LIST_ADD(&machine->helpers,
			 ((struct helper){text_new("%s", words[1]),
					  command_line_number(path, words[2], BYTES_MAX)}));
	} else if ((count == 4 || count == 5) &&
		   (strcmp(words[0], "entry") == 0 || strcmp(words[0], "nested") == 0 ||
		    strcmp(words[0], "abrupt") == 0)) {
		LIST_ADD(&machine->entries,
			 ((struct entry){
			     .name = spaced(words[1]),
			     .function = text_new("%s", words[2]),
			     .bytes = command_line_number(path, words[3], BYTES_MAX),
			     .only = count == 5 ? text_new("%s", words[4]) : NULL,
			     .is_nested = words[0][0] == 'n',
			     .is_abrupt = words[0][0] == 'a',
			 }));
	} else {
		refuse("%s:%u: neither \"entry NAME FUNCTION BYTES [ONLY]\", \"nested ...\", "
		       "\"abrupt ...\" nor \"helper FUNCTION BYTES\"",
		       path, number);
	}
}

void machine_read(struct machine *machine, const char *path)
{
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t room = 0;
	uint32_t number = 0;

	machine->path = path;
	if (file == NULL) {
		refuse("%s: %s", path, strerror(errno));
	}
	while (getline(&line, &room, file) > 0) {
		number++;
		line_read(machine, path, number, line);
	}
	free(line);
	fclose(file);
}

struct assembly {
	const struct machine *machine;
	const char *object;
	bool (*is_function)(const void *with, const char *name);
	const void *with;
};

static void assembly_function(void *assembly, const char *name)
{
	(void)assembly;
	(void)name;
}

static void assembly_call(void *assembly_pointer, const char *caller, const char *callee)
{
	const struct assembly *assembly = assembly_pointer;

	(void)caller;
	LIST_EACH(&assembly->machine->entries, entry)
	{
		if (strcmp(entry->function, callee) == 0) {
			return;
		}
	}
	if (assembly->is_function(assembly->with, callee)) {
		refuse("%s: calls %s, which %s does not list as an entry", assembly->object, callee,
		       assembly->machine->path);
	}
}

void machine_check(const struct machine *machine, const char *object,
		   bool (*is_function)(const void *with, const char *name), const void *with)
{
	struct assembly assembly = {machine, object, is_function, with};

	object_calls_read(object, &(struct object_listener){.with = &assembly,
							    .function = assembly_function,
							    .call = assembly_call,
							    .tell_all = true});
}
