/*
 * The font set: reads fonts/NAME.yaml and checks every file that it names before anything is shaped with it.
 * Must not know of Pango or of lines.
 */
#include "text/font.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/key.h"
#include "base/nearest.h"
#include "base/share.h"

#include <hb-ot.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FONT_FILE_LIMIT = 32 << 20 };

static const struct key face_keys[] = {
    { "file", KEY_TEXT, true, .meaning = "its name in the folder" },
    { "number", KEY_WHOLE, false, .meaning = "which font of a collection, from 1", .least = 1 },
    { "sha256", KEY_TEXT, false, .meaning = "the file's digest: a differing one is a warning" },
    { 0 },
};
/* In the order of enum font_weight, upright and then slanted. */
static const struct key family_keys[] = {
    { "regular", KEY_MAP, false, .meaning = "the upright file", .of = face_keys },
    { "bold", KEY_MAP, false, .meaning = "the bold file", .of = face_keys },
    { "italic", KEY_MAP, false, .meaning = "the italic file, for emphasis in English", .of = face_keys },
    { "bold_italic", KEY_MAP, false, .meaning = "the same in bold", .of = face_keys },
    { 0 },
};
static const struct key role_keys[] = {
    { "en", KEY_TEXT, true, .meaning = "the family of English" },
    { "ar", KEY_TEXT, true, .meaning = "the family of Arabic" },
    { 0 },
};
/* In the order of enum font_role. */
static const struct key roles_keys[] = {
    { "reading", KEY_MAP, true, .meaning = "running text", .of = role_keys },
    { "heading", KEY_MAP, true, .meaning = "titles and headings", .of = role_keys },
    { "data", KEY_MAP, true, .meaning = "charts, tables, captions, header and footer", .of = role_keys },
    { 0 },
};
static const struct key set_keys[] = {
    { "licence", KEY_TEXT, true, .meaning = "of the fonts, as OFL-1.1" },
    { "package", KEY_TEXT, true, .meaning = "the Debian package that has them" },
    { "folder", KEY_TEXT, true, .meaning = "where the files are: from / on, or from the workspace" },
    { "families", KEY_NAMED, true, .meaning = "the families, by the names that their files have", .of = family_keys },
    { "roles", KEY_MAP, true, .meaning = "which family serves which role", .of = roles_keys },
    { 0 },
};

/* A digest that is compared when the face is drawn with. */
struct expected_digest {
    const struct font_face *face;
    const char *digest;
    struct place at;
};

struct font_set {
    struct arena *arena;
    struct font_face **faces;
    size_t count;
    const char *families[FONT_ROLE_COUNT][LANG_COUNT];
    struct expected_digest *italics;
    size_t italic_count;
};

const struct key *font_set_keys(void)
{
    return set_keys;
}

/* What the checks of one definition need. */
struct reading {
    struct font_set *set;
    const char *folder, *package;
    struct diags *diags;
    bool ok;
};

static uint16_t be16(const char *p)
{
    return (uint16_t)((uint8_t)p[0] << 8 | (uint8_t)p[1]);
}

static size_t table_length(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    size_t length = hb_blob_get_length(blob);
    hb_blob_destroy(blob);
    return length;
}

/* fsType of OS/2: why the font may not be embedded as a subset; NULL: it may. */
static const char *rights_fault(hb_face_t *face)
{
    enum { FS_TYPE_OFFSET = 8, RIGHTS = 0x000F, RESTRICTED = 0x0002, NO_SUBSETS = 0x0100, BITMAPS_ONLY = 0x0200 };
    hb_blob_t *blob = hb_face_reference_table(face, HB_TAG('O', 'S', '/', '2'));
    unsigned length, rights = 0;
    const char *table = hb_blob_get_data(blob, &length);
    bool known = length >= FS_TYPE_OFFSET + 2;
    if (known)
        rights = be16(table + FS_TYPE_OFFSET);
    hb_blob_destroy(blob);
    if (!known)
        return "does not say whether it may be embedded (it has no OS/2 table); choose another font";
    /* Of the lowest four bits the least restrictive counts, as OS/2 version 2 and older have it. */
    if ((rights & RIGHTS) == RESTRICTED)
        return "may not be embedded (OS/2 fsType: restricted licence); choose another font";
    if (rights & NO_SUBSETS)
        return "may be embedded only as a whole (OS/2 fsType: no subsets), and a PDF here holds subsets; choose "
               "another font";
    if (rights & BITMAPS_ONLY)
        return "may be embedded only as bitmaps (OS/2 fsType); choose another font";
    return NULL;
}

