/* Finds objects by their numbers. Knows nothing of what they mean. */
#include "pdf_check/reader.h"

#include <stdlib.h>
#include <string.h>

#include <uthash.h>

#include "base/arena.h"
#include "base/file.h"
#include "pdf_check/inflate.h"

enum { SIZE_LIMIT = 1 << 24, SECTIONS_LIMIT = 1000 };

/* "1 0 obj<<>>stream endstream": two of them do not begin closer to each other. */
enum { STREAM_LEAST = 16 };

enum place_kind { PLACE_UNKNOWN, PLACE_FREE, PLACE_FILE, PLACE_PACKED };

/* Eight bytes: a long table's file has half a million. */
struct place {
    uint64_t at : 38;    /* offset in the file, or number of the object stream */
    uint64_t index : 24; /* in the object stream */
    uint64_t kind : 2;   /* enum place_kind */
};
static const uint64_t AT_MOST = (UINT64_C(1) << 38) - 1, INDEX_MOST = (UINT64_C(1) << 24) - 1;

/* What object streams may take before some are forgotten, beside those that are held: of a long table one of several
 * megabytes is, which lists its rows. */
enum { KEPT_BYTES = 5 << 20 };

/* What a mapped file may take before it is unloaded, and what Linux maps around a byte that is read. */
enum { LOADED_BYTES = 1 << 20, LOADED_AROUND = 1 << 16 };

struct head {
    uint32_t number, at;
    int64_t token; /* on the tape, or TAPE_NONE */
};

/* An object stream, inflated. */
struct packed {
    unsigned number;
    struct buf bytes;
    size_t first;     /* offset of the first object */
    unsigned count;   /* of objects */
    struct head *heads;
    struct tape tape;
    unsigned held;    /* so often */
    uint64_t asked;   /* when, in questions */
    UT_hash_handle hh;
};

struct reader {
    struct cursor file;
    bool mapped;
    size_t loaded;        /* at most so many bytes of a mapping are in memory */
    struct place *places; /* by number */
    unsigned size;
    bool has_streams;
    struct cos trailer;
    struct packed *packed;
    struct packed *latest; /* that was asked for; or NULL */
    size_t kept;      /* bytes that those take which are not held */
    uint64_t asked;   /* questions */
    unsigned opening; /* object stream that is being read */
    uint8_t *had;     /* a bit for each STREAM_LEAST bytes of the file: a stream begins there, and could be decoded */
    struct buf rows;  /* of a cross-reference stream */
};

struct cursor reader_file(const struct reader *r)
{
    return r->file;
}

struct cos reader_trailer(const struct reader *r)
{
    return r->trailer;
}

unsigned reader_size(const struct reader *r)
{
    return r->size;
}

bool reader_has_streams(const struct reader *r)
{
    return r->has_streams;
}

/* --- objects in the file --- */

/* So much more is going to be read. */
static void load(struct reader *r, size_t more)
{
    r->loaded += more;
    if (!r->mapped || r->loaded <= LOADED_BYTES)
        return;
    file_unload(r->file.at, (size_t)(r->file.end - r->file.at));
    r->loaded = more;
}

/* The object whose "12 0 obj" stands at an offset. */
static struct cos object_at(struct reader *r, uint64_t at, unsigned number)
{
    load(r, LOADED_AROUND);
    if (at >= (size_t)(r->file.end - r->file.at))
        return cos_of(COS_BAD, r->file.end, r->file.end);
    struct cursor c = cursor_of(r->file.at + at, r->file.end);
    const struct cos head = cos_next(&c, false), generation = cos_next(&c, false);
    if (cos_integer(head, -1) != number || generation.kind != COS_INTEGER ||
        !cos_is_word(cos_next(&c, false), "obj"))
        return cos_of(COS_BAD, r->file.end, r->file.end);
    return cos_next(&c, true);
}

static size_t size_of(const struct packed *p)
{
    return sizeof *p + p->bytes.capacity + p->count * sizeof *p->heads + p->tape.room * sizeof *p->tape.tokens;
}

static void drop_packed(struct packed *p)
{
    buf_drop(&p->bytes);
    free(p->heads);
    free(p->tape.tokens);
    free(p);
}

