/* Metadata: XMP as XML, what it claims, and Info beside it. Knows as much of XML as one packet needs. */
#include "pdf_check/checker.h"

#include <string.h>

#include "base/utf8.h"

/* --- XML --- */

enum { XML_DEPTH = 32 };

struct xml {
    const char *at, *end;
    struct { const char *at; size_t length; } open[XML_DEPTH]; /* names of the elements that are open */
    int depth;
    bool good;
};

static bool starts(const char *at, const char *end, const char *with)
{
    size_t length = strlen(with);
    return (size_t)(end - at) >= length && memcmp(at, with, length) == 0;
}

/* Behind the next `mark`; at the end, and no good XML, when there is none. */
static void skip_behind(struct xml *x, const char *mark)
{
    while (x->at < x->end && !starts(x->at, x->end, mark))
        x->at++;
    x->good &= x->at < x->end;
    x->at += x->at < x->end ? strlen(mark) : 0;
}

static size_t name_length(const char *at, const char *end)
{
    size_t n = 0;
    while (at + n < end && at[n] && !strchr(" \t\r\n/>=<", at[n]))
        n++;
    return n;
}

/* Attributes up to ">"; true when the element ends there. */
static bool skip_attributes(struct xml *x)
{
    while (x->good && x->at < x->end && *x->at != '>' && *x->at != '/') {
        if (strchr(" \t\r\n", *x->at)) {
            x->at++;
            continue;
        }
        size_t length = name_length(x->at, x->end);
        x->at += length;
        char quote = x->end - x->at > 2 && *x->at == '=' ? x->at[1] : '\0';
        x->good &= length > 0 && (quote == '"' || quote == '\'');
        x->at += x->good ? 2 : 0;
        while (x->good && x->at < x->end && *x->at != quote)
            x->good &= *x->at++ != '<';
        x->at += x->at < x->end;
    }
    bool ends = starts(x->at, x->end, "/>");
    x->good &= ends || starts(x->at, x->end, ">");
    x->at += x->good ? 1 + ends : 0;
    return ends;
}

static void take_start(struct xml *x)
{
    const char *name = ++x->at;
    size_t length = name_length(name, x->end);
    x->at += length;
    x->good &= length > 0;
    if (skip_attributes(x))
        return;
    x->good &= x->depth < XML_DEPTH;
    if (!x->good)
        return;
    x->open[x->depth].at = name;
    x->open[x->depth++].length = length;
}

static void take_close(struct xml *x)
{
    const char *name = x->at += 2;
    size_t length = name_length(name, x->end);
    x->good &= x->depth > 0 && x->open[x->depth - 1].length == length &&
               memcmp(x->open[x->depth - 1].at, name, length) == 0;
    x->depth -= x->good;
    skip_behind(x, ">");
}

