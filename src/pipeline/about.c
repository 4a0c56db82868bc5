/* What a PDF is, to JSON and back. Believes nothing that it reads: it may come from a damaged file. */
#include "pipeline/about.h"

#include <string.h>

#include "base/hash.h"
#include "base/json.h"

enum { PAGES_MOST = 1000000, DOTS_MOST = 10000 };

static void add_both(struct json *j, const char *key, const char *const texts[LANG_COUNT])
{
    json_put_object(j, key);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        json_key(j, lang_tag((enum lang)lang));
        json_string(j, texts[lang] ? texts[lang] : "");
    }
    json_object_end(j);
}

void about_write(const struct about *a, struct json *j)
{
    json_object_begin(j);
    json_key(j, "edition");
    json_string(j, edition_name(a->edition));
    json_put_count(j, "pages", a->pages);
    json_key(j, "as_of");
    json_string(j, a->as_of);
    add_both(j, "title", a->title);
    add_both(j, "subtitle", a->subtitle);
    add_both(j, "author", a->author);
    if (a->picture) {
        json_key(j, "picture");
        json_string(j, a->picture);
        json_put_count(j, "width", a->width);
        json_put_count(j, "height", a->height);
    }
    if (a->shown)
        json_put_text(j, "shown", a->shown);
    json_object_end(j);
}

static bool read_text(const struct node *map, const char *key, const char **out)
{
    const struct node *node = node_get(map, key);
    if (!node || node->kind != NODE_SCALAR)
        return false;
    *out = node->text;
    return true;
}

static bool read_both(const struct node *map, const char *key, const char *out[LANG_COUNT])
{
    const struct node *both = node_get(map, key);
    return read_text(both, lang_tag(LANG_EN), &out[LANG_EN]) && read_text(both, lang_tag(LANG_AR), &out[LANG_AR]);
}

static bool read_count(const struct node *map, const char *key, size_t most, size_t *out)
{
    const char *text;
    *out = 0;
    if (!read_text(map, key, &text) || !text[0] || strlen(text) > 9)
        return false;
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return false;
        *out = *out * 10 + (size_t)(*text - '0');
    }
    return *out >= 1 && *out <= most;
}

static bool read_digest(const struct node *map, const char *key, const char **out)
{
    return read_text(map, key, out) && strlen(*out) == HASH_HEX - 1 && strspn(*out, "0123456789abcdef") == HASH_HEX - 1;
}

static bool read_edition(const struct node *map, enum edition *out)
{
    const char *name;
    if (!read_text(map, "edition", &name))
        return false;
    for (int e = 0; e < EDITION_COUNT; e++)
        if (strcmp(name, edition_name((enum edition)e)) == 0) {
            *out = (enum edition)e;
            return true;
        }
    return false;
}

bool about_read(const struct node *map, struct about *out)
{
    struct date day;
    *out = (struct about){ 0 };
    if (!read_edition(map, &out->edition) || !read_count(map, "pages", PAGES_MOST, &out->pages)
        || !read_text(map, "as_of", &out->as_of) || !date_parse(out->as_of, &day)
        || !read_both(map, "title", out->title) || !read_both(map, "subtitle", out->subtitle)
        || !read_both(map, "author", out->author))
        return false;
    if (node_get(map, "shown") && !read_digest(map, "shown", &out->shown))
        return false;
    if (!node_get(map, "picture"))
        return true;
    return read_text(map, "picture", &out->picture) && read_count(map, "width", DOTS_MOST, &out->width)
        && read_count(map, "height", DOTS_MOST, &out->height);
}
