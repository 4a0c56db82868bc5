/*
 * The file as bytes and objects: header, trailer, syntax, limits, streams, actions. Takes note of embedded files on the
 * way, since it is the one that looks at every object. Knows nothing of what pages show.
 */
#include "pdf_check/checker.h"

#include <string.h>

#include "base/progress.h"

enum { OBJECTS_SAID = 256 }; /* so often it is said how far they are tested */

/* --- header and trailer --- */

static void check_header(struct checker *c)
{
    struct cursor f = reader_file(c->reader);
    size_t length = (size_t)(f.end - f.at);
    const unsigned char *p = (const unsigned char *)f.at;
    bool begins = length > 16 && memcmp(p, "%PDF-1.", 7) == 0;
    if (!begins || p[7] < '0' || p[7] > '7' || (p[8] != '\n' && p[8] != '\r')) {
        fault(c, RULE_HEADER, 0);
        return;
    }
    p += p[8] == '\r' && p[9] == '\n' ? 10 : 9;
    if (p[0] != '%' || p[1] < 128 || p[2] < 128 || p[3] < 128 || p[4] < 128)
        fault(c, RULE_BINARY, 0);
    const struct cos later = checker_get(c, c->catalog, "Version");
    bool is_old = f.at[7] < '5' && later.kind == COS_NONE;
    if (reader_has_streams(c->reader) && is_old)
        fault_with(c, RULE_VERSION, 0, "1.%c", f.at[7]);
}

static void check_end(struct checker *c)
{
    static const char mark[] = "%%EOF";
    struct cursor f = reader_file(c->reader);
    const char *end = f.end;
    end -= end > f.at && end[-1] == '\n';
    end -= end > f.at && end[-1] == '\r';
    if (end - f.at < 5 || memcmp(end - 5, mark, 5) != 0)
        fault(c, RULE_END, 0);
}

void check_file(struct checker *c)
{
    const struct cos trailer = reader_trailer(c->reader);
    struct cursor id = cos_inside(checker_get(c, trailer, "ID"));
    bool both = cos_has_text(cos_next(&id, true)) & cos_has_text(cos_next(&id, true));
    check_header(c);
    check_end(c);
    if (!both || cos_next(&id, true).kind != COS_NONE)
        fault(c, RULE_FILE_ID, 0);
    if (cos_get(trailer, "Encrypt").kind != COS_NONE)
        fault(c, RULE_ENCRYPTED, 0);
}

/* --- values --- */

static bool is_good_hex(const char *at, const char *end)
{
    size_t digits = 0;
    for (const char *p = at + 1; p < end - 1; p++) {
        bool is_digit = (*p >= '0' && *p <= '9') || ((*p | 32) >= 'a' && (*p | 32) <= 'f');
        digits += is_digit;
        if (!is_digit && !strchr(" \n\r\t\f", *p))
            return false;
    }
    return digits % 2 == 0;
}

/* Only a string that could be too long is decoded. */
static void check_string(struct checker *c, struct cos v, unsigned number)
{
    enum { MOST = 32767 };
    struct buf bytes;
    if (v.kind == COS_HEX && !is_good_hex(v.at, v.end))
        fault(c, RULE_HEX, number);
    if (v.end - v.at <= MOST)
        return;
    buf_init(&bytes);
    cos_add_string(v, &bytes);
    if (bytes.length > MOST)
        fault_with(c, RULE_STRING_LONG, number, "%zu bytes", bytes.length);
    buf_drop(&bytes);
}

static void check_name(struct checker *c, struct cos v, unsigned number)
{
    enum { MOST = 127 };
    struct buf bytes;
    if (v.end - v.at <= MOST + 1)
        return;
    buf_init(&bytes);
    cos_add_name(v, &bytes);
    if (bytes.length > MOST)
        fault(c, RULE_NAME_LONG, number);
    buf_drop(&bytes);
}

static void check_action(struct checker *c, struct cos action, unsigned number)
{
    static const char *const allowed[] = { "GoTo", "GoToR", "GoToE", "Thread", "URI", "Named", "SubmitForm" };
    static const char *const named[] = { "NextPage", "PrevPage", "FirstPage", "LastPage" };
    const struct cos kind = checker_get(c, action, "S"), name = checker_get(c, action, "N");
    bool good = false, known = false;
    c->action = c->action ? c->action : number;
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        good |= cos_is_name(kind, allowed[i]);
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        known |= cos_is_name(name, named[i]);
    if (!good)
        fault_at(c, RULE_ACTION, number, kind);
    if (cos_is_name(kind, "Named") && !known)
        fault(c, RULE_ACTION_NAMED, number);
}

