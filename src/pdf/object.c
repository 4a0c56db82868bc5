/*
 * Objects, streams and strings of a PDF file. The only place that talks to libharu's error handling, and the
 * one that deflates. Knows nothing of what the objects mean.
 */
#include "pdf/object.h"

#include "base/hash.h"
#include "base/utf8.h"

#include <hpdf_objects.h>
#include <hpdf_streams.h>
#include <hpdf_utils.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { POOL = 0, TREE_LEAF = 256, DEFLATE_LEVEL = 6 };

/* libharu calls this for each error and then returns to its caller: no jump, the first error is kept. */
static void keep_first_error(HPDF_STATUS error, HPDF_STATUS detail, void *data)
{
    struct pdf_file *f = data;
    if (f->error)
        return;
    f->error = error;
    f->detail = detail;
}

static void *allocate(HPDF_UINT size)
{
    return xrealloc(NULL, size, 1);
}

static bool report(const struct pdf_file *f, struct diags *diags)
{
    if (!f->error)
        return true;
    diag_add(diags, DIAG_PDF_LIBRARY, (struct place){ 0 },
             "libharu refused to make the PDF (error 0x%04lX, detail %lu)", (unsigned long)f->error,
             (unsigned long)f->detail);
    return false;
}

bool pdf_file_open(struct pdf_file *f, struct diags *diags)
{
    *f = (struct pdf_file){ 0 };
    f->doc = HPDF_NewEx(keep_first_error, allocate, free, POOL, f);
    if (!f->doc) {
        f->error = f->error ? f->error : HPDF_INVALID_DOCUMENT;
        return report(f, diags);
    }
    f->arena = arena_new();
    buf_init(&f->fingerprint);
    HPDF_SetPagesConfiguration(f->doc, 64);
    return true;
}

void pdf_file_close(struct pdf_file *f)
{
    if (!f->doc)
        return;
    HPDF_Free(f->doc);
    buf_drop(&f->fingerprint);
    arena_drop(f->arena);
}

static void set_id(struct pdf_file *f)
{
    uint8_t digest[HASH_BYTES];
    hash_sha256(f->fingerprint.data, f->fingerprint.length, digest);
    struct buf id;
    buf_init(&id);
    buf_add_string(&id, "/ID [");
    pdf_add_hex(&id, digest, 16);
    pdf_add_hex(&id, digest, 16);
    buf_add_string(&id, "]\n");
    pdf_dict_set(f, f->doc->trailer, &id);
    buf_drop(&id);
}

static HPDF_STATUS take_bytes(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT size)
{
    buf_add(stream->attr, bytes, size);
    return HPDF_OK;
}

/* libharu would fill a memory stream of its own, to be copied: it writes into ours. */
bool pdf_file_save(struct pdf_file *f, struct buf *out, struct diags *diags)
{
    set_id(f);
    f->doc->pdf_version = HPDF_VER_17; /* last: other calls set it back */
    f->doc->stream = HPDF_CallbackWriter_New(f->doc->mmgr, take_bytes, out);
    if (!f->error)
        HPDF_SaveToStream(f->doc);
    return report(f, diags);
}

/* --- dictionaries --- */

static HPDF_STATUS write_entries(HPDF_Dict dict, HPDF_Stream stream)
{
    const char *entries = dict->attr;
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)entries, (HPDF_UINT)strlen(entries));
}

HPDF_Dict pdf_dict_new(struct pdf_file *f)
{
    HPDF_Dict dict = HPDF_Dict_New(f->doc->mmgr);
    HPDF_Xref_Add(f->doc->xref, dict);
    return dict;
}

static void set_entries(HPDF_Dict dict, char *entries)
{
    dict->attr = entries;
    dict->write_fn = write_entries;
}

void pdf_dict_set(struct pdf_file *f, HPDF_Dict dict, const struct buf *entries)
{
    set_entries(dict, arena_string_n(f->arena, entries->data, entries->length));
}

static void add_digest(struct pdf_file *f, const void *bytes, size_t length)
{
    uint8_t digest[HASH_BYTES];
    hash_sha256(bytes, length, digest);
    buf_add(&f->fingerprint, digest, sizeof digest);
}

static void replace_stream(struct pdf_file *f, HPDF_Dict dict, const void *bytes, size_t length)
{
    add_digest(f, bytes, length);
    HPDF_Stream_Free(dict->stream);
    dict->stream = HPDF_MemStream_New(f->doc->mmgr, length ? (HPDF_UINT)length : 1);
    HPDF_Stream_Write(dict->stream, bytes, (HPDF_UINT)length);
    dict->filter = HPDF_STREAM_FILTER_NONE; /* what is to be deflated is already */
}

