#if !hasFeature(Embedded)
  extension SimulatedKernel {
    private func contents(_ map: borrowing some KernelMap & ~Copyable) -> SimulatedMap { self.map(at: word(map.raw)) }

    /// A copy of what the map has for `key` in this kernel, on the present CPU; nil when it has nothing.
    public func value<Map: KeyedMap & ~Copyable>(in map: borrowing Map, for key: Map.Key) -> Map.Value? {
      run { map.value(for: key) }
    }

    /// A copy of what the map has at `index` in this kernel, on the present CPU.
    public func value<Map: IndexedMap & ~Copyable>(in map: borrowing Map, at index: UInt32) -> Map.Value? {
      run { map.value(for: index) }
    }

    /// Stores a value in the map, as user space does.
    public func set<Map: KeyedMap & ~Copyable>(_ value: Map.Value, in map: borrowing Map, for key: Map.Key) {
      run { _ = map.set(value, for: key) }
    }

    /// Keys and values in the map, in the order in which they came.
    public func elements<Map: KeyedMap & ~Copyable>(of map: borrowing Map) -> [(key: Map.Key, value: Map.Value)] {
      let contents = contents(map)
      return contents.keys().compactMap { key in
        guard let place = contents.place(for: key, cpu: cpu) else { return nil }
        return (
          key.withUnsafeBytes { $0.loadUnaligned(as: Map.Key.self) },
          UnsafeRawPointer(place).loadUnaligned(as: Map.Value.self)
        )
      }
    }

    /// The events that were sent and not taken yet, the oldest first; takes them.
    public func events<Event>(of buffer: borrowing RingBuffer<Event>) -> [Event] { take(contents(buffer)) }

    /// The events that were sent and not taken yet, the oldest first; takes them.
    public func events<Event>(of buffer: borrowing PerfEventArray<Event>) -> [Event] { take(contents(buffer)) }

    private func take<Event: BitwiseCopyable>(_ contents: SimulatedMap) -> [Event] {
      precondition(!contents.hasOpenReservations, "a record was neither submitted nor discarded")
      defer { contents.values = [] }
      return contents.values.map { bytes in bytes.withUnsafeBytes { $0.loadUnaligned(as: Event.self) } }
    }

    /// The lines that were logged and not taken yet, the oldest first; takes them.
    public func lines(of log: borrowing Log) -> [String] {
      let contents = contents(log)
      defer { contents.values = [] }
      return contents.values.compactMap { LogLine(decoding: $0)?.text }
    }

    /// Sets a constant in this kernel, as the loader does before a program is loaded.
    public func set<T>(_ constant: borrowing Config<T>, to value: T) {
      set(constantAt: UInt(bitPattern: constant.address), to: value)
    }

    /// Sets what an option is in this kernel.
    public func set<T>(_ option: borrowing KernelOption<T>, to value: T) {
      set(constantAt: UInt(bitPattern: option.definition), to: value)
    }

    private func set<T>(constantAt key: UInt, to value: T) {
      let memory =
        constants[key]
        ?? .allocate(byteCount: max(1, MemoryLayout<T>.size), alignment: MemoryLayout<T>.alignment)
      memory.storeBytes(of: value, as: T.self)
      constants[key] = memory
    }

    /// Runs an XDP program on a packet, and answers what it decides; the packet's bytes may be changed by it.
    public func receive(_ bytes: inout [UInt8], interface: UInt32 = 1, _ program: (XDPContext) -> XDPAction)
      -> XDPAction
    {
      withPacket(&bytes) { start, end in
        var record = XDPContext.Record(data: start, dataEnd: end, interface: interface)
        return withUnsafePointer(to: &record) { record in run { program(XDPContext(record)) } }
      }
    }

    /// Runs a program on a packet in the kernel, as tc and cgroups do, and answers what it decides.
    public func pass<Verdict>(
      _ bytes: inout [UInt8], interface: UInt32 = 1, _ program: (SocketBufferContext) -> Verdict
    ) -> Verdict {
      withPacket(&bytes) { start, end in
        var record = SocketBufferContext.Record(data: start, dataEnd: end, interface: interface)
        return withUnsafeMutablePointer(to: &record) { record in run { program(SocketBufferContext(record)) } }
      }
    }

    private func withPacket<R>(_ bytes: inout [UInt8], _ body: (UInt, UInt) -> R) -> R {
      bytes.withUnsafeMutableBytes { buffer in
        packet = UnsafeRawBufferPointer(buffer)
        defer { packet = nil }
        let start = UInt(bitPattern: buffer.baseAddress)
        return body(start, start &+ UInt(buffer.count))
      }
    }
  }
#endif
