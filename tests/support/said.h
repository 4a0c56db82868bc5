/* What a stage said, as text: every diagnostic as a user sees it in a file. */
#ifndef MUJAZ_TESTS_SAID_H
#define MUJAZ_TESTS_SAID_H

struct diags;

/* `folder` and the slash behind it are taken out of every line; NULL: nothing is. Heap. */
char *said(const struct diags *, const char *folder);
/* Fails the test, showing both, unless that is what was said. Drops the diagnostics. */
void assert_said(struct diags *, const char *folder, const char *want);

#endif
