/* Relations as files, written under another name and renamed. Knows no cell. */
#include "dataset/cache.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/signals.h"
#include "dataset/package.h"
#include "dataset/relation_inside.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

/* FORMAT changes whenever a relation's inside does, or a rule by which cells are checked. */
static const char FORMAT[16] = "mujaz data 2";
enum { BUFFER = 1 << 20 };
static const uint64_t WORTH_BYTES = 1 << 20; /* smaller files are read as fast */

/* --- the key -------------------------------------------------------------------------------------------- */

static bool hash_file(XXH3_state_t *state, const char *path, char *buffer, uint64_t *bytes)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    ssize_t n = -1;
    uint64_t length = 0;
    while (fd >= 0 && (n = read(fd, buffer, BUFFER)) > 0) {
        XXH3_128bits_update(state, buffer, (size_t)n);
        length += (uint64_t)n;
    }
    if (fd >= 0)
        close(fd);
    XXH3_128bits_update(state, &length, sizeof length); /* where one file ends and the next begins */
    *bytes += length;
    return n == 0;
}

bool cache_key_of(const char *package_path, const struct resource *resource, struct cache_key *key)
{
    XXH3_state_t *state = XXH3_createState();
    char *buffer = xcalloc(1, BUFFER);
    uint64_t bytes = 0, ignored = 0;
    XXH3_128bits_reset(state);
    XXH3_128bits_update(state, FORMAT, sizeof FORMAT);
    bool fine = hash_file(state, package_path, buffer, &ignored);
    for (size_t i = 0; fine && i < resource->part_count; i++)
        fine = hash_file(state, resource->part_files[i], buffer, &ignored);
    for (size_t i = 0; fine && i < resource->path_count; i++) {
        XXH3_128bits_update(state, resource->paths[i], strlen(resource->paths[i]));
        fine = hash_file(state, resource->paths[i], buffer, &bytes);
    }
    XXH128_hash_t hash = XXH3_128bits_digest(state);
    *key = (struct cache_key){ hash.low64, hash.high64 };
    free(buffer);
    XXH3_freeState(state);
    return fine && bytes >= WORTH_BYTES;
}

/* One file a resource, so that the folder does not grow with each night. */
static char *file_of(const char *folder, const struct resource *resource)
{
    struct buf path, name;
    char real[4096];
    buf_init(&name);
    buf_add_string(&name, realpath(resource->paths[0], real) ? real : resource->paths[0]);
    buf_add_char(&name, '\n');
    buf_add_string(&name, resource->table);
    XXH128_hash_t hash = XXH3_128bits(name.data, name.length);
    buf_init(&path);
    buf_printf(&path, "%s/%016llx%016llx.data", folder, (unsigned long long)hash.high64,
               (unsigned long long)hash.low64);
    buf_drop(&name);
    return path.data;
}

/* --- writing and reading -------------------------------------------------------------------------------- */

struct stream {
    FILE *file;
    XXH3_state_t *state;
    uint64_t left; /* bytes of the file that were not read yet */
    bool fine;
};

static void put(struct stream *s, const void *bytes, size_t length)
{
    s->fine = s->fine && fwrite(bytes, 1, length, s->file) == length;
    XXH3_128bits_update(s->state, bytes, length);
}

/* Zeros when there is not so much. */
static void get(struct stream *s, void *bytes, size_t length)
{
    if (!s->fine || length > s->left || fread(bytes, 1, length, s->file) != length) {
        s->fine = false;
        memset(bytes, 0, length);
        return;
    }
    s->left -= length;
    XXH3_128bits_update(s->state, bytes, length);
}

/* What is written of a column, before its texts and blocks. */
struct column_head {
    uint64_t texts, rows, blocks;
    int64_t least, most;
    uint8_t type, wide, scale, scales_differ, pad[4];
};

static size_t block_bytes(const struct column *c, size_t block)
{
    size_t rows = c->rows - block * BLOCK_ROWS;
    return (rows < BLOCK_ROWS ? rows : BLOCK_ROWS) * c->blocks[block].width;
}

static void put_column(struct stream *s, const struct column *c)
{
    struct column_head head = { .texts = c->texts ? dictionary_count(c->texts) : 0, .rows = c->rows,
                                .blocks = c->block_count, .least = c->least, .most = c->most,
                                .type = (uint8_t)c->type, .wide = c->wide, .scale = c->scale,
                                .scales_differ = c->scales_differ };
    put(s, &head, sizeof head);
    for (size_t i = 0; i < head.texts; i++) {
        uint32_t length = (uint32_t)dictionary_length(c->texts, i);
        put(s, &length, sizeof length);
        put(s, dictionary_text(c->texts, i), length);
    }
    for (size_t i = 0; i < c->block_count; i++) {
        struct block block = { .least = c->blocks[i].least, .same = c->blocks[i].same, .width = c->blocks[i].width,
                               .scale = c->blocks[i].scale };
        put(s, &block, sizeof block);
        if (block_bytes(c, i))
            put(s, c->blocks[i].data, block_bytes(c, i));
    }
}

static void get_texts(struct stream *s, struct column *c, uint64_t count)
{
    char *text = xcalloc(CSV_FIELD_BYTES, 2); /* NFC may lengthen a text */
    for (uint64_t i = 0; s->fine && i < count; i++) {
        uint32_t length;
        get(s, &length, sizeof length);
        if (length > CSV_FIELD_BYTES * 2u)
            s->fine = false;
        else
            get(s, text, length);
        if (s->fine)
            dictionary_add(c->texts, text, length);
    }
    if (c->texts)
        dictionary_rest(c->texts);
    free(text);
}

