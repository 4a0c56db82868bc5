/* Faults of a file in words, each rule's first ones in full. */
#include "pdf_check/checker.h"

#include <stdarg.h>
#include <stdio.h>

#include "pdf_check/pdf_check.h"

/* Clause and message: one row a rule. */
static const struct rule_words {
    const char *clause, *wrong, *right;
} rules[] = {
#define RULE(id, test, clause, wrong, right) { clause, wrong, right },
#include "pdf_check/rules.h"
#undef RULE
};

static void add_fault(struct checker *c, enum rule rule, unsigned object, const char *detail)
{
    if (c->faults[rule]++ >= PDF_CHECK_EACH)
        return;
    const struct rule_words *row = &rules[rule];
    struct buf text;
    buf_init(&text);
    if (object)
        buf_printf(&text, "object %u: ", object);
    buf_printf(&text, "%s: %s", row->clause, row->wrong);
    if (*detail)
        buf_add_string(&text, " (");
    for (const char *p = detail; *p; p++) /* what stands in the file may be any bytes */
        buf_add_char(&text, *p >= ' ' && *p <= '~' ? *p : '.');
    if (*detail)
        buf_add_char(&text, ')');
    diag_add(c->diags, DIAG_PDF_FAULT, (struct place){ .file = c->file }, "%s; %s", text.data, row->right);
    buf_drop(&text);
}

void fault(struct checker *c, enum rule rule, unsigned object)
{
    add_fault(c, rule, object, "");
}

void fault_with(struct checker *c, enum rule rule, unsigned object, const char *detail, ...)
{
    char words[160];
    va_list list;
    va_start(list, detail);
    vsnprintf(words, sizeof words, detail, list);
    va_end(list);
    add_fault(c, rule, object, words);
}

void fault_at(struct checker *c, enum rule rule, unsigned object, struct cos v)
{
    enum { MOST = 40 };
    fault_with(c, rule, object, "%.*s", (int)(v.end - v.at > MOST ? MOST : v.end - v.at), v.at);
}

bool faults_sum(const struct checker *c)
{
    bool good = true;
    for (int i = 0; i < RULE_COUNT; i++) {
        good &= c->faults[i] == 0;
        if (c->faults[i] > PDF_CHECK_EACH)
            diag_add(c->diags, DIAG_PDF_FAULT, (struct place){ .file = c->file }, "%s: %s: %zu times more; %s",
                     rules[i].clause, rules[i].wrong, c->faults[i] - PDF_CHECK_EACH, rules[i].right);
    }
    return good;
}