static void take_entity(struct xml *x)
{
    static const char *const known[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&apos;" };
    bool good = starts(x->at, x->end, "&#");
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        good |= starts(x->at, x->end, known[i]);
    x->good &= good;
    x->at++;
}

static bool is_well_formed(const struct buf *b)
{
    struct xml x = { .at = b->data, .end = b->data + b->length };
    x.good = utf8_check(b->data, b->length) == b->length && strlen(b->data) == b->length;
    while (x.good && x.at < x.end) {
        if (starts(x.at, x.end, "<?"))
            skip_behind(&x, "?>");
        else if (starts(x.at, x.end, "<!--"))
            skip_behind(&x, "-->");
        else if (starts(x.at, x.end, "</"))
            take_close(&x);
        else if (*x.at == '<')
            take_start(&x);
        else if (*x.at == '&')
            take_entity(&x);
        else
            x.at++;
    }
    return x.good && x.depth == 0;
}

/* --- properties --- */

static void add_unescaped(const char *p, const char *end, struct buf *out)
{
    static const struct {
        const char *entity;
        char c;
    } known[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&apos;", '\'' } };
    while (p < end) {
        size_t i = 0;
        while (i < sizeof known / sizeof *known && !starts(p, end, known[i].entity))
            i++;
        bool found = i < sizeof known / sizeof *known;
        buf_add_char(out, found ? known[i].c : *p);
        p += found ? strlen(known[i].entity) : 1;
    }
}

/* Behind the start tag at `p` and those that follow it at once: of a list, of its first item. NULL: one has no end. */
static const char *behind_tags(const char *p)
{
    for (;;) {
        const char *close = strchr(p, '>');
        if (!close)
            return NULL;
        p = close + 1 + strspn(close + 1, " \t\r\n");
        if (*p != '<' || p[1] == '/')
            return close + 1;
    }
}

/* The text of the first element of that name, the text of its first item when it holds a list; or of the attribute.
 * False when there is neither. */
static bool find_property(const struct buf *xmp, const char *name, struct buf *out)
{
    size_t length = strlen(name);
    buf_clear(out);
    for (const char *p = xmp->data; (p = strstr(p, name)) != NULL; p += length) {
        char before = p > xmp->data ? p[-1] : '\0', after = p[length];
        const char *from = NULL, *end = NULL;
        if (before == '<' && (after == '>' || after == ' ')) {
            from = behind_tags(p);
            end = from ? strchr(from, '<') : NULL;
        } else if (before && strchr(" \t\r\n", before) && after == '=' && p[length + 1]) {
            from = p + length + 2;
            end = strchr(from, p[length + 1]);
        }
        if (!end)
            continue;
        add_unescaped(from, end, out);
        return true;
    }
    return false;
}

static bool says(const struct buf *xmp, const char *name, const char *want)
{
    struct buf text;
    buf_init(&text);
    bool same = find_property(xmp, name, &text) && strcmp(text.data, want) == 0;
    buf_drop(&text);
    return same;
}

/* Prefixes whose properties PDF/A knows; those of extension schemas are named in the packet. */
static bool is_known_prefix(const struct buf *xmp, const char *at, size_t length)
{
    static const char *const known[] = { "x", "rdf", "xml", "xmlns", "dc", "xmp", "pdf", "xmpMM", "xmpRights", "pdfaid",
                                         "pdfaExtension", "pdfaSchema", "pdfaProperty", "pdfaType", "pdfaField" };
    static const char mark[] = "<pdfaSchema:prefix>";
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i]) == length && memcmp(known[i], at, length) == 0)
            return true;
    for (const char *p = xmp->data; (p = strstr(p, mark)) != NULL;) {
        p += sizeof mark - 1;
        if (strncmp(p, at, length) == 0 && p[length] == '<')
            return true;
    }
    return false;
}

static void check_prefixes(struct checker *c, const struct buf *xmp, unsigned number)
{
    for (const char *p = xmp->data; (p = strchr(p, '<')) != NULL;) {
        size_t length = name_length(++p, xmp->data + xmp->length);
        const char *colon = memchr(p, ':', length);
        if (*p != '?' && *p != '!' && colon && !is_known_prefix(xmp, p, (size_t)(colon - p)))
            fault_with(c, RULE_XMP_SCHEMA, number, "%.*s", (int)(length > 60 ? 60 : length), p);
    }
}

static void check_packet(struct checker *c, const struct buf *xmp, unsigned number)
{
    const char *end = strstr(xmp->data, "?>");
    struct buf head;
    buf_init(&head);
    if (end && strncmp(xmp->data, "<?xpacket ", 10) == 0)
        buf_add(&head, xmp->data, (size_t)(end - xmp->data));
    if (!strstr(head.data, "begin=") || !strstr(head.data, "id=") || strstr(head.data, " bytes=") ||
        strstr(head.data, " encoding="))
        fault(c, RULE_XMP_PACKET, number);
    buf_drop(&head);
}

/* --- Info --- */

/* "D:20240403000000Z" as XMP's "2024-04-03T00:00:00Z". */
static void add_date(const char *pdf, struct buf *out)
{
    static const char between[] = "    - - T : :";
    if (strncmp(pdf, "D:", 2) != 0 || strspn(pdf + 2, "0123456789") != 14)
        return;
    for (int i = 0; i < 14; i++) {
        if (i >= 4 && i % 2 == 0)
            buf_add_char(out, between[i]);
        buf_add_char(out, pdf[2 + i]);
    }
    const char *zone = pdf + 16; /* "Z", or "+03'00'" */
    if (*zone == 'Z' || strlen(zone) < 6)
        buf_add_string(out, zone);
    else
        buf_printf(out, "%.3s:%.2s", zone, zone + 4);
}

