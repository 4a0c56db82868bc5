/*
 * The PDF file: numbers, object streams, the cross-reference stream (ISO 32000-1, 7.5.7 and 7.5.8). The only place
 * that talks to libharu's error handling. Knows nothing of what the objects mean.
 */
#include "pdf/file.h"

#include "base/hash.h"
#include "pdf/deflater.h"
#include "pdf/object.h"

#include <hpdf_objects.h>
#include <hpdf_streams.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A reader inflates a whole object stream for one object of it; above 1,500 objects, or so many bytes as a long table's
 * parent tree soon has, the file hardly shrinks (200 of them: 4 % more). */
enum { POOL = 0, PACKED_LIMIT = 1500, PACKED_BYTES = 1 << 18,
       NUMBER_LIMIT = 8388607 /* PDF/A's */ };

/* Where objects stand whose numbers, and whose places in an object stream, follow one another: of a table's cells those
 * of a page. */
struct pdf_places {
    uint32_t first, count; /* numbers */
    uint32_t stream;       /* number of the object stream, 0: in none */
    uint32_t at;           /* of the first: index in the object stream, or offset in the file */
};

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
    if (!f->error || f->full)
        return !f->error;
    diag_add(diags, DIAG_PDF_LIBRARY, (struct place){ 0 },
             "libharu refused to make the PDF (error 0x%04lX, detail %lu)", (unsigned long)f->error,
             (unsigned long)f->detail);
    return false;
}

bool pdf_file_open(struct pdf_file *f, struct sink sink, struct diags *diags)
{
    *f = (struct pdf_file){ .sink = sink };
    f->doc = HPDF_NewEx(keep_first_error, allocate, free, POOL, f);
    if (!f->doc) {
        f->error = f->error ? f->error : HPDF_INVALID_DOCUMENT;
        return report(f, diags);
    }
    f->arena = arena_new();
    for (int kind = 0; kind < PDF_KINDS; kind++) {
        buf_init(&f->packed[kind].bodies);
        buf_init(&f->packed[kind].head);
    }
    buf_init(&f->nodes);
    buf_init(&f->waiting);
    f->hash = hash_new();
    f->deflater = deflater_new();
    if (!f->deflater)
        keep_first_error(HPDF_FAILD_TO_ALLOC_MEM, 0, f);
    return true;
}

void pdf_file_set_older(struct pdf_file *f)
{
    f->older = true;
}

static void drop_packed(struct pdf_file *f)
{
    for (int kind = 0; kind < PDF_KINDS; kind++) {
        buf_drop(&f->packed[kind].bodies);
        buf_drop(&f->packed[kind].head);
    }
}

void pdf_file_close(struct pdf_file *f)
{
    if (!f->doc)
        return;
    HPDF_Free(f->doc);
    deflater_drop(f->deflater);
    free(f->places);
    free(f->pages);
    drop_packed(f);
    buf_drop(&f->nodes);
    buf_drop(&f->waiting);
    hash_drop(f->hash);
    arena_drop(f->arena);
}

/* --- numbers --- */

/* libharu numbers an object by its place in a list, from start_offset on: raising that keeps a number for us. */
unsigned pdf_object_new(struct pdf_file *f)
{
    HPDF_Xref xref = f->doc->xref;
    unsigned number = xref->start_offset++ + xref->entries->count;
    if (number > NUMBER_LIMIT)
        keep_first_error(HPDF_XREF_COUNT_ERR, number, f);
    return number;
}

static bool goes_on(const struct pdf_places *p, unsigned number, uint32_t stream, size_t at)
{
    return stream && p->stream == stream && p->first + p->count == number && p->at + p->count == at;
}

static void set_place(struct pdf_file *f, unsigned number, uint32_t stream, size_t at)
{
    if (at > UINT32_MAX)
        keep_first_error(HPDF_FILE_IO_ERROR, 0, f);
    if (f->place_count && goes_on(&f->places[f->place_count - 1], number, stream, at)) {
        f->places[f->place_count - 1].count++;
        return;
    }
    if (f->place_count == f->place_room) {
        f->place_room += f->place_room / 8 + 256; /* of a large file little is in vain */
        f->places = xrealloc(f->places, f->place_room, sizeof *f->places);
    }
    f->places[f->place_count++] = (struct pdf_places){ number, 1, stream, (uint32_t)at };
}

void pdf_page_made(struct pdf_file *f, unsigned number)
{
    bool full = (f->page_count & (f->page_count - 1)) == 0;
    if (full)
        f->pages = xrealloc(f->pages, f->page_count ? f->page_count * 2 : 1, sizeof *f->pages);
    f->pages[f->page_count++] = number;
}

unsigned pdf_number_of(const void *object)
{
    const HPDF_Obj_Header *header = object;
    return header->obj_id & 0x00FFFFFF;
}

