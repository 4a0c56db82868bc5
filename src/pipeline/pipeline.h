/*
 * The way of one report through the stages:
 *
 *   name --report, style, fonts--> (begun) --packet--> doc --layout--> scene --pdf, pdf_check--> artifact
 *
 * A report without a burst is one packet.
 * Each step gives false or NULL with a diagnostic. Nothing is written here.
 */
#ifndef MUJAZ_PIPELINE_PIPELINE_H
#define MUJAZ_PIPELINE_PIPELINE_H

#include "layout/layout.h"
#include "pdf/imposition.h"
#include "pipeline/attach.h"
#include "preview/preview.h"
#include "publish/publish.h"
#include "report/report.h"

/* What the editions of a packet share, and its packets. Zeroed is closed. */
struct pipeline {
    struct arena *arena;  /* of the packet */
    struct doc *doc;      /* of the packet; NULL: none yet */
    struct artifact *waiting; /* texts of ledgers, for what is made of the packet */
    size_t waiting_count;
    struct arena *shared;
    struct report *report;
    const char *workspace, *layout;         /* as they were asked for */
    const struct report_options *options;
    struct layout_part *parts;              /* the doc, and those behind it in its file */
    struct doc **following;                 /* these; one less than parts */
    size_t part_count;
    const struct style *style;
    struct font_set *fonts;
    struct text_engine *engine;
    bool borrowed;                  /* the fonts and the engine are another pipeline's */
    const char *spool;              /* folder, on its disk large files wait to be published; NULL: in memory */
    bool unchecked;                 /* finished PDFs are not held against PDF/UA and PDF/A; zero: they are */
    bool describes;                 /* pipeline_describe was called */
    struct preview *covers;         /* draws first pages; NULL: nobody asked for pictures */
    struct attachment *attachments; /* none unless pipeline_attach was called */
    size_t attachment_count;
};

/* `layout`: in place of the report's own; or NULL. Then one packet after the other, in the place of the one before;
 * without a burst, 0 and once. */
bool pipeline_begin(struct pipeline *, const char *workspace, const char *report, const char *layout,
                    const struct report_options *, struct diags *);
bool pipeline_packet(struct pipeline *, size_t packet, struct diags *);

/* Both: the report's only doc, or its first packet's. */
bool pipeline_open(struct pipeline *, const char *workspace, const char *report, const char *layout,
                   const struct report_options *, struct diags *);
/* pipeline_begin once more, beside one that is open: its fonts and the words shaped with them serve both where both ask
 * for the set of that name, and the other must outlive this one. NULL: alone. */
bool pipeline_begin_beside(struct pipeline *, const struct pipeline *other, const char *workspace,
                           const char *report, const char *layout, const struct report_options *, struct diags *);
/* Closes `old` and puts `next` in its place, with what it borrowed from it. */
void pipeline_replace(struct pipeline *old, struct pipeline *next);
void pipeline_close(struct pipeline *);

/* For who opens the packet's docs: a large ledger waits on the disk, not in memory. */
bool pipeline_spool_ledger(struct pipeline *, struct ledger *, struct diags *);

/* From then on the editions are in shades of one ink, whatever the layout says. */
void pipeline_proof_grey(struct pipeline *);
/* From then on the editions have attachments; pipeline/attach.h says which. */
bool pipeline_attach(struct pipeline *, struct diags *);

/* From then on pipeline_artifacts says what the PDFs are, and with `pictures` draws each edition's first page. */
void pipeline_describe(struct pipeline *, bool pictures);

/* The report's editions, or those of them that are asked for. False when it has not got one of these. */
bool pipeline_editions(const struct pipeline *, const char *workspace, const bool asked[EDITION_COUNT],
                       bool has_asked, bool editions[EDITION_COUNT], struct diags *);

/* `sink` takes the pages; NULL: they are kept. */
struct scene *pipeline_scene(const struct pipeline *, enum edition, const struct scene_sink *, struct diags *);

/* The edition's file: name ("NAME.pdf", "NAME.en.pdf", "NAME.ar.pdf", "NAME.sequential.pdf", owned by the arena),
 * bytes and digest. `pages` may be NULL. A file that breaks a rule of pdf_check is none. */
bool pipeline_artifact(const struct pipeline *, enum edition, struct artifact *, size_t *pages, struct diags *);

/* The same, added to `out` and *count, and behind it the file with its pages on sheets: "NAME.booklet.pdf",
 * "NAME.ar.2up.pdf". `sheets`: NULL or of no form for none. Last the picture, "NAME.ar.page1.png". Adds nothing when it
 * fails. */
bool pipeline_artifacts(const struct pipeline *, enum edition, const struct imposition *sheets, struct artifact *out,
                        size_t *count, size_t *pages, struct diags *);

/* The ledger that goes beside such a file: "NAME.ledger.json", "NAME.en.ledger.json". */
bool pipeline_ledger(const struct pipeline *, enum edition, const struct artifact *pdf, struct artifact *out,
                     struct diags *);

#endif
