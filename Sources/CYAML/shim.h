// SPDX-License-Identifier: Apache-2.0
//
// Debian's libyaml. Package.swift links the archive, so that the program asks for no library more.
#ifndef CYAML_SHIM_H
#define CYAML_SHIM_H

#include <yaml.h>

#endif