static bool read_heads(struct packed *p)
{
    struct cursor c = cursor_of(p->bytes.data, p->bytes.data + p->bytes.length);
    p->heads = xcalloc((size_t)p->count + 1, sizeof *p->heads);
    for (size_t i = 0; i < p->count; i++) {
        int64_t number = cos_integer(cos_next(&c, false), -1), at = cos_integer(cos_next(&c, false), -1);
        if (number < 0 || number > UINT32_MAX || at < 0 || at > UINT32_MAX)
            return false;
        p->heads[i] = (struct head){ (uint32_t)number, (uint32_t)at, TAPE_NONE };
    }
    return true;
}

/* Objects that stand before the end of another are on no tape: it is in the order of places. */
static void make_tape(struct packed *p)
{
    const char *end = p->bytes.data + p->bytes.length, *behind = p->bytes.data;
    if (p->bytes.length >= TAPE_BYTES)
        return;
    for (size_t i = 0; i < p->count; i++) {
        struct head *h = &p->heads[i];
        struct cursor c = cursor_of(p->bytes.data + p->first, end);
        if (h->at > (size_t)(end - c.at) || c.at + h->at < behind)
            continue;
        c.at += h->at;
        h->token = tape_add(&p->tape, p->bytes.data, &c);
        behind = h->token == TAPE_NONE ? behind : c.at;
    }
    tape_end(&p->tape, p->bytes.length);
}

/* Both grew by doubling. */
static void trim_packed(struct packed *p)
{
    p->bytes.capacity = p->bytes.length + 1;
    p->bytes.data = xrealloc(p->bytes.data, p->bytes.capacity, 1);
    p->tape.room = p->tape.count;
    p->tape.tokens = xrealloc(p->tape.tokens, p->tape.room, sizeof *p->tape.tokens);
}

static struct packed *read_packed(struct reader *r, unsigned number)
{
    const struct cos dict = object_at(r, r->places[number].at, number);
    int64_t count = cos_integer(reader_get(r, dict, "N"), -1);
    int64_t first = cos_integer(reader_get(r, dict, "First"), -1);
    if (count < 0 || count > SIZE_LIMIT || first < 0)
        return NULL;
    struct packed *p = xcalloc(1, sizeof *p);
    p->number = number;
    p->count = (unsigned)count;
    p->first = (size_t)first;
    buf_init(&p->bytes);
    bool read = reader_stream(r, dict, &p->bytes);
    if (read && p->first <= p->bytes.length && p->count <= p->bytes.length && read_heads(p)) {
        make_tape(p);
        trim_packed(p);
        return p;
    }
    drop_packed(p);
    return NULL;
}

/* NULL when it is none, or stands in itself. */
static struct packed *open_packed(struct reader *r, uint64_t stream)
{
    unsigned number = (unsigned)stream;
    struct packed *p = r->latest && r->latest->number == stream ? r->latest : NULL;
    if (!p)
        HASH_FIND(hh, r->packed, &number, sizeof number, p);
    if (!p && !r->opening && stream < r->size && r->places[number].kind == PLACE_FILE) {
        r->opening = number;
        p = read_packed(r, number);
        r->opening = 0;
        if (p) {
            HASH_ADD(hh, r->packed, number, sizeof p->number, p);
            r->kept += size_of(p);
        }
    }
    if (p) {
        p->asked = ++r->asked;
        r->latest = p;
    }
    return p;
}

static struct cos packed_object(struct reader *r, const struct place *place, unsigned number)
{
    const struct packed *p = open_packed(r, place->at);
    const struct head *h = p && place->index < p->count ? &p->heads[place->index] : NULL;
    if (!h || h->number != number || h->at > p->bytes.length - p->first)
        return cos_of(COS_BAD, r->file.end, r->file.end);
    if (h->token != TAPE_NONE)
        return tape_get(&p->tape, p->bytes.data, (size_t)h->token);
    struct cursor c = cursor_of(p->bytes.data + p->first + h->at, p->bytes.data + p->bytes.length);
    return cos_next(&c, true);
}

static void forget(struct reader *r, struct packed *p)
{
    r->kept -= p->held ? 0 : size_of(p);
    r->latest = r->latest == p ? NULL : r->latest;
    HASH_DEL(r->packed, p);
    drop_packed(p);
}

