internal import Bytes
internal import CLDAP

/// Walks over the attributes of one entry without copying them.
///
/// The views that it hands out belong to the message (names, values) and to the cursor (the list of
/// values): they are valid until `next()` is called again.
@safe
struct EntryCursor: ~Copyable {
  private let session: OpaquePointer
  private let message: OpaquePointer
  private var decoder: OpaquePointer?
  private var values: UnsafeMutablePointer<berval>?

  /// The entry's DN as the server spells it.
  let dn: ByteView
  /// The current attribute's description, options included.
  private(set) var name: ByteView = .empty
  /// How many values the current attribute has.
  private(set) var count = 0

  /// A cursor before the first attribute of `message`, or nil when that is not a sound entry.
  /// Both pointers must outlive the cursor.
  @unsafe
  init?(session: OpaquePointer, message: OpaquePointer) {
    var decoder: OpaquePointer?
    var dn = unsafe berval()
    let code = unsafe ldap_get_dn_ber(session, message, &decoder, &dn)
    unsafe self.session = session
    unsafe self.message = message
    unsafe self.decoder = decoder
    unsafe values = nil
    unsafe self.dn = view(dn)
    guard code == LDAP_SUCCESS else { return nil }
  }

  deinit {
    unsafe ldap_memfree(values)
    unsafe ber_free(decoder, 0)
  }

  /// Moves to the next attribute. False at the end, and where the entry is not sound any more
  /// (then `isSound` is false).
  mutating func next() -> Bool {
    unsafe ldap_memfree(values)
    unsafe values = nil
    count = 0
    var description = unsafe berval()
    let code = unsafe ldap_get_attribute_ber(session, message, decoder, &description, &values)
    guard code == LDAP_SUCCESS else {
      isSound = false
      return false
    }
    guard unsafe description.bv_val != nil else { return false }
    name = unsafe view(description)
    guard let values = unsafe values else { return true }
    while unsafe values[count].bv_val != nil { count += 1 }
    return true
  }

  /// Whether everything so far could be decoded.
  private(set) var isSound = true

  /// The current attribute's value number `index`, from 0.
  func value(_ index: Int) -> ByteView {
    guard let values = unsafe values, index < count else { return .empty }
    return unsafe view(values[index])
  }
}

/// The bytes of a berval.
private func view(_ bytes: berval) -> ByteView {
  guard let base = unsafe bytes.bv_val else { return .empty }
  let start = unsafe UnsafeRawPointer(base).assumingMemoryBound(to: UInt8.self)
  return unsafe ByteView(base: start, count: Int(bytes.bv_len))
}
