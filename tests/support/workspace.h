/* A workspace of its own for each test. Every failure here ends the test. */
#ifndef MUJAZ_TESTS_WORKSPACE_H
#define MUJAZ_TESTS_WORKSPACE_H

#include "support/program.h"

struct workspace {
    char *folder, *out; /* out: in the folder; not there yet */
    struct arena *arena;
};

/* DATA/datasets and DATA/reports, with the layouts and fonts that we ship. */
struct workspace *workspace_open(const char *data);
/* For cmocka: *state is a struct workspace. */
int workspace_close(void **state);
/* A path in the folder; lives as long as the workspace. */
const char *workspace_path(const struct workspace *, const char *name);

/* The code, and both outputs in full; drops the outcome. */
void assert_outcome(struct outcome, int code, const char *out, const char *err);
/* How many files and folders are in a folder. */
size_t folder_entries(const char *folder);

#endif
