internal import BPF
public import LinuxSystem

/// All elements of a map on their way out, batch by batch.
public struct MapDump {
  private let elements: MapElements
  /// Nil for maps that are read in batches.
  private let walk: KeyWalk?

  /// Makes ready to go through a map.
  ///
  /// - Throws: for maps whose elements cannot be gone through, before anything is written.
  public init(of elements: MapElements) throws(InspectorError) {
    self.elements = elements
    walk = elements.isReadInBatches ? nil : try KeyWalk(over: elements)
  }

  /// Lines and `Found N elements`, for a map without types.
  public func writeText(to output: BufferedOutput) throws(InspectorError) {
    var found = 0
    let failure: InspectorError?
    if walk == nil, !elements.holdsMaps {
      let template = ElementTemplate(linesOf: elements.shape)
      failure = forEachBatch { keys, values, count throws(SystemCallError) in
        var result: Result<Void, SystemCallError> = .success(())
        _ = template.print(elements.shape, keys, values, count: count) { text in
          result = Result { () throws(SystemCallError) in try output.write(text) }
          if case .success = result { return true }
          return false
        }
        try result.get()
        found += count
      }
    } else {
      failure = forEach { key, outcome throws(SystemCallError) in
        switch outcome {
        case .value(let value):
          found += 1
          try output.write(elements.text(key: key, value: value))
        case .error(let error): try output.write(elements.text(key: key, error: error))
        }
      }
    }
    if let failure { throw failure }
    try InspectorError.wrap { () throws(SystemCallError) in
      try output.write("Found \(found) element\(found == 1 ? "" : "s")\n")
    }
  }

  /// A JSON array; with `withBytes` false only the typed forms.
  ///
  /// - Returns: what ended the walk too early, which the last element of the array tells as its `error`.
  public func write(
    to json: inout JSONWriter, isCompact: Bool, withBytes: Bool = true
  ) throws(SystemCallError) -> InspectorError? {
    var failure: InspectorError?
    try json.array { json throws(SystemCallError) in
      failure =
        isCompact && withBytes && walk == nil && !elements.isTyped && !elements.holdsMaps
        ? writeObjects(to: &json) : writeElements(to: &json, withBytes)
      guard let failure else { return }
      // Where nothing can be written any more there is nothing to tell.
      if case .systemCall(let error) = failure, error.call == "write" { throw error }
      try json.object { json throws(SystemCallError) in try json.member("error", "\(failure)") }
    }
    return failure
  }

  private func writeObjects(to json: inout JSONWriter) -> InspectorError? {
    let template = ElementTemplate(objectOf: elements.shape)
    var writer = json
    defer { json = writer }
    return forEachBatch { keys, values, count throws(SystemCallError) in
      var result: Result<Void, SystemCallError> = .success(())
      _ = template.print(elements.shape, keys, values, count: count) { text in
        // The writer puts the first comma.
        let objects = UnsafeRawBufferPointer(rebasing: text.dropFirst())
        result = Result { () throws(SystemCallError) in try writer.raw(elements: objects) }
        if case .success = result { return true }
        return false
      }
      try result.get()
    }
  }

  private func writeElements(to json: inout JSONWriter, _ withBytes: Bool) -> InspectorError? {
    var writer = json
    defer { json = writer }
    return forEach { key, outcome throws(SystemCallError) in
      switch outcome {
      case .value(let value): try elements.write(key: key, value: value, to: &writer, withBytes: withBytes)
      case .error(let error): try elements.write(key: key, error: error, to: &writer, withBytes: withBytes)
      }
    }
  }

  /// Calls `body` with each element; answers why it ended too early.
  private func forEach(
    _ body: ([UInt8], KeyWalk.Outcome) throws(SystemCallError) -> Void
  ) -> InspectorError? {
    var failure: InspectorError?
    func give(_ key: [UInt8], _ outcome: KeyWalk.Outcome) -> Bool {
      do throws(SystemCallError) {
        try body(key, outcome)
        return true
      } catch {
        failure = .systemCall(error)
        return false
      }
    }
    if let walk {
      do throws(InspectorError) { try walk.forEach(give) } catch { return error }
      return failure
    }
    let (keySize, valueSize) = (elements.shape.keySize, elements.shape.storedSize)
    let ended = forEachBatch { keys, values, count throws(SystemCallError) in
      for index in 0..<count {
        let key = keys[index * keySize..<(index + 1) * keySize]
        let value = values[index * valueSize..<(index + 1) * valueSize]
        try body(Array(key), .value(Array(value)))
      }
    }
    return ended
  }

  /// Calls `body` with many elements at once; answers why it ended too early.
  private func forEachBatch(
    _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer, Int) throws(SystemCallError) -> Void
  ) -> InspectorError? {
    var failure: InspectorError?
    do throws(BPFError) {
      try elements.map.forEachBatch { keys, values, count in
        keys.withUnsafeBytes { keys in
          values.withUnsafeBytes { values in
            do throws(SystemCallError) {
              try body(keys, values, count)
              return true
            } catch {
              failure = .systemCall(error)
              return false
            }
          }
        }
      }
    } catch { return .library(error) }
    return failure
  }
}
