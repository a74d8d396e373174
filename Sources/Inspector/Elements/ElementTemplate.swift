/// The text of an element, of which only the digits differ from one to the next.
///
/// A million elements are printed by copying the text and putting the digits in.
struct ElementTemplate {
  /// The text with its digits left open.
  private var text: [UInt8] = []
  /// Where the digits of each byte go: those of the key, and those of the value with the byte's place in it.
  private var keyPlaces: [Int] = []
  private var valuePlaces: [(source: Int, place: Int)] = []

  /// An element's lines as bpftool prints them without type information.
  init(linesOf shape: ElementShape) {
    let breaks = shape.keySize > 16 || shape.valueSize > 16
    if shape.isPerCPU {
      append("key:\n")
      for index in 0..<shape.keySize { append(HexDigits.separator(before: index), key: index) }
      append("\n")
      for (place, cpu) in shape.cpus.enumerated() {
        append("value (CPU \(cpu < 10 ? "0" : "")\(cpu)):\(shape.valueSize > 16 ? "\n" : " ")")
        for index in 0..<shape.valueSize {
          append(HexDigits.separator(before: index), value: place * shape.stride + index)
        }
        append("\n")
      }
      return
    }
    if shape.keySize > 0 {
      append(breaks ? "key:\n" : "key: ")
      for index in 0..<shape.keySize { append(HexDigits.separator(before: index), key: index) }
      append(shape.keySize + shape.valueSize <= 24 && !breaks ? "  " : "\n")
    }
    if shape.valueSize > 0 {
      append(breaks ? "value:\n" : "value: ")
      for index in 0..<shape.valueSize { append(HexDigits.separator(before: index), value: index) }
    }
    append("\n")
  }

  /// A comma and an element's JSON object without blanks: `,{"key":["0x01"],"value":["0x02"]}`.
  init(objectOf shape: ElementShape) {
    append(",{\"key\":[")
    for index in 0..<shape.keySize { append(index == 0 ? "\"0x" : "\",\"0x", key: index) }
    append(shape.keySize > 0 ? "\"]," : "],")
    if shape.isPerCPU { append("\"values\":[") }
    for (place, cpu) in shape.cpus.enumerated() {
      if shape.isPerCPU { append("\(place > 0 ? "," : ""){\"cpu\":\(cpu),") }
      append("\"value\":[")
      for index in 0..<shape.valueSize {
        append(index == 0 ? "\"0x" : "\",\"0x", value: place * shape.stride + index)
      }
      append(shape.valueSize > 0 ? "\"]" : "]")
      if shape.isPerCPU { append("}") }
    }
    append(shape.isPerCPU ? "]}" : "}")
  }

  private mutating func append(_ text: String) { self.text += Array(text.utf8) }

  private mutating func append(_ separator: String, key index: Int) {
    append(separator)
    keyPlaces.append(text.count)
    append("00")
  }

  private mutating func append(_ separator: String, value index: Int) {
    append(separator)
    valuePlaces.append((index, text.count))
    append("00")
  }

  /// Calls `body` with the text of some elements after the other, until it answers false.
  ///
  /// `keys` and `values` hold `count` of each in a row.
  func print(
    _ shape: ElementShape, _ keys: UnsafeRawBufferPointer, _ values: UnsafeRawBufferPointer, count: Int,
    _ body: (UnsafeRawBufferPointer) -> Bool
  ) -> Bool {
    let storedSize = shape.storedSize
    guard keys.count >= count * shape.keySize, values.count >= count * storedSize else { return true }
    // As much as one write takes; at least one element.
    let perWrite = max(1, (1 << 17) / max(1, text.count))
    var isGoingOn = true
    withUnsafeTemporaryAllocation(byteCount: min(count, perWrite) * text.count, alignment: 16) { buffer in
      var done = 0
      while done < count, isGoingOn {
        let part = min(perWrite, count - done)
        fill(
          buffer, UnsafeRawBufferPointer(rebasing: keys[(done * shape.keySize)...]),
          UnsafeRawBufferPointer(rebasing: values[(done * storedSize)...]), part, shape.keySize, storedSize)
        isGoingOn = body(UnsafeRawBufferPointer(rebasing: buffer[..<(part * text.count)]))
        done += part
      }
    }
    return isGoingOn
  }

  private func fill(
    _ buffer: UnsafeMutableRawBufferPointer, _ keys: UnsafeRawBufferPointer, _ values: UnsafeRawBufferPointer,
    _ count: Int, _ keySize: Int, _ valueSize: Int
  ) {
    let size = text.count
    HexDigits.pairs.withUnsafeBufferPointer { pairs in
      text.withUnsafeBytes { text in
        keyPlaces.withUnsafeBufferPointer { keyPlaces in
          valuePlaces.withUnsafeBufferPointer { valuePlaces in
            guard var target = buffer.baseAddress, let source = text.baseAddress else { return }
            for element in 0..<count {
              target.copyMemory(from: source, byteCount: size)
              let key = element &* keySize
              for index in 0..<keyPlaces.count {
                target.storeBytes(
                  of: pairs[Int(keys[key &+ index])], toByteOffset: keyPlaces[index], as: UInt16.self)
              }
              let value = element &* valueSize
              for index in 0..<valuePlaces.count {
                let digits = valuePlaces[index]
                target.storeBytes(
                  of: pairs[Int(values[value &+ digits.source])], toByteOffset: digits.place, as: UInt16.self)
              }
              target += size
            }
          }
        }
      }
    }
  }
}
