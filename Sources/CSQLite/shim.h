#include <sqlite3.h>

/* Without counting what it allocates, SQLite takes no lock for each piece of memory. To be called
   before anything else of it; the call takes a variable number of arguments. */
static inline int csqlite_leave_memory_uncounted(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/* The last connection to a file does not move its log into it and does not remove it when it ends:
   whoever opens the file next does. The call takes a variable number of arguments. */
static inline void csqlite_leave_log(sqlite3 *database) {
    sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (void *)0);
}

/* A text in double quotes is a name, never a string: a misspelt name is an error. The call takes a
   variable number of arguments, which Swift cannot pass. */
static inline void csqlite_refuse_quoted_strings(sqlite3 *database) {
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, (void *)0);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, (void *)0);
}
