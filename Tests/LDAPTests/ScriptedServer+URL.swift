import LDAP
import TestServers

extension ScriptedServer {
  var url: LDAPURL {
    get throws { try LDAPURL(address) }
  }
}
