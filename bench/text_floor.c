/*
 * The least that a page builder has to do for the document of generate_peers: HarfBuzz shapes every text of it once,
 * in the same fonts, and zlib deflates as many bytes of content, a page at a time. No lines, no pages, no file.
 *
 * Usage: text_floor PEERS.tsv FONTS en|both BYTES PAGES      (FONTS: the folder of the Noto fonts)
 */
#include <hb.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/buf.h"

enum { DEFLATE_LEVEL = 6, COLUMNS = 10 };

/* By the kind of record: headings, running text, all else. */
enum role { HEADING, READING, DATA, ROLE_COUNT };

static const char *const files[ROLE_COUNT][2] = {
    [HEADING] = { "NotoSans-Bold.ttf", "NotoSansArabic-Bold.ttf" },
    [READING] = { "NotoSerif-Regular.ttf", "NotoNaskhArabic-Regular.ttf" },
    [DATA] = { "NotoSans-Regular.ttf", "NotoSansArabic-Regular.ttf" },
};

static hb_font_t *open_font(const char *folder, const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    hb_blob_t *blob = hb_blob_create_from_file(path);
    if (!hb_blob_get_length(blob)) {
        perror(path);
        exit(1);
    }
    hb_face_t *face = hb_face_create(blob, 0);
    hb_font_t *font = hb_font_create(face);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return font;
}

static enum role role_of(char kind)
{
    return strchr("TSH", kind) ? HEADING : strchr("PN", kind) ? READING : DATA;
}

static int is_arabic(const char *words, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((uint8_t)words[i] >= 0xD8 && (uint8_t)words[i] <= 0xDB)
            return 1;
    return 0;
}

/* Fields that nobody prints: addresses, colours, numbers that bars are drawn by. */
static int is_text(char kind, int field, const char *words, size_t length)
{
    return length && *words != '#' && strncmp(words, "http", 4) != 0 && (kind != 'L' || (field != 3 && field != 6));
}

/* Shapes the words; their glyphs go into `content` as a PDF has them, four digits each. */
static void shape(hb_buffer_t *buffer, hb_font_t *font, int arabic, const char *words, size_t length, struct buf *content)
{
    unsigned count;
    hb_buffer_clear_contents(buffer);
    hb_buffer_set_direction(buffer, arabic ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, arabic ? HB_SCRIPT_ARABIC : HB_SCRIPT_LATIN);
    hb_buffer_set_language(buffer, hb_language_from_string(arabic ? "ar" : "en", -1));
    hb_buffer_add_utf8(buffer, words, (int)length, 0, (int)length);
    hb_shape(font, buffer, NULL, 0);
    const hb_glyph_info_t *glyphs = hb_buffer_get_glyph_infos(buffer, &count);
    for (unsigned i = 0; i < count; i++)
        for (int shift = 12; shift >= 0; shift -= 4)
            buf_add_char(content, "0123456789ABCDEF"[glyphs[i].codepoint >> shift & 15]);
}

static void shape_all(FILE *file, hb_font_t *const fonts[ROLE_COUNT][2], int with_arabic, struct buf *content)
{
    hb_buffer_t *buffer = hb_buffer_create();
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, file) > 0) {
        const char *at = line;
        for (int field = 0; field < COLUMNS; field++) {
            size_t length = strcspn(at, "\t\n");
            int arabic = is_arabic(at, length);
            if (field > 0 && is_text(*line, field, at, length) && (with_arabic || !arabic))
                shape(buffer, fonts[role_of(*line)][arabic], arabic, at, length, content);
            at += length + (at[length] == '\t');
        }
    }
    free(line);
    hb_buffer_destroy(buffer);
}

/* As many bytes as were asked for, from the content over and over. */
static void deflate_all(const struct buf *content, size_t bytes, size_t pages)
{
    size_t each = bytes / pages, at = 0;
    uLongf room = compressBound(each);
    Bytef *page = malloc(each + 1), *out = malloc(room);
    for (size_t i = 0; i < pages; i++) {
        for (size_t done = 0; done < each;) {
            size_t now = content->length - at < each - done ? content->length - at : each - done;
            memcpy(page + done, content->data + at, now);
            done += now;
            at = (at + now) % content->length;
        }
        uLongf length = room;
        compress2(out, &length, page, each, DEFLATE_LEVEL);
    }
    free(page);
    free(out);
}

int main(int argc, char **argv)
{
    FILE *file = argc == 6 ? fopen(argv[1], "rb") : NULL;
    if (!file) {
        fputs("usage: text_floor PEERS.tsv FONTS en|both BYTES PAGES\n", stderr);
        return 2;
    }
    hb_font_t *fonts[ROLE_COUNT][2];
    struct buf content;
    buf_init(&content);
    for (int role = 0; role < ROLE_COUNT; role++)
        for (int arabic = 0; arabic < 2; arabic++)
            fonts[role][arabic] = open_font(argv[2], files[role][arabic]);
    shape_all(file, fonts, strcmp(argv[3], "en") != 0, &content);
    deflate_all(&content, strtoul(argv[4], NULL, 10), strtoul(argv[5], NULL, 10));
    for (int role = 0; role < ROLE_COUNT; role++)
        for (int arabic = 0; arabic < 2; arabic++)
            hb_font_destroy(fonts[role][arabic]);
    buf_drop(&content);
    fclose(file);
    return 0;
}
