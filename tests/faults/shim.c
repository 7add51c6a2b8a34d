/* Lies between a process and its disk, below one folder: counts the calls that change files there (or that read them), and does
   to the n-th one what a test asks for. Laid under Python with LD_PRELOAD; told what to do by `shim_arm`. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST (1 << 20)

enum does { COUNTS, KILLS, TEARS, FAILS, FAILS_FOR_EVER, SHORTENS, FILLS };

static char folder[PATH_MAX];
static enum does does;
static int reading, code;
static long at;
static _Atomic long calls, left;
static char kinds[MOST];

/* What happens at call `n` of those that change (`reads` 0) or read (`reads` 1) below `below`; with FILLS, `n` bytes still fit. */
void shim_arm(const char *below, int reads, int what, long n, int error) {
    snprintf(folder, sizeof folder, "%s", below);
    does = (enum does)what; reading = reads; at = n; code = error; calls = 0; left = n;
    memset(kinds, 0, sizeof kinds);
}

/* A letter for each call so far: `w` for bytes written, `c` for any other change, `r` for what is read. */
const char *shim_kinds(void) { return kinds; }

/* 0: go on. 1: half of it. 2: fail, errno is set. */
static int met(char kind) {
    long call = ++calls;
    if (call < MOST) kinds[call - 1] = kind;
    if (does == FAILS_FOR_EVER && at && call >= at) { errno = code; return 2; }
    if (call != at) return 0;
    switch (does) {
        case KILLS: kill(getpid(), SIGKILL); return 2;
        case TEARS: case SHORTENS: return 1;
        case FAILS: errno = code; return 2;
        default: return 0;
    }
}

static int below(const char *path) { return *folder && path && strncmp(path, folder, strlen(folder)) == 0; }

static int below_descriptor(int descriptor) {
    if (!*folder) return 0;
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return below(path);
}

static int below_at(int descriptor, const char *path) {
    return path && (*path == '/' ? below(path) : descriptor == AT_FDCWD ? 0 : below_descriptor(descriptor));
}

/* A change that is whole or not at all: half of it is none. */
static int changes(int concerned) {
    if (!concerned || reading) return 0;
    if (does == FILLS) return 0;
    int what = met('c');
    if (what == 1 && does == TEARS) kill(getpid(), SIGKILL);
    return what == 2;
}

#define NEXT(type, name, ...) \
    static type (*next)(__VA_ARGS__); \
    if (!next) next = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

/* How many of `count` bytes are written; -1: none, errno is set. */
static ssize_t share(int descriptor, size_t count) {
    if (reading || !count || !below_descriptor(descriptor)) return (ssize_t)count;
    if (does == FILLS) {
        calls++;
        long room = left;
        if (room <= 0) { errno = code; return -1; }
        ssize_t fits = (long)count < room ? (ssize_t)count : (ssize_t)room;
        left -= fits;
        return fits;
    }
    switch (met('w')) {
        case 0: return (ssize_t)count;
        case 1: return count > 1 ? (ssize_t)(count / 2) : (ssize_t)count;
        default: return -1;
    }
}

static void torn(void) { if (does == TEARS && !reading && calls == at) kill(getpid(), SIGKILL); }

static int opened(const char *path, int flags, int concerned) {
    if (!concerned) return 0;
    if (reading) return !(flags & O_DIRECTORY) && (flags & O_ACCMODE) == O_RDONLY && met('r') == 2;
    if (!(flags & (O_CREAT | O_TRUNC))) return 0;
    if (does == FILLS) {  /* a name needs room too */
        if (left > 0 || access(path, F_OK) == 0) return 0;
        errno = code;
        return 1;
    }
    return changes(1);
}

static mode_t mode_of(int flags, va_list rest) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; }

