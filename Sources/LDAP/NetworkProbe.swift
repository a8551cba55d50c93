import LibC

/// Tries the network by itself, without LDAP, to say which part of connecting fails.
enum NetworkProbe {
  /// What was found.
  enum Finding: Equatable {
    /// A server listens there.
    case open
    /// The name means nothing; the resolver's word for it.
    case unknownName(String)
    /// The machine is there and no server listens.
    case refused
    /// Nothing came back in time.
    case noAnswer
    /// The network says no; the system's word for it.
    case unreachable(String)
  }

  /// Connects to `host` on `port` and hangs up.
  static func tcp(_ host: String, _ port: Int, limit: Duration) -> Finding {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let code = unsafe getaddrinfo(host, String(port), &hints, &list)
    guard code == 0 else { return .unknownName(unsafe String(cString: gai_strerror(code))) }
    defer { unsafe freeaddrinfo(list) }
    var finding = Finding.unknownName("no address")
    var next = unsafe list
    while let address = unsafe next {
      finding = unsafe attempt(address.pointee, limit)
      if finding == .open { return .open }
      unsafe next = address.pointee.ai_next
    }
    return finding
  }

  /// Connects to the local socket at `path` and hangs up.
  static func local(_ path: String) -> Finding {
    guard unsafe access(path, F_OK) == 0 else {
      return .unreachable(unsafe String(cString: strerror(errno)))
    }
    return unsafe access(path, W_OK) == 0
      ? .refused : .unreachable(unsafe String(cString: strerror(errno)))
  }

  private static func attempt(_ address: addrinfo, _ limit: Duration) -> Finding {
    let handle = unsafe socket(
      address.ai_family, address.ai_socktype | Int32(SOCK_NONBLOCK.rawValue), address.ai_protocol)
    guard handle >= 0 else { return .unreachable(unsafe String(cString: strerror(errno))) }
    defer { close(handle) }
    if unsafe connect(handle, address.ai_addr, address.ai_addrlen) == 0 { return .open }
    guard errno == EINPROGRESS else { return finding(errno) }
    var waiting = pollfd(fd: handle, events: Int16(POLLOUT), revents: 0)
    let milliseconds = limit.components.seconds * 1000
    guard unsafe poll(&waiting, 1, Int32(clamping: milliseconds)) > 0 else { return .noAnswer }
    var code: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    unsafe getsockopt(handle, SOL_SOCKET, SO_ERROR, &code, &size)
    return code == 0 ? .open : finding(code)
  }

  private static func finding(_ code: Int32) -> Finding {
    switch code {
    case ECONNREFUSED: .refused
    case ETIMEDOUT: .noAnswer
    default: .unreachable(unsafe String(cString: strerror(code)))
    }
  }
}

/// Addresses as text.
enum IPAddress {
  /// An IPv6 address of 16 bytes as `inet_ntop` writes it.
  static func text(_ bytes: [UInt8]) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard unsafe inet_ntop(AF_INET6, bytes, &buffer, socklen_t(buffer.count)) != nil else {
      return nil
    }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
