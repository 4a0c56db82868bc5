/* Embedded files. Must not know what is in them. */
#include "pdf/embedded.h"

#include "base/file.h"
#include "pdf/metadata.h"

#include <stdlib.h>
#include <string.h>

struct attachments attachments_new(struct pdf_file *f, const struct attachment *files, size_t count)
{
    struct attachments a = { files, count, arena_array(f->arena, count, sizeof *a.specs) };
    for (size_t i = 0; i < count; i++)
        a.specs[i] = pdf_object_new(f);
    return a;
}

unsigned attachments_find(const struct attachments *a, const char *chart)
{
    for (size_t i = 0; chart && i < a->count; i++)
        if (a->files[i].chart && strcmp(a->files[i].chart, chart) == 0)
            return a->specs[i];
    return 0;
}

/* --- writing --- */

/* A media type as a PDF name: "/text#2Fcsv". */
static void add_media_type(struct buf *b, const char *media_type)
{
    buf_add_char(b, '/');
    for (const char *p = media_type; *p; p++)
        buf_add_string(b, *p == '/' ? "#2F" : (char[]){ *p, '\0' });
}

static unsigned write_file(struct pdf_file *f, const struct attachment *file, const struct scene_meta *meta)
{
    struct buf b;
    buf_init(&b);
    buf_add_string(&b, "/Type /EmbeddedFile /Subtype ");
    add_media_type(&b, file->media_type);
    buf_printf(&b, " /Params <</Size %zu", file->length);
    metadata_add_date(&b, "ModDate", meta);
    buf_add_string(&b, ">> ");
    unsigned stream = pdf_stream_new(f, b.data, file->bytes, file->length, false);
    buf_drop(&b);
    if (file->mapped)
        file_unload(file->bytes, file->length);
    return stream;
}

/* In the document's languages. */
static void add_description(struct buf *b, const struct attachment *file, const struct scene_meta *meta)
{
    struct buf words;
    buf_init(&words);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        if (!file->description[lang] || !(meta->has_lang[lang] || lang == (int)meta->lang))
            continue;
        buf_add_string(&words, words.length ? " / " : "");
        buf_add_string(&words, file->description[lang]);
    }
    if (words.length) {
        buf_add_string(b, " /Desc ");
        pdf_add_text(b, words.data);
    }
    buf_drop(&words);
}

void attachments_write(struct pdf_file *f, const struct attachments *a, const struct scene_meta *meta)
{
    static const char *const relations[] = { "Source", "Data", "Supplement" };
    struct buf b;
    buf_init(&b);
    for (size_t i = 0; i < a->count; i++) {
        const struct attachment *file = &a->files[i];
        unsigned stream = write_file(f, file, meta);
        buf_clear(&b);
        buf_add_string(&b, "/Type /Filespec /F ");
        pdf_add_bytes(&b, file->name);
        buf_add_string(&b, " /UF ");
        pdf_add_bytes(&b, file->name); /* no UTF-16: pdfdetach -savefile compares bytes */
        buf_printf(&b, " /AFRelationship /%s", relations[file->relation]);
        add_description(&b, file, meta);
        buf_printf(&b, " /EF <</F %u 0 R /UF %u 0 R>>\n", stream, stream);
        pdf_dict_set(f, a->specs[i], &b);
    }
    buf_drop(&b);
}

/* --- names --- */

struct named {
    const char *name;
    unsigned spec;
};

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const struct named *)a)->name, ((const struct named *)b)->name);
}

static void add_name(const void *context, size_t index, struct buf *b)
{
    pdf_add_bytes(b, ((const struct named *)context)[index].name);
}

static void add_spec(const void *context, size_t index, struct buf *b)
{
    pdf_add_ref(b, ((const struct named *)context)[index].spec);
}

unsigned attachments_names_new(struct pdf_file *f, const struct attachments *a)
{
    if (!a->count)
        return 0;
    struct named *sorted = xcalloc(a->count, sizeof *sorted);
    for (size_t i = 0; i < a->count; i++)
        sorted[i] = (struct named){ a->files[i].name, a->specs[i] };
    qsort(sorted, a->count, sizeof *sorted, compare_names);
    unsigned tree = pdf_tree_new(f, &(struct pdf_tree){ "Names", a->count, add_name, add_spec, sorted });
    free(sorted);
    return tree;
}

void attachments_add_catalog(const struct attachments *a, struct buf *b)
{
    if (!a->count)
        return;
    buf_add_string(b, "/AF [");
    for (size_t i = 0; i < a->count; i++) {
        pdf_add_ref(b, a->specs[i]);
        buf_add_char(b, i + 1 < a->count ? ' ' : ']');
    }
    buf_add_char(b, '\n');
}
