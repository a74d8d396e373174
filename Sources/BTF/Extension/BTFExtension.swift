/// What a compiler says about the instructions of an object: the section `.BTF.ext`.
///
/// It names, for each section of code, the functions that begin in it, the source lines of its instructions and the
/// places that depend on the kernel's types (CO-RE relocations). Strings and type ids are those of the object's
/// `.BTF`.
///
///     let types = try TypeGraph(bytes: btf)
///     let extra = try BTFExtension(bytes: btfExt, types: types)
///     for section in extra.relocations { print(section.name, section.records.count) }
///
/// Layout: the kernel's Documentation/bpf/btf.rst, "BTF.ext section", and struct btf_ext_header in libbpf's
/// libbpf_internal.h; its CO-RE part: Documentation/bpf/llvm_reloc.rst.
public struct BTFExtension: Sendable {
  /// The functions, by the section that they are in (`bpf_func_info`).
  public let functions: [Part<FunctionRecord>]
  /// The source lines, by the section of their instructions (`bpf_line_info`).
  public let lines: [Part<LineRecord>]
  /// The CO-RE relocations, by the section that they change (`bpf_core_relo`); none in objects of compilers before
  /// LLVM 10.
  public let relocations: [Part<CORERelocation>]

  /// What is said about one section of the object.
  public struct Part<Record: Sendable & Hashable>: Hashable, Sendable {
    /// The section's name, such as `tracepoint/syscalls/sys_enter_openat` or `.text`.
    public var name: String
    /// What is said, in the order of the file.
    public var records: [Record]

    /// Records about the section of that name.
    public init(name: String, records: [Record]) {
      self.name = name
      self.records = records
    }
  }

  /// Reads the bytes of a section `.BTF.ext` of either byte order.
  ///
  /// Records may be longer than they are known here, as newer compilers may write them; what is more is skipped.
  ///
  /// - Parameter types: the object's `.BTF`, whose strings the records refer to.
  /// - Throws: ``BTFError/Reason/malformedExtension(_:)`` with the offset of what is malformed.
  /// - Complexity: O(records).
  public init(bytes: UnsafeRawBufferPointer, types: TypeGraph) throws(BTFError) {
    let reader = try ExtensionReader(bytes, types: types)
    functions = try reader.parts(of: .functions) { reader, place, _ in
      FunctionRecord(instructionOffset: Int(reader.word(at: place)), type: TypeID(reader.word(at: place + 4)))
    }
    lines = try reader.parts(of: .lines) { reader, place, _ throws(BTFError) in
      let lineAndColumn = reader.word(at: place + 12)
      return LineRecord(
        instructionOffset: Int(reader.word(at: place)), fileNameOffset: try reader.stringOffset(at: place + 4),
        textOffset: try reader.stringOffset(at: place + 8), line: Int(lineAndColumn >> 10),
        column: Int(lineAndColumn & 0x3ff))
    }
    relocations = try reader.parts(of: .relocations) { reader, place, section throws(BTFError) in
      let kindNumber = reader.word(at: place + 12)
      guard let kind = CORERelocationKind(rawValue: kindNumber) else {
        throw .malformedExtension(.unknownRelocationKind(kindNumber, section: section), at: place + 12)
      }
      return CORERelocation(
        instructionOffset: Int(reader.word(at: place)), type: TypeID(reader.word(at: place + 4)),
        access: types.string(at: try reader.stringOffset(at: place + 8)), kind: kind)
    }
  }

  /// Reads the bytes of a section `.BTF.ext` of either byte order.
  ///
  /// - Throws: as ``init(bytes:types:)-(UnsafeRawBufferPointer,_)``.
  public init(bytes: [UInt8], types: TypeGraph) throws(BTFError) {
    let outcome = bytes.withUnsafeBytes { buffer in
      Result { () throws(BTFError) in try BTFExtension(bytes: buffer, types: types) }
    }
    self = try outcome.get()
  }
}
