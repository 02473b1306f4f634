/* Nothing is checked here against the program: pack() does that. */

#include <tools/tbf/command_line.h>
#include <tools/tbf/pack_options.h>

#include <stdlib.h>
#include <string.h>

#define NAME_LENGTH_MAX    255
#define RAM_MAX            (256u * 1024 * 1024)
#define COMMANDS_PER_GROUP 64u
#define PERMISSIONS_MAX    128u /* what loaders take */
#define FOOTER_SPACE_MAX   (1024u * 1024)

const char pack_options_help[] =
    "  --version N                its version; default 0\n"
    "  --stack BYTES              default 2048\n"
    "  --app-heap BYTES           default 0; for programs of libtock-c 1024\n"
    "  --kernel-heap BYTES        for the kernel's notes about it (grants); default 512; for\n"
    "                             programs of libtock-c 1024\n"
    "  --minimum-ram BYTES        instead of program's RAM + stack + both heaps\n"
    "  --kernel-version X.Y       oldest kernel it runs on; default 2.0\n"
    "  --permission DRIVER:COMMAND  it may use this command; once given, no others;\n"
    "                             repeatable\n"
    "  --short-id ID              what its stored data is labelled with; not 0\n"
    "  --storage-write ID         it may store data (any ID but 0; the label is the short id)\n"
    "  --storage-read ID          it may read data with this label; repeatable, up to 8\n"
    "  --storage-modify ID        it may change data with this label; repeatable, up to 8\n"
    "  --sha256                   a credential: the digest of header and program\n"
    "  --footer-space BYTES       for credentials that come later\n"
    "  --writeable-region OFFSET:SIZE  flash it may rewrite, OFFSET from the header's\n"
    "                             start; repeatable\n"
    "  --disabled                 the kernel shall not start it\n";

enum option_code {
	OPTION_NAME = PACK_OPTIONS_CODE_MIN,
	OPTION_VERSION,
	OPTION_STACK,
	OPTION_APP_HEAP,
	OPTION_KERNEL_HEAP,
	OPTION_MINIMUM_RAM,
	OPTION_KERNEL_VERSION,
	OPTION_PERMISSION,
	OPTION_WRITEABLE_REGION,
	OPTION_DISABLED,
	OPTION_SHORT_ID,
	OPTION_STORAGE_WRITE,
	OPTION_STORAGE_READ,
	OPTION_STORAGE_MODIFY,
	OPTION_SHA256,
	OPTION_FOOTER_SPACE,
};

static const struct option options[] = {
    {"name", required_argument, NULL, OPTION_NAME},
    {"version", required_argument, NULL, OPTION_VERSION},
    {"stack", required_argument, NULL, OPTION_STACK},
    {"app-heap", required_argument, NULL, OPTION_APP_HEAP},
    {"kernel-heap", required_argument, NULL, OPTION_KERNEL_HEAP},
    {"minimum-ram", required_argument, NULL, OPTION_MINIMUM_RAM},
    {"kernel-version", required_argument, NULL, OPTION_KERNEL_VERSION},
    {"permission", required_argument, NULL, OPTION_PERMISSION},
    {"writeable-region", required_argument, NULL, OPTION_WRITEABLE_REGION},
    {"disabled", no_argument, NULL, OPTION_DISABLED},
    {"short-id", required_argument, NULL, OPTION_SHORT_ID},
    {"storage-write", required_argument, NULL, OPTION_STORAGE_WRITE},
    {"storage-read", required_argument, NULL, OPTION_STORAGE_READ},
    {"storage-modify", required_argument, NULL, OPTION_STORAGE_MODIFY},
    {"sha256", no_argument, NULL, OPTION_SHA256},
    {"footer-space", required_argument, NULL, OPTION_FOOTER_SPACE},
    {NULL, 0, NULL, 0},
};

#define OPTION_COUNT (sizeof(options) / sizeof(options[0]))

/* Adds one command, to the mask that is there for its driver and group if there is one. */
static void add_permission(struct pack_options *self, const char *text)
{
	uint32_t pair[2];
	size_t count = self->request.permission_count;
	size_t i = 0;

	command_line_pair("--permission", text, ':', UINT32_MAX, pair);
	uint32_t group = pair[1] / COMMANDS_PER_GROUP;
	while (i < count &&
	       (self->permissions[i].driver != pair[0] || self->permissions[i].group != group)) {
		i++;
	}
	if (i == PERMISSIONS_MAX) {
		refuse("--permission: more than %u drivers and groups of %u commands",
		       PERMISSIONS_MAX, COMMANDS_PER_GROUP);
	}
	if (i == count) {
		self->permissions[i] = (struct tbf_permission){.driver = pair[0], .group = group};
		self->request.permission_count++;
	}
	self->permissions[i].mask |= (uint64_t)1 << pair[1] % COMMANDS_PER_GROUP;
}

static void add_region(struct pack_options *self, const char *text)
{
	uint32_t pair[2];

	command_line_pair("--writeable-region", text, ':', UINT32_MAX, pair);
	self->regions[self->request.region_count++] = (struct tbf_region){pair[0], pair[1]};
}

static void set_short_id(struct pack_options *self, const char *text)
{
	self->request.short_id = command_line_number("--short-id", text, UINT32_MAX);
	if (self->request.short_id == 0) {
		refuse("--short-id: 0 is no id; leave it away if it shall have none");
	}
}

