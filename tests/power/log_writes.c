/* Loaded before a program (LD_PRELOAD): writes down, in order, what it writes to and syncs of the
   files whose path holds $LOG_FILES (parted by commas), into $LOG_TO. Each entry is a header and,
   for a write, its bytes. Used to make up what a disk may hold after a power cut. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define MOST 4096
static int which[MOST];            /* for each descriptor, 1 + the number of its name, 0 if none */
static int out = -1;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
struct entry { char kind; char file; uint16_t none; uint32_t length; uint64_t at; };

static ssize_t (*real_write)(int, const void *, size_t);
static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static void put(char kind, int file, uint64_t at, const void *data, uint32_t length) {
    if (!real_write) real_write = real("write");
    pthread_mutex_lock(&lock);
    if (out < 0) {
        int (*o)(const char *, int, ...) = real("open");
        out = o(getenv("LOG_TO"), O_WRONLY | O_CREAT | O_APPEND, 0600);
    }
    struct entry e = {kind, (char)file, 0, length, at};
    real_write(out, &e, sizeof e);
    if (length) real_write(out, data, length);
    pthread_mutex_unlock(&lock);
}

static void opened(int fd, const char *path) {
    const char *names = getenv("LOG_FILES");
    if (fd < 0 || fd >= MOST || !names) return;
    which[fd] = 0;
    const char *base = strrchr(path, '/');
    base = base ? base + 1 : path;
    int n = 1;
    while (*names) {
        size_t length = strcspn(names, ",");
        if (strlen(base) == length && !strncmp(base, names, length)) { which[fd] = n; return; }
        names += length + (names[length] == ',');
        n++;
    }
}
static int file_of(int fd) { return fd >= 0 && fd < MOST ? which[fd] : 0; }

#define OPEN(name) int name(const char *path, int flags, ...) { \
    va_list a; va_start(a, flags); int mode = va_arg(a, int); va_end(a); \
    int (*f)(const char *, int, ...) = real(#name); \
    int fd = f(path, flags, mode); opened(fd, path); \
    if (file_of(fd) && (flags & O_TRUNC)) put('t', which[fd], 0, 0, 0); return fd; }
OPEN(open)
OPEN(open64)
int openat(int dir, const char *path, int flags, ...) {
    va_list a; va_start(a, flags); int mode = va_arg(a, int); va_end(a);
    int (*f)(int, const char *, int, ...) = real("openat");
    int fd = f(dir, path, flags, mode); opened(fd, path); return fd;
}
int openat64(int dir, const char *path, int flags, ...) {
    va_list a; va_start(a, flags); int mode = va_arg(a, int); va_end(a);
    int (*f)(int, const char *, int, ...) = real("openat64");
    int fd = f(dir, path, flags, mode); opened(fd, path); return fd;
}
int close(int fd) {
    int (*f)(int) = real("close");
    if (fd >= 0 && fd < MOST) which[fd] = 0;
    return f(fd);
}
ssize_t write(int fd, const void *data, size_t length) {
    if (!real_write) real_write = real("write");
    ssize_t done = real_write(fd, data, length);
    if (done > 0 && file_of(fd)) put('a', which[fd], 0, data, done);
    return done;
}
#define PWRITE(name, type) ssize_t name(int fd, const void *data, size_t length, type at) { \
    ssize_t (*f)(int, const void *, size_t, type) = real(#name); \
    ssize_t done = f(fd, data, length, at); \
    if (done > 0 && file_of(fd)) put('w', which[fd], at, data, done); return done; }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)
#define TRUNCATE(name, type) int name(int fd, type length) { \
    int (*f)(int, type) = real(#name); int done = f(fd, length); \
    if (!done && file_of(fd)) put('t', which[fd], length, 0, 0); return done; }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)
#define SYNC(name) int name(int fd) { \
    int (*f)(int) = real(#name); int done = f(fd); \
    if (!done && file_of(fd)) put('s', which[fd], 0, 0, 0); return done; }
SYNC(fsync)
SYNC(fdatasync)
