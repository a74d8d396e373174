public import LinuxSystem

/// Many kernel functions for one link.
public struct KprobeMulti: Hashable, Sendable {
  /// Functions by name or by address.
  public enum Functions: Hashable, Sendable {
    /// Names as kallsyms has them.
    case symbols([String])
    /// Addresses of their starts.
    case addresses([UInt64])

    /// How many functions.
    public var count: Int {
      switch self {
      case .symbols(let names): names.count
      case .addresses(let addresses): addresses.count
      }
    }
  }

  /// Where to.
  public var functions: Functions
  /// One number per function for `bpf_get_attach_cookie`; empty for none.
  public var cookies: [UInt64]
  /// When the functions return, rather than when they are called.
  public var onReturn: Bool

  /// Probes of functions, on entry unless told.
  public init(_ functions: Functions, cookies: [UInt64] = [], onReturn: Bool = false) {
    self.functions = functions
    self.cookies = cookies
    self.onReturn = onReturn
  }
}

/// Many places of one file for one link.
public struct UprobeMulti: Hashable, Sendable {
  /// The program or library.
  public var path: String
  /// Offsets in the file.
  public var offsets: [UInt64]
  /// For each place the offset of a semaphore in the file, 0 for none; empty for none at all.
  public var referenceCounters: [UInt64]
  /// One number per place for `bpf_get_attach_cookie`; empty for none.
  public var cookies: [UInt64]
  /// Only in this process; nil for all.
  public var process: Int32?
  /// When the functions return, rather than when they are called.
  public var onReturn: Bool

  /// Probes in a file, on entry unless told.
  public init(
    path: String, offsets: [UInt64], referenceCounters: [UInt64] = [], cookies: [UInt64] = [], process: Int32? = nil,
    onReturn: Bool = false
  ) {
    self.path = path
    self.offsets = offsets
    self.referenceCounters = referenceCounters
    self.cookies = cookies
    self.process = process
    self.onReturn = onReturn
  }
}

extension KernelCalls {
  /// Attaches a program to many kernel functions (`BPF_TRACE_KPROBE_MULTI`, Linux 5.18; as a session of entry and
  /// return `BPF_TRACE_KPROBE_SESSION`, Linux 6.10).
  ///
  /// The program must have been loaded for the same attach type.
  ///
  /// - Throws: `EOPNOTSUPP` where the kernel was built without fprobe; `EINVAL` where it is older, or when the arrays
  ///   are not of one length; `ESRCH` when one of the functions is not there.
  public func createKprobeMultiLink(
    _ program: borrowing OwnedDescriptor, _ probes: KprobeMulti, session: Bool = false
  ) throws(SystemCallError) -> OwnedDescriptor {
    let count = probes.functions.count
    let subject = "\(count) kernel functions"
    guard probes.cookies.isEmpty || probes.cookies.count == count else {
      throw SystemCallError(call: "bpf(BPF_LINK_CREATE)", subject: subject, errno: .invalidArgument)
    }
    var attribute = BPFAttribute()
    // link_create.attach_type
    attribute.set((session ? AttachType.traceKprobeSession : .traceKprobeMulti).rawValue, at: 8)
    attribute.set(UInt32(probes.onReturn ? 1 : 0), at: 16)  // link_create.kprobe_multi.flags: BPF_F_KPROBE_MULTI_RETURN
    attribute.set(UInt32(clamping: count), at: 20)  // link_create.kprobe_multi.cnt
    let answer = program.withNumber { number in
      attribute.set(number, at: 0)  // link_create.prog_fd
      return probes.cookies.withUnsafeBytes { cookies in
        if !cookies.isEmpty { attribute.set(cookies.baseAddress, at: 40) }  // link_create.kprobe_multi.cookies
        switch probes.functions {
        case .symbols(let names):
          return withCStrings(names) { pointers in
            attribute.set(pointers.baseAddress, at: 24)  // link_create.kprobe_multi.syms
            return bpf(.linkCreate, &attribute)
          }
        case .addresses(let addresses):
          return addresses.withUnsafeBytes { pointers in
            attribute.set(pointers.baseAddress, at: 32)  // link_create.kprobe_multi.addrs
            return bpf(.linkCreate, &attribute)
          }
        }
      }
    }
    return try OwnedDescriptor(adopting: SystemCallError.check(answer, "bpf(BPF_LINK_CREATE)", on: subject))
  }

