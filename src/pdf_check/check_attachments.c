/* Embedded files and what they are associated with (ISO 19005-3, 6.8). */
#include "pdf_check/checker.h"

#include <string.h>

/* "text/csv": two parts of letters, digits and "-_+.". */
static bool is_media_type(struct cos v)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_+.";
    struct buf name;
    buf_init(&name);
    cos_add_name(v, &name);
    size_t first = strspn(name.data, letters);
    size_t second = name.data[first] == '/' ? strspn(name.data + first + 1, letters) : 0;
    bool good = first && second && first + 1 + second == name.length;
    buf_drop(&name);
    return good;
}

static void check_embedded(struct checker *c, struct cos spec, unsigned number)
{
    const struct cos files = checker_get(c, spec, "EF"), file = checker_get(c, files, "F");
    unsigned stream = checker_number(files, "F", number);
    struct buf bytes;
    buf_init(&bytes);
    if (!is_media_type(checker_get(c, file, "Subtype")))
        fault(c, RULE_FILE_TYPE, stream);
    int64_t size = cos_integer(checker_get(c, checker_get(c, file, "Params"), "Size"), -1);
    if (!reader_stream(c->reader, file, &bytes) || (int64_t)bytes.length != size)
        fault_with(c, RULE_FILE_SIZE, stream, "Size %lld", (long long)size);
    buf_drop(&bytes);
}

static void check_spec(struct checker *c, struct cos spec, unsigned number)
{
    static const char *const relations[] = { "Source", "Data", "Alternative", "Supplement", "Unspecified" };
    const struct cos relation = checker_get(c, spec, "AFRelationship");
    bool known = false;
    for (size_t i = 0; i < sizeof relations / sizeof *relations; i++)
        known |= cos_is_name(relation, relations[i]);
    if (!cos_has_text(checker_get(c, spec, "F")) || !cos_has_text(checker_get(c, spec, "UF")))
        fault(c, RULE_FILE_NAMES, number);
    if (!known)
        fault(c, RULE_FILE_RELATION, number);
    if (!c->associated[number])
        fault(c, RULE_FILE_OWNER, number);
    check_embedded(c, spec, number);
}

static void take_file(struct checker *c, struct cos key, struct cos v, void *context)
{
    bool *listed = context;
    unsigned number = cos_reference(v);
    if (reader_resolve(c->reader, v).kind != COS_DICT || !number)
        fault_at(c, RULE_FILE_NAMES, number, key);
    else
        listed[number] = true;
}

/* Every file specification with a file in it, as check_objects found them. */
void check_attachments(struct checker *c)
{
    const struct cos names = checker_get(c, c->catalog, "Names"), files = checker_get(c, names, "EmbeddedFiles");
    bool *listed = arena_array(c->arena, reader_size(c->reader), sizeof *listed);
    if (files.kind == COS_DICT)
        checker_tree(c, files, checker_number(names, "EmbeddedFiles", c->catalog_number), "Names", take_file, listed);
    for (size_t i = 0; i < c->specification_count; i++) {
        unsigned number = c->specifications[i];
        check_spec(c, reader_object(c->reader, number), number);
        if (!listed[number])
            fault(c, RULE_FILE_LISTED, number);
    }
}