static const char *name_of(struct arena *arena, hb_face_t *face, hb_ot_name_id_t id)
{
    char name[256];
    unsigned size = sizeof name;
    hb_ot_name_get_utf8(face, id, hb_language_from_string("en", -1), &size, name);
    return size ? arena_string(arena, name) : NULL;
}

static void refuse(struct reading *r, struct place at, const char *path, const char *why)
{
    diag_add(r->diags, DIAG_FONT_REFUSED, at, "%s %s", path, why);
    r->ok = false;
}

/* PostScript names go into PDF names as they are. */
static bool is_postscript_name(const char *name)
{
    size_t length = name ? strlen(name) : 0;
    if (!length || length > 63)
        return false;
    for (const char *c = name; *c; c++)
        if (*c <= ' ' || *c > '~' || strchr("[](){}<>/%#", *c))
            return false;
    return true;
}

/* " (wght, wdth)": the axes of a variable font. */
static const char *axes_of(struct arena *arena, hb_face_t *face)
{
    enum { MOST = 8 };
    hb_ot_var_axis_info_t axes[MOST];
    unsigned count = MOST;
    const char *list = "";
    hb_ot_var_get_axis_infos(face, 0, &count, axes);
    for (unsigned i = 0; i < count; i++) {
        char tag[5] = { 0 };
        hb_tag_to_string(axes[i].tag, tag);
        list = arena_printf(arena, "%s%s%s", list, i ? ", " : " (", tag);
    }
    return count ? arena_printf(arena, "%s)", list) : "";
}

