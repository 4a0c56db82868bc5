/*
 * What a file has to keep to that claims PDF/X-4 (ISO 15930-7), beyond what PDF/A asks. Only what can break
 * here: of fonts, filters, transfer functions and the like PDF/A asks as much.
 */
#include "pdf_check/checker.h"

static bool meets(struct box a, struct box b)
{
    return a.left < b.right && b.left < a.right && a.bottom < b.top && b.bottom < a.top;
}

/* What is printed of a page: with its bleed, where it has one. */
static struct box printed_of(struct checker *c, const struct page *page)
{
    const struct cos dict = reader_object(c->reader, page->object);
    struct box media, bleed, trim;
    bool trimmed = checker_box(c, checker_get(c, dict, "TrimBox"), &trim);
    checker_box(c, checker_get(c, reader_object(c->reader, page->boxed), "MediaBox"), &media);
    if (!checker_box(c, checker_get(c, dict, "BleedBox"), &bleed))
        bleed = trimmed ? trim : media;
    if (!trimmed || cos_get(dict, "ArtBox").kind != COS_NONE || !box_is_inside(trim, bleed) ||
        !box_is_inside(bleed, media))
        fault(c, RULE_PRESS_BOX, page->object);
    return bleed;
}

static void check_page(struct checker *c, const struct page *page)
{
    struct box printed = printed_of(c, page), rect;
    struct cursor in = cos_inside(checker_get(c, reader_object(c->reader, page->object), "Annots"));
    for (struct cos v; (v = cos_next(&in, true)).kind != COS_NONE;)
        if (checker_box(c, checker_get(c, reader_resolve(c->reader, v), "Rect"), &rect) && meets(rect, printed))
            fault(c, RULE_PRESS_ANNOT, cos_reference(v));
}

/* The profile's own rules, and that all intents share it, are PDF/A's. */
static void check_intent(struct checker *c)
{
    struct cursor in = cos_inside(checker_get(c, c->catalog, "OutputIntents"));
    size_t good = 0;
    for (struct cos v; (v = cos_next(&in, true)).kind != COS_NONE;) {
        const struct cos intent = reader_resolve(c->reader, v);
        const struct cos profile = checker_get(c, intent, "DestOutputProfile");
        good += cos_is_name(checker_get(c, intent, "S"), "GTS_PDFX") &&
                cos_has_text(checker_get(c, intent, "OutputConditionIdentifier")) &&
                cos_has_text(checker_get(c, intent, "Info")) && checker_prints(c, profile);
    }
    if (good != 1)
        fault(c, RULE_PRESS_INTENT, c->catalog_number);
}

void check_press(struct checker *c)
{
    if (!c->for_press)
        return;
    check_intent(c);
    for (size_t i = 0; i < c->page_count; i++) {
        check_page(c, &c->pages[i]);
        reader_trim(c->reader);
    }
    if (c->action)
        fault(c, RULE_PRESS_ACTION, c->action);
    struct cursor file = reader_file(c->reader);
    if (file.end - file.at > 16 && file.at[7] > '6')
        fault(c, RULE_PRESS_FORMAT, 0);
}
