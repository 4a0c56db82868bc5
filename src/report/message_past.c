/*
 * The check that a text which speaks of the issue before has words for an issue that has none. The first issue would
 * show it, but so would any night on which a figure is new. Asks no value.
 */
#include "report/message.h"

#include "base/nearest.h"

#include <string.h>

/* Selects around a part, the inner ones first. */
struct guard {
    const char *figure; /* attacks.direction */
    const char *key;    /* of the branch */
    const struct guard *outer;
};

struct checker {
    const struct message *message;
    struct arena *arena;
    struct diags *diags;
};

static struct place part_place(const struct checker *checker, const struct message_part *part)
{
    return rich_place(&checker->message->source, part->start);
}

static bool has_branch(const struct message_part *part, const char *key)
{
    for (const struct message_branch *branch = part->branches; branch; branch = branch->next)
        if (strcmp(branch->key, key) == 0)
            return true;
    return false;
}

static bool is_guarded(const struct guard *guards, const char *figure)
{
    size_t length = strcspn(figure, ".");

    for (; guards; guards = guards->outer)
        if (strncmp(guards->figure, figure, length + 1) == 0 && past_of(guards->figure) == PAST_DIRECTION &&
            strcmp(guards->key, "none") != 0)
            return true;
    return false;
}

/* The words that a direction, or whether a value was revised, can be. */
static void check_keys(struct checker *checker, const struct message_part *part)
{
    static const char *const directions[] = { "up", "down", "same", "none", "other" };
    static const char *const answers[] = { "yes", "no", "other" };
    bool direction = past_of(part->figure) == PAST_DIRECTION;
    const char *const *known = direction ? directions : answers;
    size_t count = direction ? 5 : 3;

    for (const struct message_branch *branch = part->branches; branch; branch = branch->next) {
        const char *near;
        bool found = false;

        for (size_t i = 0; i < count; i++)
            found |= strcmp(known[i], branch->key) == 0;
        if (found)
            continue;
        near = nearest_known(branch->key, known, count);
        diag_add(checker->diags, DIAG_MESSAGE_SYNTAX, part_place(checker, part), "{%s} is never '%s'; %s%s%s",
                 part->figure, branch->key, near ? "did you mean '" : "it is ",
                 near ? near : direction ? "up, down, same or none" : "yes or no", near ? "'?" : "");
    }
    if (direction && !has_branch(part, "none"))
        diag_add(checker->diags, DIAG_PREVIOUS_NONE, part_place(checker, part),
                 "this select has no words for an issue without one before it; add none {text}");
}

static void check_part(struct checker *checker, const struct message_part *part, const struct guard *guards)
{
    enum past past = part->kind == MESSAGE_TEXT || part->kind == MESSAGE_HASH ? PAST_NONE : past_of(part->figure);
    bool select = part->kind == MESSAGE_SELECT;

    if (past_chooses(past) && select)
        check_keys(checker, part);
    else if (past_chooses(past))
        diag_add(checker->diags, DIAG_MESSAGE_TYPE, part_place(checker, part),
                 "{%s} chooses words and is none itself; write {%s, select, %s}", part->figure, part->figure,
                 past == PAST_DIRECTION ? "up {...} down {...} same {...} none {...}" : "yes {...} no {...}");
    else if (past != PAST_NONE && part->kind != MESSAGE_VALUE && !is_guarded(guards, part->figure) &&
             !(select && has_branch(part, "none")))
        diag_add(checker->diags, DIAG_PREVIOUS_NONE, part_place(checker, part),
                 "in an issue without one before it {%s} has no value to choose by; put this into a branch of "
                 "{%.*s.direction, select, up {...} down {...} same {...} none {...}}",
                 part->figure, (int)strcspn(part->figure, "."), part->figure);
}

static void check_parts(struct checker *checker, const struct message_part *first, const struct guard *guards)
{
    for (const struct message_part *part = first; part; part = part->next) {
        check_part(checker, part, guards);
        for (const struct message_branch *branch = part->branches; branch; branch = branch->next) {
            const struct guard guard = { part->figure, branch->key, guards };

            check_parts(checker, branch->first, &guard);
        }
    }
}

void message_check_past(const struct message *message, struct arena *arena, struct diags *diags)
{
    struct checker checker = { message, arena, diags };

    check_parts(&checker, message->first, NULL);
}
