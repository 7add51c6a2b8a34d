/* Kills the process, as `kill -9` does, just before its n-th call that changes the disk below one folder.
   KILL_BELOW: the folder; KILL_AT: n, 0 to count only; KILL_COUNT: a file that the number of calls is written to at the end. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static long calls;

static int below(const char *path) {
    const char *folder = getenv("KILL_BELOW");
    return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

static int below_descriptor(int descriptor) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return below(path);
}

static void change(void) {
    const char *at = getenv("KILL_AT");
    calls++;
    if (at && atol(at) == calls) kill(getpid(), SIGKILL);
}

__attribute__((destructor)) static void told(void) {
    const char *count = getenv("KILL_COUNT");
    if (!count) return;
    FILE *file = fopen(count, "w");
    if (file) { fprintf(file, "%ld\n", calls); fclose(file); }
}

#define NEXT(type, name, ...) type (*next)(__VA_ARGS__) = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static int opened(const char *name, const char *path, int flags, mode_t mode) {
    NEXT(int, name, const char *, int, ...);
    if ((flags & (O_CREAT | O_TRUNC)) && below(path)) change();
    return next(path, flags, mode);
}

int open(const char *path, int flags, ...) {
    va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest);
    return opened("open", path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest);
    return opened("open64", path, flags, mode);
}

ssize_t write(int descriptor, const void *data, size_t count) {
    NEXT(ssize_t, "write", int, const void *, size_t);
    if (below_descriptor(descriptor)) change();
    return next(descriptor, data, count);
}

ssize_t pwrite64(int descriptor, const void *data, size_t count, off64_t place) {
    NEXT(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    if (below_descriptor(descriptor)) change();
    return next(descriptor, data, count, place);
}

int fsync(int descriptor) {
    NEXT(int, "fsync", int);
    if (below_descriptor(descriptor)) change();
    return next(descriptor);
}

int rename(const char *old, const char *fresh) {
    NEXT(int, "rename", const char *, const char *);
    if (below(fresh)) change();
    return next(old, fresh);
}

int unlink(const char *path) {
    NEXT(int, "unlink", const char *);
    if (below(path)) change();
    return next(path);
}

int mkdir(const char *path, mode_t mode) {
    NEXT(int, "mkdir", const char *, mode_t);
    if (below(path)) change();
    return next(path, mode);
}

int rmdir(const char *path) {
    NEXT(int, "rmdir", const char *);
    if (below(path)) change();
    return next(path);
}