static void set_storage_write(struct pack_options *self, const char *text)
{
	self->storage.write_id = command_line_number("--storage-write", text, UINT32_MAX);
	self->request.storage = &self->storage;
}

static void add_storage_id(struct pack_options *self, const char *option, const char *value,
			   uint32_t *ids, size_t *count)
{
	if (*count == TBF_STORAGE_IDS_MAX) {
		refuse("%s: more than %u ids", option, TBF_STORAGE_IDS_MAX);
	}
	ids[*count] = command_line_number(option, value, UINT32_MAX);
	(*count)++;
	self->request.storage = &self->storage;
}

static void set_kernel_version(struct pack_options *self, const char *text)
{
	uint32_t pair[2];

	command_line_pair("--kernel-version", text, '.', UINT16_MAX, pair);
	self->request.kernel_major = (uint16_t)pair[0];
	self->request.kernel_minor = (uint16_t)pair[1];
}

static void set_minimum_ram(struct pack_options *self, const char *text)
{
	self->request.has_minimum_ram = true;
	self->request.minimum_ram = command_line_number("--minimum-ram", text, UINT32_MAX);
}

void pack_options_check_name(const char *name)
{
	if (strlen(name) > NAME_LENGTH_MAX) {
		refuse("--name: %zu bytes are too many, the limit is %u", strlen(name),
		       NAME_LENGTH_MAX);
	}
	for (size_t i = 0; name[i] != '\0'; i++) {
		if ((unsigned char)name[i] < 0x20 || name[i] == 0x7f) {
			refuse("--name: control characters cannot be part of a name");
		}
	}
	if (name[0] == '\0') {
		refuse("--name: give at least one character");
	}
}

/* What the application is and may do. False: it is none of these. */
static bool take_identity(struct pack_options *self, int code, const char *value)
{
	struct tbf_storage *storage = &self->storage;

	switch (code) {
	case OPTION_PERMISSION:
		add_permission(self, value);
		return true;
	case OPTION_SHORT_ID:
		set_short_id(self, value);
		return true;
	case OPTION_STORAGE_WRITE:
		set_storage_write(self, value);
		return true;
	case OPTION_STORAGE_READ:
		add_storage_id(self, "--storage-read", value, storage->read_ids,
			       &storage->read_count);
		return true;
	case OPTION_STORAGE_MODIFY:
		add_storage_id(self, "--storage-modify", value, storage->modify_ids,
			       &storage->modify_count);
		return true;
	case OPTION_SHA256:
		self->request.sha_256 = true;
		return true;
	case OPTION_FOOTER_SPACE:
		self->request.footer_space =
		    command_line_number("--footer-space", value, FOOTER_SPACE_MAX);
		return true;
	default:
		return false;
	}
}

/* What it takes, and on which kernel it runs. */
static bool take_need(struct pack_options *self, int code, const char *value)
{
	struct pack_request *request = &self->request;

	switch (code) {
	case OPTION_VERSION:
		request->version = command_line_number("--version", value, UINT32_MAX);
		return true;
	case OPTION_STACK:
		request->stack = command_line_number("--stack", value, RAM_MAX);
		return true;
	case OPTION_APP_HEAP:
		request->app_heap = command_line_number("--app-heap", value, RAM_MAX);
		return true;
	case OPTION_KERNEL_HEAP:
		request->kernel_heap = command_line_number("--kernel-heap", value, RAM_MAX);
		return true;
	case OPTION_MINIMUM_RAM:
		set_minimum_ram(self, value);
		return true;
	case OPTION_KERNEL_VERSION:
		set_kernel_version(self, value);
		return true;
	case OPTION_WRITEABLE_REGION:
		add_region(self, value);
		return true;
	case OPTION_DISABLED:
		request->disabled = true;
		return true;
	default:
		return false;
	}
}

static const char *option_name(int code)
{
	size_t i = 0;

	while (options[i].val != code) {
		i++;
	}
	return options[i].name;
}

bool pack_options_take(struct pack_options *self, int code, const char *value)
{
	if (code == OPTION_NAME) {
		pack_options_check_name(value);
		self->request.name = value;
		return true;
	}
	if (!take_need(self, code, value) && !take_identity(self, code, value)) {
		return false;
	}
	self->given = option_name(code);
	return true;
}

struct option *pack_options_beside(const struct option *own)
{
	size_t count = 0;

	while (own[count].name != NULL) {
		count++;
	}
	struct option *all = calloc(count + OPTION_COUNT, sizeof(*all));
	if (all == NULL) {
		refuse("no memory");
	}
	memcpy(all, own, count * sizeof(*all));
	memcpy(&all[count], options, sizeof(options));
	return all;
}

void pack_options_start(struct pack_options *self, int argc)
{
	*self = (struct pack_options){
	    .request = {.stack = PACK_DEFAULT,
			.app_heap = PACK_DEFAULT,
			.kernel_heap = PACK_DEFAULT,
			.kernel_major = 2},
	    .permissions = calloc((size_t)argc, sizeof(struct tbf_permission)),
	    .regions = calloc((size_t)argc, sizeof(struct tbf_region)),
	};
	if (self->permissions == NULL || self->regions == NULL) {
		refuse("no memory");
	}
	self->request.permissions = self->permissions;
	self->request.regions = self->regions;
}

void pack_options_release(struct pack_options *self)
{
	free(self->permissions);
	free(self->regions);
}
