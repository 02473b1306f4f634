#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/types.h>
#include <unistd.h>

/* There are no files: what the C library asks of a file system is refused, so that large programs link and fopen() and its
 * like say why they fail. Streams (streams.c) do not come here. */

static int refuse(int error)
{
	errno = error;
	return -1;
}

int open(const char *path, int flags, ...)
{
	(void)path;
	return refuse((flags & O_CREAT) != 0 ? EROFS : ENOENT);
}

int close(int file)
{
	(void)file;
	return refuse(EBADF);
}

ssize_t read(int file, void *bytes, size_t length)
{
	(void)file, (void)bytes, (void)length;
	return refuse(EBADF);
}

ssize_t write(int file, const void *bytes, size_t length)
{
	(void)file, (void)bytes, (void)length;
	return refuse(EBADF);
}

off_t lseek(int file, off_t offset, int from)
{
	(void)file, (void)offset, (void)from;
	return refuse(EBADF);
}

int unlink(const char *path)
{
	(void)path;
	return refuse(ENOENT);
}

int rename(const char *old, const char *new)
{
	(void)old, (void)new;
	return refuse(ENOENT);
}