static void take_associated(struct checker *c, struct cos files)
{
    struct cursor in = cos_inside(reader_resolve(c->reader, files));
    for (struct cos v; (v = cos_next(&in, true)).kind != COS_NONE;)
        if (reader_is_there(c->reader, cos_reference(v)))
            c->associated[cos_reference(v)] = true;
}

static void take_specification(struct checker *c, unsigned number)
{
    c->specifications = arena_grow(c->arena, c->specifications, c->specification_count, sizeof *c->specifications);
    c->specifications[c->specification_count++] = number;
}

/* Keys that check_entry looks at, but for A. */
static bool is_remarkable(struct cos name)
{
    static const char *const keys[] = { "AA", "PresSteps", "AF", "EF", "OpenAction", "Next" };
    if (!strchr("AEPON", name.at[1]))
        return false;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (cos_is_name(name, keys[i]))
            return true;
    return false;
}

/* Of the structure tree, where A is no action but attributes. It need not say its type; nothing that has actions has an
 * S. */
static bool is_element(struct cos dict)
{
    return cos_get(dict, "S").kind == COS_NAME && cos_reference(cos_get(dict, "P"));
}

static void check_entry(struct checker *c, struct cos dict, struct cos key, struct cos v, unsigned number)
{
    bool action = cos_is_name(key, "OpenAction") || cos_is_name(key, "Next") ||
                  (cos_is_name(key, "A") && !is_element(dict));
    if (cos_is_name(key, "AA"))
        fault(c, RULE_ACTION_MORE, number);
    else if (cos_is_name(key, "PresSteps"))
        fault(c, RULE_PRESENTATION, number);
    else if (cos_is_name(key, "AF"))
        take_associated(c, v);
    else if (cos_is_name(key, "EF"))
        take_specification(c, number);
    v = action ? reader_resolve(c->reader, v) : v;
    if (action && v.kind == COS_DICT && checker_get(c, v, "S").kind != COS_NONE)
        check_action(c, v, number);
}

static void check_value(struct checker *c, struct cos v, unsigned number, int depth);

static void check_inside(struct checker *c, struct cos v, unsigned number, int depth)
{
    struct cursor in = cos_inside(v);
    for (;;) {
        const struct cos first = cos_next(&in, true);
        if (first.kind == COS_NONE)
            return;
        check_value(c, first, number, depth + 1);
        if (v.kind == COS_ARRAY)
            continue;
        const struct cos second = cos_next(&in, true);
        if (first.kind != COS_NAME || second.kind == COS_NONE) {
            fault_with(c, RULE_OBJECT, number, "a dictionary has no key and value in turn");
            return;
        }
        check_value(c, second, number, depth + 1);
        check_entry(c, v, first, second, number);
    }
}

static void check_value(struct checker *c, struct cos v, unsigned number, int depth)
{
    if (v.kind == COS_BAD || v.kind == COS_WORD || v.kind == COS_NONE)
        fault(c, RULE_OBJECT, number);
    if (v.kind == COS_INTEGER && v.end - v.at > 9 && (cos_number(v, 0) > INT32_MAX || cos_number(v, 0) < INT32_MIN))
        fault_at(c, RULE_INTEGER, number, v);
    if (v.kind == COS_STRING || v.kind == COS_HEX)
        check_string(c, v, number);
    if (v.kind == COS_NAME)
        check_name(c, v, number);
    if (v.kind == COS_REFERENCE && !reader_is_there(c->reader, cos_reference(v)))
        fault_at(c, RULE_REFERENCE, number, v);
    if ((v.kind == COS_ARRAY || v.kind == COS_DICT) && depth < COS_DEPTH)
        check_inside(c, v, number, depth);
}

static bool is_plain_token(struct checker *c, struct cos v)
{
    enum { INTEGER = 9, NAME = 127, STRING = 32767 }; /* of so many bytes none is too large or too long */
    size_t length = (size_t)(v.end - v.at);
    switch (v.kind) {
    case COS_INTEGER:
        return length <= INTEGER;
    case COS_NAME:
        return length <= NAME && !is_remarkable(v);
    case COS_STRING:
        return length <= STRING;
    case COS_HEX:
        return length <= STRING && is_good_hex(v.at, v.end);
    case COS_REFERENCE:
        return reader_is_there(c->reader, cos_reference(v));
    default:
        return true;
    }
}

/* Whether a value on a tape has nothing in it that check_value would look at more closely: most have not. A is of a
 * structure element, which has it once, or may be an action. */
