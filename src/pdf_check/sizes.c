/*
 * What the bytes of a file are for: an object's kind is its Type's, or else that of who refers to it. Knows no rules.
 */
#include "pdf_check/sizes.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "pdf_check/reader.h"

enum { PASSES = 8 };
static const enum size_kind UNKNOWN = SIZE_KINDS;

struct sizing {
    struct reader *reader;
    uint8_t *kinds; /* by object number */
    bool changed;   /* in this pass */
    struct pdf_sizes *out;
};

const char *pdf_size_name(enum size_kind kind)
{
    static const char *const names[] = { "content", "images", "fonts", "structure", "navigation", "attachments",
                                         "pages", "metadata", "file", "other" };
    return names[kind];
}

/* --- kinds --- */

/* Of an object by itself. */
static enum size_kind kind_of_type(struct cos v)
{
    static const struct {
        const char *type;
        enum size_kind kind;
    } types[] = { { "StructElem", SIZE_STRUCTURE }, { "StructTreeRoot", SIZE_STRUCTURE }, { "Page", SIZE_PAGES },
                  { "Pages", SIZE_PAGES }, { "Annot", SIZE_NAVIGATION }, { "Outlines", SIZE_NAVIGATION },
                  { "Font", SIZE_FONTS }, { "FontDescriptor", SIZE_FONTS }, { "Filespec", SIZE_ATTACHMENTS },
                  { "EmbeddedFile", SIZE_ATTACHMENTS }, { "Metadata", SIZE_METADATA },
                  { "OutputIntent", SIZE_METADATA }, { "XRef", SIZE_FILE }, { "ObjStm", SIZE_FILE },
                  { "Catalog", SIZE_OTHER } };
    const struct cos type = cos_get(v, "Type"), subtype = cos_get(v, "Subtype");
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (cos_is_name(type, types[i].type))
            return types[i].kind;
    return cos_is_name(subtype, "Image") ? SIZE_IMAGES
         : cos_is_name(subtype, "Form")  ? SIZE_CONTENT
         : cos_is_name(subtype, "Link")  ? SIZE_NAVIGATION
                                         : UNKNOWN;
}

/* Of what an entry refers to. */
static enum size_kind kind_of_entry(struct cos key, enum size_kind holder)
{
    static const struct {
        const char *key;
        enum size_kind kind;
    } entries[] = { { "Contents", SIZE_CONTENT }, { "Resources", SIZE_PAGES }, { "FontFile2", SIZE_FONTS },
                    { "FontFile3", SIZE_FONTS }, { "ToUnicode", SIZE_FONTS }, { "CIDToGIDMap", SIZE_FONTS },
                    { "CIDSet", SIZE_FONTS }, { "W", SIZE_FONTS }, { "ParentTree", SIZE_STRUCTURE },
                    { "ClassMap", SIZE_STRUCTURE }, { "RoleMap", SIZE_STRUCTURE }, { "Dests", SIZE_NAVIGATION },
                    { "Outlines", SIZE_NAVIGATION }, { "EmbeddedFiles", SIZE_ATTACHMENTS },
                    { "DestOutputProfile", SIZE_METADATA } };
    static const char *const own[] = { "Kids", "Nums", "Names", "First", "Next", "K", "A" };
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        if (cos_is_name(key, entries[i].key))
            return entries[i].kind;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (cos_is_name(key, own[i]))
            return holder;
    return UNKNOWN;
}

static void set_kind(struct sizing *s, unsigned number, enum size_kind kind)
{
    if (!reader_is_there(s->reader, number) || s->kinds[number] != UNKNOWN || kind == UNKNOWN)
        return;
    s->kinds[number] = (uint8_t)kind;
    s->changed = true;
}

/* A reference, or those of an array or dictionary. */
static void set_referred(struct sizing *s, struct cos v, enum size_kind kind)
{
    struct cursor in = cos_inside(v);
    set_kind(s, cos_reference(v), kind);
    for (struct cos item; (item = cos_next(&in, true)).kind != COS_NONE && item.kind != COS_BAD;)
        set_kind(s, cos_reference(item), kind);
}

static void look_at(struct sizing *s, unsigned number)
{
    const struct cos v = reader_object(s->reader, number);
    struct cursor in = cos_inside(v);
    set_kind(s, number, kind_of_type(v));
    for (struct cos key; v.kind == COS_DICT && (key = cos_next(&in, true)).kind == COS_NAME;) {
        const struct cos entry = cos_next(&in, true);
        set_referred(s, entry, kind_of_entry(key, (enum size_kind)s->kinds[number]));
        if (entry.kind == COS_DICT) { /* the catalog's Names */
            struct cursor inner = cos_inside(entry);
            for (struct cos k; (k = cos_next(&inner, true)).kind == COS_NAME;)
                set_referred(s, cos_next(&inner, true), kind_of_entry(k, UNKNOWN));
        }
    }
}

