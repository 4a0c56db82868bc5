/* Diagnostics for editors and CI. Knows the two forms, not what the diagnostics mean. */
#include "cli/show.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/version.h"

const char *const show_format_names[SHOW_FORMATS + 1] = { "text", "json", "sarif", NULL };

static const char *level_name(const struct diag *d)
{
    return d->level == DIAG_WARNING ? "warning" : "error";
}

static size_t count_warnings(const struct diag *const *list, size_t count)
{
    size_t warnings = 0;
    for (size_t i = 0; i < count; i++)
        warnings += list[i]->level == DIAG_WARNING;
    return warnings;
}

/* --- JSON ---------------------------------------------------------------------------------------------------- */

/* What is not known is left out. */
static void put_diag(struct json *j, const struct diag *d)
{
    json_object_begin(j);
    json_put_text(j, "id", diag_slug(d->id));
    json_put_text(j, "level", level_name(d));
    if (d->at.file)
        json_put_text(j, "file", d->at.file);
    if (d->at.file && d->at.line)
        json_put_count(j, "line", d->at.line);
    if (d->at.file && d->at.line && d->at.col)
        json_put_count(j, "column", d->at.col);
    json_put_text(j, "message", d->message);
    json_object_end(j);
}

static void put_json(struct json *j, const struct diag *const *list, size_t count)
{
    size_t warnings = count_warnings(list, count);
    json_object_begin(j);
    json_put_text(j, "mujaz", MUJAZ_VERSION);
    json_put_count(j, "errors", count - warnings);
    json_put_count(j, "warnings", warnings);
    json_put_array(j, "diagnostics");
    for (size_t i = 0; i < count; i++)
        put_diag(j, list[i]);
    json_array_end(j);
    json_object_end(j);
}

/* --- SARIF --------------------------------------------------------------------------------------------------- */

static void put_text(struct json *j, const char *key, const char *text)
{
    json_put_object(j, key);
    json_put_text(j, "text", text);
    json_object_end(j);
}

/* A path as a URI reference (RFC 3986). */
static void put_uri(struct json *j, const char *path)
{
    struct buf uri;
    buf_init(&uri);
    if (*path == '/')
        buf_add_string(&uri, "file://");
    for (; *path; path++) {
        unsigned char c = (unsigned char)*path;
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-._~/", c);
        if (plain)
            buf_add_char(&uri, (char)c);
        else
            buf_printf(&uri, "%%%02X", c);
    }
    json_put_text(j, "uri", uri.data);
    buf_drop(&uri);
}

static void put_location(struct json *j, const struct place *at)
{
    json_put_array(j, "locations");
    json_object_begin(j);
    json_put_object(j, "physicalLocation");
    json_put_object(j, "artifactLocation");
    put_uri(j, at->file);
    json_object_end(j);
    if (at->line) {
        json_put_object(j, "region");
        json_put_count(j, "startLine", at->line);
        if (at->col)
            json_put_count(j, "startColumn", at->col);
        json_object_end(j);
    }
    json_object_end(j);
    json_object_end(j);
    json_array_end(j);
}

static void put_rule(struct json *j, enum diag_id id)
{
    json_object_begin(j);
    json_put_text(j, "id", diag_slug(id));
    put_text(j, "shortDescription", diag_summary(id));
    json_put_object(j, "defaultConfiguration");
    json_put_text(j, "level", diag_level_of(id) == DIAG_WARNING ? "warning" : "error");
    json_object_end(j);
    json_object_end(j);
}

static void put_tool(struct json *j)
{
    json_put_object(j, "tool");
    json_put_object(j, "driver");
    json_put_text(j, "name", "mujaz");
    json_put_text(j, "version", MUJAZ_VERSION);
    json_put_array(j, "rules");
    for (int id = 0; id < DIAG_ID_COUNT; id++)
        put_rule(j, (enum diag_id)id);
    json_array_end(j);
    json_object_end(j);
    json_object_end(j);
}

static void put_result(struct json *j, const struct diag *d)
{
    json_object_begin(j);
    json_put_text(j, "ruleId", diag_slug(d->id));
    json_put_count(j, "ruleIndex", d->id);
    json_put_text(j, "level", level_name(d));
    put_text(j, "message", d->message);
    if (d->at.file && *d->at.file && strncmp(d->at.file, "--", 2) != 0) /* not an option's value */
        put_location(j, &d->at);
    json_object_end(j);
}

static void put_sarif(struct json *j, const struct diag *const *list, size_t count)
{
    json_object_begin(j);
    json_put_text(j, "$schema",
                  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
    json_put_text(j, "version", "2.1.0");
    json_put_array(j, "runs");
    json_object_begin(j);
    put_tool(j);
    json_put_text(j, "columnKind", "unicodeCodePoints");
    json_put_array(j, "results");
    for (size_t i = 0; i < count; i++)
        put_result(j, list[i]);
    json_array_end(j);
    json_object_end(j);
    json_array_end(j);
    json_object_end(j);
}

void show_document(const struct diags *diags, enum show_format format, struct buf *out)
{
    size_t count;
    const struct diag **list = show_once(diags, &count);
    struct json j;
    json_begin(&j, out);
    (format == SHOW_JSON ? put_json : put_sarif)(&j, list, count);
    json_end(&j);
    free(list);
}