static bool is_plain(struct checker *c, struct cos v)
{
    size_t attributes = 0;
    for (size_t i = 0; v.token && i < v.token->skip; i++) {
        const struct cos now = cos_at_token(v, i);
        if (!is_plain_token(c, now))
            return false;
        attributes += now.kind == COS_NAME && now.end - now.at == 2 && now.at[1] == 'A';
    }
    bool element = attributes == 1 && cos_get(v, "A").kind != COS_NONE && is_element(v);
    return v.token && (!attributes || element);
}

/* --- objects and streams --- */

static bool is_line_end(const char *p)
{
    return *p == '\n' || *p == '\r';
}

/* "12 0 obj" and a line's end. */
static void check_spacing(struct checker *c, struct cursor at, unsigned number)
{
    struct cursor in = at;
    const struct cos head = cos_next(&in, false), generation = cos_next(&in, false), word = cos_next(&in, false);
    const char *begin = reader_file(c->reader).at;
    if (head.at != at.at || generation.at != head.end + 1 || word.at != generation.end + 1 || !is_line_end(word.end) ||
        (at.at > begin && !is_line_end(at.at - 1)))
        fault(c, RULE_SPACING, number);
}

static void check_filter(struct checker *c, struct cos filter, unsigned number)
{
    static const char *const allowed[] = { "FlateDecode", "DCTDecode", "ASCIIHexDecode", "ASCII85Decode",
                                           "RunLengthDecode", "CCITTFaxDecode", "JBIG2Decode", "JPXDecode" };
    bool good = false;
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        good |= cos_is_name(filter, allowed[i]);
    if (!good)
        fault_at(c, RULE_FILTER, number, filter);
}

static void check_filters(struct checker *c, struct cos dict, unsigned number)
{
    const struct cos filter = checker_get(c, dict, "Filter");
    struct cursor in = cos_inside(filter);
    if (filter.kind == COS_NAME)
        check_filter(c, filter, number);
    for (struct cos v; (v = cos_next(&in, true)).kind != COS_NONE;)
        check_filter(c, reader_resolve(c->reader, v), number);
}

static void check_stream(struct checker *c, struct cos dict, unsigned number)
{
    static const char *const outside[] = { "F", "FFilter", "FDecodeParms" };
    static const char word[] = "endstream";
    struct cursor raw, in = cursor_of(dict.end, reader_file(c->reader).end);
    if (!cos_is_word(cos_next(&in, false), "stream"))
        return;
    if (!reader_raw(c->reader, dict, &raw)) {
        fault(c, RULE_STREAM_LENGTH, number);
        return;
    }
    const char *p = raw.end, *end = reader_file(c->reader).end;
    if (raw.at[-1] != '\n' || raw.at - in.at > 2)
        fault(c, RULE_STREAM_LINE, number);
    p += p < end && *p == '\r';
    p += p < end && *p == '\n';
    if ((size_t)(end - p) < sizeof word - 1 || memcmp(p, word, sizeof word - 1) != 0)
        fault(c, RULE_STREAM_LENGTH, number);
    else if (p == raw.end)
        fault(c, RULE_STREAM_LINE, number);
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        if (cos_get(dict, outside[i]).kind != COS_NONE)
            fault_with(c, RULE_STREAM_OUTSIDE, number, "%s", outside[i]);
    check_filters(c, dict, number);
}

void check_objects(struct checker *c)
{
    check_value(c, reader_trailer(c->reader), 0, 0);
    for (unsigned number = 1; number < reader_size(c->reader); number++, reader_trim(c->reader)) {
        if (number % OBJECTS_SAID == 0)
            progress_say(c->diags, PROGRESS_CHECK, number, reader_size(c->reader));
        const struct cos v = reader_object(c->reader, number);
        struct cursor at;
        if (v.kind == COS_NONE)
            continue;
        if (!is_plain(c, v))
            check_value(c, v, number, 0);
        if (!reader_place(c->reader, number, &at))
            continue;
        check_spacing(c, at, number);
        if (v.kind == COS_DICT)
            check_stream(c, v, number);
    }
}

/* Streams that no other test had to decode. */
void check_streams(struct checker *c)
{
    struct buf bytes;
    struct cursor at;
    buf_init(&bytes);
    for (unsigned number = 1; number < reader_size(c->reader); number++, reader_trim(c->reader)) {
        if (!reader_place(c->reader, number, &at))
            continue;
        const struct cos v = reader_object(c->reader, number);
        if (!reader_had(c->reader, v) && cos_is_name(checker_get(c, v, "Filter"), "FlateDecode") &&
            reader_raw(c->reader, v, &at) && !reader_stream(c->reader, v, &bytes))
            fault(c, RULE_STREAM_DATA, number);
    }
    buf_drop(&bytes);
}
