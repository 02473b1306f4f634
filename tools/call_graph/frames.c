/* Reads .ci files, which are graphs in VCG's language with one node or edge a line:
 *
 *   node: { title: "kernel/upcall.c:queue_push" label: "queue_push\nkernel/upcall.c:30:24\n
 *           8 bytes (static)\n0 dynamic objects" }
 *   edge: { sourcename: "kernel/upcall.c:queue_push" targetname: "memcpy" label: "..." }
 *
 * Functions that only this file sees have its path before their name. A function that the file
 * calls but does not hold is a node without a number of bytes. */

#include <tools/call_graph/frames.h>
#include <tools/call_graph/object_calls.h>
#include <tools/tbf/command_line.h>

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define POINTER_CALL "__indirect_call"

/* The text between quotes behind `key`, or NULL. */
static char *quoted(const char *line, const char *key)
{
	const char *start = strstr(line, key);
	const char *end;

	if (start == NULL) {
		return NULL;
	}
	start += strlen(key);
	end = strchr(start, '"');
	return end == NULL ? NULL : text_new("%.*s", (int)(end - start), start);
}

/* A title without the path. */
static const char *title_name(const char *title)
{
	const char *colon = strrchr(title, ':');

	return colon != NULL ? colon + 1 : title;
}

static const char *base_of(const char *name)
{
	return text_new("%.*s", (int)strcspn(name, "."), name);
}

static uint64_t name_key(uint32_t object, const char *name)
{
	uint64_t hash = object + 1469598103934665603u;

	for (; *name != '\0'; name++) {
		hash = (hash ^ (unsigned char)*name) * 1099511628211u;
	}
	return hash;
}

uint32_t frames_find(const struct frames *frames, uint32_t object, const char *name)
{
	uint32_t number;

	return map_find(&frames->by_name, name_key(object, name), &number) ? number : UINT32_MAX;
}

/* --- Nodes --- */

/* The fields of a label, which are separated by a backslash and an n. */
static const char *label_field(const char *label, uint32_t number)
{
	while (number > 0 && label != NULL) {
		label = strstr(label, "\\n");
		label = label != NULL ? label + 2 : NULL;
		number--;
	}
	return label;
}

static void check_frame(const char *name, const char *place, const char *kind)
{
	if (strncmp(kind, " bytes (static)", 15) != 0) {
		refuse(
		    "%s: the stack of %s has no constant size%.*s; use an array of constant size",
		    place, name, (int)strcspn(kind, "\\"), kind);
	}
}

static void function_add(struct frames *frames, struct emitted function)
{
	map_put(&frames->by_name, name_key(function.object, function.name),
		frames->functions.count);
	LIST_ADD(&frames->functions, function);
}

static void node_read(struct frames *frames, const char *title, const char *label)
{
	uint32_t object = frames->objects.count - 1;
	const char *place = label_field(label, 1);
	const char *bytes = label_field(label, 2);
	char *end;

	if (bytes == NULL || !isdigit((unsigned char)bytes[0])) {
		return; /* of another file, or the stand-in for calls through pointers */
	}

	struct emitted function = {
	    .name = title_name(title),
	    .base = base_of(title_name(title)),
	    .place = text_new("%.*s", (int)strcspn(place, "\\"), place),
	    .object = object,
	    .frame = (uint32_t)strtoul(bytes, &end, 10),
	};

	check_frame(function.name, function.place, end);
	function_add(frames, function);
}

/* --- Edges --- */

static void callee_add(struct emitted *caller, uint32_t callee)
{
	LIST_EACH(&caller->callees, each)
	{
		if (*each == callee) {
			return;
		}
	}
	LIST_ADD(&caller->callees, callee);
	LIST_ADD(&caller->used, 0);
}

/* Until frames_link() a callee is the number of its name among `unresolved`. */
static uint32_t name_number(struct frames *frames, const char *name)
{
	for (uint32_t i = 0; i < frames->unresolved.count; i++) {
		if (strcmp(frames->unresolved.items[i].name, name) == 0) {
			return i;
		}
	}
	LIST_ADD(&frames->unresolved, ((struct helper){.name = text_new("%s", name)}));
	return frames->unresolved.count - 1;
}

static void edge_read(struct frames *frames, const char *from, const char *to)
{
	uint32_t number = frames_find(frames, frames->objects.count - 1, title_name(from));
	struct emitted *caller;

	if (number == UINT32_MAX) {
		refuse("%s: a call from %s, which is not in it",
		       frames->objects.items[frames->objects.count - 1].path, from);
	}
	caller = &frames->functions.items[number];
	if (strcmp(to, POINTER_CALL) == 0) {
		caller->calls_pointers = true;
	} else {
		callee_add(caller, name_number(frames, title_name(to)));
	}
}

