// Makes the n-th write below a folder fail, in a program that knows nothing of it.
//
//   cc -O2 -shared -fPIC -o libfault.so faultlib.c -ldl
//   env LD_PRELOAD=libfault.so FAULT_UNDER=/folder FAULT_CONTROL=/file program …
//
// FAULT_CONTROL is a file of `struct control`, mapped and shared: what is set there holds at once,
// also for a program that runs already, and what was counted is there after the program is killed.
// Counted are calls that change a file or a name below FAULT_UNDER; sockets, pipes and files
// elsewhere are left alone. A write that fails has written half of its bytes before.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { NONE, INPUT_OUTPUT, SHORT_WRITE, NO_SPACE, READ_ONLY, KILL };

struct control {
    int64_t counted;  // calls so far
    int64_t at;       // which of them fails; 0 for none
    int64_t kind;
    int64_t stays;    // whether all after it fail too
    int64_t failed;   // calls that failed
    char what[216];   // the first call that failed, and its file
};

static struct control none;
static struct control *control = &none;
static char under[PATH_MAX];
static size_t under_length;

__attribute__((constructor)) static void begin(void) {
    const char *folder = getenv("FAULT_UNDER"), *path = getenv("FAULT_CONTROL");
    if (!folder || !path || !realpath(folder, under)) return;
    under_length = strlen(under);
    int file = open(path, O_RDWR | O_CLOEXEC);
    if (file < 0) return;
    void *at = mmap(NULL, sizeof none, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (at != MAP_FAILED) control = at;
    close(file);
}

// MARK: Which files

static int is_below(const char *path) {
    return under_length && !strncmp(path, under, under_length)
        && (path[under_length] == '/' || !path[under_length]);
}

static int path_of_file(int file, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return is_below(path);
}

// A name need not be there yet: its folder is looked up.
static int path_of_name(int folder, const char *name, char *path) {
    char given[PATH_MAX], base[PATH_MAX];
    if (name[0] == '/' || folder == AT_FDCWD) {
        snprintf(given, sizeof given, "%s", name);
    } else {
        if (!path_of_file(folder, base)) return 0;
        if (snprintf(given, sizeof given, "%s/%s", base, name) >= (int)sizeof given) return 0;
    }
    char *slash = strrchr(given, '/');
    const char *last = slash ? slash + 1 : given;
    if (slash == given) return 0;
    if (slash) *slash = 0;
    if (!realpath(slash ? given : ".", base)) return 0;
    if (snprintf(path, PATH_MAX, "%s/%s", base, last) >= PATH_MAX) return 0;
    return is_below(path);
}

// MARK: Which call

enum sort { WRITES, CHANGES, REMOVES };

// What is to become of this call: NONE, or the kind of its fault, with errno set.
static enum kind fault(const char *call, const char *path, enum sort sort) {
    int64_t kind = __atomic_load_n(&control->kind, __ATOMIC_ACQUIRE);
    // Only a write can be short, and a full disk does not hinder removing.
    if (kind == SHORT_WRITE && sort != WRITES) return NONE;
    if (kind == NO_SPACE && sort == REMOVES) return NONE;
    int64_t number = __atomic_add_fetch(&control->counted, 1, __ATOMIC_ACQ_REL);
    int64_t at = __atomic_load_n(&control->at, __ATOMIC_ACQUIRE);
    if (!at || number < at || (number > at && !control->stays)) return NONE;
    if (__atomic_fetch_add(&control->failed, 1, __ATOMIC_ACQ_REL) == 0)
        snprintf(control->what, sizeof control->what, "%s %s", call, path + under_length);
    errno = kind == NO_SPACE ? ENOSPC : kind == READ_ONLY ? EROFS : EIO;
    return (enum kind)kind;
}

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

// A name or a file's state changes, or fails to, in one step.
#define CHANGE(sort, found, call) \
    char path[PATH_MAX]; \
    if (found) { \
        enum kind kind = fault(__func__, path, sort); \
        if (kind == KILL) die(); \
        if (kind != NONE) return -1; \
    } \
    return call

// MARK: Writing

#define WRITE(bytes, half, whole) \
    char path[PATH_MAX]; \
    if (!path_of_file(file, path)) return whole; \
    enum kind kind = fault(__func__, path, WRITES); \
    if (kind == NONE) return whole; \
    size_t part = (bytes) / 2; \
    if (kind == SHORT_WRITE && part == 0) return whole; \
    int number = errno; \
    ssize_t written = part && kind != READ_ONLY ? half : 0; \
    if (kind == KILL) die(); \
    if (kind == SHORT_WRITE) return written; \
    errno = number; \
    return -1

ssize_t write(int file, const void *bytes, size_t count) {
    REAL(write);
    WRITE(count, real(file, bytes, part), real(file, bytes, count));
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) {
    REAL(pwrite);
    WRITE(count, real(file, bytes, part, at), real(file, bytes, count, at));
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
    REAL(pwrite64);
    WRITE(count, real(file, bytes, part, at), real(file, bytes, count, at));
}

// Half of a vector is half of its first part.
ssize_t writev(int file, const struct iovec *parts, int count) {
    REAL(writev);
    WRITE(count ? parts[0].iov_len : 0, syscall(SYS_write, file, parts[0].iov_base, part),
        real(file, parts, count));
}

ssize_t pwritev(int file, const struct iovec *parts, int count, off_t at) {
    REAL(pwritev);
    WRITE(count ? parts[0].iov_len : 0, syscall(SYS_pwrite64, file, parts[0].iov_base, part, at),
        real(file, parts, count, at));
}

ssize_t copy_file_range(
    int from, off64_t *read_at, int file, off64_t *at, size_t count, unsigned flags) {
    REAL(copy_file_range);
    WRITE(count, real(from, read_at, file, at, part, flags),
        real(from, read_at, file, at, count, flags));
}

// MARK: What is done to a file as a whole

int fsync(int file) {
    REAL(fsync);
    CHANGE(CHANGES, path_of_file(file, path), real(file));
}

int fdatasync(int file) {
    REAL(fdatasync);
    CHANGE(CHANGES, path_of_file(file, path), real(file));
}

int ftruncate(int file, off_t size) {
    REAL(ftruncate);
    CHANGE(size ? CHANGES : REMOVES, path_of_file(file, path), real(file, size));
}

int ftruncate64(int file, off64_t size) {
    REAL(ftruncate64);
    CHANGE(size ? CHANGES : REMOVES, path_of_file(file, path), real(file, size));
}

int truncate(const char *name, off_t size) {
    REAL(truncate);
    CHANGE(CHANGES, path_of_name(AT_FDCWD, name, path), real(name, size));
}

int fallocate(int file, int mode, off_t at, off_t size) {
    REAL(fallocate);
    CHANGE(CHANGES, path_of_file(file, path), real(file, mode, at, size));
}

int fchmod(int file, mode_t mode) {
    REAL(fchmod);
    CHANGE(CHANGES, path_of_file(file, path), real(file, mode));
}

// MARK: Opening

#define OPENS (O_CREAT | O_TRUNC | O_WRONLY | O_RDWR)

#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { \
        va_list rest; \
        va_start(rest, flags); \
        mode = va_arg(rest, mode_t); \
        va_end(rest); \
    }