static HPDF_STATUS write_entries(HPDF_Dict dict, HPDF_Stream stream)
{
    const struct buf *entries = dict->attr;
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)entries->data, (HPDF_UINT)entries->length);
}

void pdf_dict_extend(struct pdf_file *f, HPDF_Dict dict, const struct buf *entries)
{
    struct buf *kept = arena_copy(f->arena, entries, sizeof *entries);
    kept->data = arena_copy(f->arena, entries->data, entries->length);
    dict->attr = kept;
    dict->write_fn = write_entries;
}

/* --- streams --- */

static void append(struct pdf_file *f, const struct buf *text)
{
    hash_add(f->hash, text->data, text->length);
    f->length += text->length;
    f->full = !f->sink.add(f->sink.context, text->data, text->length);
    if (f->full)
        keep_first_error(HPDF_FILE_IO_ERROR, 0, f);
}

/* The length is known now, and put into the room that was left for it. */
static void append_stream(struct pdf_file *f, struct stream *s)
{
    char digits[24];
    if (s->failed)
        keep_first_error(HPDF_ZLIB_ERROR, 0, f);
    if (f->error)
        return;
    snprintf(digits, sizeof digits, "%-*zu", s->digits, s->text.length - s->data);
    memcpy(s->text.data + s->length, digits, (size_t)s->digits);
    buf_add_string(&s->text, "\nendstream\nendobj\n");
    set_place(f, s->number, 0, f->length + s->object);
    append(f, &s->text);
}

/* Those that shall wait no longer, or `all`. */
static void append_streams(struct pdf_file *f, bool all)
{
    struct stream s;
    while (!f->error && deflater_take(f->deflater, all, &s)) {
        append_stream(f, &s);
        buf_drop(&s.text);
    }
}

/* Its number, head and whether it is plain are those given. The file's first lines go before all. */
static void set_stream(struct pdf_file *f, struct stream s, const char *entries, const void *bytes, size_t length)
{
    if (length > UINT32_MAX)
        keep_first_error(HPDF_FILE_IO_ERROR, 0, f);
    if (f->error)
        return;
    struct buf *text = &s.text;
    buf_init(text);
    if (!f->begun) /* the second line says that there are bytes above 127 */
        buf_printf(text, "%%PDF-1.%c\n%%\xB7\xBE\xAD\xAA\n", f->older ? '6' : '7');
    f->begun = true;
    s.object = text->length;
    buf_add_unsigned(text, s.number);
    buf_add_string(text, " 0 obj\n<<");
    buf_add_string(text, entries ? entries : "");
    buf_add_string(text, s.plain ? "/Length " : "/Filter /FlateDecode /Length ");
    s.length = text->length;
    buf_add_unsigned(text, s.plain ? length : deflater_bound(f->deflater, length));
    s.digits = (int)(text->length - s.length);
    buf_add_string(text, ">>\nstream\n");
    s.data = text->length;
    deflater_put(f->deflater, &s, bytes ? bytes : "", length);
    append_streams(f, false);
}

unsigned pdf_stream_new(struct pdf_file *f, const char *entries, const void *bytes, size_t length, bool plain)
{
    unsigned number = pdf_object_new(f);
    set_stream(f, (struct stream){ .number = number, .plain = plain }, entries, bytes, length);
    return number;
}

/* --- object streams --- */

static void write_packed(struct pdf_file *f, struct pdf_packed *p)
{
    if (!p->count)
        return;
    char entries[64];
    struct stream s = { .number = p->number, .head = p->head.length };
    snprintf(entries, sizeof entries, "/Type /ObjStm /N %u /First %zu ", p->count, p->head.length);
    buf_add(&p->head, p->bodies.data, p->bodies.length);
    set_stream(f, s, entries, p->head.data, p->head.length);
    buf_clear(&p->bodies);
    buf_clear(&p->head);
    p->count = 0;
}

/* What is added to its bodies then is the object. */
static struct buf *begin_packed(struct pdf_file *f, enum pdf_kind kind, unsigned number)
{
    struct pdf_packed *p = &f->packed[kind];
    if (p->count == PACKED_LIMIT || p->bodies.length >= PACKED_BYTES)
        write_packed(f, p);
    if (!p->count)
        p->number = pdf_object_new(f);
    set_place(f, number, p->number, p->count++);
    buf_add_unsigned(&p->head, number);
    buf_add_char(&p->head, ' ');
    buf_add_unsigned(&p->head, p->bodies.length);
    buf_add_char(&p->head, ' ');
    return &p->bodies;
}

void pdf_object_set(struct pdf_file *f, enum pdf_kind kind, unsigned number, const struct buf *value)
{
    buf_add(begin_packed(f, kind, number), value->data, value->length);
}