/* What types say comes before what entries do, since that leads from one object to the next. */
static void find_kinds(struct sizing *s)
{
    unsigned size = reader_size(s->reader);
    for (unsigned number = 1; number < size; number++, reader_trim(s->reader))
        set_kind(s, number, kind_of_type(reader_object(s->reader, number)));
    for (int i = 0; i < PASSES && (i == 0 || s->changed); i++) {
        s->changed = false;
        for (unsigned number = 1; number < size; number++, reader_trim(s->reader))
            look_at(s, number);
    }
}

/* --- bytes --- */

static enum size_kind known_kind(const struct sizing *s, unsigned number)
{
    return s->kinds[number] == UNKNOWN ? SIZE_OTHER : (enum size_kind)s->kinds[number];
}

struct span {
    size_t at, bytes; /* in the file */
    size_t inflated;  /* of an object stream */
    unsigned number;
};

static int compare_spans(const void *a, const void *b)
{
    const struct span *x = a, *y = b;
    return (x->at > y->at) - (x->at < y->at);
}

/* Objects that stand in the file, each up to the next. */
static struct span *find_spans(struct sizing *s, size_t *count)
{
    struct cursor file = reader_file(s->reader), at;
    struct span *spans = xcalloc((size_t)reader_size(s->reader) + 1, sizeof *spans);
    *count = 0;
    for (unsigned number = 1; number < reader_size(s->reader); number++, reader_trim(s->reader))
        if (reader_place(s->reader, number, &at))
            spans[(*count)++] = (struct span){ .at = (size_t)(at.at - file.at), .number = number };
    qsort(spans, *count, sizeof *spans, compare_spans);
    for (size_t i = 0; i < *count; i++)
        spans[i].bytes = (i + 1 < *count ? spans[i + 1].at : (size_t)(file.end - file.at)) - spans[i].at;
    return spans;
}

static void add_spans(struct sizing *s, const struct span *spans, size_t count, struct span *by_number)
{
    struct buf bytes;
    buf_init(&bytes);
    s->out->of[SIZE_FILE].bytes += count ? spans[0].at : s->out->bytes;
    for (size_t i = 0; i < count; i++) {
        const struct cos v = reader_object(s->reader, spans[i].number);
        struct span *own = &by_number[spans[i].number];
        s->out->of[known_kind(s, spans[i].number)].bytes += spans[i].bytes;
        *own = spans[i];
        if (cos_is_name(cos_get(v, "Type"), "ObjStm") && reader_stream(s->reader, v, &bytes))
            own->inflated = bytes.length;
    }
    buf_drop(&bytes);
}

/* An object stream's bytes go to its objects, as these share what it holds; the heads' are left. */
static void share_bytes(struct sizing *s, const struct span *by_number)
{
    for (unsigned number = 1; number < reader_size(s->reader); number++, reader_trim(s->reader)) {
        const struct span *stream = &by_number[reader_packed_in(s->reader, number)];
        if (!reader_is_there(s->reader, number))
            continue;
        s->out->objects++;
        s->out->of[known_kind(s, number)].objects++;
        s->out->pages += cos_is_name(cos_get(reader_object(s->reader, number), "Type"), "Page");
        if (!stream->inflated)
            continue;
        const struct cos v = reader_object(s->reader, number);
        size_t part = stream->bytes * (size_t)(v.end - v.at) / stream->inflated;
        s->out->of[known_kind(s, number)].bytes += part;
        s->out->of[SIZE_FILE].bytes -= part;
    }
}

bool pdf_sizes(const char *bytes, size_t length, bool mapped, struct pdf_sizes *out)
{
    const char *why;
    struct sizing s = { .reader = reader_new(bytes, length, mapped, &why), .out = out };
    size_t count;
    *out = (struct pdf_sizes){ .bytes = length };
    if (!s.reader)
        return false;
    s.kinds = xcalloc(reader_size(s.reader), 1);
    memset(s.kinds, (int)UNKNOWN, reader_size(s.reader));
    find_kinds(&s);
    struct span *spans = find_spans(&s, &count);
    struct span *by_number = xcalloc(reader_size(s.reader), sizeof *by_number);
    add_spans(&s, spans, count, by_number);
    share_bytes(&s, by_number);
    free(by_number);
    free(spans);
    free(s.kinds);
    reader_drop(s.reader);
    return true;
}
