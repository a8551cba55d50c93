// SPDX-License-Identifier: Apache-2.0
//
// The words of the command line as the C library hands them to a program.
//
// Swift's own CommandLine looks for them in /proc, where there may be none: in a chroot or a small
// container it finds no words at all, not even the program's name.
#ifndef CARGUMENTS_H
#define CARGUMENTS_H

/// How many words there are, the program's name included; 0 where the C library does not tell.
int carguments_count(void);

/// Word number `index`, which is there for as long as the process.
const char *carguments_word(int index);

#endif