/* By its first bytes: what a file that is no OpenType font is; NULL: it may be one. */
static const char *kind_fault(const char *bytes, size_t length)
{
    static const struct {
        const char *start, *fault;
    } kinds[] = {
        { "wOFF", "is a web font (WOFF); name the .ttf or .otf file of the family" },
        { "wOF2", "is a web font (WOFF2); name the .ttf or .otf file of the family" },
        { "%!", "is a Type 1 font; name the .ttf or .otf file of the family" },
        { "\x80\x01", "is a Type 1 font; name the .ttf or .otf file of the family" },
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (length >= strlen(kinds[i].start) && memcmp(bytes, kinds[i].start, strlen(kinds[i].start)) == 0)
            return kinds[i].fault;
    return NULL;
}

/* NULL when its outlines can be embedded. */
static const char *outlines_fault(struct arena *arena, struct font_face *f)
{
    f->cubic = table_length(f->hb, HB_TAG('C', 'F', 'F', ' ')) > 0;
    if (table_length(f->hb, HB_TAG('f', 'v', 'a', 'r')))
        return arena_printf(arena, "is a variable font%s; name a file of one weight, which packages of static fonts "
                                   "call Family-Regular.ttf or the like",
                            axes_of(arena, f->hb));
    if (!hb_face_get_glyph_count(f->hb) || f->upem < 16 ||
        (!f->cubic && !table_length(f->hb, HB_TAG('g', 'l', 'y', 'f'))))
        return "has neither TrueType nor CFF outlines; a font here is a .ttf, .otf or .ttc file with a table 'glyf' or "
               "'CFF '";
    return NULL;
}

static void check_face(struct reading *r, struct font_face *f, struct place at)
{
    struct arena *arena = r->set->arena;
    const char *own = name_of(arena, f->hb, HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY);
    const char *fault = outlines_fault(arena, f);
    if (!own)
        own = name_of(arena, f->hb, HB_OT_NAME_ID_FONT_FAMILY);
    f->postscript_name = name_of(arena, f->hb, HB_OT_NAME_ID_POSTSCRIPT_NAME);
    if (!fault)
        fault = rights_fault(f->hb);
    if (!fault && !is_postscript_name(f->postscript_name))
        fault = "has no usable PostScript name; choose another font";
    if (!fault && (!own || strcmp(own, f->family)))
        fault = arena_printf(arena, "holds the family '%s'; list it under that name", own ? own : "");
    if (fault)
        refuse(r, at, f->path, fault);
}

static void check_digest(const struct font_face *f, const char *want, struct place at, struct diags *diags)
{
    char hex[HASH_HEX];
    if (hash_file(f->path, hex, diags) && strcmp(hex, want))
        diag_add(diags, DIAG_FONT_DIGEST, at,
                 "%s has the SHA-256 %s; with another version of the font, pages may break differently",
                 f->path, hex);
}

static void expect_digest(struct font_set *set, const struct font_face *f, const char *want, struct place at)
{
    set->italics = arena_grow(set->arena, set->italics, set->italic_count, sizeof *set->italics);
    set->italics[set->italic_count++] = (struct expected_digest){ f, want, at };
}

void font_set_check_italics(struct font_set *set, struct diags *diags)
{
    for (size_t i = 0; i < set->italic_count; i++)
        check_digest(set->italics[i].face, set->italics[i].digest, set->italics[i].at, diags);
    set->italic_count = 0;
}

/* The file, mapped: most of a font is never looked at. NULL with a diagnostic. */
static hb_blob_t *map_file(struct reading *r, const char *path, struct place at)
{
    uint64_t size;
    int fd = file_open(path, &size, r->diags);
    if (fd < 0)
        return NULL;
    close(fd);
    hb_blob_t *blob = size <= FONT_FILE_LIMIT ? hb_blob_create_from_file_or_fail(path) : NULL;
    if (!blob)
        refuse(r, at, path, "cannot be read as a whole, or has over 32 MB, which no font has; name another file");
    unsigned length = 0;
    const char *bytes = blob ? hb_blob_get_data(blob, &length) : NULL, *fault = kind_fault(bytes, length);
    if (fault) {
        refuse(r, at, path, fault);
        hb_blob_destroy(blob);
        return NULL;
    }
    return blob;
}

/* Adds a face of the file; takes the blob. */
static struct font_face *add_face(struct font_set *set, const char *path, hb_blob_t *blob, unsigned collected)
{
    struct font_face *f = arena_alloc(set->arena, sizeof *f);
    set->faces = arena_grow(set->arena, set->faces, set->count, sizeof(struct font_face *));
    f->index = (unsigned)set->count;
    set->faces[set->count++] = f;
    f->path = path;
    f->collected = collected;
    f->hb = hb_face_create(blob, collected);
    hb_blob_destroy(blob);
    hb_face_make_immutable(f->hb);
    f->upem = hb_face_get_upem(f->hb);
    return f;
}

/* The font of a collection that the definition names, 1 being the first. False with a diagnostic. */
static bool find_collected(struct reading *r, const struct node *node, hb_blob_t *blob, const char *path,
                           unsigned *collected)
{
    int64_t number = 1;
    unsigned count = hb_face_count(blob);
    if (!node_get(node, "number"))
        return true;
    struct place at = node_get(node, "number")->at;
    if (!node_int(node, "number", true, &number, r->diags)) {
        r->ok = false;
    } else if (number < 1 || number > count) {
        refuse(r, at, path, arena_printf(r->set->arena, "holds %u font%s; 'number' counts them from 1", count,
                                         count == 1 ? "" : "s"));
    } else {
        *collected = (unsigned)number - 1;
        return true;
    }
    return false;
}

/* NULL with a diagnostic. `upright`: that the face is the italic of. */
static struct font_face *load_face(struct reading *r, const struct node *node, const char *family,
                                   enum font_weight weight, struct font_face *upright)
{
    struct arena *arena = r->set->arena;
    const char *file = NULL, *digest = NULL;
    keys_check(node, face_keys, "font", r->diags);
    node_text(node, "sha256", false, &digest, r->diags);
    if (!node_text(node, "file", true, &file, r->diags)) {
        r->ok = false;
        return NULL;
    }
    struct place at = node_get(node, "file")->at;
    if (!file_path_is_inside(file)) {
        refuse(r, at, file, "is no name of a file inside 'folder'");
        return NULL;
    }
    const char *path = file_join(arena, r->folder, file);
    if (!file_exists(path))
        diag_add(r->diags, DIAG_FONT_MISSING, at, "the font file %s is not there; install the package %s",
                 path, r->package);
    hb_blob_t *blob = file_exists(path) ? map_file(r, path, at) : NULL;
    if (!blob) {
        r->ok = false;
        return NULL;
    }
    unsigned collected = 0;
    if (!find_collected(r, node, blob, path, &collected)) {
        hb_blob_destroy(blob);
        return NULL;
    }
    struct font_face *f = add_face(r->set, path, blob, collected);
    f->family = family;
    f->weight = weight;
    check_face(r, f, at);
    f->upright = upright;
    if (upright)
        upright->italic = f;
    if (digest && upright)
        expect_digest(r->set, f, digest, node_get(node, "sha256")->at);
    else if (digest)
        check_digest(f, digest, node_get(node, "sha256")->at, r->diags);
    return f;
}

static void load_family(struct reading *r, const struct node *family, const char *name)
{
    struct font_face *faces[2 * WEIGHT_COUNT] = { NULL };
    for (size_t i = 0; family_keys[i].name; i++)
        if (node_get(family, family_keys[i].name))
            faces[i] = load_face(r, node_get(family, family_keys[i].name), name, (enum font_weight)(i % WEIGHT_COUNT),
                                 i < WEIGHT_COUNT ? NULL : faces[i - WEIGHT_COUNT]);
    /* Headings are bold, and in the accent's colour already: there only its shape tells what is stressed. */
    if (faces[WEIGHT_REGULAR] && faces[WEIGHT_BOLD] && !faces[WEIGHT_BOLD]->italic)
        faces[WEIGHT_BOLD]->italic = faces[WEIGHT_REGULAR]->italic;
}

static void load_families(struct reading *r, const struct node *families)
{
    for (size_t i = 0; i < families->count; i++) {
        const struct node *family = families->items[i];
        keys_check(family, family_keys, "family", r->diags);
        if (family->kind != NODE_MAP)
            diag_add(r->diags, DIAG_VALUE_KIND, family->at, "the family '%s' is no map; write {regular: ..., "
                     "bold: ...}", families->keys[i]);
        load_family(r, family, families->keys[i]);
    }
}

static void load_role(struct reading *r, const struct node *roles, const struct node *families,
                      enum font_role role)
{
    const char *key = roles_keys[role].name;
    const struct node *node = node_get(roles, key);
    if (!node) {
        diag_add(r->diags, DIAG_FONT_ROLE, roles->at,
                 "no families for '%s'; reading, heading and data each need some", key);
        r->ok = false;
        return;
    }
    keys_check(node, role_keys, "role", r->diags);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        const char *name;
        if (!node_text(node, lang_tag(lang), true, &name, r->diags)) {
            r->ok = false;
            continue;
        }
        const struct node *family = node_get(families, name);
        if (!family || !node_get(family, "regular") || !node_get(family, "bold")) {
            diag_add(r->diags, DIAG_FONT_ROLE, node_get(node, lang_tag(lang))->at,
                     "the family '%s' is not listed under 'families' with a regular and a bold file; %s", name,
                     family ? "give it both" : nearest_hint(r->set->arena, name, families->keys, families->count,
                                                            "list it, or name one that is"));
            r->ok = false;
        }
        r->set->families[role][lang] = name;
    }
}

