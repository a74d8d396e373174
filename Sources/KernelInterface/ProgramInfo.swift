public import LinuxSystem

/// What the kernel tells of a loaded program: `struct bpf_prog_info`.
///
/// What an older kernel does not tell is 0 or empty.
public struct ProgramInfo: Hashable, Sendable {
  /// Its kind.
  public var type: ProgramType
  /// Its number.
  public var id: UInt32
  /// Its name, cut to 15 bytes.
  public var name: String
  /// A hash of its instructions: 8 bytes.
  public var tag: [UInt8]
  /// Bytes of machine code; 0 when it is interpreted, or we may not see it.
  public var jitedSize: Int
  /// Bytes of instructions as the verifier left them.
  public var translatedSize: Int
  /// When it was loaded, in nanoseconds of the boot clock.
  public var loadTime: UInt64
  /// The user who loaded it.
  public var user: UInt32
  /// The maps it uses.
  public var mapIDs: [UInt32]
  /// Its type information, 0 for none.
  public var btfID: UInt32
  /// Whether its licence opens GPL-only helpers.
  public var isGPLCompatible: Bool
  /// Time in it while statistics are on, in nanoseconds.
  ///
  /// Linux 5.1.
  public var runTime: UInt64
  /// Runs while statistics are on.
  ///
  /// Linux 5.1.
  public var runCount: UInt64
  /// Runs that did not happen because the program was running on that CPU already.
  ///
  /// Linux 5.12.
  public var recursionMisses: UInt64
  /// Instructions that the verifier walked over.
  ///
  /// Linux 5.16.
  public var verifiedInstructions: UInt32
  /// The type information that ``attachTypeID`` is in.
  ///
  /// Linux 6.0.
  public var attachObjectID: UInt32
  /// The kernel type that it attaches to.
  ///
  /// Linux 6.0.
  public var attachTypeID: UInt32

  static let size = 232

  init(_ info: ObjectInfoBytes, mapIDs: [UInt32]) {
    type = ProgramType(rawValue: info.number(UInt32.self, at: 0))
    id = info.number(UInt32.self, at: 4)
    tag = Array(info.bytes[8..<16])
    jitedSize = Int(info.number(UInt32.self, at: 16))
    translatedSize = Int(info.number(UInt32.self, at: 20))
    loadTime = info.number(UInt64.self, at: 40)
    user = info.number(UInt32.self, at: 48)
    name = info.text(at: 64, count: 16)
    isGPLCompatible = info.number(UInt32.self, at: 84) & 1 != 0
    btfID = info.number(UInt32.self, at: 128)
    runTime = info.number(UInt64.self, at: 192)
    runCount = info.number(UInt64.self, at: 200)
    recursionMisses = info.number(UInt64.self, at: 208)
    verifiedInstructions = info.number(UInt32.self, at: 216)
    attachObjectID = info.number(UInt32.self, at: 220)
    attachTypeID = info.number(UInt32.self, at: 224)
    self.mapIDs = mapIDs
  }
}

extension KernelCalls {
  /// The facts about a program, with its maps when `withMaps` (a second call).
  public func programInfo(
    _ program: borrowing OwnedDescriptor, withMaps: Bool = true
  ) throws(SystemCallError) -> ProgramInfo {
    let first = try objectInfo(program, size: ProgramInfo.size, subject: "program")
    let count = Int(first.number(UInt32.self, at: 52))  // nr_map_ids
    if !withMaps || count == 0 { return ProgramInfo(first, mapIDs: []) }
    // A program has at most 64 maps, but the number is the kernel's.
    let maps = try array(of: program, count: min(count, 1 << 16), UInt32.self, countAt: 52, addressAt: 56)
    return ProgramInfo(first, mapIDs: maps)
  }

  /// The instructions as the verifier left them, 8 bytes each.
  public func translatedInstructions(of program: borrowing OwnedDescriptor) throws(SystemCallError) -> [UInt8] {
    let info = try programInfo(program, withMaps: false)
    return try array(of: program, count: info.translatedSize, UInt8.self, countAt: 20, addressAt: 32)
  }

  /// The machine code; empty when the program is interpreted.
  public func machineCode(of program: borrowing OwnedDescriptor) throws(SystemCallError) -> [UInt8] {
    let info = try programInfo(program, withMaps: false)
    return try array(of: program, count: info.jitedSize, UInt8.self, countAt: 16, addressAt: 24)
  }

  /// `struct bpf_line_info` of the instructions as the verifier left them; empty without type information.
  ///
  /// *First kernel*: 5.0.
  public func lineRecords(of program: borrowing OwnedDescriptor) throws(SystemCallError) -> [UInt32] {
    try records(of: program, countAt: 148, sizeAt: 172, addressAt: 152, recordSize: 16)
  }

  /// `struct bpf_func_info` of the functions as the verifier left them; empty without type information.
  ///
  /// *First kernel*: 5.0.
  public func functionRecords(of program: borrowing OwnedDescriptor) throws(SystemCallError) -> [UInt32] {
    try records(of: program, countAt: 144, sizeAt: 132, addressAt: 136, recordSize: 8)
  }

  /// Records of 32-bit numbers.
  private func records(
    of program: borrowing OwnedDescriptor, countAt: Int, sizeAt: Int, addressAt: Int, recordSize: Int
  ) throws(SystemCallError) -> [UInt32] {
    let first = try objectInfo(program, size: ProgramInfo.size, subject: "program")
    // A program has at most as many lines as instructions, but the number is the kernel's.
    let count = min(Int(first.number(UInt32.self, at: countAt)), 1 << 20)
    if count == 0 { return [] }
    let words = recordSize / 4
    let memory = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: count * words)
    memory.initialize(repeating: 0)
    defer { memory.deallocate() }
    let info = try objectInfo(program, size: ProgramInfo.size, subject: "program") { bytes in
      bytes.storeBytes(of: UInt32(count), toByteOffset: countAt, as: UInt32.self)
      bytes.storeBytes(of: UInt32(recordSize), toByteOffset: sizeAt, as: UInt32.self)
      bytes.storeBytes(of: UInt64(UInt(bitPattern: memory.baseAddress)), toByteOffset: addressAt, as: UInt64.self)
    }
    return Array(memory.prefix(min(count, Int(info.number(UInt32.self, at: countAt))) * words))
  }

  /// An array whose number of elements and address stand at those places of `struct bpf_prog_info`.
  func array<Number: FixedWidthInteger>(
    of program: borrowing OwnedDescriptor, count: Int, _ type: Number.Type, countAt: Int, addressAt: Int
  ) throws(SystemCallError) -> [Number] {
    if count == 0 { return [] }
    let memory = UnsafeMutableBufferPointer<Number>.allocate(capacity: count)
    memory.initialize(repeating: 0)
    defer { memory.deallocate() }
    let info = try objectInfo(program, size: ProgramInfo.size, subject: "program") { bytes in
      bytes.storeBytes(of: UInt32(clamping: count), toByteOffset: countAt, as: UInt32.self)
      bytes.storeBytes(of: UInt64(UInt(bitPattern: memory.baseAddress)), toByteOffset: addressAt, as: UInt64.self)
    }
    return Array(memory.prefix(Int(info.number(UInt32.self, at: countAt))))
  }
}
