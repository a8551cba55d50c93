// SPDX-License-Identifier: Apache-2.0
//
// What fuzzing takes of C: the engine's entry point, and a call of libldap whose header
// (openldap.h) the program has no need of.
#ifndef FUZZ_ENGINE_H
#define FUZZ_ENGINE_H

#include <stddef.h>
#include <stdint.h>

/// libFuzzer as a library: feeds `run` until the options in `arguments` say that it is enough. It is
/// there in builds with `-sanitize=fuzzer` alone.
int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*run)(const uint8_t *bytes, size_t count));

/// A session of libldap on a socket that is open already.
int ldap_init_fd(int socket, int protocol, const char *url, void **session);

#endif