void reader_trim(struct reader *r)
{
    while (r->kept > KEPT_BYTES) {
        struct packed *p, *next, *oldest = NULL;
        HASH_ITER(hh, r->packed, p, next)
            if (!p->held && p != r->latest && (!oldest || p->asked < oldest->asked))
                oldest = p;
        if (!oldest)
            return;
        forget(r, oldest);
    }
}

static struct packed *packed_of(struct reader *r, unsigned number)
{
    bool is_packed = number < r->size && r->places[number].kind == PLACE_PACKED;
    return is_packed ? open_packed(r, r->places[number].at) : NULL;
}

void reader_hold(struct reader *r, unsigned number)
{
    struct packed *p = packed_of(r, number);
    if (p && p->held++ == 0)
        r->kept -= size_of(p);
}

void reader_release(struct reader *r, unsigned number)
{
    struct packed *p = packed_of(r, number);
    if (p && p->held && --p->held == 0)
        r->kept += size_of(p);
}

struct cos reader_object(struct reader *r, unsigned number)
{
    const struct place *place = number < r->size ? &r->places[number] : NULL;
    if (place && place->kind == PLACE_FILE)
        return object_at(r, place->at, number);
    if (place && place->kind == PLACE_PACKED)
        return packed_object(r, place, number);
    return cos_of(COS_NONE, r->file.end, r->file.end);
}

bool reader_is_there(const struct reader *r, unsigned number)
{
    return number < r->size && (r->places[number].kind == PLACE_FILE || r->places[number].kind == PLACE_PACKED);
}

unsigned reader_packed_in(const struct reader *r, unsigned number)
{
    const struct place *place = number < r->size ? &r->places[number] : NULL;
    return place && place->kind == PLACE_PACKED && place->at < r->size ? (unsigned)place->at : 0;
}

bool reader_place(struct reader *r, unsigned number, struct cursor *c)
{
    if (number >= r->size || r->places[number].kind != PLACE_FILE || reader_object(r, number).kind == COS_BAD)
        return false;
    *c = cursor_of(r->file.at + r->places[number].at, r->file.end);
    return true;
}

struct cos reader_resolve(struct reader *r, struct cos v)
{
    return v.kind == COS_REFERENCE ? reader_object(r, cos_reference(v)) : v;
}

struct cos reader_get(struct reader *r, struct cos dict, const char *key)
{
    return reader_resolve(r, cos_get(dict, key));
}

/* --- streams --- */

bool reader_raw(struct reader *r, struct cos dict, struct cursor *raw)
{
    struct cursor c = cursor_of(dict.end, r->file.end);
    if (dict.kind != COS_DICT || dict.at < r->file.at || dict.at >= r->file.end ||
        !cos_is_word(cos_next(&c, false), "stream"))
        return false;
    int64_t length = cos_integer(reader_get(r, dict, "Length"), -1);
    c.at += c.at < c.end && *c.at == '\r';
    c.at += c.at < c.end && *c.at == '\n';
    if (length < 0 || length > c.end - c.at)
        return false;
    load(r, (size_t)length);
    *raw = cursor_of(c.at, c.at + length);
    return true;
}

/* A stream's only filter; COS_BAD when there are several. */
static struct cos only(struct reader *r, struct cos list)
{
    struct cursor c = cos_inside(list);
    if (list.kind != COS_ARRAY)
        return list;
    struct cos v = reader_resolve(r, cos_next(&c, true));
    return cos_next(&c, true).kind == COS_NONE ? v : cos_of(COS_BAD, list.at, list.end);
}

static bool unpredict(struct reader *r, struct cos parameters, struct buf *out)
{
    if (cos_integer(reader_get(r, parameters, "Predictor"), 1) < 10)
        return true;
    int64_t columns = cos_integer(reader_get(r, parameters, "Columns"), 1);
    int64_t colours = cos_integer(reader_get(r, parameters, "Colors"), 1);
    int64_t bits = cos_integer(reader_get(r, parameters, "BitsPerComponent"), 8);
    if (columns < 1 || columns > SIZE_LIMIT || colours < 1 || colours > 32 || bits < 1 || bits > 16)
        return false;
    return inflate_unpredict(out, (size_t)((columns * colours * bits + 7) / 8), (size_t)((colours * bits + 7) / 8));
}