static void line_read(struct frames *frames, const char *line, bool wants_edges)
{
	if (!wants_edges && strncmp(line, "node:", 5) == 0) {
		char *title = quoted(line, "title: \"");
		char *label = quoted(line, "label: \"");

		if (title != NULL && label != NULL) {
			node_read(frames, title, label);
		}
	} else if (wants_edges && strncmp(line, "edge:", 5) == 0) {
		edge_read(frames, quoted(line, "sourcename: \""), quoted(line, "targetname: \""));
	}
}

static void graph_read(struct frames *frames, const char *path, bool wants_edges)
{
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t room = 0;

	if (file == NULL) {
		refuse("%s: %s; compile with -fcallgraph-info=su,da (gcc) or -fstack-size-section "
		       "(clang)",
		       path, strerror(errno));
	}
	while (getline(&line, &room, file) > 0) {
		line_read(frames, line, wants_edges);
	}
	free(line);
	fclose(file);
}

/* A function that has code of its own, or shares that of another, has a frame. */
static void object_function(void *frames_pointer, const char *name)
{
	const struct frames *frames = frames_pointer;
	uint32_t number = frames->objects.count - 1;
	const struct object_file *object = &frames->objects.items[number];

	if (frames_find(frames, number, name) == UINT32_MAX && object->is_of_clang) {
		refuse("%s: the stack of %s has no constant size; use an array of constant size",
		       object->path, name);
	}
	if (frames_find(frames, number, name) == UINT32_MAX) {
		refuse("%s: %s is not in its .ci file; compile with -fno-ipa-icf, so that every "
		       "function has code of its own",
		       object->path, name);
	}
}

static void object_call(void *frames_pointer, const char *caller, const char *callee)
{
	struct frames *frames = frames_pointer;
	uint32_t number = frames_find(frames, frames->objects.count - 1, caller);

	if (number == UINT32_MAX) {
		refuse("%s: calls from %s, whose frame nobody knows",
		       frames->objects.items[frames->objects.count - 1].path, caller);
	}
	callee_add(&frames->functions.items[number], name_number(frames, callee));
}

/* clang does not tell whether a function calls through pointers: it is taken to. */
static void object_frame(void *frames_pointer, const char *name, uint32_t bytes)
{
	struct frames *frames = frames_pointer;
	uint32_t object = frames->objects.count - 1;

	function_add(frames, (struct emitted){
				 .name = text_new("%s", name),
				 .base = base_of(name),
				 .place = frames->objects.items[object].source,
				 .object = object,
				 .frame = bytes,
				 .pointers_untold = true,
			     });
}

void frames_read(struct frames *frames, const char *object, const char *source)
{
	size_t stem = strlen(object) - 2; /* ".o" */
	char *graph = text_new("%.*s.ci", (int)stem, object);
	struct object_file *file = LIST_NEW(&frames->objects);

	*file = (struct object_file){.path = object, .source = source};
	file->is_of_clang = object_frames_read(
	    object, &(struct frame_listener){.with = frames, .frame = object_frame});
	if (!file->is_of_clang) {
		graph_read(frames, graph, false);
		graph_read(frames, graph, true);
	}
	object_calls_read(object, &(struct object_listener){.with = frames,
							    .function = object_function,
							    .call = object_call});
}

/* --- Linking --- */

static uint32_t find_anywhere(const struct frames *frames, const char *name)
{
	for (uint32_t i = 0; i < frames->objects.count; i++) {
		uint32_t number = frames_find(frames, i, name);

		if (number != UINT32_MAX) {
			return number;
		}
	}
	return UINT32_MAX;
}

/* A helper becomes an emitted function that calls nothing. */
static uint32_t helper_find(struct frames *frames, const char *name)
{
	LIST_EACH(&frames->helpers, helper)
	{
		if (strcmp(helper->name, name) == 0) {
			LIST_ADD(&frames->functions,
				 ((struct emitted){.name = helper->name,
						   .base = helper->name,
						   .place = "assembly or library",
						   .object = UINT32_MAX,
						   .frame = helper->frame}));
			return frames->functions.count - 1;
		}
	}
	return UINT32_MAX;
}

static uint32_t callee_find(struct frames *frames, const struct emitted *caller, const char *name)
{
	const char *from = caller->name;
	uint32_t number = frames_find(frames, caller->object, name);

	if (number == UINT32_MAX) {
		number = find_anywhere(frames, name);
	}
	if (number == UINT32_MAX) {
		number = helper_find(frames, name);
	}
	if (number == UINT32_MAX) {
		refuse("%s calls %s, whose frame nobody knows; if it is assembly or of the "
		       "compiler's library, add it to the architecture's entry_points.txt",
		       from, name);
	}
	return number;
}

void frames_link(struct frames *frames)
{
	uint32_t count = frames->functions.count;

	for (uint32_t i = 0; i < count; i++) {
		uint32_t callees = frames->functions.items[i].callees.count;

		for (uint32_t j = 0; j < callees; j++) {
			uint32_t name = frames->functions.items[i].callees.items[j];
			uint32_t callee = callee_find(frames, &frames->functions.items[i],
						      frames->unresolved.items[name].name);

			frames->functions.items[i].callees.items[j] = callee;
		}
	}
}