void pdf_stream_fill(struct pdf_file *f, HPDF_Dict dict, const void *bytes, size_t length)
{
    uLongf room = compressBound(length);
    Bytef *deflated = xcalloc(1, room);
    compress2(deflated, &room, bytes, length, DEFLATE_LEVEL);
    replace_stream(f, dict, deflated, room);
    free(deflated);
    const char *entries = dict->write_fn == write_entries ? dict->attr : "";
    set_entries(dict, arena_printf(f->arena, "%s/Filter /FlateDecode\n", entries));
}

HPDF_Dict pdf_stream_new(struct pdf_file *f, const char *entries, const void *bytes, size_t length,
                         bool plain)
{
    HPDF_Dict dict = HPDF_DictStream_New(f->doc->mmgr, f->doc->xref);
    set_entries(dict, arena_printf(f->arena, "%s\n", entries ? entries : ""));
    if (!plain) {
        pdf_stream_fill(f, dict, bytes, length);
        return dict;
    }
    replace_stream(f, dict, bytes, length);
    return dict;
}

/* --- trees --- */

static void add_leaf(struct buf *body, const char *kind, const struct pdf_tree_entry *entries, size_t count)
{
    buf_printf(body, "/%s [", kind);
    for (size_t i = 0; i < count; i++)
        buf_printf(body, "%s %s\n", entries[i].key, entries[i].value);
    buf_add_string(body, "]");
}

HPDF_Dict pdf_tree_new(struct pdf_file *f, const char *kind, const struct pdf_tree_entry *entries,
                       size_t count)
{
    HPDF_Dict root = pdf_dict_new(f);
    struct buf top, leaf;
    buf_init(&top);
    buf_init(&leaf);
    if (count <= TREE_LEAF) {
        add_leaf(&top, kind, entries, count);
    } else {
        buf_add_string(&top, "/Kids [");
        for (size_t i = 0; i < count; i += TREE_LEAF) {
            size_t n = count - i < TREE_LEAF ? count - i : TREE_LEAF;
            HPDF_Dict kid = pdf_dict_new(f);
            buf_clear(&leaf);
            buf_printf(&leaf, "/Limits [%s %s] ", entries[i].key, entries[i + n - 1].key);
            add_leaf(&leaf, kind, entries + i, n);
            pdf_dict_set(f, kid, &leaf);
            pdf_add_ref(&top, kid);
            buf_add_char(&top, ' ');
        }
        buf_add_string(&top, "]");
    }
    pdf_dict_set(f, root, &top);
    buf_drop(&top);
    buf_drop(&leaf);
    return root;
}

/* --- pieces --- */

void pdf_add_ref(struct buf *b, const void *object)
{
    const HPDF_Obj_Header *header = object;
    buf_printf(b, "%lu 0 R", (unsigned long)(header->obj_id & 0x00FFFFFF));
}

void pdf_add_hex16(struct buf *b, unsigned v)
{
    static const char digits[] = "0123456789ABCDEF";
    char hex[4] = { digits[v >> 12 & 15], digits[v >> 8 & 15], digits[v >> 4 & 15], digits[v & 15] };
    buf_add(b, hex, sizeof hex);
}

void pdf_add_utf16(struct buf *b, uint32_t c)
{
    if (c > 0xFFFF) {
        c -= 0x10000;
        pdf_add_hex16(b, 0xD800 + (c >> 10));
        c = 0xDC00 + (c & 0x3FF);
    }
    pdf_add_hex16(b, c);
}

void pdf_add_text(struct buf *b, const char *utf8)
{
    buf_add_string(b, "<FEFF");
    while (*utf8)
        pdf_add_utf16(b, utf8_next(&utf8));
    buf_add_char(b, '>');
}

void pdf_add_bytes(struct buf *b, const char *ascii)
{
    buf_add_char(b, '(');
    for (; *ascii; ascii++) {
        unsigned char c = (unsigned char)*ascii;
        if (c == '(' || c == ')' || c == '\\')
            buf_printf(b, "\\%c", c);
        else if (c < ' ' || c > '~')
            buf_printf(b, "\\%03o", c);
        else
            buf_add_char(b, (char)c);
    }
    buf_add_char(b, ')');
}

void pdf_add_hex(struct buf *b, const void *bytes, size_t length)
{
    const uint8_t *p = bytes;
    buf_add_char(b, '<');
    for (size_t i = 0; i < length; i++)
        buf_printf(b, "%02X", p[i]);
    buf_add_char(b, '>');
}
