/* See made.h. */
#include "support/made.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/buf.h"
#include "support/program.h"
#include "support/said.h"

void made_beside(const struct made *m, const char *name, struct made *out)
{
    out->root = m->root;
    snprintf(out->folder, sizeof out->folder, "%s/datasets/%s", m->root, name);
    assert_int_equal(mkdir(out->folder, 0777), 0);
}

void made_new(struct made *m, const char *name)
{
    m->root = tree_new();
    char *datasets = text_join(m->root, "datasets");
    assert_int_equal(mkdir(datasets, 0777), 0);
    free(datasets);
    made_beside(m, name, m);
}

void made_drop(struct made *m)
{
    tree_remove(m->root);
}

void made_put(const struct made *m, const char *file, const char *text)
{
    char *path = text_join(m->folder, file);
    file_write(path, text, strlen(text));
    free(path);
}

void made_table(const struct made *m, const char *name, const char *schema, const char *csv)
{
    struct buf b;
    buf_init(&b);
    buf_printf(&b, "{\"resources\": [{\"name\": \"%s\", \"path\": \"%s.csv\",\n\"schema\": %s}]}\n", name, name, schema);
    made_put(m, "datapackage.json", b.data);
    buf_clear(&b);
    buf_printf(&b, "%s.csv", name);
    made_put(m, b.data, csv);
    buf_drop(&b);
}

struct dataset *made_load(const struct made *m, const struct dataset_options *options, const char *want)
{
    struct diags *diags = diags_new();
    struct dataset *set = dataset_load(m->folder, options, diags);
    assert_int_equal(set == NULL, diags_errors(diags) > 0);
    struct buf errors;
    buf_init(&errors);
    char *all = said(diags, m->folder);
    for (const char *line = all, *end; *line; line = end) {
        end = strchr(line, '\n') + 1;
        const char *warning = strstr(line, ": warning: ");
        if (!warning || warning > end || strstr(want, ": warning: "))
            buf_add(&errors, line, (size_t)(end - line));
    }
    assert_string_equal(errors.data, want);
    free(all);
    buf_drop(&errors);
    diags_drop(diags);
    return set;
}

uint32_t chance_below(struct chance *c, uint32_t count)
{
    c->state ^= c->state >> 12;
    c->state ^= c->state << 25;
    c->state ^= c->state >> 27;
    uint32_t n = (uint32_t)((c->state * UINT64_C(0x2545F4914F6CDD1D)) >> 32);
    return (uint32_t)(((uint64_t)n * count) >> 32);
}

char *made_cells(const struct relation *relation)
{
    struct buf b;
    buf_init(&b);
    for (size_t row = 0; row < relation_rows(relation); row++)
        for (size_t i = 0; i < relation_columns(relation); i++) {
            struct value value = relation_value(relation, row, i);
            if (value.type == VALUE_NULL)
                buf_add_char(&b, '-');
            else if (value.type == VALUE_TEXT || value.type == VALUE_DATE)
                buf_add_string(&b, value.text);
            else
                num_format(value.num, &b);
            buf_add_char(&b, i + 1 < relation_columns(relation) ? '|' : '\n');
        }
    return b.data;
}
