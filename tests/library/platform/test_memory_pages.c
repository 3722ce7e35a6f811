/* SPDX-License-Identifier: Apache-2.0 */
/* Pages: what the system was asked to do with them, and what a child sees. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/internal.h"
#include "support/emulator.h"

/* The VmFlags of the mapping that holds memory; empty where the system does not tell. */
static void flags_of(const void *memory, char *flags, size_t size)
{
    char line[512];
    int inside = 0;
    flags[0] = '\0';
    FILE *file = fopen("/proc/self/smaps", "r");
    while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
        unsigned long start;
        unsigned long end;
        if (sscanf(line, "%lx-%lx ", &start, &end) == 2) {
            inside = (uintptr_t)memory >= start && (uintptr_t)memory < end;
        } else if (inside && strncmp(line, "VmFlags:", 8) == 0) {
            (void)snprintf(flags, size, "%s", line + 8);
        }
    }
    if (file != NULL) {
        (void)fclose(file);
    }
}

static void pages_are_locked_and_not_dumped(void **state)
{
    (void)state;
    skip_when_emulated("flags of a mapping");
    char flags[512];
    uint8_t *pages = platform_pages_allocate(10000, 0, NULL);
    assert_non_null(pages);
    flags_of(pages, flags, sizeof(flags));
    if (strstr(flags, " dd") == NULL && strstr(flags, " lo") == NULL) {
        print_message("/proc/self/smaps does not tell (an emulator, or a checker)\n");
        platform_pages_free(pages, 10000);
        skip();
    }
    assert_non_null(strstr(flags, " dd")); /* do not dump */
    assert_non_null(strstr(flags, " lo")); /* locked: three pages are within every default limit */
    assert_null(strstr(flags, " wf"));
    platform_pages_free(pages, 10000);
}

static void whole_pages_are_zero_and_writable(void **state)
{
    (void)state;
    const size_t page = platform_page_size();
    for (size_t size = 0; size < 3u * page; size += page / 2u + 1u) {
        uint8_t *pages = platform_pages_allocate(size, 0, NULL);
        const size_t whole = round_up(size != 0 ? size : 1u, page);
        assert_int_equal((uintptr_t)pages % page, 0);
        for (size_t i = 0; i < whole; i++) {
            assert_int_equal(pages[i], 0);
            pages[i] = 1;
        }
        platform_pages_free(pages, size);
    }
}

static void alignment_is_kept(void **state)
{
    (void)state;
    for (size_t alignment = 4096u; alignment <= 1048576u; alignment *= 4u) {
        const size_t size = 3u * platform_page_size();
        uint8_t *pages = platform_pages_map(size, alignment);
        assert_non_null(pages);
        assert_int_equal((uintptr_t)pages % alignment, 0);
        pages[0] = 1;
        pages[size - 1u] = 1;
        platform_pages_unmap(pages, size);
    }
    assert_null(platform_pages_map(0, 1));
    assert_null(platform_pages_map(SIZE_MAX, 1));
}

static void a_child_finds_zeroes(void **state)
{
    (void)state;
    int wiped = 0;
    uint8_t *kept = platform_pages_allocate(1, 0, NULL);
    uint8_t *pages = platform_pages_allocate(1, 1, &wiped);
    pages[0] = 1;
    kept[0] = 1;
    const pid_t child = fork();
    if (child == 0) {
        _exit(kept[0] == 1 && pages[0] == (wiped ? 0 : 1) ? 0 : 1);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(pages[0], 1);
    platform_pages_free(pages, 1);
    platform_pages_free(kept, 1);
    if (!wiped) {
        print_message("this system does not wipe pages in a child\n");
        skip();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_locked_and_not_dumped),
        cmocka_unit_test(whole_pages_are_zero_and_writable),
        cmocka_unit_test(alignment_is_kept),
        cmocka_unit_test(a_child_finds_zeroes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
