/* What the catalog says of the whole document: tags, titles, outline, labels, destinations, output intent. */
#include "pdf_check/checker.h"

#include <string.h>

#include <uthash.h>

/* What would make the file another kind of document. */
static void check_absent(struct checker *c)
{
    static const struct {
        const char *key;
        enum rule rule;
    } absent[] = { { "AcroForm", RULE_FORM }, { "NeedsRendering", RULE_FORM }, { "OCProperties", RULE_LAYERS },
                   { "Requirements", RULE_REQUIREMENTS }, { "Perms", RULE_REQUIREMENTS } };
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++)
        if (cos_get(c->catalog, absent[i].key).kind != COS_NONE)
            fault_with(c, absent[i].rule, c->catalog_number, "%s", absent[i].key);
    const struct cos names = checker_get(c, c->catalog, "Names");
    if (cos_get(names, "JavaScript").kind != COS_NONE)
        fault(c, RULE_SCRIPTS, c->catalog_number);
    if (cos_get(names, "AlternatePresentations").kind != COS_NONE)
        fault(c, RULE_ALTERNATE, c->catalog_number);
}

static void check_flags(struct checker *c)
{
    const struct cos mark = checker_get(c, c->catalog, "MarkInfo"), lang = checker_get(c, c->catalog, "Lang");
    const struct cos viewer = checker_get(c, c->catalog, "ViewerPreferences");
    if (!cos_is_true(checker_get(c, mark, "Marked")))
        fault(c, RULE_MARKED, c->catalog_number);
    if (cos_is_true(checker_get(c, mark, "Suspects")))
        fault(c, RULE_SUSPECTS, c->catalog_number);
    if (!cos_is_true(checker_get(c, viewer, "DisplayDocTitle")))
        fault(c, RULE_TITLE_SHOWN, c->catalog_number);
    if (lang.kind == COS_NONE)
        fault(c, RULE_CATALOG_LANG, c->catalog_number);
    else if (!checker_is_language(lang))
        fault(c, RULE_LANG, c->catalog_number);
    if (checker_get(c, c->catalog, "StructTreeRoot").kind != COS_DICT)
        fault(c, RULE_STRUCTURE, c->catalog_number);
}

/* --- destinations --- */

struct destination {
    const char *name; /* bytes */
    UT_hash_handle hh;
};

static struct destination *find_destination(struct checker *c, const struct buf *name)
{
    struct destination *d;
    HASH_FIND(hh, c->destinations, name->data, name->length, d);
    return d;
}

bool checker_has_destination(struct checker *c, struct cos v)
{
    struct buf name;
    buf_init(&name);
    cos_add_string(v, &name);
    bool has = find_destination(c, &name) != NULL;
    buf_drop(&name);
    return has;
}

static void keep_destination(struct checker *c, struct cos key)
{
    struct buf name;
    buf_init(&name);
    cos_add_string(key, &name);
    if (!find_destination(c, &name)) {
        struct destination *d = arena_alloc(c->arena, sizeof *d);
        d->name = arena_copy(c->arena, name.data, name.length + 1);
        HASH_ADD_KEYPTR(hh, c->destinations, d->name, name.length, d);
    }
    buf_drop(&name);
}

static void take_destination(struct checker *c, struct cos key, struct cos v, void *context)
{
    struct cos target = reader_resolve(c->reader, v);
    (void)context;
    keep_destination(c, key);
    if (target.kind == COS_DICT)
        target = checker_get(c, target, "D");
    struct cursor in = cos_inside(target);
    const struct cos page = cos_next(&in, true);
    if (!cos_is_name(checker_get(c, reader_resolve(c->reader, page), "Type"), "Page"))
        fault_at(c, RULE_DESTINATION, cos_reference(v), key);
}

static void check_destinations(struct checker *c)
{
    const struct cos names = checker_get(c, c->catalog, "Names"), dests = checker_get(c, names, "Dests");
    if (dests.kind == COS_DICT)
        checker_tree(c, dests, checker_number(names, "Dests", c->catalog_number), "Names", take_destination, NULL);
}

/* --- outline and labels --- */

enum { OUTLINE_DEPTH = 30 };

static bool is_target(struct checker *c, struct cos dest)
{
    return dest.kind == COS_ARRAY || checker_has_destination(c, dest);
}

