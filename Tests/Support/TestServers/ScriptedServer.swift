import Foundation
import LibC

/// A server that does what a test tells it, faults above all. Speaks LDAP on a port of 127.0.0.1 as
/// long as it lives.
package final class ScriptedServer: Sendable {
  /// A request as far as the tests care.
  package struct Request {
    package var id = 0
    /// The protocol operation's tag: 0x60 bind, 0x63 search, 0x77 extended.
    package var operation: UInt8 = 0
    package var base = ""
    package var attributes: [String] = []
    /// The paging control's cookie; nil without the control.
    package var cookie: String?
    /// Which connection it came on, from 0.
    package var connection = 0

    /// Request number `id`, with nothing but its operation.
    package init(id: Int = 0, operation: UInt8 = 0) {
      self.id = id
      self.operation = operation
    }
  }

  /// What to do next.
  package enum Action {
    case send([UInt8])
    case hangUp
    /// Nobody listens any more.
    case die
  }

  package typealias Script = @Sendable (Request) -> [Action]

  package let port: Int
  /// The paged results control (RFC 2696).
  private static let pagedResults = "1.2.840.113556.1.4.319"
  private let listener: Listener
  private let rootDSE: [(String, [String])]?
  private let script: Script

  /// A server whose root DSE says that it pages, or not, and whose searches `script` answers; that
  /// for the root DSE too where it `answersRoot`.
  package init(
    pages: Bool = true, rootDSE extra: [(String, [String])] = [], answersRoot: Bool = false,
    _ script: @escaping Script
  ) {
    signal(SIGPIPE, SIG_IGN)
    let control = pages ? [Self.pagedResults] : ["1.1.1"]
    let facts = [("namingContexts", ["dc=x"]), ("supportedControl", control)]
    rootDSE = answersRoot ? nil : facts + extra
    self.script = script
    let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    listener = Listener(handle)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    port = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
        bind(handle, plain, size)
        listen(handle, 8)
        getsockname(handle, plain, &size)
      }
      return Int(UInt16(bigEndian: $0.pointee.sin_port))
    }
    Thread.detachNewThread { [listener, rootDSE, script] in
      var count = 0
      while true {
        let client = accept(handle, nil, nil)
        guard client >= 0 else { return listener.close() }
        let number = count
        count += 1
        Thread.detachNewThread {
          Self.serve(client, number, listener, rootDSE, script)
          LibC.close(client)
        }
      }
    }
  }

  deinit { listener.stop() }

  /// Its URL.
  package var address: String { "ldap://127.0.0.1:\(port)" }

  private static func serve(
    _ client: Int32, _ number: Int, _ listener: Listener, _ rootDSE: [(String, [String])]?,
    _ script: Script
  ) {
    var buffer: [UInt8] = []
    while true {
      var rest = buffer[...]
      guard let message = BER.next(&rest) else {
        var chunk = [UInt8](repeating: 0, count: 65536)
        let count = read(client, &chunk, chunk.count)
        guard count > 0 else { return }
        buffer += chunk[..<count]
        continue
      }
      buffer = Array(rest)
      var request = parse(message.content)
      request.connection = number
      let isRoot = request.operation == 0x63 && request.base.isEmpty
      let actions =
        isRoot ? rootDSE.map { root(request, $0) } ?? script(request) : script(request)
      for action in actions {
        switch action {
        case .send(let bytes):
          var sent = 0
          while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
              write(
                client, UnsafeRawBufferPointer(rebasing: $0[sent...]).baseAddress, $0.count - sent)
            }
            guard count > 0 else { return }
            sent += count
          }
        case .hangUp: return
        case .die:
          listener.stop()
          return
        }
      }
    }
  }

  /// The socket that connections come in at. Its number is soon another file's when it is closed, so
  /// the thread that waits at it is the only one to close it, once.
  private final class Listener: @unchecked Sendable {
    private let lock = NSLock()
    private var handle: Int32?

    init(_ handle: Int32) { self.handle = handle }

    /// From here on nobody listens. The waiting thread notices.
    func stop() {
      lock.withLock { if let handle { shutdown(handle, Int32(SHUT_RDWR)) } }
    }

    func close() {
      lock.withLock {
        if let handle { LibC.close(handle) }
        handle = nil
      }
    }
  }

  private static func root(
    _ request: Request, _ rootDSE: [(String, [String])]
  ) -> [Action] {
    [.send(entry(request, "", rootDSE)), .send(done(request))]
  }

  private static func parse(_ bytes: ArraySlice<UInt8>) -> Request {
    var request = Request()
    var rest = bytes
    request.id = BER.next(&rest).map { BER.number($0.content) } ?? 0
    guard let operation = BER.next(&rest) else { return request }
    request.operation = operation.tag
    guard operation.tag == 0x63 else { return request }
    var parts = operation.content
    request.base = BER.next(&parts).map { BER.string($0.content) } ?? ""
    for _ in 0..<6 { _ = BER.next(&parts) }
    var names = BER.next(&parts)?.content ?? []
    while let name = BER.next(&names) { request.attributes.append(BER.string(name.content)) }
    guard var controls = BER.next(&rest)?.content else { return request }
    while let control = BER.next(&controls) {
      var fields = control.content
      var value: ArraySlice<UInt8>?
      while let field = BER.next(&fields) { value = field.content }
      guard var value, var inner = BER.next(&value)?.content, BER.next(&inner) != nil else {
        continue
      }
      request.cookie = BER.next(&inner).map { BER.string($0.content) }
    }
    return request
  }
}

extension ScriptedServer {
  /// A search result entry.
  package static func entry(
    _ request: Request, _ dn: String, _ attributes: [(String, [String])]
  ) -> [UInt8] {
    let list = attributes.flatMap { name, values in
      BER.sequence(
        BER.text(name), BER.element(0x31, values.flatMap { BER.text($0) }))
    }
    return BER.sequence(
      BER.integer(request.id), BER.sequence(BER.text(dn), BER.element(0x30, list), tag: 0x64))
  }

  /// Persons `numbers` below dc=x.
  package static func persons(_ request: Request, _ numbers: Range<Int>) -> [Action] {
    numbers.map { .send(entry(request, "cn=\($0),dc=x", [("cn", ["\($0)"])])) }
  }

  /// The end of an operation; of a search, with where the next page begins.
  package static func done(
    _ request: Request, code: Int = 0, text: String = "", next: String? = nil
  )
    -> [UInt8]
  {
    let tag = request.operation == 0x63 ? 0x65 : request.operation + 1
    let result = BER.sequence(
      BER.integer(code, tag: 0x0A), BER.text(""), BER.text(text), tag: UInt8(tag))
    guard let next else { return BER.sequence(BER.integer(request.id), result) }
    let value = BER.sequence(BER.integer(0), BER.text(next))
    let control = BER.sequence(BER.text(Self.pagedResults), BER.element(4, value))
    return BER.sequence(BER.integer(request.id), result, BER.element(0xA0, control))
  }

  /// A search reference.
  package static func reference(_ request: Request, _ urls: [String]) -> [UInt8] {
    BER.sequence(
      BER.integer(request.id), BER.element(0x73, urls.flatMap { BER.text($0) }))
  }
}
