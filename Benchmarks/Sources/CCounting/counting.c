// Counts by interposition: symbols of the executable come before those of shared libraries, so
// every caller in the process passes here.

#define _GNU_SOURCE
#include "counting.h"
#include <dlfcn.h>
#include <stdatomic.h>
#include <stddef.h>

static atomic_long steps;
static atomic_long allocations;

long counting_steps(void) { return atomic_load_explicit(&steps, memory_order_relaxed); }

typedef int (*step_function)(void *);

int sqlite3_step(void *statement) {
    static _Atomic(step_function) real;
    step_function function = atomic_load_explicit(&real, memory_order_relaxed);
    if (function == NULL) {
        function = (step_function)dlsym(RTLD_NEXT, "sqlite3_step");
        atomic_store_explicit(&real, function, memory_order_relaxed);
    }
    atomic_fetch_add_explicit(&steps, 1, memory_order_relaxed);
    return function(statement);
}

#if defined(__GLIBC__)
extern void *__libc_malloc(size_t);

void *malloc(size_t size) {
    atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
    return __libc_malloc(size);
}

long counting_allocations(void) {
    return atomic_load_explicit(&allocations, memory_order_relaxed);
}
#else
long counting_allocations(void) { return -1; }
#endif