static bool decode(struct reader *r, struct cos dict, struct buf *out)
{
    struct cursor raw;
    if (!reader_raw(r, dict, &raw))
        return false;
    const struct cos filter = only(r, reader_get(r, dict, "Filter"));
    if (cos_is_name(filter, "FlateDecode"))
        return inflate_add(raw.at, (size_t)(raw.end - raw.at), out) &&
               unpredict(r, only(r, reader_get(r, dict, "DecodeParms")), out);
    if (filter.kind == COS_NONE)
        buf_add(out, raw.at, (size_t)(raw.end - raw.at));
    return filter.kind == COS_NONE;
}

bool reader_stream(struct reader *r, struct cos dict, struct buf *out)
{
    buf_clear(out);
    if (!decode(r, dict, out))
        return false;
    size_t place = (size_t)(dict.at - r->file.at) / STREAM_LEAST; /* a stream's dictionary stands in the file */
    r->had[place / 8] |= (uint8_t)(1 << place % 8);
    return true;
}

bool reader_had(const struct reader *r, struct cos dict)
{
    if (dict.at < r->file.at || dict.at >= r->file.end)
        return false;
    size_t place = (size_t)(dict.at - r->file.at) / STREAM_LEAST;
    return r->had[place / 8] >> place % 8 & 1;
}

/* --- cross-references --- */

static void make_room(struct reader *r, unsigned size)
{
    if (size <= r->size)
        return;
    r->places = xrealloc(r->places, size, sizeof *r->places);
    memset(r->places + r->size, 0, (size - r->size) * sizeof *r->places);
    r->size = size;
}

/* Where no object can be, there is none. */
static struct place place_of(enum place_kind kind, uint64_t at, uint64_t index)
{
    return (struct place){ at < AT_MOST ? at : AT_MOST, index < INDEX_MOST ? index : INDEX_MOST, kind };
}

/* The newest section comes first, and what it says holds. */
static bool set_place(struct reader *r, uint64_t number, struct place place)
{
    if (number >= SIZE_LIMIT)
        return false;
    if (number >= r->size)
        make_room(r, (unsigned)number * 2 + 256);
    if (r->places[number].kind == PLACE_UNKNOWN)
        r->places[number] = place;
    return true;
}

/* Rows of "0000000016 00000 n". */
static bool read_table(struct reader *r, struct cursor *c)
{
    for (;;) {
        const struct cos first = cos_next(c, false);
        if (cos_is_word(first, "trailer"))
            return true;
        int64_t from = cos_integer(first, -1), count = cos_integer(cos_next(c, false), -1);
        if (from < 0 || count < 0)
            return false;
        for (int64_t i = 0; i < count; i++) {
            int64_t at = cos_integer(cos_next(c, false), -1);
            cos_next(c, false);
            bool used = cos_is_word(cos_next(c, false), "n");
            struct place place = place_of(used ? PLACE_FILE : PLACE_FREE, (uint64_t)at, 0);
            if (at < 0 || !set_place(r, (uint64_t)(from + i), place))
                return false;
        }
    }
}

static uint64_t take_field(const unsigned char **p, unsigned width, uint64_t otherwise)
{
    uint64_t v = 0;
    for (unsigned i = 0; i < width; i++)
        v = v << 8 | *(*p)++;
    return width ? v : otherwise;
}

static bool read_rows(struct reader *r, const unsigned widths[3], uint64_t first, uint64_t count,
                      const unsigned char **p, const unsigned char *end)
{
    static const enum place_kind kinds[] = { PLACE_FREE, PLACE_FILE, PLACE_PACKED };
    unsigned row = widths[0] + widths[1] + widths[2];
    if (first < SIZE_LIMIT && count < SIZE_LIMIT && count * row <= (size_t)(end - *p))
        make_room(r, (unsigned)(first + count));
    for (uint64_t i = 0; i < count; i++) {
        if ((size_t)(end - *p) < row)
            return false;
        uint64_t type = take_field(p, widths[0], 1), wide = take_field(p, widths[1], 0);
        uint64_t narrow = take_field(p, widths[2], 0);
        struct place place = place_of(type <= 2 ? kinds[type] : PLACE_FREE, wide, narrow);
        if (!set_place(r, first + i, place))
            return false;
    }
    return true;
}

