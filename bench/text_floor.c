/*
 * The least that a page builder has to do for the document of generate_peers: HarfBuzz shapes every text of it once,
 * in the same fonts, and zlib deflates the content of the pages that were made of it, as many bytes at a time as a page
 * has. No lines, no pages, no file.
 *
 * Usage: text_floor PEERS.tsv FONTS en|both CONTENT PAGES      (FONTS: the folder of the Noto fonts)
 */
#include <hb.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { DEFLATE_LEVEL = 6, COLUMNS = 8 };

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
    return length && *words != '#' && strncmp(words, "http", 4) != 0 && (kind != 'L' || field != 3);
}

static void shape(hb_buffer_t *buffer, hb_font_t *font, int arabic, const char *words, size_t length)
{
    hb_buffer_clear_contents(buffer);
    hb_buffer_set_direction(buffer, arabic ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, arabic ? HB_SCRIPT_ARABIC : HB_SCRIPT_LATIN);
    hb_buffer_set_language(buffer, hb_language_from_string(arabic ? "ar" : "en", -1));
    hb_buffer_add_utf8(buffer, words, (int)length, 0, (int)length);
    hb_shape(font, buffer, NULL, 0);
}

static void shape_all(FILE *file, hb_font_t *const fonts[ROLE_COUNT][2], int with_arabic)
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
                shape(buffer, fonts[role_of(*line)][arabic], arabic, at, length);
            at += length + (at[length] == '\t');
        }
    }
    free(line);
    hb_buffer_destroy(buffer);
}

static void deflate_all(FILE *file, size_t pages)
{
    if (fseek(file, 0, SEEK_END) != 0)
        exit(1);
    size_t each = (size_t)ftell(file) / pages + 1;
    uLongf room = compressBound(each);
    Bytef *page = malloc(each), *out = malloc(room);
    rewind(file);
    for (size_t length; (length = fread(page, 1, each, file)) > 0;) {
        uLongf deflated = room;
        compress2(out, &deflated, page, length, DEFLATE_LEVEL);
    }
    free(page);
    free(out);
}

int main(int argc, char **argv)
{
    FILE *plain = argc == 6 ? fopen(argv[1], "rb") : NULL, *content = plain ? fopen(argv[4], "rb") : NULL;
    size_t pages = content ? strtoul(argv[5], NULL, 10) : 0;
    if (!pages) {
        fputs("usage: text_floor PEERS.tsv FONTS en|both CONTENT PAGES\n", stderr);
        return 2;
    }
    hb_font_t *fonts[ROLE_COUNT][2];
    for (int role = 0; role < ROLE_COUNT; role++)
        for (int arabic = 0; arabic < 2; arabic++)
            fonts[role][arabic] = open_font(argv[2], files[role][arabic]);
    shape_all(plain, fonts, strcmp(argv[3], "en") != 0);
    deflate_all(content, pages);
    for (int role = 0; role < ROLE_COUNT; role++)
        for (int arabic = 0; arabic < 2; arabic++)
            hb_font_destroy(fonts[role][arabic]);
    fclose(content);
    fclose(plain);
    return 0;
}
