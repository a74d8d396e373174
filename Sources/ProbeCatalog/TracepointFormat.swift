/// How the kernel lays out one tracepoint's record, read from the file `events/SUBSYSTEM/EVENT/format` of tracefs.
///
///     let format = try TracepointFormat(parsing: text)
///     format.id                        // 782, the number that perf_event_open(2) takes
///     format.field(named: "filename")  // "const char *", at byte 24, 8 bytes
///
/// Written by `f_show` in the kernel's `kernel/trace/trace_events.c`.
public struct TracepointFormat: Hashable, Sendable {
  /// The event's name, without its subsystem.
  public let name: String
  /// The event's number on this boot of this kernel.
  public let id: Int
  /// The fields that every event starts with (`common_pid` and the like), which programs cannot read as arguments.
  public let commonFields: [Field]
  /// The event's own fields, in the order of the file.
  public let fields: [Field]
  /// The `printf` call by which the kernel prints the event, as C text.
  public let printFormat: String

  /// One field of the record.
  public struct Field: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// Its type in C, without name, array length and `__data_loc`: of `__data_loc char[] dev` it is "char".
    public let type: String
    /// Where it lies: bytes from the record's start.
    public let offset: Int
    /// How many bytes it takes there; 4 for data that lies elsewhere.
    public let size: Int
    /// Whether it is a signed number.
    public let isSigned: Bool
    /// How many elements it has, or nil when it is no array.
    public let elementCount: ElementCount?
    /// Where its data lies.
    public let location: Location

    /// The whole declaration as the file has it, such as `__data_loc char[] filename`; listings show it.
    public let declaration: String
  }

  /// The length of an array.
  public enum ElementCount: Hashable, Sendable {
    /// That many elements.
    case fixed(Int)
    /// As many as the record has room for, or as its descriptor says.
    case variable
  }

  /// Where a field's data lies.
  public enum Location: Hashable, Sendable {
    /// In the record, at the field's offset.
    case inRecord
    /// `__data_loc`: the field holds a descriptor; its low 16 bits are the data's distance from the record's start, its
    /// high 16 bits the length in bytes.
    case fromRecordStart
    /// `__rel_loc` (from kernel 5.17): the same, but the distance counts from the end of the descriptor.
    case fromFieldEnd
  }

  /// The event's own field of that name.
  public func field(named name: String) -> Field? { fields.first { $0.name == name } }

  /// One byte behind the last field: the size of the fixed part of a record.
  public var size: Int {
    (commonFields + fields).map { $0.offset + $0.size }.max() ?? 0
  }
}