static void load_definition(struct reading *r, const struct node *root, const char *workspace)
{
    const char *licence, *folder = NULL;
    keys_check(root, set_keys, "font definition", r->diags);
    bool ok = node_text(root, "licence", true, &licence, r->diags);
    ok &= node_text(root, "package", true, &r->package, r->diags);
    ok &= node_text(root, "folder", true, &folder, r->diags);
    const struct node *families = node_get(root, "families"), *roles = node_get(root, "roles");
    keys_check(roles, roles_keys, "roles", r->diags);
    if (!families || families->kind != NODE_MAP || !roles || roles->kind != NODE_MAP) {
        diag_add(r->diags, DIAG_FONT_ROLE, root->at,
                 "the font definition lacks 'families' or 'roles'; both are maps");
        ok = false;
    }
    if (!ok) {
        r->ok = false;
        return;
    }
    r->folder = folder[0] == '/' ? folder : file_join(r->set->arena, workspace, folder);
    load_families(r, families);
    for (enum font_role role = 0; role < FONT_ROLE_COUNT; role++)
        load_role(r, roles, families, role);
}

struct font_set *font_set_load(const char *workspace, const char *name, struct diags *diags)
{
    struct arena *arena = arena_new();
    struct font_set *set = arena_alloc(arena, sizeof *set);
    set->arena = arena;
    const char *path = share_find(arena, workspace, arena_printf(arena, "fonts/%s.yaml", name));
    size_t errors = diags_errors(diags);
    const struct node *root = node_load(path, arena, diags);
    struct reading r = { .set = set, .diags = diags, .ok = root != NULL };
    if (root)
        load_definition(&r, root, workspace);
    if (!r.ok || diags_errors(diags) > errors) {
        font_set_drop(set);
        return NULL;
    }
    return set;
}

void font_set_drop(struct font_set *set)
{
    if (!set)
        return;
    for (size_t i = 0; i < set->count; i++)
        hb_face_destroy(set->faces[i]->hb);
    arena_drop(set->arena);
}

size_t font_set_faces(const struct font_set *set)
{
    return set->count;
}

const struct font_face *font_set_face(const struct font_set *set, size_t index)
{
    return set->faces[index];
}

const char *font_set_family(const struct font_set *set, enum font_role role, enum lang lang)
{
    return set->families[role][lang];
}

const struct font_face *font_set_find(const struct font_set *set, enum font_role role, enum lang lang,
                                      enum font_weight weight)
{
    size_t i = 0;
    while (set->faces[i]->weight != weight || strcmp(set->faces[i]->family, set->families[role][lang]))
        i++; /* a set that was loaded has all of them */
    return set->faces[i];
}
