/* Pages and their annotations. */
#include "pdf_check/checker.h"

enum { PAGE_DEPTH = 40 };

/* --- boxes --- */

static bool is_length(double points)
{
    return points >= 3 && points <= 14400;
}

static struct box check_box(struct checker *c, struct cos v, unsigned number, const char *key)
{
    struct box box;
    bool good = checker_box(c, v, &box);
    if (!good || !is_length(box.right - box.left) || !is_length(box.top - box.bottom))
        fault_with(c, RULE_PAGE_BOX, number, "%s", key);
    return box;
}

static void check_boxes(struct checker *c, struct cos page, struct cos media, unsigned number)
{
    static const char *const others[] = { "CropBox", "BleedBox", "TrimBox", "ArtBox" };
    const struct box outer = check_box(c, media, number, "MediaBox");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (cos_get(page, others[i]).kind == COS_NONE)
            continue;
        const struct box box = check_box(c, checker_get(c, page, others[i]), number, others[i]);
        if (!box_is_inside(box, outer))
            fault_with(c, RULE_BOX_OUTSIDE, number, "%s", others[i]);
    }
}

/* --- annotations --- */

static bool leads_somewhere(struct checker *c, struct cos dict)
{
    const struct cos dest = checker_get(c, dict, "Dest");
    if (dest.kind == COS_NONE)
        return checker_get(c, dict, "A").kind == COS_DICT;
    return dest.kind == COS_ARRAY || checker_has_destination(c, dest);
}

static void check_kind(struct checker *c, struct cos kind, unsigned number)
{
    static const char *const allowed[] = { "Text", "Link", "FreeText", "Line", "Square", "Circle", "Polygon",
                                           "PolyLine", "Highlight", "Underline", "Squiggly", "StrikeOut", "Stamp",
                                           "Caret", "Ink", "Popup", "FileAttachment", "Widget", "PrinterMark",
                                           "Watermark", "Redact" };
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        if (cos_is_name(kind, allowed[i]))
            return;
    fault_at(c, RULE_ANNOT_KIND, number, kind);
}

static void check_annotation(struct checker *c, struct cos v, unsigned page)
{
    enum { PRINT = 4, WRONG = 1 | 2 | 32 | 256 };
    const struct cos dict = reader_resolve(c->reader, v), kind = checker_get(c, dict, "Subtype");
    const struct cos looks = checker_get(c, dict, "AP");
    int64_t flags = cos_integer(checker_get(c, dict, "F"), 0);
    unsigned number = reader_is_there(c->reader, cos_reference(v)) ? cos_reference(v) : 0;
    bool popup = cos_is_name(kind, "Popup"), link = cos_is_name(kind, "Link");
    check_kind(c, kind, number);
    if (!popup && (!(flags & PRINT) || flags & WRONG))
        fault_with(c, RULE_ANNOT_FLAGS, number, "F %d", (int)flags);
    if ((!popup && !link && checker_get(c, looks, "N").kind == COS_NONE) ||
        (looks.kind == COS_DICT && cos_count(looks) != 2))
        fault(c, RULE_ANNOT_LOOKS, number);
    if (!popup && !cos_has_text(checker_get(c, dict, "Contents")))
        fault(c, RULE_ANNOT_TEXT, number);
    if (link && !leads_somewhere(c, dict))
        fault(c, RULE_LINK_TARGET, number);
    c->annotations = arena_grow(c->arena, c->annotations, c->annotation_count, sizeof *c->annotations);
    c->annotations[c->annotation_count++] = (struct annotation){
        number, page, cos_integer(checker_get(c, dict, "StructParent"), -1), link, popup, 0
    };
}

/* --- the tree --- */

/* What a page inherits. */
struct inherited {
    struct cos box;
    unsigned resources, boxed; /* object numbers of who has them, and the box */
};

static void check_page(struct checker *c, struct cos dict, unsigned number, struct inherited from)
{
    const struct cos annotations = checker_get(c, dict, "Annots");
    struct cursor in = cos_inside(annotations);
    check_boxes(c, dict, from.box, number);
    if (in.at < in.end && !cos_is_name(checker_get(c, dict, "Tabs"), "S"))
        fault(c, RULE_TABS, number);
    for (struct cos v; (v = cos_next(&in, true)).kind != COS_NONE;)
        check_annotation(c, v, number);
    c->pages = arena_grow(c->arena, c->pages, c->page_count, sizeof *c->pages);
    c->pages[c->page_count++] = (struct page){ .object = number, .resources = from.resources, .boxed = from.boxed };
    checker_set_page(c, number);
}

/* Gives the pages below. */
static int64_t walk(struct checker *c, struct cos v, unsigned parent, struct inherited from, int depth)
{
    const struct cos node = reader_resolve(c->reader, v), kids = cos_get(node, "Kids");
    const struct cos box = checker_get(c, node, "MediaBox");
    unsigned number = cos_reference(v);
    int64_t count = 0;
    if (depth > PAGE_DEPTH || !number || node.kind != COS_DICT || checker_number(node, "Parent", 0) != parent ||
        !checker_add_node(c, number)) {
        fault(c, RULE_PAGE_TREE, number);
        return 0;
    }
    if (checker_get(c, node, "Resources").kind != COS_NONE)
        from.resources = number;
    if (box.kind != COS_NONE) {
        from.box = box;
        from.boxed = number;
    }
    if (cos_is_name(checker_get(c, node, "Type"), "Page")) {
        check_page(c, node, number, from);
        return 1;
    }
    struct cursor in = cos_inside(reader_resolve(c->reader, kids));
    reader_hold(c->reader, number); /* box and kids */
    reader_hold(c->reader, cos_reference(kids));
    reader_hold(c->reader, checker_number(node, "MediaBox", 0));
    for (struct cos kid; (kid = cos_next(&in, true)).kind != COS_NONE;) {
        count += walk(c, kid, number, from, depth + 1);
        reader_trim(c->reader);
    }
    if (count != cos_integer(checker_get(c, node, "Count"), -1))
        fault_with(c, RULE_PAGE_TREE, number, "Count");
    reader_release(c->reader, cos_reference(kids));
    reader_release(c->reader, checker_number(node, "MediaBox", 0));
    reader_release(c->reader, number);
    return count;
}

void check_pages(struct checker *c)
{
    struct inherited none = { .box = { .kind = COS_NONE } };
    walk(c, cos_get(c->catalog, "Pages"), 0, none, 0);
}
