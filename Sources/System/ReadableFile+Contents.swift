extension ReadableFile {
  /// The whole file, for small ones; `nil` when it is larger than `limit` bytes.
  public func contents(atMost limit: Int) throws(SystemError) -> [UInt8]? {
    guard size <= limit else { return nil }
    var bytes = [UInt8](repeating: 0, count: size)
    let count = try unsafe bytes.withUnsafeMutableBufferPointer { target throws(SystemError) in
      guard let base = target.baseAddress else { return 0 }
      return try unsafe read(at: 0, count: target.count, into: base)
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }
}
