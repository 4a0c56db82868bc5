/*
 * Attachments of a report: each chart's table and the ledger; the datasets; report.yaml and the two texts. Reads files
 * as they are; how a PDF holds them is not known here.
 */
#include "pipeline/attach.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/utf8.h"
#include "base/version.h"
#include "chart/data.h"
#include "publish/spool.h"
#include "report/ledger.h"

enum { FILE_MOST = 1 << 30 };

struct attacher {
    const struct doc *doc;
    const char *prefix; /* of what every report has: its charts, its ledger, itself */
    struct arena *arena;
    struct attachment *files;
    size_t count;
    struct diags *diags;
};

/* --- one file --- */

static bool is_taken(const struct attacher *a, const char *name)
{
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->files[i].name, name) == 0)
            return true;
    return false;
}

/* Names that every system can save: a folder's '/' becomes '.', what else is unusual '_'; the second of two that are
 * equal then gets a number. */
static const char *safe_name(const struct attacher *a, const char *wanted)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    char *name = arena_string(a->arena, wanted);
    for (char *p = name; *p; p++)
        *p = *p == '/' ? '.' : strchr(letters, *p) ? *p : '_';
    const char *unique = name;
    for (size_t i = 2; is_taken(a, unique); i++)
        unique = arena_printf(a->arena, "%zu.%s", i, name);
    return unique;
}

static void add(struct attacher *a, struct attachment file)
{
    file.name = safe_name(a, file.name);
    a->files = arena_grow(a->arena, a->files, a->count, sizeof *a->files);
    a->files[a->count++] = file;
}

/* What was made in memory, which is then freed. */
static void add_made(struct attacher *a, struct buf *made, struct attachment file)
{
    file.bytes = arena_copy(a->arena, made->data, made->length);
    file.length = made->length;
    buf_drop(made);
    add(a, file);
}

/* What several reports of a packet read is there once. */
static bool is_there(const struct attacher *a, const struct attachment *file)
{
    for (size_t i = 0; i < a->count; i++)
        if (a->files[i].length == file->length && memcmp(a->files[i].bytes, file->bytes, file->length) == 0
            && strcmp(a->files[i].description[LANG_EN], file->description[LANG_EN]) == 0)
            return true;
    return false;
}

static bool add_read(struct attacher *a, const char *path, struct attachment file)
{
    file.bytes = file_read(path, FILE_MOST, a->arena, &file.length, a->diags);
    if (file.bytes && !(*a->prefix && is_there(a, &file)))
        add(a, file);
    return file.bytes;
}

static const char *own_name(const struct attacher *a, const char *name)
{
    return arena_printf(a->arena, "%s%s", a->prefix, name);
}

static bool ends_in(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

/* --- charts and ledger --- */

static bool has_chart(const struct attacher *a, const char *id)
{
    for (size_t i = 0; i < a->count; i++)
        if (a->files[i].chart && strcmp(a->files[i].chart, id) == 0)
            return true;
    return false;
}

/* The finding that stands above the chart, or its id where there is none. */
static const char *chart_title(const struct attacher *a, const struct chart_spec *chart, enum lang lang)
{
    const char *title = chart->title[lang];
    return title && *title ? utf8_plain(title, strlen(title), a->arena) : chart->id;
}

static void add_chart(struct attacher *a, const struct chart_spec *chart)
{
    struct buf csv;
    buf_init(&csv);
    chart_data_csv(chart, &csv);
    add_made(a, &csv, (struct attachment){
        .name = arena_printf(a->arena, "%schart.%s.csv", a->prefix, chart->id), .media_type = "text/csv",
        .relation = ATTACHMENT_DATA, .chart = own_name(a, chart->id),
        .description = {
            [LANG_EN] = arena_printf(a->arena, "Data of the chart “%s”", chart_title(a, chart, LANG_EN)),
            [LANG_AR] = arena_printf(a->arena, "بيانات الرسم البياني «%s»", chart_title(a, chart, LANG_AR)),
        },
    });
}

static void add_charts(struct attacher *a, const struct block *block)
{
    for (; block; block = block->next) {
        if (block->chart && !has_chart(a, own_name(a, block->chart->id)))
            add_chart(a, block->chart);
        add_charts(a, block->first_child);
    }
}

/* As it is beside the PDF, but for the PDF's name and digest: a file cannot hold its own. */
static bool add_ledger(struct attacher *a, const char *folder, struct artifact *made)
{
    const struct ledger_of of = { .version = MUJAZ_VERSION };
    struct spool *spool = spool_new(made->name, folder, a->diags);
    bool ok = ledger_json(a->doc->ledger, &of, LEDGER_ROWS, spool_sink(spool)) && spool_end(spool, made);
    spool_drop(spool);
    if (!ok)
        return false;
    add(a, (struct attachment){
        .bytes = made->bytes.data, .length = made->bytes.length, .mapped = made->mapped,
        .name = own_name(a, "ledger.json"), .media_type = "application/json", .relation = ATTACHMENT_DATA,
        .description = {
            [LANG_EN] = "Ledger: the statement and the rows of data behind each figure, table and chart",
            [LANG_AR] = "سجل الأرقام: الاستعلام وصفوف البيانات وراء كل رقم وجدول ورسم بياني",
        },
    });
    return true;
}

/* --- datasets --- */

static bool add_dataset(struct attacher *a, const struct ledger_dataset *set)
{
    static const char *const forms[LANG_COUNT] = {
        [LANG_EN] = "Dataset “%s”: %s", [LANG_AR] = "مجموعة البيانات «%s»: %s"
    };
    for (size_t i = 0; i < set->file_count; i++) {
        const char *path = set->files[i].path, *inside = ledger_path(a->doc->ledger, path) + strlen("datasets/");
        struct attachment file = { .name = inside, .relation = ATTACHMENT_SOURCE,
                                   .media_type = ends_in(path, ".json") ? "application/json" : "text/csv" };
        for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
            const char *title = set->title[lang] ? set->title[lang] : set->name;
            file.description[lang] = arena_printf(a->arena, forms[lang], title, inside + strlen(set->name) + 1);
        }
        if (!add_read(a, path, file))
            return false;
    }
    return true;
}

