/* An arena that another one holds outlives its drop. The sanitizers see what these tests cannot. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

enum { MANY = 100000 }; /* more than the first chunk */

static void held_arena_outlives_its_drop(void **state)
{
    (void)state;
    struct arena *holder = arena_new(), *second = arena_new(), *held = arena_new();
    const char *kept = arena_string(held, "kept");
    arena_hold(holder, held);
    arena_hold(holder, held); /* once is enough: this one does nothing */
    arena_hold(second, held);
    arena_drop(held);
    arena_drop(second);
    memset(arena_alloc(holder, MANY), 1, MANY);
    assert_string_equal(kept, "kept");
    arena_drop(holder);
}

static void cleared_arena_holds_nothing(void **state)
{
    (void)state;
    struct arena *holder = arena_new(), *held = arena_new();
    char *kept = arena_string(held, "kept");
    arena_hold(holder, held);
    arena_clear(holder);
    arena_hold(holder, held);
    kept[0] = 'K';
    arena_clear(holder);
    arena_drop(held);
    assert_int_equal(*(char *)arena_alloc(holder, 1), 0);
    arena_drop(holder);
}

/* Strings stand close together and disturb nothing that is aligned; what comes where they stood is zeroed. */
static void strings_stand_side_by_side(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const char *first = arena_string(arena, "one");
    uint64_t *number = arena_alloc(arena, sizeof *number);
    const char *second = arena_printf(arena, "%d", 22);
    *number = UINT64_MAX;
    assert_int_equal((uintptr_t)number % sizeof *number, 0);
    assert_ptr_equal(second + sizeof "22", first);
    assert_string_equal(first, "one");
    assert_string_equal(second, "22");
    for (size_t i = 0; i < MANY; i++) {
        const char *kept = arena_string(arena, "more");
        uint64_t *beside = arena_alloc(arena, sizeof *beside);
        assert_int_equal(*beside, 0);
        *beside = UINT64_MAX;
        assert_string_equal(kept, "more");
    }
    arena_clear(arena);
    for (size_t i = 0; i < MANY; i++)
        assert_int_equal(*(uint64_t *)arena_alloc(arena, sizeof(uint64_t)), 0);
    arena_drop(arena);
}

static void holds_go_on(void **state)
{
    (void)state;
    struct arena *first = arena_new(), *second = arena_new(), *third = arena_new();
    const char *kept = arena_string(third, "kept");
    arena_hold(second, third);
    arena_hold(first, second);
    arena_drop(third);
    arena_drop(second);
    assert_string_equal(kept, "kept");
    arena_drop(first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(held_arena_outlives_its_drop),
        cmocka_unit_test(cleared_arena_holds_nothing),
        cmocka_unit_test(strings_stand_side_by_side),
        cmocka_unit_test(holds_go_on),
    };
    return cmocka_run_group_tests_name("base_arena", tests, NULL, NULL);
}
