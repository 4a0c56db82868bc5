/* Strings, references and trees as they stand in a PDF file. Knows nothing of what the objects mean. */
#include "pdf/object.h"

#include "base/utf8.h"

#include <string.h>

enum { TREE_LEAF = 256 };

/* --- trees --- */

static void add_leaf(const struct pdf_tree *t, size_t from, size_t to, struct buf *body)
{
    buf_printf(body, "/%s [", t->kind);
    for (size_t i = from; i < to; i++) {
        t->add_key(t->context, i, body);
        buf_add_char(body, ' ');
        t->add_value(t->context, i, body);
        buf_add_char(body, '\n');
    }
    buf_add_string(body, "]");
}

static void add_kid(const struct pdf_tree *t, size_t from, size_t to, struct buf *body)
{
    buf_add_string(body, "/Limits [");
    t->add_key(t->context, from, body);
    buf_add_char(body, ' ');
    t->add_key(t->context, to - 1, body);
    buf_add_string(body, "] ");
    add_leaf(t, from, to, body);
}

unsigned pdf_tree_new(struct pdf_file *f, const struct pdf_tree *t)
{
    unsigned root = pdf_object_new(f);
    struct buf top, leaf;
    buf_init(&top);
    buf_init(&leaf);
    if (t->count <= TREE_LEAF) {
        add_leaf(t, 0, t->count, &top);
    } else {
        buf_add_string(&top, "/Kids [");
        for (size_t i = 0; i < t->count; i += TREE_LEAF) {
            unsigned kid = pdf_object_new(f);
            buf_clear(&leaf);
            add_kid(t, i, t->count - i < TREE_LEAF ? t->count : i + TREE_LEAF, &leaf);
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

static const char digits[] = "0123456789ABCDEF";

void pdf_add_ref(struct buf *b, unsigned number)
{
    buf_add_unsigned(b, number);
    buf_add_string(b, " 0 R");
}

static void add_hex16(struct buf *b, unsigned v)
{
    char hex[4] = { digits[v >> 12 & 15], digits[v >> 8 & 15], digits[v >> 4 & 15], digits[v & 15] };
    buf_add(b, hex, sizeof hex);
}

void pdf_add_utf16(struct buf *b, uint32_t c)
{
    if (c > 0xFFFF) {
        c -= 0x10000;
        add_hex16(b, 0xD800 + (c >> 10));
        c = 0xDC00 + (c & 0x3FF);
    }
    add_hex16(b, c);
}

/* A byte of a string in parentheses. A carriage return would be read as a line feed. */
static char *put_byte(char *to, unsigned char c)
{
    if (c == '(' || c == ')' || c == '\\' || c == '\r')
        *to++ = '\\';
    *to++ = c == '\r' ? 'r' : (char)c;
    return to;
}

static char *put_unit(char *to, uint32_t unit)
{
    return put_byte(put_byte(to, (unsigned char)(unit >> 8)), (unsigned char)unit);
}

static bool is_ascii(const char *utf8)
{
    while (*utf8 >= ' ' && *utf8 <= '~')
        utf8++;
    return !*utf8;
}

/* PDFDocEncoding has ASCII where it always is. */
void pdf_add_text(struct buf *b, const char *utf8)
{
    enum { MOST = 4 }; /* bytes for one of UTF-8 */
    if (is_ascii(utf8)) {
        pdf_add_bytes(b, utf8);
        return;
    }
    buf_add_string(b, "(\xFE\xFF");
    char *to = buf_reserve(b, MOST * strlen(utf8) + 1);
    while (*utf8) {
        uint32_t c = utf8_next(&utf8);
        if (c > 0xFFFF) {
            to = put_unit(to, 0xD800 + ((c - 0x10000) >> 10));
            c = 0xDC00 + (c & 0x3FF);
        }
        to = put_unit(to, c);
    }
    *to++ = ')';
    *to = '\0';
    b->length = (size_t)(to - b->data);
}

void pdf_add_bytes(struct buf *b, const char *bytes)
{
    buf_add_char(b, '(');
    char *to = buf_reserve(b, 2 * strlen(bytes) + 1);
    for (; *bytes; bytes++)
        to = put_byte(to, (unsigned char)*bytes);
    *to++ = ')';
    *to = '\0';
    b->length = (size_t)(to - b->data);
}

void pdf_add_hex(struct buf *b, const void *bytes, size_t length)
{
    const uint8_t *p = bytes;
    buf_add_char(b, '<');
    for (size_t i = 0; i < length; i++) {
        buf_add_char(b, digits[p[i] >> 4]);
        buf_add_char(b, digits[p[i] & 15]);
    }
    buf_add_char(b, '>');
}
