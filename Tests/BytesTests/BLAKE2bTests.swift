import Bytes
import Testing

@Suite struct BLAKE2bTests {
  /// By another implementation: `printf … | b2sum -l 128`.
  @Test(arguments: [
    ("", "cae66941d9efbd404e4d88758ea67670"),
    ("abc", "cf4ab791c62b8d2b2109c90275287816"),
    (String(repeating: "x", count: 127), "faeac286ccce46d5273182d599dd943b"),
    (String(repeating: "x", count: 128), "874acca82a22239ec64a3e70c3ae494e"),
    (String(repeating: "x", count: 129), "b9ee96f69e8210c624fee55d71d5a54f"),
    (String(repeating: "x", count: 256), "0b2c2b0de02938ad7a728b51e8da3357"),
    (String(repeating: "x", count: 1000), "c9b2bd4ff487864c29fb41fab3e8187e"),
  ])
  func hashIsThatOfOthers(_ message: String, _ expected: String) {
    #expect(message.withByteView { BLAKE2b.hash($0) }.hexadecimal == expected)
  }

  @Test func everyLengthAroundABlockIsPadded() {
    // The hash of the hashes, in hexadecimal, of 0…300 times "x", computed with another implementation.
    let hashes = (0...300).map { count in
      [UInt8](repeating: 0x78, count: count).withByteView { BLAKE2b.hash($0) }.hexadecimal
    }
    let all = hashes.joined().withByteView { BLAKE2b.hash($0) }
    #expect(all.hexadecimal == "35f1a67b565243df23d6fcae7ceb19f6")
  }
}
