import LDAPSource
import TestServers

extension ScriptedServer {
  var url: LDAPURL {
    get throws { try LDAPURL(address) }
  }
}