  /// Attaches a tracing program to many functions of the kernel (`BPF_TRACE_FENTRY_MULTI` and its like, Linux 7.2).
  ///
  /// The program must have been loaded for the same attach type.
  ///
  /// - Parameters:
  ///   - typeIDs: the functions by their numbers in the types that the program was loaded for.
  ///   - cookies: one number for each, or none.
  /// - Throws: `EINVAL` on older kernels, or when the arrays are not of one length; the kernel's error for the first
  ///   function that takes no program.
  public func createTracingMultiLink(
    _ program: borrowing OwnedDescriptor, _ type: AttachType, typeIDs: [UInt32], cookies: [UInt64] = []
  ) throws(SystemCallError) -> OwnedDescriptor {
    let subject = "\(typeIDs.count) kernel functions"
    guard cookies.isEmpty || cookies.count == typeIDs.count else {
      throw SystemCallError(call: "bpf(BPF_LINK_CREATE)", subject: subject, errno: .invalidArgument)
    }
    var attribute = BPFAttribute()
    attribute.set(type.rawValue, at: 8)  // link_create.attach_type
    attribute.set(UInt32(clamping: typeIDs.count), at: 32)  // link_create.tracing_multi.cnt
    let answer = program.withNumber { number in
      attribute.set(number, at: 0)  // link_create.prog_fd
      return typeIDs.withUnsafeBytes { ids in
        cookies.withUnsafeBytes { cookies in
          attribute.set(ids.baseAddress, at: 16)  // link_create.tracing_multi.ids
          if !cookies.isEmpty { attribute.set(cookies.baseAddress, at: 24) }  // link_create.tracing_multi.cookies
          return bpf(.linkCreate, &attribute)
        }
      }
    }
    return try OwnedDescriptor(adopting: SystemCallError.check(answer, "bpf(BPF_LINK_CREATE)", on: subject))
  }

  /// Attaches a program to many places of a file (`BPF_TRACE_UPROBE_MULTI`, Linux 6.6; as a session of entry and
  /// return `BPF_TRACE_UPROBE_SESSION`, Linux 6.13).
  ///
  /// The program must have been loaded for the same attach type.
  ///
  /// - Throws: `EINVAL` on older kernels, or when the arrays are not of one length; `EBADF` when the path is no regular
  ///   file; `ESRCH` when there is no such process.
  public func createUprobeMultiLink(
    _ program: borrowing OwnedDescriptor, _ probes: UprobeMulti, session: Bool = false
  ) throws(SystemCallError) -> OwnedDescriptor {
    let count = probes.offsets.count
    guard probes.cookies.isEmpty || probes.cookies.count == count,
      probes.referenceCounters.isEmpty || probes.referenceCounters.count == count
    else { throw SystemCallError(call: "bpf(BPF_LINK_CREATE)", subject: probes.path, errno: .invalidArgument) }
    var attribute = BPFAttribute()
    // link_create.attach_type
    attribute.set((session ? AttachType.traceUprobeSession : .traceUprobeMulti).rawValue, at: 8)
    attribute.set(UInt32(clamping: count), at: 48)  // link_create.uprobe_multi.cnt
    attribute.set(UInt32(probes.onReturn ? 1 : 0), at: 52)  // link_create.uprobe_multi.flags: BPF_F_UPROBE_MULTI_RETURN
    attribute.set(probes.process ?? 0, at: 56)  // link_create.uprobe_multi.pid
    let answer = program.withNumber { number in
      attribute.set(number, at: 0)  // link_create.prog_fd
      return probes.path.withCString { path in
        attribute.set(UnsafeRawPointer(path), at: 16)  // link_create.uprobe_multi.path
        return probes.offsets.withUnsafeBytes { offsets in
          attribute.set(offsets.baseAddress, at: 24)  // link_create.uprobe_multi.offsets
          return probes.referenceCounters.withUnsafeBytes { counters in
            // link_create.uprobe_multi.ref_ctr_offsets
            if !counters.isEmpty { attribute.set(counters.baseAddress, at: 32) }
            return probes.cookies.withUnsafeBytes { cookies in
              if !cookies.isEmpty { attribute.set(cookies.baseAddress, at: 40) }  // link_create.uprobe_multi.cookies
              return bpf(.linkCreate, &attribute)
            }
          }
        }
      }
    }
    return try OwnedDescriptor(adopting: SystemCallError.check(answer, "bpf(BPF_LINK_CREATE)", on: probes.path))
  }
}

/// Lends strings as an array of addresses of NUL-ended text.
private func withCStrings<R>(_ strings: [String], _ body: (UnsafeRawBufferPointer) -> R) -> R {
  var offsets: [Int] = []
  var text: [UInt8] = []
  for string in strings {
    offsets.append(text.count)
    text.append(contentsOf: string.utf8)
    text.append(0)
  }
  return text.withUnsafeBytes { text in
    let start = UInt(bitPattern: text.baseAddress)
    return offsets.map { UInt64(start &+ UInt($0)) }.withUnsafeBytes(body)
  }
}
