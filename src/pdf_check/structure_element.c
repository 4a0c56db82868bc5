/* What an element of the structure says of itself: its type (ISO 32000-1, 14.8.4) and its attributes (14.7.5). */
#include "pdf_check/checker.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

bool structure_is_standard(const char *role)
{
    static const char *const standard[] = { /* in order */
        "Annot", "Art", "BibEntry", "BlockQuote", "Caption", "Code", "Div", "Document", "Figure", "Form", "Formula",
        "H", "H1", "H2", "H3", "H4", "H5", "H6", "Index", "L", "LBody", "LI", "Lbl", "Link", "NonStruct", "Note",
        "P", "Part", "Private", "Quote", "RB", "RP", "RT", "Reference", "Ruby", "Sect", "Span", "TBody", "TD",
        "TFoot", "TH", "THead", "TOC", "TOCI", "TR", "Table", "WP", "WT", "Warichu"
    };
    return bsearch(&role, standard, sizeof standard / sizeof *standard, sizeof *standard, utf8_compare) != NULL;
}

void structure_name(struct cos v, char name[ROLE_LENGTH])
{
    struct buf text;
    if (v.end - v.at <= ROLE_LENGTH && !memchr(v.at, '#', (size_t)(v.end - v.at))) { /* most are short and plain */
        memcpy(name, v.at + 1, (size_t)(v.end - v.at) - 1);
        name[v.end - v.at - 1] = '\0';
        return;
    }
    buf_init(&text);
    cos_add_name(v, &text);
    size_t length = text.length < ROLE_LENGTH ? text.length : ROLE_LENGTH - 1;
    memcpy(name, text.data, length);
    name[length] = '\0';
    buf_drop(&text);
}

bool structure_role(struct checker *c, struct cos element, char name[ROLE_LENGTH])
{
    enum { STEPS = 20 };
    struct cos v = checker_get(c, element, "S");
    for (int i = 0; i < STEPS && v.kind == COS_NAME; i++) {
        structure_name(v, name);
        if (structure_is_standard(name))
            return true;
        v = checker_get(c, checker_get(c, checker_get(c, c->catalog, "StructTreeRoot"), "RoleMap"), name);
    }
    return false;
}

/* --- attributes --- */

static struct cos attribute_of(struct checker *c, struct cos dict, const char *owner, const char *key)
{
    bool owns = cos_is_name(checker_get(c, dict, "O"), owner);
    return owns ? checker_get(c, dict, key) : cos_of(COS_NONE, dict.end, dict.end);
}

/* In one dictionary, or an array of them. */
static struct cos find_attribute(struct checker *c, struct cos attributes, const char *owner, const char *key)
{
    struct cursor in = cos_inside(attributes);
    if (attributes.kind == COS_DICT)
        return attribute_of(c, attributes, owner, key);
    for (struct cos v; attributes.kind == COS_ARRAY && (v = cos_next(&in, true)).kind != COS_NONE;) {
        const struct cos found = attribute_of(c, reader_resolve(c->reader, v), owner, key);
        if (found.kind != COS_NONE)
            return found;
    }
    return cos_of(COS_NONE, in.at, in.at);
}

struct cos structure_attribute(struct checker *c, struct cos element, const char *owner, const char *key)
{
    const struct cos own = find_attribute(c, checker_get(c, element, "A"), owner, key);
    const struct cos classes = checker_get(c, element, "C");
    struct cursor in = classes.kind == COS_NAME ? cursor_of(classes.at, classes.end) : cos_inside(classes);
    if (own.kind != COS_NONE || classes.kind == COS_NONE)
        return own;
    const struct cos all = checker_get(c, checker_get(c, c->catalog, "StructTreeRoot"), "ClassMap");
    for (struct cos v; (v = cos_next(&in, true)).kind != COS_NONE;) {
        struct buf name;
        buf_init(&name);
        cos_add_name(v, &name);
        const struct cos found = find_attribute(c, checker_get(c, all, name.data), owner, key);
        buf_drop(&name);
        if (found.kind != COS_NONE)
            return found;
    }
    return own;
}
