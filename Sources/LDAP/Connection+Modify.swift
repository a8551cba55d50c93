internal import Bytes
internal import CLDAP
internal import Directory

extension Connection {
  /// Changes one object (RFC 4511 §4.6); throws what the server says when that is not success.
  borrowing func modify(_ dn: String, _ changes: [Modification]) throws(LDAPError) {
    var id: Int32 = 0
    var list = CModifications(changes)
    defer { list.free() }
    let code = unsafe list.pointers.withUnsafeMutableBufferPointer { pointers in
      unsafe ldap_modify_ext(handle, dn, pointers.baseAddress, nil, nil, &id)
    }
    guard code == LDAP_SUCCESS else { throw failure(code, .modify) }
    try finish(id, .modify)
  }

  /// Fetches what the server left out of attributes that it hands out in portions.
  borrowing func completeRanges(of entry: inout LDAPEntry) throws(LDAPError) {
    let dn = String(decoding: entry.dn, as: UTF8.self)
    for index in entry.attributes.indices {
      let name = entry.attributes[index].name
      guard let range = Array(name.utf8).withByteView({ RangeOption($0) }) else { continue }
      let attribute = String(decoding: range.attribute, as: UTF8.self)
      entry.attributes[index].name = attribute
      var next = range.last.map { $0 + 1 }
      while let first = next {
        let request = "\(attribute);range=\(first)-*"
        let portion = try object(dn, attributes: [request])?.attributes.lazy.compactMap { part in
          Array(part.name.utf8).withByteView { RangeOption($0) }.map { ($0, part.values) }
        }.first { $0.0.first == first }
        guard let (found, values) = portion, !values.isEmpty else {
          throw LDAPError(
            .read, .garbled, server: server,
            summary: "the server does not send the values of \(attribute) from number \(first) on")
        }
        entry.attributes[index].values += values
        next = found.last.map { $0 + 1 }
      }
    }
    // Active Directory names an attribute twice: empty, and with the range.
    entry.attributes.removeAll(where: \.values.isEmpty)
  }
}

/// Changes in libldap's layout: a list of pointers to structures with lists of pointers to values.
@safe
private struct CModifications {
  /// The list, which ends with a null.
  var pointers: [UnsafeMutablePointer<LDAPMod>?] = unsafe []

  init(_ changes: [Modification]) {
    for change in changes {
      let made = UnsafeMutablePointer<LDAPMod>.allocate(capacity: 1)
      var modification = unsafe LDAPMod()
      unsafe modification.mod_op = Self.operation(change.operation) | LDAP_MOD_BVALUES
      unsafe modification.mod_type = Self.copy(Array(change.attribute.utf8) + [0])
      unsafe modification.mod_vals.modv_bvals = Self.values(change.values)
      unsafe made.initialize(to: modification)
      unsafe pointers.append(made)
    }
    unsafe pointers.append(nil)
  }

  /// Returns the memory; the list is empty afterwards.
  mutating func free() {
    for index in unsafe pointers.indices {
      guard let made = unsafe pointers[index] else { continue }
      unsafe made.pointee.mod_type.deallocate()
      if let values = unsafe made.pointee.mod_vals.modv_bvals {
        var next = unsafe values
        while let value = unsafe next.pointee {
          unsafe value.pointee.bv_val.deallocate()
          unsafe value.deallocate()
          unsafe next += 1
        }
        unsafe values.deallocate()
      }
      unsafe made.deallocate()
    }
    unsafe pointers = []
  }

  private static func operation(_ operation: Modification.Operation) -> Int32 {
    switch operation {
    case .add: LDAP_MOD_ADD
    case .delete: LDAP_MOD_DELETE
    case .replace: LDAP_MOD_REPLACE
    }
  }

  private static func copy(_ bytes: [UInt8]) -> UnsafeMutablePointer<CChar> {
    let made = UnsafeMutablePointer<CChar>.allocate(capacity: max(1, bytes.count))
    for (index, byte) in bytes.enumerated() { unsafe made[index] = CChar(bitPattern: byte) }
    return unsafe made
  }

  /// A list of values that ends with a null; null when there are none.
  private static func values(
    _ values: [[UInt8]]
  ) -> UnsafeMutablePointer<UnsafeMutablePointer<berval>?>? {
    guard !values.isEmpty else { return nil }
    let list = UnsafeMutablePointer<UnsafeMutablePointer<berval>?>.allocate(
      capacity: values.count + 1)
    for (index, bytes) in values.enumerated() {
      let value = UnsafeMutablePointer<berval>.allocate(capacity: 1)
      unsafe value.initialize(to: berval(bv_len: ber_len_t(bytes.count), bv_val: copy(bytes)))
      unsafe (list + index).initialize(to: value)
    }
    unsafe (list + values.count).initialize(to: nil)
    return unsafe list
  }
}
