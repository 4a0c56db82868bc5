/* Datasets that stay loaded from one build of a report to the next. Knows nothing of when files change. */
#include "dataset/dataset.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

struct kept {
    struct dataset *set;
    char *folder;
    struct diags *said; /* warnings */
};

struct dataset_shelf {
    struct kept *kept;
    size_t count;
};

struct dataset_shelf *dataset_shelf_new(void)
{
    return xcalloc(1, sizeof(struct dataset_shelf));
}

void dataset_shelf_clear(struct dataset_shelf *shelf)
{
    for (size_t i = 0; i < shelf->count; i++) {
        dataset_drop(shelf->kept[i].set);
        diags_drop(shelf->kept[i].said);
        free(shelf->kept[i].folder);
    }
    free(shelf->kept);
    *shelf = (struct dataset_shelf){ 0 };
}

void dataset_shelf_drop(struct dataset_shelf *shelf)
{
    if (!shelf)
        return;
    dataset_shelf_clear(shelf);
    free(shelf);
}

static void say_again(const struct diags *said, struct diags *diags)
{
    for (size_t i = 0; i < diags_count(said); i++) {
        const struct diag *d = diags_get(said, i);
        diag_add(diags, d->id, d->at, "%s", d->message);
    }
}

const struct dataset *dataset_borrow(const char *folder, const struct dataset_options *options, struct diags *diags)
{
    struct dataset_shelf *shelf = options ? options->shelf : NULL;
    if (!shelf)
        return dataset_load(folder, options, diags);
    for (size_t i = 0; i < shelf->count; i++)
        if (strcmp(shelf->kept[i].folder, folder) == 0) {
            say_again(shelf->kept[i].said, diags);
            return shelf->kept[i].set;
        }
    struct diags *said = diags_new();
    struct dataset *set = dataset_load(folder, options, said);
    say_again(said, diags);
    if (!set) {
        diags_drop(said);
        return NULL;
    }
    shelf->kept = xrealloc(shelf->kept, shelf->count + 1, sizeof *shelf->kept);
    shelf->kept[shelf->count++] = (struct kept){ set, xstrdup(folder), said };
    return set;
}

void dataset_return(const struct dataset_options *options, const struct dataset *set)
{
    if (!options || !options->shelf)
        dataset_drop((struct dataset *)set);
}