void pdf_dict_set_of(struct pdf_file *f, enum pdf_kind kind, unsigned number, const struct buf *entries)
{
    struct buf *bodies = begin_packed(f, kind, number);
    buf_add_string(bodies, "<<");
    buf_add(bodies, entries->data, entries->length);
    buf_add_string(bodies, ">>");
}

void pdf_dict_set(struct pdf_file *f, unsigned number, const struct buf *entries)
{
    pdf_dict_set_of(f, PDF_OTHER, number, entries);
}

static HPDF_STATUS add_to_packed(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT length)
{
    buf_add(stream->attr, bytes, length);
    return HPDF_OK;
}

/* The dictionaries that libharu made. */
static void pack_libharu(struct pdf_file *f)
{
    HPDF_Stream stream = HPDF_CallbackWriter_New(f->doc->mmgr, add_to_packed, &f->packed[PDF_OTHER].bodies);
    for (HPDF_UINT i = 0; stream && i < f->doc->xref->entries->count; i++) {
        HPDF_XrefEntry entry = HPDF_Xref_GetEntry(f->doc->xref, i);
        HPDF_Dict dict = entry->obj;
        if (!dict || (dict->header.obj_class & HPDF_OCLASS_ANY) != HPDF_OCLASS_DICT)
            continue;
        begin_packed(f, PDF_OTHER, pdf_number_of(dict));
        HPDF_Obj_WriteValue(dict, stream, NULL);
    }
    HPDF_Stream_Free(stream);
}

/* --- cross-references --- */

enum { PLACE_BYTES = 7, ROW = 1 + PLACE_BYTES }; /* a row begins with its predictor */

/* One byte of type, four of offset or object stream, two of index. */
static void pack_place(const struct pdf_places *p, uint32_t nth, uint8_t row[PLACE_BYTES])
{
    uint32_t wide = p->stream ? p->stream : p->at, index = p->stream ? p->at + nth : 0;
    row[0] = p->stream ? 2 : 1;
    for (int i = 0; i < 4; i++)
        row[1 + i] = (uint8_t)(wide >> (24 - 8 * i));
    row[5] = (uint8_t)(index >> 8);
    row[6] = (uint8_t)index;
}

/* Rows as their difference to the row above (PNG's predictor "Up"): neighbours are packed side by side. A number that
 * is not in use has zeros. They may be the largest thing here, so they are made where they stay. */
static uint8_t *rows_of_places(const struct pdf_file *f, size_t count)
{
    enum { UP = 2 };
    uint8_t *rows = xcalloc(count, ROW);
    for (size_t i = 0; i < f->place_count; i++)
        for (uint32_t nth = 0; nth < f->places[i].count; nth++)
            pack_place(&f->places[i], nth, rows + (size_t)(f->places[i].first + nth) * ROW + 1);
    for (size_t number = count; number-- > 0;) {
        uint8_t *row = rows + number * ROW;
        row[0] = UP;
        for (size_t i = 1; i < ROW && number > 0; i++)
            row[i] = (uint8_t)(row[i] - row[i - ROW]);
    }
    return rows;
}

/* Both halves of /ID are a digest of all that was written, so that the same document has the same. */
static void add_id(const struct pdf_file *f, struct buf *b)
{
    uint8_t digest[HASH_BYTES];
    hash_digest(f->hash, digest);
    buf_add_string(b, " /ID [");
    pdf_add_hex(b, digest, 16);
    pdf_add_hex(b, digest, 16);
    buf_add_char(b, ']');
}

static void write_places(struct pdf_file *f)
{
    unsigned number = pdf_object_new(f);
    struct buf entries;
    buf_init(&entries);
    append_streams(f, true); /* places and digest are complete */
    size_t at = f->length;
    set_place(f, number, 0, at);
    uint8_t *rows = rows_of_places(f, number + 1);
    buf_printf(&entries,
               "/Type /XRef /Size %u /W [1 4 2] /DecodeParms <</Predictor 12 /Columns %d>> /Root %u 0 R /Info %u 0 R",
               number + 1, PLACE_BYTES, pdf_number_of(f->doc->catalog), pdf_number_of(f->doc->info));
    add_id(f, &entries);
    set_stream(f, (struct stream){ .number = number }, entries.data, rows, (size_t)(number + 1) * ROW);
    free(rows);
    append_streams(f, true);
    buf_clear(&entries);
    buf_printf(&entries, "startxref\n%zu\n%%%%EOF\n", at);
    if (!f->error)
        append(f, &entries);
    buf_drop(&entries);
}

bool pdf_file_save(struct pdf_file *f, struct diags *diags)
{
    pack_libharu(f);
    for (int kind = 0; kind < PDF_KINDS; kind++)
        write_packed(f, &f->packed[kind]);
    drop_packed(f); /* a long table's list of rows was in one; the table of places comes, which is as large */
    write_places(f);
    return report(f, diags);
}
