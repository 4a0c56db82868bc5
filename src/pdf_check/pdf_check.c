/* Runs the tests of a file. */
#include "pdf_check/pdf_check.h"

#include <stdlib.h>

#include "pdf_check/checker.h"

/* Of each rule; rules of one test follow one another. */
static void (*const tests[])(struct checker *) = {
#define RULE(id, test, clause, wrong, right) test,
#include "pdf_check/rules.h"
#undef RULE
};

bool pdf_check(const char *file, const char *bytes, size_t length, bool mapped, struct diags *diags)
{
    const char *why;
    struct checker c = { .file = file, .diags = diags, .reader = reader_new(bytes, length, mapped, &why) };
    if (!c.reader) {
        diag_add(diags, DIAG_PDF_UNREADABLE, (struct place){ .file = file },
                 "this is no PDF that can be read: %s; make it anew", why);
        return false;
    }
    c.arena = arena_new();
    c.catalog = checker_get(&c, reader_trailer(c.reader), "Root");
    c.catalog_number = checker_number(reader_trailer(c.reader), "Root", 0);
    c.associated = arena_array(c.arena, reader_size(c.reader), sizeof *c.associated);
    reader_hold(c.reader, c.catalog_number);
    void (*last)(struct checker *) = NULL;
    for (int i = 0; i < RULE_COUNT; i++) {
        if (tests[i] != last)
            tests[i](&c);
        last = tests[i];
    }
    bool good = faults_sum(&c);
    catalog_drop(&c);
    checker_drop_pages(&c);
    free(c.owners);
    arena_drop(c.arena);
    reader_drop(c.reader);
    return good;
}