int open(const char *name, int flags, ...) {
    REAL(open);
    MODE(flags);
    CHANGE(CHANGES, flags & OPENS && path_of_name(AT_FDCWD, name, path), real(name, flags, mode));
}

int open64(const char *name, int flags, ...) {
    REAL(open64);
    MODE(flags);
    CHANGE(CHANGES, flags & OPENS && path_of_name(AT_FDCWD, name, path), real(name, flags, mode));
}

int openat(int folder, const char *name, int flags, ...) {
    REAL(openat);
    MODE(flags);
    CHANGE(CHANGES, flags & OPENS && path_of_name(folder, name, path),
        real(folder, name, flags, mode));
}

int creat(const char *name, mode_t mode) {
    REAL(creat);
    CHANGE(CHANGES, path_of_name(AT_FDCWD, name, path), real(name, mode));
}

FILE *fopen(const char *name, const char *mode) {
    REAL(fopen);
    char path[PATH_MAX];
    if (strpbrk(mode, "wa+") && path_of_name(AT_FDCWD, name, path)) {
        enum kind kind = fault(__func__, path, CHANGES);
        if (kind == KILL) die();
        if (kind != NONE) return NULL;
    }
    return real(name, mode);
}

// MARK: Names

int rename(const char *name, const char *target) {
    REAL(rename);
    CHANGE(CHANGES, path_of_name(AT_FDCWD, target, path), real(name, target));
}

int renameat(int folder, const char *name, int place, const char *target) {
    REAL(renameat);
    CHANGE(CHANGES, path_of_name(place, target, path), real(folder, name, place, target));
}

int link(const char *name, const char *target) {
    REAL(link);
    CHANGE(CHANGES, path_of_name(AT_FDCWD, target, path), real(name, target));
}

int unlink(const char *name) {
    REAL(unlink);
    CHANGE(REMOVES, path_of_name(AT_FDCWD, name, path), real(name));
}

int unlinkat(int folder, const char *name, int flags) {
    REAL(unlinkat);
    CHANGE(REMOVES, path_of_name(folder, name, path), real(folder, name, flags));
}

int remove(const char *name) {
    REAL(remove);
    CHANGE(REMOVES, path_of_name(AT_FDCWD, name, path), real(name));
}

int rmdir(const char *name) {
    REAL(rmdir);
    CHANGE(REMOVES, path_of_name(AT_FDCWD, name, path), real(name));
}

int mkdir(const char *name, mode_t mode) {
    REAL(mkdir);
    CHANGE(CHANGES, path_of_name(AT_FDCWD, name, path), real(name, mode));
}

// MARK: What a full disk says of itself

static int is_full(void) { return control->kind == NO_SPACE && control->stays && control->failed; }

int statvfs(const char *name, struct statvfs *status) {
    REAL(statvfs);
    char path[PATH_MAX];
    int result = real(name, status);
    if (!result && is_full() && path_of_name(AT_FDCWD, name, path))
        status->f_bavail = status->f_bfree = 0;
    return result;
}

int statvfs64(const char *name, struct statvfs64 *status) {
    REAL(statvfs64);
    char path[PATH_MAX];
    int result = real(name, status);
    if (!result && is_full() && path_of_name(AT_FDCWD, name, path))
        status->f_bavail = status->f_bfree = 0;
    return result;
}
