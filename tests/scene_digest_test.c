/* Digests of pages: the same for the same drawing, another for each thing that a picture shows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "scene/scene.h"

/* A page with a square and an image, where one thing may be another. */
enum change { NOTHING, SIZE, GREY, PLACE, COLOUR, DASH, PIXEL, OPACITY, TAG, SOURCE, CHANGES };

static void digest_with(enum change change, char hex[HASH_HEX])
{
    struct scene *s = scene_new();
    uint8_t bytes[3] = { 1, 2, change == PIXEL ? 4 : 3 }, alpha[1] = { 128 };
    struct image image = { .width = 1, .height = 1, .bytes = bytes, .length = 3, .alpha = change == OPACITY ? alpha : NULL };
    float x = change == PLACE ? 10.25f : 10;
    struct path_step square[] = { { PATH_MOVE, { x }, { 10 } }, { PATH_LINE, { 20 }, { 10 } },
                                  { PATH_LINE, { 20 }, { 20 } }, { PATH_CLOSE, { 0 }, { 0 } } };
    size_t page = scene_page_add(s, 100, change == SIZE ? 101 : 100);
    scene_set_meta(s, (struct scene_meta){ .colour = change == GREY ? COLOUR_GREY : COLOUR_RGB });
    scene_tag_begin(s, page, scene_tag_new(s, scene_tag_root(s), change == TAG ? TAG_P : TAG_FIGURE));
    scene_path(s, page, square, 4, (struct paint){ .stroke = true, .stroke_rgb = change == COLOUR ? 0xFF : 0, .width = 1,
                                                   .dash = change == DASH ? 2 : 0 });
    scene_image(s, page, &image, "dot", 0, 0, 5, 5);
    scene_tag_end(s, page);
    if (change == SOURCE)
        scene_source_add(s, page, (struct scene_source){ 0, 0, 5, 5, { "en.md", 1, 1 } });
    scene_page_digest(s, page, hex);
    scene_drop(s);
}

static void what_shows_changes_the_digest_and_nothing_else(void **state)
{
    (void)state;
    char digests[CHANGES][HASH_HEX];
    for (int i = 0; i < CHANGES; i++)
        digest_with((enum change)i, digests[i]);
    assert_string_equal(digests[TAG], digests[NOTHING]);
    assert_string_equal(digests[SOURCE], digests[NOTHING]);
    for (int i = 0; i < TAG; i++)
        for (int k = 0; k < i; k++)
            assert_string_not_equal(digests[i], digests[k]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_shows_changes_the_digest_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