/* Bytes of the datasets' files together. False with a diagnostic when one is not there any more. */
static bool measure_datasets(const struct attacher *a, uint64_t *bytes)
{
    const struct ledger *ledger = a->doc->ledger;
    *bytes = 0;
    for (size_t i = 0; i < ledger->dataset_count; i++)
        for (size_t k = 0; k < ledger->datasets[i].file_count; k++) {
            uint64_t size;
            int fd = file_open(ledger->datasets[i].files[k].path, &size, a->diags);
            if (fd < 0)
                return false;
            close(fd);
            *bytes += size;
        }
    return true;
}

static bool add_datasets(struct attacher *a)
{
    const struct ledger *ledger = a->doc->ledger;
    uint64_t bytes;
    if (!measure_datasets(a, &bytes))
        return false;
    if (a->doc->attach == DOC_ATTACH_FITTING && bytes > ATTACH_BYTES_MOST) {
        diag_add(a->diags, DIAG_ATTACHMENT_SIZE, (struct place){ .file = ledger->definition },
                 "the files of the datasets have %llu bytes together and are not attached to the PDFs; write "
                 "'attachments: all' to attach them, 'attachments: data' to leave them out",
                 (unsigned long long)bytes);
        return true;
    }
    for (size_t i = 0; i < ledger->dataset_count; i++)
        if (!add_dataset(a, &ledger->datasets[i]))
            return false;
    return true;
}

/* --- the report itself --- */

static bool add_report(struct attacher *a)
{
    static const struct attachment files[] = {
        { .name = "report.yaml", .media_type = "application/yaml", .relation = ATTACHMENT_SOURCE,
          .description = { "Definition of the report", "تعريف التقرير" } },
        { .name = "en.md", .media_type = "text/markdown", .relation = ATTACHMENT_SUPPLEMENT,
          .description = { "English text of the report", "النص الإنكليزي للتقرير" } },
        { .name = "ar.md", .media_type = "text/markdown", .relation = ATTACHMENT_SUPPLEMENT,
          .description = { "Arabic text of the report", "النص العربي للتقرير" } },
    };
    const char *definition = a->doc->ledger->definition;
    const char *folder = arena_string_n(a->arena, definition, strlen(definition) - strlen("/report.yaml"));
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct attachment file = files[i];
        file.name = own_name(a, file.name);
        if (!add_read(a, file_join(a->arena, folder, files[i].name), file))
            return false;
    }
    return true;
}

bool attach_list(const struct doc *doc, const char *prefix, struct arena *arena, const char *spool,
                 struct attachment **files, size_t *count, struct artifact *ledger, struct diags *diags)
{
    struct attacher a = { .doc = doc, .prefix = prefix, .arena = arena, .files = *files, .count = *count,
                          .diags = diags };
    bool good = true;
    if (doc->attach != DOC_ATTACH_NONE) {
        add_charts(&a, doc->blocks);
        good = add_ledger(&a, spool, ledger);
    }
    if (good && (doc->attach == DOC_ATTACH_ALL || doc->attach == DOC_ATTACH_FITTING))
        good = add_datasets(&a) && add_report(&a);
    *files = a.files;
    *count = a.count;
    return good;
}
