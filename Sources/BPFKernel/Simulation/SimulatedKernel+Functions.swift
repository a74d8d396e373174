// swift-format-ignore-file: AlwaysUseLowerCamelCase

#if !hasFeature(Embedded)
  extension SimulatedKernel {
    /// The name in a declaration in C: the word in front of the parenthesis.
    static func functionName(_ declaration: UnsafePointer<UInt8>) -> String {
      let head = String(cString: declaration).prefix { $0 != "(" }
      return String(head.split { $0 == " " || $0 == "*" }.last ?? "")
    }

    func hasFunction(_ name: String) -> Bool {
      functions[name] != nil || Self.withoutEffect.contains(name) || Self.numberIterator.contains(name)
        || name == "bpf_dynptr_size"
    }

    /// Functions that only keep others out, and nobody else is there.
    private static let withoutEffect: Set<String> = [
      "bpf_rcu_read_lock", "bpf_rcu_read_unlock", "bpf_preempt_disable", "bpf_preempt_enable",
    ]
    private static let numberIterator: Set<String> = [
      "bpf_iter_num_new", "bpf_iter_num_next", "bpf_iter_num_destroy",
    ]

    func call(_ name: String, _ arguments: [UInt64]) -> UInt64 {
      if let answer = functions[name] { return answer(self, arguments) }
      if Self.withoutEffect.contains(name) { return 0 }
      if let answer = answerOfNumbers(name, arguments) { return answer }
      if name == "bpf_dynptr_size", let place = arguments.first.flatMap({ pointer($0) }) {
        return place.load(fromByteOffset: 8, as: UInt64.self)
      }
      preconditionFailure(
        "the simulated kernel has no function \(name): give it one, kernel.functions[\"\(name)\"] = { … }")
    }

    /// The iterator is the next number and the end, in 32 bits each; the number's own place is what is handed out.
    private func answerOfNumbers(_ name: String, _ arguments: [UInt64]) -> UInt64? {
      guard Self.numberIterator.contains(name), let first = arguments.first, let place = pointer(first) else {
        return nil
      }
      let state = place.assumingMemoryBound(to: Int32.self)
      switch name {
      case "bpf_iter_num_new":
        let (start, end) = (Int32(truncatingIfNeeded: arguments[1]), Int32(truncatingIfNeeded: arguments[2]))
        // The kernel hands out at most 8 Mi numbers, `BPF_MAX_LOOPS`.
        let isWrong = start > end || Int64(end) - Int64(start) > 8 << 20
        (state[0], state[1]) = isWrong ? (0, 0) : (start &- 1, end)
        return isWrong ? UInt64(truncatingIfNeeded: start > end ? -22 : -7) : 0
      case "bpf_iter_num_next":
        guard Int64(state[0]) + 1 < Int64(state[1]) else {
          (state[0], state[1]) = (0, 0)
          return 0
        }
        state[0] &+= 1
        return first
      default:
        (state[0], state[1]) = (0, 0)
        return 0
      }
    }
  }

  @usableFromInline func swift_bpf_function_exists(_ declaration: UnsafePointer<UInt8>) -> UInt64 {
    SimulatedKernel.current.hasFunction(SimulatedKernel.functionName(declaration)) ? 1 : 0
  }
  private func call(_ declaration: UnsafePointer<UInt8>, _ arguments: [UInt64]) -> UInt64 {
    SimulatedKernel.current.call(SimulatedKernel.functionName(declaration), arguments)
  }
  @usableFromInline func swift_bpf_call0(_ declaration: UnsafePointer<UInt8>) -> UInt64 { call(declaration, []) }
  @usableFromInline func swift_bpf_call1(_ declaration: UnsafePointer<UInt8>, _ a: UInt64) -> UInt64 {
    call(declaration, [a])
  }
  @usableFromInline func swift_bpf_call2(_ declaration: UnsafePointer<UInt8>, _ a: UInt64, _ b: UInt64) -> UInt64 {
    call(declaration, [a, b])
  }
  @usableFromInline func swift_bpf_call3(
    _ declaration: UnsafePointer<UInt8>, _ a: UInt64, _ b: UInt64, _ c: UInt64
  ) -> UInt64 { call(declaration, [a, b, c]) }
  @usableFromInline func swift_bpf_call4(
    _ declaration: UnsafePointer<UInt8>, _ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64
  ) -> UInt64 { call(declaration, [a, b, c, d]) }
  @usableFromInline func swift_bpf_call5(
    _ declaration: UnsafePointer<UInt8>, _ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64, _ e: UInt64
  ) -> UInt64 { call(declaration, [a, b, c, d, e]) }
#endif
