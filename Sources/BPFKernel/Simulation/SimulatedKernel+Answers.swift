#if !hasFeature(Embedded)
  extension SimulatedKernel {
    @usableFromInline
    func answer(_ number: UInt, _ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64, _ e: UInt64) -> UInt64 {
      if let answer = answers[Int(number)] { return answer(self, [a, b, c, d, e]) }
      if let answer = answerOfMaps(number, a, b, c, d, e) ?? answerOfTasks(number, a, b, c) {
        return answer
      }
      if let answer = answerOfMemory(number, a, b, c, d) ?? answerOfPrograms(number, a, b, c, d, e) {
        return answer
      }
      if let answer = answerOfDynamicPointers(number, a, b, c, d) { return answer }
      preconditionFailure(
        "the simulated kernel has no answer to helper \(number): give it one, kernel.answers[\(number)] = { … }")
    }

    private func word(error: Int) -> UInt64 { UInt64(truncatingIfNeeded: error) }

    private func answerOfMaps(_ number: UInt, _ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64, _ e: UInt64)
      -> UInt64?
    {
      switch number {
      case 1: return BPFKernel.word(map(at: a).place(for: b, cpu: cpu))
      case 2: return word(error: map(at: a).update(b, c, flags: d, cpu: cpu))
      case 3: return word(error: map(at: a).remove(b))
      case 25: return word(error: map(at: b).output(d, e))
      case 27: return 1
      case 87: return word(error: map(at: a).push(b, flags: c))
      case 88: return word(error: map(at: a).peek(b, removing: true))
      case 89: return word(error: map(at: a).peek(b, removing: false))
      case 107, 145, 156, 210:
        return BPFKernel.word(map(at: a).storage(of: b, initial: c, create: d & 1 == 1))
      case 108, 146, 157, 211: return word(error: map(at: a).removeStorage(of: b))
      case 130: return word(error: map(at: a).output(b, c))
      case 131: return map(at: a).reserve(b)
      case 132, 133:
        let isKnown = maps.values.contains { $0.finish(a, submit: number == 132) }
        precondition(isKnown, "a record was submitted or discarded that is not reserved")
        return 0
      case 134: return UInt64(map(at: a).values.reduce(0) { $0 + $1.count })
      case 164: return forEach(a, b, c)
      case 195: return BPFKernel.word(map(at: a).place(for: b, cpu: UInt32(truncatingIfNeeded: c)))
      default: return nil
      }
    }

    private func forEach(_ address: UInt64, _ body: UInt64, _ state: UInt64) -> UInt64 {
      let map = map(at: address)
      let call = unsafeBitCast(UInt(body), to: ElementBody.self)
      var count: UInt64 = 0
      for key in map.keys() {
        guard let value = map.place(for: key, cpu: cpu), let raw = pointer(address), let state = pointer(state) else {
          break
        }
        var key = key
        count += 1
        if call(raw, &key, value, state) != 0 { break }
      }
      return count
    }

    private func answerOfTasks(_ number: UInt, _ a: UInt64, _ b: UInt64, _ c: UInt64) -> UInt64? {
      switch number {
      case 5, 118, 125, 160, 208: return time
      case 7:
        defer { randomIndex = (randomIndex + 1) % max(1, randomNumbers.count) }
        return randomNumbers.isEmpty ? 0 : UInt64(randomNumbers[randomIndex])
      case 8: return UInt64(cpu)
      case 14: return UInt64(process) << 32 | UInt64(thread ?? process)
      case 15: return UInt64(group) << 32 | UInt64(user)
      case 16:
        guard let place = pointer(a), b > 0 else { return word(error: -22) }
        let text = Array(command.utf8.prefix(min(15, Int(b) - 1)))
        place.initializeMemory(as: UInt8.self, repeating: 0, count: Int(b))
        place.copyMemory(from: text, byteCount: text.count)
        return 0
      case 35, 158: return BPFKernel.word(currentTask)
      case 42: return 0
      case 80: return cgroup
      case 109, 117:
        signals.append(UInt32(truncatingIfNeeded: a))
        return 0
      case 174: return attachCookie
      default: return nil
      }
    }

    private func answerOfMemory(_ number: UInt, _ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64) -> UInt64? {
      switch number {
      case 4, 112, 113, 148:
        guard let place = pointer(a) else { return word(error: -14) }
        guard let source = pointer(c) else {
          place.initializeMemory(as: UInt8.self, repeating: 0, count: Int(b))
          return word(error: -14)
        }
        place.copyMemory(from: source, byteCount: Int(b))
        return 0
      case 45, 114, 115:
        guard let place = pointer(a), let source = pointer(c), b > 0 else { return word(error: -14) }
        let text = UnsafeRawBufferPointer(start: source, count: Int(b) - 1).prefix { $0 != 0 }
        place.copyMemory(from: source, byteCount: text.count)
        place.storeBytes(of: 0, toByteOffset: text.count, as: UInt8.self)
        return UInt64(text.count + 1)
      case 26:
        guard let packet, let place = pointer(c), Int(b) + Int(d) <= packet.count, let start = packet.baseAddress else {
          return word(error: -14)
        }
        place.copyMemory(from: start + Int(b), byteCount: Int(d))
        return 0
      default: return nil
      }
    }

    private func answerOfPrograms(_ number: UInt, _ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64, _ e: UInt64)
      -> UInt64?
    {
      switch number {
      case 6:
        guard let format = pointer(a) else { return word(error: -22) }
        traceOutput.append(FormattedText(format, [c, d, e]).text)
        return UInt64(traceOutput.last?.utf8.count ?? 0)
      case 12:
        tailCalls.append(UInt32(truncatingIfNeeded: c))
        return word(error: -2)
      case 23, 155:
        redirections.append(a)
        return 7
      case 51:
        redirections.append(b)
        return 4
      case 93, 94: return 0
      case 126:
        guard let format = pointer(b), let values = pointer(d) else { return word(error: -22) }
        let words = UnsafeRawBufferPointer(start: values, count: Int(e)).bindMemory(to: UInt64.self)
        iteratorOutput += FormattedText(format, Array(words)).text
        return 0
      case 127:
        guard let bytes = pointer(b) else { return word(error: -22) }
        iteratorOutput += String(decoding: UnsafeRawBufferPointer(start: bytes, count: Int(c)), as: UTF8.self)
        return 0
      case 169:
        let isPrepared = timers[UInt(a)] != nil
        if !isPrepared { timers[UInt(a)] = SimulatedTimer(map: UInt(b)) }
        return word(error: isPrepared ? -16 : 0)
      case 170:
        timers[UInt(a)]?.callback = UInt(b)
        return 0
      case 171:
        timers[UInt(a)]?.end = time &+ b
        return 0
      case 172:
        let wasRunning = timers[UInt(a)]?.end != nil
        timers[UInt(a)]?.end = nil
        return wasRunning ? 1 : 0
      case 181:
        let call = unsafeBitCast(UInt(b), to: LoopBody.self)
        guard let state = pointer(c) else { return word(error: -22) }
        var count: UInt64 = 0
        while count < a {
          count += 1
          if call(count - 1, state) != 0 { break }
        }
        return count
      default: return nil
      }
    }
  }
#endif
