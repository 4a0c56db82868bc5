/*
 * mujaz init: a workspace to start from, the shipped example or one for a CSV file. Writes into a new or
 * empty folder only; layouts and fonts are the shipped ones.
 */
#include "commands/cmd.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/share.h"
#include "dataset/infer.h"
#include "init/report.h"
#include "publish/publish.h"

enum { TEMPLATE_BYTES = 1 << 20, CSV_BYTES = 256 << 20, NAME_MOST = 40, FILES_MOST = 8 };
static const char example[] = "libraries";

/* True when nothing is in the folder, or it is not there. */
static bool folder_is_free(const char *folder, struct diags *diags)
{
    DIR *dir = opendir(folder);
    struct place at = { .file = folder };
    if (!dir && errno == ENOENT)
        return true;
    if (!dir) {
        diag_add(diags, errno == ENOTDIR ? DIAG_FOLDER_TAKEN : DIAG_FILE_READ, at, "%s; name a new folder",
                 strerror(errno));
        return false;
    }
    const char *entry = folder_next(dir);
    if (entry)
        diag_add(diags, DIAG_FOLDER_TAKEN, at, "the folder is not empty, '%s' is in it; name a new folder", entry);
    closedir(dir);
    return !entry;
}

/* --- writing
 * ------------------------------------------------------------------------------------------------- */

/* The files of one folder. */
struct folder {
    const char *path;
    struct artifact files[FILES_MOST];
    size_t count;
};

static struct buf *add_file(struct folder *f, const char *name)
{
    struct artifact *a = &f->files[f->count++];
    *a = (struct artifact){ .name = name };
    buf_init(&a->bytes);
    return &a->bytes;
}

/* The dataset's first: a report that lacks its data is the worse half. */
static bool write_folders(struct folder *folders, size_t count, struct diags *diags)
{
    bool ok = true;
    for (size_t i = 0; i < count; i++) {
        ok = ok && publish_artifacts(folders[i].path, folders[i].files, folders[i].count, diags);
        for (size_t k = 0; k < folders[i].count; k++) {
            if (ok)
                printf("%s/%s\n", folders[i].path, folders[i].files[k].name);
            buf_drop(&folders[i].files[k].bytes);
        }
    }
    return ok;
}

static struct folder folder_of(struct arena *arena, const char *workspace, const char *kind, const char *name)
{
    return (struct folder){ .path = arena_printf(arena, "%s/%s/%s", workspace, kind, name) };
}

static enum exit_code check_written(const struct options *o, const char *name)
{
    struct options check = *o;
    char *const reports[] = { (char *)name };
    check.command = COMMAND_CHECK;
    check.workspace = o->init_folder;
    check.reports = reports;
    check.report_count = 1;
    enum exit_code code = cmd_check(&check);
    if (code == EXIT_DONE)
        printf("next: mujaz build -C %s -o %s/out %s\n", o->init_folder, o->init_folder, name);
    return code;
}

/* --- the example
 * --------------------------------------------------------------------------------------------- */

/* A template's text with @SHARE@ replaced. */
static bool copy_template(const char *share, const char *from, struct buf *out, struct arena *arena,
                          struct diags *diags)
{
    static const char mark[] = "@SHARE@";
    size_t length;
    const char *text = file_read(from, TEMPLATE_BYTES, arena, &length, diags);
    for (const char *at; text && (at = strstr(text, mark)); text = at + strlen(mark)) {
        buf_add(out, text, (size_t)(at - text));
        buf_add_string(out, share);
    }
    if (text)
        buf_add_string(out, text);
    return text != NULL;
}

static bool copy_folder(struct folder *f, const char *share, const char *from, struct arena *arena,
                        struct diags *diags)
{
    size_t count = 0;
    const char **names = file_list(arena, from, "", NULL, &count);
    bool ok = true;
    for (size_t i = 0; i < count && i < FILES_MOST; i++)
        ok &= copy_template(share, file_join(arena, from, names[i]), add_file(f, names[i]), arena, diags);
    return ok;
}

static bool write_example(const char *workspace, const char *share, struct arena *arena, struct diags *diags)
{
    static const char *const kinds[] = { "datasets", "reports" };
    const char *from = arena_printf(arena, "%s/templates/%s", share, example);
    struct folder folders[2];
    bool ok = true;
    for (int i = 0; i < 2; i++) {
        folders[i] = folder_of(arena, workspace, kinds[i], example);
        ok &= copy_folder(&folders[i], share, arena_printf(arena, "%s/%s/%s", from, kinds[i], example), arena,
                          diags);
    }
    return write_folders(folders, ok ? 2 : 0, diags) && ok;
}

/* --- from a CSV file
 * ----------------------------------------------------------------------------------------- */