static void check_info(struct checker *c, const struct buf *xmp)
{
    static const struct {
        const char *key, *property;
        bool date;
    } pairs[] = { { "Title", "dc:title", false }, { "Author", "dc:creator", false },
                  { "Subject", "dc:description", false }, { "Creator", "xmp:CreatorTool", false },
                  { "Producer", "pdf:Producer", false }, { "CreationDate", "xmp:CreateDate", true },
                  { "ModDate", "xmp:ModifyDate", true } };
    const struct cos trailer = reader_trailer(c->reader), info = checker_get(c, trailer, "Info");
    struct buf text, date;
    buf_init(&text);
    buf_init(&date);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const struct cos v = checker_get(c, info, pairs[i].key);
        if (v.kind == COS_NONE)
            continue;
        buf_clear(&text);
        cos_add_text(v, &text);
        buf_clear(&date);
        if (pairs[i].date)
            add_date(text.data, &date);
        if (!says(xmp, pairs[i].property, pairs[i].date ? date.data : text.data))
            fault_with(c, RULE_INFO, checker_number(trailer, "Info", 0), "%s", pairs[i].key);
    }
    buf_drop(&text);
    buf_drop(&date);
}

/* What PDF/X-4 asks, of a file that claims to be PDF/X. */
static void check_for_press(struct checker *c, const struct buf *xmp, unsigned number)
{
    static const char *const wanted[] = { "xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass",
                                          "xmp:MetadataDate", "xmp:CreateDate", "xmp:ModifyDate" };
    const struct cos trailer = reader_trailer(c->reader), info = checker_get(c, trailer, "Info");
    const struct cos trapped = checker_get(c, info, "Trapped");
    struct buf text;
    buf_init(&text);
    c->for_press = find_property(xmp, "pdfxid:GTS_PDFXVersion", &text);
    if (c->for_press && strcmp(text.data, "PDF/X-4") != 0)
        fault_with(c, RULE_PRESS_METADATA, number, "%.60s", text.data);
    for (size_t i = 0; c->for_press && i < sizeof wanted / sizeof *wanted; i++)
        if (!find_property(xmp, wanted[i], &text) || !text.length)
            fault_with(c, RULE_PRESS_METADATA, number, "%s", wanted[i]);
    bool said = (cos_is_name(trapped, "True") && says(xmp, "pdf:Trapped", "True")) ||
                (cos_is_name(trapped, "False") && says(xmp, "pdf:Trapped", "False"));
    if (c->for_press && !said)
        fault(c, RULE_PRESS_TRAPPED, number);
    buf_drop(&text);
}

void check_metadata(struct checker *c)
{
    const struct cos stream = checker_get(c, c->catalog, "Metadata");
    unsigned number = checker_number(c->catalog, "Metadata", c->catalog_number);
    struct buf xmp, title;
    buf_init(&xmp);
    buf_init(&title);
    if (!cos_is_name(checker_get(c, stream, "Type"), "Metadata") ||
        !cos_is_name(checker_get(c, stream, "Subtype"), "XML") || !reader_stream(c->reader, stream, &xmp)) {
        fault(c, RULE_METADATA, number);
    } else {
        check_packet(c, &xmp, number);
        if (!is_well_formed(&xmp))
            fault(c, RULE_XMP_FORM, number);
        if (!find_property(&xmp, "dc:title", &title) || !title.length)
            fault(c, RULE_XMP_TITLE, number);
        if (!says(&xmp, "pdfuaid:part", "1"))
            fault(c, RULE_XMP_UA, number);
        if (!says(&xmp, "pdfaid:part", "3") || !says(&xmp, "pdfaid:conformance", "A"))
            fault(c, RULE_XMP_A, number);
        check_prefixes(c, &xmp, number);
        check_info(c, &xmp);
        check_for_press(c, &xmp, number);
    }
    buf_drop(&xmp);
    buf_drop(&title);
}
