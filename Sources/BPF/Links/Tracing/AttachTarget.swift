internal import Diagnostics

/// Where a tracing program attaches, as the name of its section says.
///
///     try AttachTarget(section: "kprobe/vfs_read+0x4")          // .kprobe(.function("vfs_read", offset: 4), …)
///     try AttachTarget(section: "uprobe/libc:malloc")           // .uprobe(file: "libc", .function("malloc"), …)
///     try AttachTarget(section: "fentry/vfs_read")              // .loaded: it attaches to what it was loaded for
///
/// Reading is pure: whether there is such a place is found out when a program attaches. Names: libbpf's table of
/// sections.
public enum AttachTarget: Hashable, Sendable {
  /// `tp/CATEGORY/NAME`, `tracepoint/CATEGORY/NAME`.
  case tracepoint(category: String, name: String)
  /// `raw_tp/NAME`, `raw_tracepoint/NAME`, and the writable `raw_tp.w/NAME`.
  case rawTracepoint(String)
  /// `kprobe/FUNCTION[+OFFSET]`, `kretprobe/FUNCTION`, also with an address.
  case kprobe(KernelLocation, onReturn: Bool)
  /// `kprobe.multi/PATTERN`, `kretprobe.multi/PATTERN`, `kprobe.session/PATTERN`.
  case kprobeMulti(pattern: String, ProbeMoment)
  /// `uprobe/FILE:FUNCTION[@VERSION][+OFFSET]`, `uprobe/FILE:OFFSET`, `uretprobe/…`, each also with `.s`.
  case uprobe(file: String, UserLocation, onReturn: Bool)
  /// `uprobe.multi/FILE:PATTERN`, `uretprobe.multi/…`, `uprobe.session/…`, each also with `.s`.
  case uprobeMulti(file: String, pattern: String, ProbeMoment)
  /// `usdt/FILE:PROVIDER:NAME`, also with `.s`.
  case usdt(file: String, provider: String, name: String)
  /// `fentry.multi/PATTERN`, `fexit.multi/PATTERN`, `fsession.multi/PATTERN`, each also with `.s`.
  case tracingMulti(pattern: String)
  /// `iter/KIND`, `iter.s/KIND`.
  case iterator(kind: String)
  /// `tp_btf/…`, `fentry/…`, `fexit/…`, `fmod_ret/…`, `fsession/…`, `lsm/…`: what it attaches to was fixed when it was
  /// loaded.
  case loaded

  /// Reads a section's name; nil for a kind of section that is no tracing program's, and for one that names no target
  /// (`kprobe`, `usdt`, `perf_event`): such a program is attached by hand.
  ///
  /// - Throws: ``AttachError/malformedTarget(_:form:)``.
  public init?(section: String) throws(AttachError) {
    // A question mark says that the program is not to be loaded unless somebody asks for it.
    let name = section.hasPrefix("?") ? section.dropFirst() : section[...]
    guard let slash = name.firstIndex(of: "/") else { return nil }
    let text = String(name[name.index(after: slash)...])
    func malformed(_ form: String) -> AttachError { .malformedTarget(section, form: form) }
    let kind = name[..<slash]
    switch kind {
    case "tp", "tracepoint":
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { throw malformed("\(kind)/CATEGORY/NAME") }
      self = .tracepoint(category: String(parts[0]), name: String(parts[1]))
    case "raw_tp", "raw_tracepoint", "raw_tp.w", "raw_tracepoint.w":
      guard Self.isName(text) else { throw malformed("\(kind)/NAME") }
      self = .rawTracepoint(text)
    case "kprobe", "kretprobe":
      guard let location = KernelLocation(text) else { throw malformed("\(kind)/FUNCTION[+OFFSET]") }
      if kind == "kretprobe", case .function(_, let offset) = location, offset != 0 {
        throw malformed("kretprobe/FUNCTION, for a return has no offset")
      }
      self = .kprobe(location, onReturn: kind == "kretprobe")
    case "ksyscall", "kretsyscall":
      guard Self.isName(text) else { throw malformed("\(kind)/NAME") }
      self = .kprobe(.systemCall(text), onReturn: kind == "kretsyscall")
    case "kprobe.multi", "kretprobe.multi", "kprobe.session":
      guard Self.isPattern(text) else { throw malformed("\(kind)/PATTERN") }
      self = .kprobeMulti(pattern: text, ProbeMoment(kind))
    case "uprobe", "uretprobe", "uprobe.s", "uretprobe.s":
      guard let (file, rest) = Self.split(text), let location = UserLocation(rest) else {
        throw malformed("\(kind)/FILE:FUNCTION[+OFFSET] or \(kind)/FILE:OFFSET")
      }
      self = .uprobe(file: file, location, onReturn: kind.hasPrefix("uret"))
    case "uprobe.multi", "uretprobe.multi", "uprobe.session", "uprobe.multi.s", "uretprobe.multi.s", "uprobe.session.s":
      guard let (file, rest) = Self.split(text) else { throw malformed("\(kind)/FILE:PATTERN") }
      self = .uprobeMulti(file: file, pattern: rest, ProbeMoment(kind))
    case "usdt", "usdt.s":
      guard let (rest, name) = Self.split(text), let (file, provider) = Self.split(rest) else {
        throw malformed("\(kind)/FILE:PROVIDER:NAME")
      }
      self = .usdt(file: file, provider: provider, name: name)
    case "iter", "iter.s":
      guard Self.isName(text) else { throw malformed("\(kind)/KIND") }
      self = .iterator(kind: text)
    case "tp_btf", "fentry", "fentry.s", "fexit", "fexit.s", "fmod_ret", "fmod_ret.s", "fsession", "fsession.s", "lsm",
      "lsm.s":
      guard !text.isEmpty else { throw malformed("\(kind)/NAME") }
      self = .loaded
    case "fentry.multi", "fentry.multi.s", "fexit.multi", "fexit.multi.s", "fsession.multi", "fsession.multi.s":
      guard Self.isPattern(text) else { throw malformed("\(kind)/PATTERN") }
      self = .tracingMulti(pattern: text)
    default: return nil
    }
  }

