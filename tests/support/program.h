/* Running programs from tests, and folders to run them in. Every failure here ends the test. */
#ifndef MUJAZ_TESTS_PROGRAM_H
#define MUJAZ_TESTS_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

struct outcome {
    int code;     /* exit code; 128 + n when signal n ended it */
    char *out;    /* standard output, NUL-terminated */
    char *err;    /* standard error */
    size_t out_length;
};

/* Runs argv (ended by NULL), standard input empty. `out_path`: where standard output goes instead of `out`, or
 * NULL. The path of the program under test is program_mujaz(). */
struct outcome program_run(const char *const argv[], const char *out_path);
void outcome_drop(struct outcome *);
/* Starts argv and does not wait; both outputs go to files. Its end: sends the signal, and gives the exit code. */
long program_start(const char *const argv[], const char *out_path, const char *err_path);
int program_end(long process, int signal);
const char *program_mujaz(void); /* build/mujaz, or below $BUILD */
/* Skips the test where the system gives no pseudo-terminals, as in a bare chroot; it says so. */
void program_need_terminals(void);

/* A new folder under $TMPDIR; tree_remove takes it away with all that is in it. */
char *tree_new(void);
void tree_remove(char *folder); /* frees the name too */
/* Copies folders recursively: "reports" to FOLDER/reports. */
void tree_copy(const char *from, const char *folder);
/* A new folder with DATA/datasets and DATA/reports, and the layouts and fonts that we ship. */
char *workspace_new(const char *data);

char *text_join(const char *a, const char *b); /* heap */
char *file_content(const char *path, size_t *length);
bool file_is_there(const char *path);
void file_write(const char *path, const char *content, size_t length);
/* Replaces the first `old` by `new`; the test fails when it is not there. */
void file_replace(const char *path, const char *old, const char *new);
void assert_line(const char *text, const char *line); /* it holds the line */
/* Place of the first `text` in the file: 1-based line, column in code points. */
void file_find(const char *path, const char *text, unsigned *line, unsigned *col);

#endif