static bool read_xref_stream(struct reader *r, struct cos dict)
{
    unsigned widths[3];
    struct cursor w = cos_inside(cos_get(dict, "W")), index = cos_inside(cos_get(dict, "Index"));
    for (int i = 0; i < 3; i++) {
        int64_t width = cos_integer(cos_next(&w, false), -1);
        if (width < 0 || width > 8)
            return false;
        widths[i] = (unsigned)width;
    }
    if (!reader_stream(r, dict, &r->rows))
        return false;
    const unsigned char *p = (unsigned char *)r->rows.data, *end = p + r->rows.length;
    int64_t size = cos_integer(cos_get(dict, "Size"), -1);
    if (index.at == index.end)
        return size >= 0 && read_rows(r, widths, 0, (uint64_t)size, &p, end);
    for (;;) {
        const struct cos first = cos_next(&index, false), count = cos_next(&index, false);
        if (first.kind == COS_NONE)
            return true;
        if (cos_integer(first, -1) < 0 || cos_integer(count, -1) < 0 ||
            !read_rows(r, widths, (uint64_t)cos_integer(first, 0), (uint64_t)cos_integer(count, 0), &p, end))
            return false;
    }
}

/* A section's table or stream; *trailer is its dictionary. */
static bool read_section(struct reader *r, int64_t at, struct cos *trailer)
{
    if (at < 0 || at >= r->file.end - r->file.at)
        return false;
    struct cursor c = cursor_of(r->file.at + at, r->file.end);
    const struct cos first = cos_next(&c, false);
    if (cos_is_word(first, "xref")) {
        if (!read_table(r, &c))
            return false;
        *trailer = cos_next(&c, true);
        return trailer->kind == COS_DICT;
    }
    int64_t number = cos_integer(first, -1);
    if (number < 0 || number >= SIZE_LIMIT)
        return false;
    *trailer = object_at(r, (uint64_t)at, (unsigned)number);
    r->has_streams = true;
    return cos_is_name(cos_get(*trailer, "Type"), "XRef") && read_xref_stream(r, *trailer);
}

/* The last "startxref" of the file. */
static int64_t last_section(const struct reader *r)
{
    static const char word[] = "startxref";
    for (const char *p = r->file.end; p - r->file.at >= (ptrdiff_t)sizeof word; p--) {
        if (memcmp(p - (sizeof word - 1), word, sizeof word - 1) != 0)
            continue;
        struct cursor c = cursor_of(p, r->file.end);
        return cos_integer(cos_next(&c, false), -1);
    }
    return -1;
}

static const char *read_sections(struct reader *r)
{
    int64_t at = last_section(r);
    if (at < 0)
        return "no startxref says where its objects are";
    for (int i = 0; i < SECTIONS_LIMIT; i++) {
        struct cos trailer, hybrid;
        if (!read_section(r, at, &trailer))
            return "its cross-references cannot be read";
        if (i == 0)
            r->trailer = trailer;
        hybrid = cos_get(trailer, "XRefStm");
        if (hybrid.kind != COS_NONE && !read_section(r, cos_integer(hybrid, -1), &hybrid))
            return "its cross-references cannot be read";
        if (cos_get(trailer, "Prev").kind == COS_NONE)
            return NULL;
        at = cos_integer(cos_get(trailer, "Prev"), -1);
    }
    return "its cross-references have no end";
}

struct reader *reader_new(const char *bytes, size_t length, bool mapped, const char **why)
{
    struct reader *r = xcalloc(1, sizeof *r);
    r->mapped = mapped;
    r->file = cursor_of(bytes, bytes + length);
    r->had = xcalloc(length / STREAM_LEAST / 8 + 1, 1);
    buf_init(&r->rows);
    *why = read_sections(r);
    buf_drop(&r->rows); /* of a long table as much as all places */
    if (!*why && reader_get(r, r->trailer, "Root").kind != COS_DICT)
        *why = "it has no catalog";
    if (!*why)
        return r;
    reader_drop(r);
    return NULL;
}

void reader_drop(struct reader *r)
{
    struct packed *p, *next;
    HASH_ITER(hh, r->packed, p, next)
        forget(r, p);
    buf_drop(&r->rows);
    free(r->had);
    free(r->places);
    free(r);
}