/* Into a column that column_init made. */
static void get_column(struct stream *s, struct column *c, uint64_t rows)
{
    struct column_head head;
    get(s, &head, sizeof head);
    s->fine = s->fine && head.type == c->type && head.rows == rows
        && head.blocks == (rows + BLOCK_ROWS - 1) / BLOCK_ROWS && (c->texts || !head.texts);
    if (!s->fine)
        return;
    free(c->pending); /* its blocks come as they are: it is finished */
    c->pending = NULL;
    get_texts(s, c, head.texts);
    c->rows = rows;
    c->least = head.least;
    c->most = head.most;
    c->wide = head.wide;
    c->scale = head.scale;
    c->scales_differ = head.scales_differ;
    c->blocks = xcalloc(head.blocks, sizeof *c->blocks);
    for (; s->fine && c->block_count < head.blocks; c->block_count++) {
        struct block *block = &c->blocks[c->block_count];
        get(s, block, sizeof *block);
        block->data = NULL;
        size_t bytes = block_bytes(c, c->block_count);
        if (!s->fine || bytes > s->left) {
            s->fine = false;
            return;
        }
        if (bytes) {
            block->data = xrealloc(NULL, bytes, 1);
            get(s, block->data, bytes);
        }
    }
}

static bool digest_is(struct stream *s, const XXH128_hash_t *stored)
{
    XXH128_hash_t own = XXH3_128bits_digest(s->state);
    return XXH128_isEqual(own, *stored);
}

/* Whether the file is of this format and key; and how many rows it holds. */
static bool get_head(struct stream *s, struct cache_key key, uint64_t *rows, uint64_t *columns)
{
    char format[sizeof FORMAT];
    struct cache_key stored;
    get(s, format, sizeof format);
    get(s, &stored, sizeof stored);
    get(s, rows, sizeof *rows);
    get(s, columns, sizeof *columns);
    return s->fine && memcmp(format, FORMAT, sizeof format) == 0 && stored.low == key.low && stored.high == key.high
        && *rows < UINT32_MAX;
}

static struct relation *read_relation(struct stream *s, const struct resource *resource, struct cache_key key)
{
    uint64_t rows, columns;
    XXH128_hash_t digest;
    if (!get_head(s, key, &rows, &columns))
        return NULL;
    struct relation *relation = relation_new(resource);
    s->fine = columns == relation->column_count;
    get(s, relation->first_rows, resource->path_count * sizeof *relation->first_rows);
    for (size_t i = 0; s->fine && i < relation->column_count; i++)
        get_column(s, &relation->columns[i].data, rows);
    if (s->fine && s->left == sizeof digest && fread(&digest, sizeof digest, 1, s->file) == 1
        && digest_is(s, &digest)) {
        relation_finish(relation);
        return relation;
    }
    relation_drop(relation);
    return NULL;
}

struct relation *cache_read(const char *folder, const struct resource *resource, struct cache_key key)
{
    char *path = file_of(folder, resource);
    struct stream s = { .file = fopen(path, "rbe"), .fine = true };
    struct relation *relation = NULL;
    struct stat status;

    if (s.file && fstat(fileno(s.file), &status) == 0) {
        s.left = (uint64_t)status.st_size;
        s.state = XXH3_createState();
        XXH3_128bits_reset(s.state);
        relation = read_relation(&s, resource, key);
        XXH3_freeState(s.state);
    }
    if (s.file)
        fclose(s.file);
    free(path);
    return relation;
}

static void write_relation(struct stream *s, const struct relation *relation, struct cache_key key)
{
    uint64_t rows = relation->rows, columns = 0;
    while (columns < relation->column_count && !relation->columns[columns].hidden)
        columns++;
    put(s, FORMAT, sizeof FORMAT);
    put(s, &key, sizeof key);
    put(s, &rows, sizeof rows);
    put(s, &columns, sizeof columns);
    put(s, relation->first_rows, relation->resource->path_count * sizeof *relation->first_rows);
    for (size_t i = 0; i < columns; i++)
        put_column(s, &relation->columns[i].data);
    XXH128_hash_t digest = XXH3_128bits_digest(s->state);
    s->fine = s->fine && fwrite(&digest, sizeof digest, 1, s->file) == 1;
}

static void make_folder(const char *folder)
{
    char *path = xstrdup(folder);
    for (char *p = path + 1; *p; p++)
        if (*p == '/') {
            *p = '\0';
            mkdir(path, 0777);
            *p = '/';
        }
    mkdir(path, 0777);
    free(path);
}

void cache_write(const char *folder, const struct relation *relation, struct cache_key key)
{
    char *path = file_of(folder, relation->resource);
    struct held_signals held;
    struct buf other;
    buf_init(&other);
    buf_printf(&other, "%s.XXXXXX", path);
    make_folder(folder);
    signals_hold(&held); /* or Ctrl-C would leave the file under its other name */
    int fd = mkstemp(other.data);
    struct stream s = { .file = fd < 0 ? NULL : fdopen(fd, "wb"), .fine = true };
    if (s.file) {
        s.state = XXH3_createState();
        XXH3_128bits_reset(s.state);
        write_relation(&s, relation, key);
        XXH3_freeState(s.state);
        s.fine = fclose(s.file) == 0 && s.fine;
        if (!s.fine || rename(other.data, path) != 0)
            unlink(other.data);
    }
    signals_release(&held);
    buf_drop(&other);
    free(path);
}