/* "Sales 2023.csv" is "sales-2023"; a letter first, for it names a table too. */
static const char *name_of_file(const char *path, struct arena *arena)
{
    const char *slash = strrchr(path, '/'), *stem = slash ? slash + 1 : path, *dot = strrchr(stem, '.');
    char *name = arena_string_n(arena, stem, dot && dot > stem ? (size_t)(dot - stem) : strlen(stem)),
         *to = name;
    for (const char *p = name; *p && to - name < NAME_MOST; p++) {
        char c = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
        bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (good)
            *to++ = c;
        else if (to > name && to[-1] != '-')
            *to++ = '-';
    }
    while (to > name && to[-1] == '-')
        to--;
    *to = '\0';
    if (*name >= 'a' && *name <= 'z' && strncmp(name, "sqlite", 6) != 0)
        return name;
    return *name ? arena_printf(arena, "data-%s", name) : "data";
}

static void say_columns(const struct inferred *in)
{
    printf("%zu row%s, %zu column%s:\n", in->rows, in->rows == 1 ? "" : "s", in->column_count,
           in->column_count == 1 ? "" : "s");
    for (size_t i = 0; i < in->column_count; i++) {
        const struct inferred_column *c = &in->columns[i];
        printf("  %s: %s", c->name, c->words);
        if (c->category)
            printf(", of %zu categories", dictionary_count(c->texts) - (c->empty > 0));
        if (c->unique)
            printf(", each once");
        else if (c->empty)
            printf(", none in %zu of %zu cells", c->empty, in->rows);
        if (c->partner != SIZE_MAX)
            printf(", %s of '%s'", c->lang == LANG_EN ? "the English" : "the Arabic",
                   in->columns[c->partner].name);
        putchar('\n');
    }
}

static void say(const struct inferred *in, const char *chart)
{
    for (size_t i = 0; i < in->found_count; i++)
        puts(in->found[i]);
    say_columns(in);
    printf("chart: %s\n", chart);
    for (size_t i = 0; i < in->doubt_count; i++)
        printf("doubt: %s\n", in->doubts[i]);
}

static bool write_inferred(const struct options *o, struct inferred *in, const char *name, const char *share,
                           struct arena *arena, struct diags *diags)
{
    static const char *const texts[LANG_COUNT] = { "en.md", "ar.md" };
    const char *slash = strrchr(o->from, '/'), *own_name = slash ? slash + 1 : o->from;
    const char *file = arena_printf(arena, "%s.csv", name);
    struct folder folders[2] = { folder_of(arena, o->init_folder, "datasets", name),
                                 folder_of(arena, o->init_folder, "reports", name) };
    struct init_report report;
    char today[16];
    time_t now = time(NULL);
    size_t length;
    strftime(today, sizeof today, "%Y-%m-%d", localtime(&now));
    const char *bytes = file_read(o->from, CSV_BYTES, arena, &length, diags);
    if (!bytes)
        return false;
    buf_add(add_file(&folders[0], file), bytes, length);
    infer_package(in, name, file, own_name, add_file(&folders[0], "datapackage.json"));
    init_report_write(in, name, own_name, share, today, &report);
    say(in, report.chart);
    buf_add(add_file(&folders[1], "report.yaml"), report.yaml.data, report.yaml.length);
    buf_drop(&report.yaml);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        buf_add(add_file(&folders[1], texts[lang]), report.text[lang].data, report.text[lang].length);
        buf_drop(&report.text[lang]);
    }
    return write_folders(folders, 2, diags);
}

/* The shipped files, without which nothing can be built. */
static const char *find_share(struct arena *arena, struct diags *diags)
{
    const char *share = share_folder(arena);
    if (!share)
        diag_add(diags, DIAG_FILE_READ, (struct place){ 0 },
                 "the shipped layouts and templates are not there; install the program whole, with its share/mujaz");
    return share;
}

enum exit_code cmd_init(const struct options *given)
{
    struct options o = *given;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    const char *name = o.from ? name_of_file(o.from, arena) : example;
    if (!o.init_folder)
        o.init_folder = name;
    const char *share = find_share(arena, diags);
    bool ok = share && folder_is_free(o.init_folder, diags);
    if (ok && o.from) {
        struct inferred *in = infer_csv(o.from, diags);
        ok = in && write_inferred(&o, in, name, share, arena, diags);
        if (in)
            inferred_drop(in);
    } else if (ok) {
        ok = write_example(o.init_folder, share, arena, diags);
    }
    enum exit_code code = exit_report(diags);
    if (ok && code == EXIT_DONE)
        code = check_written(&o, name);
    diags_drop(diags);
    arena_drop(arena);
    return code;
}
