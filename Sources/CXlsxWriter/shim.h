#include <dlfcn.h>
#include <stddef.h>
#include <xlsxwriter.h>

// Found when the first workbook is written: the library brings libcrypto and others with it, which
// would take a millisecond from the start of every command. Decision 32.

#if defined(__APPLE__)
#define FIELDSYNC_XLSXWRITER "libxlsxwriter." LXW_SOVERSION ".dylib"
#else
#define FIELDSYNC_XLSXWRITER "libxlsxwriter.so." LXW_SOVERSION
#endif

/// The name of the library whose headers these are.
static const char *const fieldsync_xlsxwriter_name = FIELDSYNC_XLSXWRITER;

#define FIELDSYNC_XLSXWRITER_FUNCTIONS(each) \
    each(workbook_new_opt) each(workbook_add_worksheet) each(workbook_add_format) \
    each(workbook_close) each(lxw_workbook_free) each(lxw_strerror) each(format_set_bold) \
    each(format_set_num_format) each(worksheet_set_column) each(worksheet_write_string) \
    each(worksheet_write_number) each(worksheet_write_boolean) each(worksheet_freeze_panes) \
    each(worksheet_autofilter)

/// The functions that are used, by their own names.
struct fieldsync_xlsxwriter {
#define FIELDSYNC_MEMBER(name) __typeof__(&name) _Nonnull name;
    FIELDSYNC_XLSXWRITER_FUNCTIONS(FIELDSYNC_MEMBER)
#undef FIELDSYNC_MEMBER
};

/// Loads the library, once for the process: it is never unloaded.
///
/// Returns NULL, or what the loader says is wrong.
static inline const char *_Nullable fieldsync_xlsxwriter_load(
    struct fieldsync_xlsxwriter *_Nonnull functions) {
    void *library = dlopen(FIELDSYNC_XLSXWRITER, RTLD_LAZY | RTLD_LOCAL);
#if defined(__APPLE__)
    if (!library) library = dlopen("/opt/homebrew/lib/" FIELDSYNC_XLSXWRITER, RTLD_LAZY);
    if (!library) library = dlopen("/usr/local/lib/" FIELDSYNC_XLSXWRITER, RTLD_LAZY);
#endif
    if (!library) return dlerror();
#define FIELDSYNC_FIND(name) \
    if (!(functions->name = (__typeof__(&name))dlsym(library, #name))) return dlerror();
    FIELDSYNC_XLSXWRITER_FUNCTIONS(FIELDSYNC_FIND)
#undef FIELDSYNC_FIND
    return NULL;
}
