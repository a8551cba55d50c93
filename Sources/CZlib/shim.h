// SPDX-License-Identifier: Apache-2.0
//
// Debian's zlib. Package.swift links the archive, so that the program asks for no library more.
#ifndef CZLIB_SHIM_H
#define CZLIB_SHIM_H

#include <zlib.h>

#endif
