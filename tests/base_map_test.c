/* A map gives for each key the value that was put in with it, and nothing for others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/map.h"

enum { MANY = 5000 };

static void empty_map_has_nothing(void **state)
{
    (void)state;
    struct map map = { .room = 0 };
    assert_null(map_find(&map, "a", 1, map_hash("a", 1)));
    map_clear(&map);
}

/* Keys of 0 to 6 bytes, of which shorter ones begin longer ones. `hash` may be the same for all. */
static void find_all(uint32_t (*hash)(const void *, size_t), int count)
{
    static const char bytes[] = "012345";
    static int values[MANY], others[7];
    static int keys[MANY];
    struct map map = { .room = 0 };
    for (size_t n = 0; n <= 6; n++)
        map_add(&map, bytes, n, hash(bytes, n), &others[n]);
    for (int i = 0; i < count; i++) {
        keys[i] = i;
        assert_null(map_find(&map, &i, sizeof i, hash(&i, sizeof i)));
        map_add(&map, &keys[i], sizeof i, hash(&i, sizeof i), &values[i]);
    }
    assert_int_equal(map.count, count + 7);
    for (int i = 0; i < count; i++)
        assert_ptr_equal(map_find(&map, &i, sizeof i, hash(&i, sizeof i)), &values[i]);
    for (size_t n = 0; n <= 6; n++)
        assert_ptr_equal(map_find(&map, bytes, n, hash(bytes, n)), &others[n]);
    assert_null(map_find(&map, &count, sizeof count, hash(&count, sizeof count)));
    map_clear(&map);
    assert_int_equal(map.count, 0);
    assert_null(map_find(&map, bytes, 1, hash(bytes, 1)));
}

static void all_keys_are_found(void **state)
{
    (void)state;
    find_all(map_hash, MANY);
}

static uint32_t last_slot(const void *key, size_t size)
{
    (void)key;
    (void)size;
    return UINT32_MAX;
}

/* They differ in their bytes alone, and go on from the last slot to the first. */
static void keys_of_one_hash_are_found(void **state)
{
    (void)state;
    find_all(last_slot, 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(empty_map_has_nothing),
        cmocka_unit_test(all_keys_are_found),
        cmocka_unit_test(keys_of_one_hash_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