int open(const char *path, int flags, ...) {
    NEXT(int, "open", const char *, int, ...);
    va_list rest; va_start(rest, flags); mode_t mode = mode_of(flags, rest); va_end(rest);
    return opened(path, flags, below(path)) ? -1 : next(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    NEXT(int, "open64", const char *, int, ...);
    va_list rest; va_start(rest, flags); mode_t mode = mode_of(flags, rest); va_end(rest);
    return opened(path, flags, below(path)) ? -1 : next(path, flags, mode);
}

int openat(int place, const char *path, int flags, ...) {
    NEXT(int, "openat", int, const char *, int, ...);
    va_list rest; va_start(rest, flags); mode_t mode = mode_of(flags, rest); va_end(rest);
    return opened(path, flags, below_at(place, path)) ? -1 : next(place, path, flags, mode);
}

int openat64(int place, const char *path, int flags, ...) {
    NEXT(int, "openat64", int, const char *, int, ...);
    va_list rest; va_start(rest, flags); mode_t mode = mode_of(flags, rest); va_end(rest);
    return opened(path, flags, below_at(place, path)) ? -1 : next(place, path, flags, mode);
}

ssize_t write(int descriptor, const void *data, size_t count) {
    NEXT(ssize_t, "write", int, const void *, size_t);
    ssize_t some = share(descriptor, count);
    if (some < 0) return -1;
    ssize_t done = next(descriptor, data, (size_t)some);
    if ((size_t)some < count) torn();
    return done;
}

#define PWRITE(name, offset) \
ssize_t name(int descriptor, const void *data, size_t count, offset place) { \
    NEXT(ssize_t, #name, int, const void *, size_t, offset); \
    ssize_t some = share(descriptor, count); \
    if (some < 0) return -1; \
    ssize_t done = next(descriptor, data, (size_t)some, place); \
    if ((size_t)some < count) torn(); \
    return done; \
}
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
    NEXT(ssize_t, "writev", int, const struct iovec *, int);
    return changes(below_descriptor(descriptor)) ? -1 : next(descriptor, parts, count);
}

/* What is read, and what is copied inside the kernel, which both reads and changes. */
static int fails_to_read(int descriptor) { return reading && below_descriptor(descriptor) && met('r') == 2; }

ssize_t read(int descriptor, void *data, size_t count) {
    NEXT(ssize_t, "read", int, void *, size_t);
    return fails_to_read(descriptor) ? -1 : next(descriptor, data, count);
}

ssize_t pread(int descriptor, void *data, size_t count, off_t place) {
    NEXT(ssize_t, "pread", int, void *, size_t, off_t);
    return fails_to_read(descriptor) ? -1 : next(descriptor, data, count, place);
}

ssize_t pread64(int descriptor, void *data, size_t count, off64_t place) {
    NEXT(ssize_t, "pread64", int, void *, size_t, off64_t);
    return fails_to_read(descriptor) ? -1 : next(descriptor, data, count, place);
}

ssize_t sendfile64(int out, int in, off64_t *place, size_t count) {
    NEXT(ssize_t, "sendfile64", int, int, off64_t *, size_t);
    return fails_to_read(in) || changes(below_descriptor(out)) ? -1 : next(out, in, place, count);
}

ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t count, unsigned flags) {
    NEXT(ssize_t, "copy_file_range", int, off64_t *, int, off64_t *, size_t, unsigned);
    return fails_to_read(in) || changes(below_descriptor(out)) ? -1 : next(in, from, out, to, count, flags);
}

/* Changes of one descriptor, one name, two names. */
#define ONE(name, concerned, declared, ...) \
int name declared { \
    NEXT(int, #name, __VA_ARGS__); \
    return changes(concerned) ? -1 : next
ONE(fsync, below_descriptor(descriptor), (int descriptor), int)(descriptor); }
ONE(fdatasync, below_descriptor(descriptor), (int descriptor), int)(descriptor); }
ONE(ftruncate, below_descriptor(descriptor), (int descriptor, off_t length), int, off_t)(descriptor, length); }
ONE(ftruncate64, below_descriptor(descriptor), (int descriptor, off64_t length), int, off64_t)(descriptor, length); }
ONE(unlink, below(path), (const char *path), const char *)(path); }
ONE(unlinkat, below_at(place, path), (int place, const char *path, int flags), int, const char *, int)(place, path, flags); }
ONE(mkdir, below(path), (const char *path, mode_t mode), const char *, mode_t)(path, mode); }
ONE(mkdirat, below_at(place, path), (int place, const char *path, mode_t mode), int, const char *, mode_t)(place, path, mode); }
ONE(rmdir, below(path), (const char *path), const char *)(path); }
ONE(rename, below(old) || below(fresh), (const char *old, const char *fresh), const char *, const char *)(old, fresh); }
ONE(link, below(fresh), (const char *old, const char *fresh), const char *, const char *)(old, fresh); }
ONE(renameat, below_at(from, old) || below_at(to, fresh), (int from, const char *old, int to, const char *fresh), int, const char *, int, const char *)(from, old, to, fresh); }
ONE(renameat2, below_at(from, old) || below_at(to, fresh), (int from, const char *old, int to, const char *fresh, unsigned flags), int, const char *, int, const char *, unsigned)(from, old, to, fresh, flags); }