/* Items of one level; as many in all as the file has objects, since a circle would not end. */
static void check_items(struct checker *c, struct cos parent, unsigned number, size_t *left, int depth)
{
    unsigned before = 0, last = checker_number(parent, "Last", 0);
    for (unsigned at = checker_number(parent, "First", 0); at; ) {
        const struct cos item = reader_object(c->reader, at);
        if (!*left || depth > OUTLINE_DEPTH || item.kind != COS_DICT) {
            fault_with(c, RULE_OUTLINE, at, "not in a tree");
            return;
        }
        --*left;
        if (!cos_has_text(checker_get(c, item, "Title")) ||
            (cos_get(item, "A").kind == COS_NONE && !is_target(c, checker_get(c, item, "Dest"))))
            fault(c, RULE_OUTLINE, at);
        if (checker_number(item, "Parent", 0) != number || checker_number(item, "Prev", 0) != before)
            fault_with(c, RULE_OUTLINE, at, "Parent or Prev");
        check_items(c, item, at, left, depth + 1);
        before = at;
        at = checker_number(item, "Next", 0);
    }
    if (before != last)
        fault_with(c, RULE_OUTLINE, number, "Last");
}

static void check_outline(struct checker *c)
{
    const struct cos outlines = checker_get(c, c->catalog, "Outlines");
    size_t left = reader_size(c->reader);
    if (outlines.kind == COS_DICT)
        check_items(c, outlines, checker_number(c->catalog, "Outlines", 0), &left, 0);
}

static void take_label(struct checker *c, struct cos key, struct cos v, void *context)
{
    bool *first = context;
    (void)c;
    *first |= cos_integer(key, -1) == 0 && v.kind != COS_NONE;
}

static void check_labels(struct checker *c)
{
    const struct cos labels = checker_get(c, c->catalog, "PageLabels");
    bool first = false;
    if (labels.kind == COS_DICT)
        checker_tree(c, labels, checker_number(c->catalog, "PageLabels", c->catalog_number), "Nums", take_label,
                     &first);
    if (!first)
        fault(c, RULE_PAGE_LABELS, c->catalog_number);
}

/* --- output intent --- */

enum { PROFILE_VERSION = 8, PROFILE_CLASS = 12, PROFILE_SPACE = 16, PROFILE_HEADER = 128 };

enum output_colours checker_profile(struct checker *c, struct cos stream)
{
    static const struct {
        const char *space;
        enum output_colours colours;
        int count;
    } spaces[] = { { "GRAY", OUTPUT_GREY, 1 }, { "RGB ", OUTPUT_RGB, 3 }, { "CMYK", OUTPUT_CMYK, 4 } };
    enum output_colours colours = OUTPUT_NONE;
    struct buf profile;
    buf_init(&profile);
    bool read = reader_stream(c->reader, stream, &profile) && profile.length >= PROFILE_HEADER &&
                profile.data[PROFILE_VERSION] >= 1 && profile.data[PROFILE_VERSION] <= 4 &&
                memcmp(profile.data + 36, "acsp", 4) == 0;
    const char *class = profile.data + PROFILE_CLASS;
    bool device = read && (memcmp(class, "prtr", 4) == 0 || memcmp(class, "mntr", 4) == 0);
    for (size_t i = 0; device && i < sizeof spaces / sizeof *spaces; i++)
        if (memcmp(profile.data + PROFILE_SPACE, spaces[i].space, 4) == 0 &&
            cos_integer(checker_get(c, stream, "N"), 0) == spaces[i].count)
            colours = spaces[i].colours;
    buf_drop(&profile);
    return colours;
}

bool checker_prints(struct checker *c, struct cos stream)
{
    struct buf profile;
    buf_init(&profile);
    bool prints = reader_stream(c->reader, stream, &profile) && profile.length >= PROFILE_HEADER &&
                  memcmp(profile.data + PROFILE_CLASS, "prtr", 4) == 0;
    buf_drop(&profile);
    return prints;
}

static void check_intents(struct checker *c)
{
    struct cursor in = cos_inside(checker_get(c, c->catalog, "OutputIntents"));
    unsigned profile = 0;
    for (struct cos v; (v = cos_next(&in, true)).kind != COS_NONE;) {
        const struct cos intent = reader_resolve(c->reader, v);
        unsigned number = checker_number(intent, "DestOutputProfile", 0);
        if (number && profile && number != profile)
            fault(c, RULE_INTENT_MORE, cos_reference(v));
        profile = number ? number : profile;
        if (cos_is_name(checker_get(c, intent, "S"), "GTS_PDFA1"))
            c->output = checker_profile(c, checker_get(c, intent, "DestOutputProfile"));
    }
    if (c->output == OUTPUT_NONE)
        fault(c, RULE_INTENT, c->catalog_number);
}

void catalog_drop(struct checker *c)
{
    HASH_CLEAR(hh, c->destinations);
}

void check_catalog(struct checker *c)
{
    check_flags(c);
    check_absent(c);
    check_destinations(c);
    check_outline(c);
    check_labels(c);
    check_intents(c);
}
