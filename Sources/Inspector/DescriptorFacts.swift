internal import KernelInterface
internal import LinuxSystem

/// The lines of `/proc/PID/fdinfo/N`: what the kernel says of a descriptor.
struct DescriptorFacts {
  private var bytes: [UInt8]

  /// Of a descriptor of this process; no facts when it cannot be asked.
  init(_ descriptor: borrowing OwnedDescriptor) {
    self.init(path: descriptor.withNumber { "/proc/self/fdinfo/\($0)" })
  }

  /// Of any, by its file.
  init(path: String) {
    guard let file = try? FileSystem.open(path) else {
      bytes = []
      return
    }
    // The kernel gives such a file at once: what leaves room is the whole of it.
    let limit = 1024
    bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      count = (try? file.read(into: UnsafeMutableRawBufferPointer(buffer), subject: path)) ?? 0
    }
    if bytes.count == limit { bytes += (try? file.readToEnd(subject: path)) ?? [] }
  }

  /// What stands behind a word and its colon; nil where there is no such line.
  subscript(key: StaticString) -> String? { value(of: key).map { String(decoding: $0, as: UTF8.self) } }

  /// The same as a number in decimal.
  func number(_ key: StaticString) -> UInt64? {
    guard let value = value(of: key), !value.isEmpty else { return nil }
    var number: UInt64 = 0
    for byte in value {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), number < UInt64.max / 10 - 1 else { return nil }
      number = number * 10 + UInt64(byte - UInt8(ascii: "0"))
    }
    return number
  }

  /// The object that the descriptor is one of; nil for other descriptors.
  ///
  /// A link's program is told along with it.
  var object: (kind: ObjectKind, id: UInt32)? {
    let words: [(StaticString, ObjectKind)] = [
      ("link_id", .link), ("prog_id", .program), ("map_id", .map), ("btf_id", .btf),
    ]
    for (word, kind) in words {
      if let id = number(word).flatMap({ UInt32(exactly: $0) }) { return (kind, id) }
    }
    return nil
  }

  private func value(of key: StaticString) -> ArraySlice<UInt8>? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
      let line = rest[..<end]
      rest = rest[min(end + 1, rest.endIndex)...]
      let length = key.utf8CodeUnitCount
      guard line.count > length, line[line.startIndex + length] == UInt8(ascii: ":"),
        key.withUTF8Buffer({ line.starts(with: $0) })
      else { continue }
      return line.dropFirst(length + 1).drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    }
    return nil
  }
}
