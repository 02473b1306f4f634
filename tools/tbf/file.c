/* Inputs are read once and completely, so that a file changing underneath cannot be seen half old,
 * half new. Outputs are written beside their final place and renamed into it (F2). */

#include <tools/tbf/command_line.h>
#include <tools/tbf/file.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static size_t length_of(int descriptor, const char *path)
{
	struct stat status;

	if (fstat(descriptor, &status) != 0) {
		refuse("%s: %s", path, strerror(errno));
	}
	if (!S_ISREG(status.st_mode)) {
		refuse("%s: not a regular file", path);
	}
	if (status.st_size > FILE_LENGTH_MAX) {
		refuse("%s: %lld bytes are too many; the limit is %u", path,
		       (long long)status.st_size, FILE_LENGTH_MAX);
	}
	return (size_t)status.st_size;
}

/* Returns how many bytes there were, at most `length`. */
static size_t read_all(int descriptor, const char *path, uint8_t *bytes, size_t length)
{
	size_t done = 0;

	while (done < length) {
		ssize_t got = read(descriptor, &bytes[done], length - done);
		if (got < 0 && errno != EINTR) {
			refuse("%s: %s", path, strerror(errno));
		}
		if (got == 0) {
			break;
		}
		done += got > 0 ? (size_t)got : 0;
	}
	return done;
}

void file_read(struct file *file, const char *path)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (descriptor < 0) {
		refuse("%s: %s", path, strerror(errno));
	}
	size_t length = length_of(descriptor, path);
	file->path = path;
	file->bytes = malloc(length > 0 ? length : 1);
	if (file->bytes == NULL) {
		refuse("%s: no memory for %zu bytes", path, length);
	}
	file->length = read_all(descriptor, path, file->bytes, length);
	close(descriptor);
}

void file_release(struct file *file)
{
	free(file->bytes);
	file->bytes = NULL;
	file->length = 0;
}

static bool write_all(int descriptor, const uint8_t *bytes, size_t length)
{
	size_t done = 0;

	while (done < length) {
		ssize_t put = write(descriptor, &bytes[done], length - done);
		if (put < 0 && errno != EINTR) {
			return false;
		}
		done += put > 0 ? (size_t)put : 0;
	}
	return true;
}

/* mkstemp makes files that only their owner can read; ours get what open() would have given. */
static bool use_ordinary_mode(int descriptor)
{
	mode_t mask = umask(0);

	umask(mask);
	return fchmod(descriptor, 0666 & ~mask) == 0;
}

static bool write_and_close(int descriptor, const uint8_t *bytes, size_t length)
{
	bool written = write_all(descriptor, bytes, length) && use_ordinary_mode(descriptor);
	int cause = errno;
	bool closed = close(descriptor) == 0;

	if (!written) {
		errno = cause;
	}
	return written && closed;
}

/* Renaming over a device or a directory would be worse than failing. */
static void check_replaceable(const char *path)
{
	struct stat status;

	if (stat(path, &status) == 0 && !S_ISREG(status.st_mode)) {
		refuse("%s: exists and is not a regular file; choose another output", path);
	}
}

void file_write(const char *path, const uint8_t *bytes, size_t length)
{
	char *temporary;

	check_replaceable(path);
	if (asprintf(&temporary, "%s.XXXXXX", path) < 0) {
		refuse("%s: no memory", path);
	}
	int descriptor = mkstemp(temporary);
	if (descriptor < 0) {
		refuse("%s: cannot be written: %s", path, strerror(errno));
	}
	if (!write_and_close(descriptor, bytes, length) || rename(temporary, path) != 0) {
		int cause = errno;
		unlink(temporary);
		refuse("%s: cannot be written: %s", path, strerror(cause));
	}
	free(temporary);
}

const char *file_base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

char *file_stem(const char *path, const char *ending)
{
	char *stem = strdup(file_base_name(path));

	if (stem == NULL) {
		refuse("%s: no memory", path);
	}
	size_t length = strlen(stem);
	size_t cut = strlen(ending);
	if (length > cut && strcmp(&stem[length - cut], ending) == 0) {
		stem[length - cut] = '\0';
	}
	return stem;
}
