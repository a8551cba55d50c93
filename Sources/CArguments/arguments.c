// SPDX-License-Identifier: Apache-2.0
#include "CArguments.h"

// Says which C library it is.
#include <stdlib.h>

static int count;
static char **words;

// The GNU C library and Apple's call what runs before main with its arguments; others do not.
#if defined(__GLIBC__) || defined(__APPLE__)
__attribute__((constructor)) static void keep(int argc, char **argv) {
  count = argc;
  words = argv;
}
#endif

int carguments_count(void) { return count; }

const char *carguments_word(int index) {
  return index >= 0 && index < count ? words[index] : NULL;
}
