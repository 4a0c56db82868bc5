/* What the tests of a file share. Private to src/pdf_check. */
#ifndef MUJAZ_PDF_CHECK_CHECKER_H
#define MUJAZ_PDF_CHECK_CHECKER_H

#include "base/arena.h"
#include "base/diag.h"
#include "pdf_check/reader.h"

enum rule {
#define RULE(id, test, clause, wrong, right) RULE_##id,
#include "pdf_check/rules.h"
#undef RULE
    RULE_COUNT
};

struct page {
    unsigned object;
    unsigned resources;   /* object number of the node that has them: the page, or one above; 0: none */
    unsigned boxed;       /* the same of its MediaBox */
    size_t first;           /* in `owners` */
    size_t marked;          /* MCIDs, from 0 on */
};

/* An annotation of a page. */
struct annotation {
    unsigned object, page; /* object numbers */
    int64_t key;           /* StructParent; -1: none */
    bool link, popup;
    unsigned owner;        /* element with the OBJR that leads to it; 0: none */
};

/* Codes of a font that pages show; two bytes each, or one. */
struct font_use;

/* In place of an owner: there is content, which no element has; there is no content. */
enum { OWNER_NONE = 0, OWNER_ABSENT = 0x7FFFFFFF };

enum output_colours { OUTPUT_NONE, OUTPUT_GREY, OUTPUT_RGB, OUTPUT_CMYK };

struct checker {
    const char *file; /* name, for diagnostics */
    struct diags *diags;
    struct reader *reader;
    struct arena *arena;
    struct cos catalog;
    unsigned catalog_number;
    size_t faults[RULE_COUNT];
    enum output_colours output;
    bool for_press;     /* the metadata claims PDF/X-4 */
    unsigned action;    /* object number of the first one; 0: there is none */
    struct destination *destinations; /* by name; catalog_drop */
    struct page *pages; /* in the arena, as what follows */
    size_t page_count;
    struct page_node *page_nodes; /* by object number; checker_drop_pages */
    struct annotation *annotations;
    size_t annotation_count;
    uint32_t *owners;   /* object number of the element that each MCID of each page belongs to; heap */
    size_t owner_count, owner_room;
    struct font_use *fonts; /* freed by check_fonts */
    bool *associated;   /* by object number: some AF holds the file specification */
    unsigned *specifications; /* object numbers of dictionaries with EF */
    size_t specification_count;
};

/* A fault of a rule in an object (0: of the file); with what it is about, or the beginning of the value. */
void fault(struct checker *, enum rule, unsigned object);
void fault_with(struct checker *, enum rule, unsigned object, const char *detail, ...)
    __attribute__((format(printf, 4, 5)));
void fault_at(struct checker *, enum rule, unsigned object, struct cos);
/* Tells how many more there were of each rule than were told; whether there was none. */
bool faults_sum(const struct checker *);

void check_file(struct checker *);
void check_objects(struct checker *);
void check_catalog(struct checker *);
void check_metadata(struct checker *);
void check_pages(struct checker *);
void check_press(struct checker *);
void check_content(struct checker *);
void check_fonts(struct checker *);
void check_structure(struct checker *);
void check_attachments(struct checker *);
void check_streams(struct checker *); /* last */

/* --- what several tests need --- */

/* An entry of a dictionary of the file, references followed. */
struct cos checker_get(struct checker *, struct cos dict, const char *key);
/* Object number of what an entry refers to, `otherwise` of one that stands in its dictionary. */
unsigned checker_number(struct cos dict, const char *key, unsigned otherwise);
/* A rectangle of the file, in points; false when there is none: then it is of zeros. */
struct box {
    double left, bottom, right, top;
};
bool checker_box(struct checker *, struct cos, struct box *out);
bool box_is_inside(struct box inner, struct box outer);
/* A language tag (BCP 47 in outline). */
bool checker_is_language(struct cos);
/* Goes through a name tree ("Names") or number tree ("Nums"): take gets each key and its value, not resolved. Order and
 * limits are tested on the way. */
typedef void tree_taker(struct checker *, struct cos key, struct cos, void *context);
void checker_tree(struct checker *, struct cos root, unsigned number, const char *kind, tree_taker *, void *context);
/* Colours of an ICC profile: "GRAY", "RGB " or "CMYK"; OUTPUT_NONE when it is no good profile for them. `number` is its
 * stream's. */
enum output_colours checker_profile(struct checker *, struct cos stream);
/* Whether it is the profile of a printer. */
bool checker_prints(struct checker *, struct cos stream);

/* Whether a destination has the name that a string is. */
bool checker_has_destination(struct checker *, struct cos);
void catalog_drop(struct checker *);
/* check_content tells which codes are shown, check_fonts looks at them. */
struct font_use *fonts_use(struct checker *, unsigned font);
void fonts_show(struct font_use *, const char *bytes, size_t length);
/* The page of that object number, or NULL. */
struct page *checker_page(struct checker *, unsigned number);
/* Takes note of an object of the page tree: of a node in it, or of the latest page. False: it has been there before. */
bool checker_add_node(struct checker *, unsigned number);
void checker_set_page(struct checker *, unsigned number);
void checker_drop_pages(struct checker *);
/* The table that an element of the structure is. */
void check_table(struct checker *, struct cos table, unsigned number);
/* Standard type that an element's S stands for, as RoleMap has it, in `name`; false when there is none. */
enum { ROLE_LENGTH = 32 };
bool structure_role(struct checker *, struct cos element, char name[ROLE_LENGTH]);
void structure_name(struct cos, char name[ROLE_LENGTH]); /* cut when longer */
bool structure_is_standard(const char *role);
/* An attribute of an element of the owner "Table", "Layout"; COS_NONE when it has not got it. */
struct cos structure_attribute(struct checker *, struct cos element, const char *owner, const char *key);

#endif
