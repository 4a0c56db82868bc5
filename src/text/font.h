/*
 * Fonts: which file serves which role, style and script (fonts/NAME.yaml), loaded from the system's packages.
 * fontconfig is asked only for the files that the definition names, so the machine's other fonts play no
 * part.
 */
#ifndef MUJAZ_TEXT_FONT_H
#define MUJAZ_TEXT_FONT_H

#include <hb.h>

#include "base/diag.h"
#include "base/lang.h"

enum font_role { FONT_READING, FONT_HEADING, FONT_DATA, FONT_ROLE_COUNT };
enum font_weight { WEIGHT_REGULAR, WEIGHT_BOLD, WEIGHT_COUNT };

/* One font file. Lives as long as its font_set. */
struct font_face {
    const char *path;
    const char *family; /* as the definition and the file name it */
    enum font_weight weight;
    const char *postscript_name;
    hb_face_t *hb;
    unsigned upem;
    bool cubic;         /* CFF outlines; else TrueType ones */
    unsigned collected; /* 0-based, in a font collection (.ttc, .otc); 0 in a file of one font */
    unsigned index; /* in the set, 0-based, stable for the same definition */
    const struct font_face *italic;  /* that of an upright face, in its weight or else regular; NULL: it has none */
    const struct font_face *upright; /* that of an italic; NULL: it is none */
};

struct font_set;

/* All that fonts/NAME.yaml may say: read by the loader, and by whoever describes the format. */
struct key;
const struct key *font_set_keys(void);

/* Reads fonts/NAME.yaml below the workspace; checks that each file is there, its embedding right, outlines
 * (TrueType or CFF), that it is not variable, and its digest when the definition gives one. NULL with diagnostics.
 */
struct font_set *font_set_load(const char *workspace, const char *name, struct diags *);
void font_set_drop(struct font_set *);
/* The digests of its italics, which loading leaves out since few texts have any. Once; warnings. */
void font_set_check_italics(struct font_set *, struct diags *);
size_t font_set_faces(const struct font_set *);
const struct font_face *font_set_face(const struct font_set *, size_t index);
/* The family name (as Pango knows it) that serves a role in a script, and its face of a weight. */
const char *font_set_family(const struct font_set *, enum font_role, enum lang);
const struct font_face *font_set_find(const struct font_set *, enum font_role, enum lang, enum font_weight);

#endif
