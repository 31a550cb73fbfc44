#ifndef FIELDSYNC_COUNTING_H
#define FIELDSYNC_COUNTING_H

/// Calls of `sqlite3_step` in this process so far, from any library.
long counting_steps(void);

/// Calls of `malloc` in this process so far; -1 where they cannot be counted.
long counting_allocations(void);

#endif
