// SPDX-License-Identifier: Apache-2.0
//
// The system's libldap (OpenLDAP), and the few things of it that Swift cannot import.
#ifndef CLDAP_SHIM_H
#define CLDAP_SHIM_H

#include <lber.h>
#include <ldap.h>

/// `LDAP_OPT_ON` is a cast of an address, which Swift does not import as a constant.
static inline const void *cldap_option_on(void) { return LDAP_OPT_ON; }

/// One question of the SASL library, as <sasl/sasl.h> lays it out. The header belongs to another
/// package, which building this program shall not need; the layout is part of SASL's binary
/// interface.
struct cldap_sasl_question {
  unsigned long id;
  const char *challenge;
  const char *prompt;
  const char *default_result;
  const void *result;
  unsigned length;
};

/// Answers every question of a SASL mechanism with its default, else with nothing. Kerberos and
/// EXTERNAL only ask which identity to act as: nobody else's. A C callback, because the list of
/// questions is a C array that ends with an id of 0.
static inline int cldap_answer_sasl(LDAP *session, unsigned flags, void *defaults, void *list) {
  (void)session;
  (void)flags;
  (void)defaults;
  struct cldap_sasl_question *question = (struct cldap_sasl_question *)list;
  for (; question && question->id != 0; question++) {
    const char *answer = question->default_result ? question->default_result : "";
    unsigned length = 0;
    while (answer[length] != 0) length++;
    question->result = answer;
    question->length = length;
  }
  return LDAP_SUCCESS;
}

#endif