  /// Parts a text at its last colon; nil when there is none, or nothing on one of its sides.
  private static func split(_ text: String) -> (String, String)? {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    let (left, right) = (String(text[..<colon]), String(text[text.index(after: colon)...]))
    return left.isEmpty || right.isEmpty ? nil : (left, right)
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { KernelLocation.isNameByte($0) }
  }

  private static func isPattern(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { KernelLocation.isNameByte($0) || "*?[]!^-".utf8.contains($0) }
  }
}

/// When a program that serves many functions runs.
public enum ProbeMoment: Hashable, Sendable {
  /// When they are called.
  case entry
  /// When they return.
  case exit
  /// Both: the program's answer at the call says whether it runs at the return. Linux 6.10 (kernel), 6.13 (user).
  case session

  init(_ kind: Substring) {
    self = kind.contains(text: ".session") ? .session : kind.contains(text: "ret") ? .exit : .entry
  }
}

/// A place in the kernel's code.
public enum KernelLocation: Hashable, Sendable {
  /// A function by name, and the distance from its start in bytes.
  case function(String, offset: UInt64 = 0)
  /// An address.
  case address(UInt64)
  /// The function that serves a system call, whatever this kernel calls it: `execve` is `__x64_sys_execve` here and
  /// `sys_execve` there.
  case systemCall(String)

  /// Reads `FUNCTION`, `FUNCTION+OFFSET` or an address `0x…`; nil for another form.
  public init?(_ text: String) {
    if text.hasPrefix("0x") {
      guard let address = UInt64(text.dropFirst(2), radix: 16) else { return nil }
      self = .address(address)
      return
    }
    guard let (name, offset) = Self.nameAndOffset(text), name.utf8.allSatisfy({ Self.isNameByte($0) }) else {
      return nil
    }
    self = .function(name, offset: offset)
  }

  /// What kernel functions are named with; compilers add parts with dots.
  static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "$"):
      true
    default: false
    }
  }

  /// Parts `NAME+OFFSET`, the offset being decimal, hexadecimal (`0x`) or octal (`0`); nil for another form.
  static func nameAndOffset(_ text: String) -> (name: String, offset: UInt64)? {
    guard let plus = text.lastIndex(of: "+") else { return text.isEmpty ? nil : (text, 0) }
    guard plus > text.startIndex, let offset = number(text[text.index(after: plus)...]) else { return nil }
    return (String(text[..<plus]), offset)
  }

  /// A number as C writes it.
  static func number(_ text: some StringProtocol) -> UInt64? {
    if text.hasPrefix("0x") || text.hasPrefix("0X") { return UInt64(text.dropFirst(2), radix: 16) }
    if text.count > 1, text.hasPrefix("0") { return UInt64(text.dropFirst(), radix: 8) }
    return text.first?.isNumber == true ? UInt64(text) : nil
  }
}

extension KernelLocation: CustomStringConvertible {
  /// The place as it is written.
  public var description: String {
    switch self {
    case .function(let name, let offset): offset == 0 ? name : "\(name)+0x\(String(offset, radix: 16))"
    case .address(let address): "0x\(String(address, radix: 16))"
    case .systemCall(let name): name
    }
  }
}

/// A place in the code of a program or library.
public enum UserLocation: Hashable, Sendable {
  /// A function by name, which can have a version (`memcpy@GLIBC_2.14`), and the distance from its start in bytes.
  case function(String, offset: UInt64 = 0)
  /// A place in the file, in bytes from its beginning.
  case fileOffset(UInt64)

  /// Reads `FUNCTION`, `FUNCTION@VERSION`, `FUNCTION+OFFSET` or a file offset, decimal or `0x…`; nil for another form.
  public init?(_ text: String) {
    if text.first?.isNumber == true {
      guard let offset = KernelLocation.number(text) else { return nil }
      self = .fileOffset(offset)
      return
    }
    // Names of C++ and Rust hold other signs, but never blanks or a plus in their mangled form.
    guard let (name, offset) = KernelLocation.nameAndOffset(text), !name.contains(where: { $0.isWhitespace }) else {
      return nil
    }
    self = .function(name, offset: offset)
  }
}

extension UserLocation: CustomStringConvertible {
  /// The place as it is written.
  public var description: String {
    switch self {
    case .function(let name, let offset): offset == 0 ? name : "\(name)+0x\(String(offset, radix: 16))"
    case .fileOffset(let offset): "0x\(String(offset, radix: 16))"
    }
  }
}
