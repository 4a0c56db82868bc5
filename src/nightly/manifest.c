/* Manifests. Must not know how a run is made. */
#include "nightly/manifest.h"

#include <inttypes.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/node.h"

enum { LARGEST = 64 << 20 };

static const char *const states[] = { "made", "unchanged", "stale", "absent" };

const char *manifest_state_name(enum manifest_state state)
{
    return states[state];
}

/* --- writing --- */

static void add_file(struct json *j, const struct manifest_file *file)
{
    json_object_begin(j);
    json_put_text(j, "name", file->name);
    json_put_text(j, "media_type", file->media_type);
    json_put_count(j, "bytes", file->bytes);
    json_put_text(j, "sha256", file->sha256);
    if (file->about) {
        json_key(j, "about");
        about_write(file->about, j);
    }
    json_object_end(j);
}

static void add_files(struct json *j, const char *key, const struct manifest_file *files, size_t count)
{
    json_put_array(j, key);
    for (size_t i = 0; i < count; i++)
        add_file(j, &files[i]);
    json_array_end(j);
}

static void add_report(struct json *j, const struct manifest_report *r)
{
    json_object_begin(j);
    json_put_text(j, "name", r->name);
    json_put_text(j, "state", states[r->state]);
    json_put_text(j, "key", r->key[0] ? r->key : NULL);
    json_put_text(j, "made_in", r->made_in);
    json_put_count(j, "milliseconds", (uint64_t)(r->seconds * 1000));
    json_put_count(j, "errors", r->errors);
    json_put_count(j, "warnings", r->warnings);
    json_put_text(j, "diagnostics", r->said);
    add_files(j, "files", r->files, r->file_count);
    json_object_end(j);
}

static void hash_text(const char *text, size_t length, char hex[HASH_HEX])
{
    uint8_t digest[HASH_BYTES];
    hash_sha256(text, length, digest);
    hash_hex(digest, hex);
}

void manifest_write(const struct manifest *m, struct buf *out)
{
    struct json j;
    char digest[HASH_HEX];
    size_t from = out->length;
    json_begin(&j, out);
    json_object_begin(&j);
    json_put_text(&j, "mujaz", m->version);
    json_put_text(&j, "run", m->run);
    json_put_array(&j, "reports");
    for (size_t i = 0; i < m->report_count; i++)
        add_report(&j, &m->reports[i]);
    json_array_end(&j);
    add_files(&j, "site", m->site, m->site_count);
    hash_text(out->data + from, out->length - from, digest);
    json_put_text(&j, "digest", digest);
    json_object_end(&j);
    json_end(&j);
}

/* --- reading --- */

static bool read_digest(const struct node *map, const char *key, char out[HASH_HEX])
{
    const struct node *node = node_get(map, key);
    if (!node || node->kind != NODE_SCALAR || strspn(node->text, "0123456789abcdef") != HASH_HEX - 1
        || strlen(node->text) != HASH_HEX - 1)
        return false;
    memcpy(out, node->text, HASH_HEX);
    return true;
}

/* A name goes into paths. */
static bool is_file_name(const char *name)
{
    return name[0] && name[0] != '.' && !strchr(name, '/');
}

/* Where it is not as it should be, it is not needed: the file is shown by its name. */
static const struct about *read_about(const struct node *map, struct arena *arena)
{
    struct about about;
    if (!about_read(map, &about) || (about.picture && !is_file_name(about.picture)))
        return NULL;
    return arena_copy(arena, &about, sizeof about);
}

const struct about *manifest_about(const char *json, struct arena *arena)
{
    struct diags *unsaid = diags_new();
    const struct node *map = json ? node_parse("about", json, strlen(json), arena, unsaid) : NULL;
    diags_drop(unsaid);
    return map ? read_about(map, arena) : NULL;
}

static bool read_file(const struct node *map, struct manifest_file *out, struct arena *arena, struct diags *diags)
{
    int64_t bytes;
    if (!node_text(map, "name", true, &out->name, diags) || !node_text(map, "media_type", true, &out->media_type, diags)
        || !node_int(map, "bytes", true, &bytes, diags))
        return false;
    out->bytes = (uint64_t)bytes;
    out->about = read_about(node_get(map, "about"), arena);
    return is_file_name(out->name) && bytes >= 0 && read_digest(map, "sha256", out->sha256);
}

static bool read_report(const struct node *map, struct manifest_report *out, struct arena *arena, struct diags *diags)
{
    const struct node *files = node_get(map, "files"), *made_in = node_get(map, "made_in");
    const char *state;
    if (!node_text(map, "name", true, &out->name, diags) || !node_text(map, "state", true, &state, diags)
        || !node_text(map, "diagnostics", true, &out->said, diags) || !files || files->kind != NODE_LIST)
        return false;
    for (out->state = STATE_MADE; strcmp(state, states[out->state]) != 0; out->state++)
        if (out->state == STATE_ABSENT)
            return false;
    if (!read_digest(map, "key", out->key) || !made_in || made_in->kind != NODE_SCALAR)
        return true; /* it was never made */
    out->made_in = made_in->text;
    out->files = arena_array(arena, files->count, sizeof *out->files);
    out->file_count = files->count;
    for (size_t i = 0; i < files->count; i++)
        if (!read_file(files->items[i], &out->files[i], arena, diags))
            return false;
    return true;
}

/* Whether the digest, which is written last, is that of all before it. Inside a text its line feed would be escaped. */
static bool is_as_written(const char *text)
{
    static const char before[] = ",\n  \"digest\": \"";
    const char *at = strstr(text, before);
    char hex[HASH_HEX];
    if (!at)
        return false;
    hash_text(text, (size_t)(at - text), hex);
    at += sizeof before - 1;
    return strncmp(at, hex, HASH_HEX - 1) == 0 && strcmp(at + HASH_HEX - 1, "\"\n}\n") == 0;
}

static const struct node *load(const char *path, struct arena *arena, struct diags *diags)
{
    size_t length;
    const char *text = file_read(path, LARGEST, arena, &length, diags);
    return text && is_as_written(text) ? node_parse(path, text, length, arena, diags) : NULL;
}

struct manifest *manifest_read(const char *path, struct arena *arena, struct diags *diags)
{
    size_t errors = diags_errors(diags);
    const struct node *root = load(path, arena, diags), *reports = node_get(root, "reports");
    struct manifest *m = arena_alloc(arena, sizeof *m);
    bool ok = reports && reports->kind == NODE_LIST && node_text(root, "run", true, &m->run, diags);
    m->reports = arena_array(arena, ok ? reports->count : 1, sizeof *m->reports);
    for (size_t i = 0; ok && i < reports->count; i++)
        ok = read_report(reports->items[i], &m->reports[m->report_count++], arena, diags);
    if (ok)
        return m;
    if (diags_errors(diags) == errors)
        diag_add(diags, DIAG_MANIFEST, (struct place){ .file = path }, "this is no manifest; everything is made anew");
    return NULL;
}

const struct manifest_report *manifest_find(const struct manifest *m, const char *report)
{
    for (size_t i = 0; m && i < m->report_count; i++)
        if (strcmp(m->reports[i].name, report) == 0)
            return &m->reports[i];
    return NULL;
}
