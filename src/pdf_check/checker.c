/* What several tests need to look something up. */
#include "pdf_check/checker.h"

#include <string.h>

struct cos checker_get(struct checker *c, struct cos dict, const char *key)
{
    return reader_get(c->reader, dict, key);
}

unsigned checker_number(struct cos dict, const char *key, unsigned otherwise)
{
    const struct cos v = cos_get(dict, key);
    return v.kind == COS_REFERENCE ? cos_reference(v) : otherwise;
}

struct page *checker_page(struct checker *c, unsigned number)
{
    uint32_t place = number < reader_size(c->reader) ? c->page_of[number] : 0;
    return place && place <= c->page_count ? &c->pages[place - 1] : NULL;
}

/* Parts of 1 to 8 letters, in later ones also digits, with hyphens between them. */
bool checker_is_language(struct cos v)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    struct buf text;
    buf_init(&text);
    cos_add_text(v, &text);
    bool good = text.length > 0 && strlen(text.data) == text.length;
    size_t allowed = 52;
    for (const char *p = text.data; good; allowed = sizeof letters - 1) {
        size_t length = 0;
        while (p[length] && memchr(letters, p[length], allowed))
            length++;
        good = length >= 1 && length <= 8 && (p[length] == '-' || !p[length]);
        p += length;
        if (!*p++)
            break;
    }
    buf_drop(&text);
    return good;
}
