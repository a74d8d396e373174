internal import CLinux

/// A reason why a system call failed, as the kernel numbers them.
///
///     SystemErrno(rawValue: 2).name    // "ENOENT"
///     SystemErrno(rawValue: 2).text    // "No such file or directory"
public struct SystemErrno: RawRepresentable, Error, Hashable, Sendable, CustomStringConvertible {
  /// The positive number.
  public var rawValue: CInt

  /// Any number, also one that has no name.
  public init(rawValue: CInt) { self.rawValue = rawValue }

  /// The C name, such as "ENOENT"; the bare number where the number has none.
  public var name: String { Self.names[rawValue] ?? "errno \(rawValue)" }

  /// The C library's words, such as "No such file or directory".
  public var text: String {
    if rawValue == Self.notSupportedByKernel.rawValue { return "Operation not supported" }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      guard let base = buffer.baseAddress else { return name }
      base.initialize(to: 0)
      clinux_error_text(rawValue, base, buffer.count)
      return String(cString: base)
    }
  }

  /// "No such file or directory (ENOENT)".
  public var description: String { "\(text) (\(name))" }
}

extension SystemErrno {
  /// `EPERM`.
  public static let notPermitted = Self(rawValue: 1)
  /// `ENOENT`.
  public static let noSuchFileOrDirectory = Self(rawValue: 2)
  /// `ESRCH`.
  public static let noSuchProcess = Self(rawValue: 3)
  /// `EINTR`.
  public static let interrupted = Self(rawValue: 4)
  /// `E2BIG`; from `bpf(2)` also "the program is too large" and "attributes of a newer kernel".
  public static let argumentListTooLong = Self(rawValue: 7)
  /// `EBADF`.
  public static let badFileDescriptor = Self(rawValue: 9)
  /// `ECHILD`.
  public static let noChildProcess = Self(rawValue: 10)
  /// `EAGAIN`.
  public static let resourceTemporarilyUnavailable = Self(rawValue: 11)
  /// `ENOMEM`.
  public static let noMemory = Self(rawValue: 12)
  /// `EACCES`.
  public static let permissionDenied = Self(rawValue: 13)
  /// `EFAULT`.
  public static let badAddress = Self(rawValue: 14)
  /// `EBADMSG`: contents that are not what they should be.
  public static let badMessage = Self(rawValue: 74)
  /// `EBUSY`.
  public static let resourceBusy = Self(rawValue: 16)
  /// `EEXIST`.
  public static let fileExists = Self(rawValue: 17)
  /// `ENODEV`.
  public static let noSuchDevice = Self(rawValue: 19)
  /// `ENOTDIR`.
  public static let notDirectory = Self(rawValue: 20)
  /// `EISDIR`.
  public static let isDirectory = Self(rawValue: 21)
  /// `EINVAL`.
  public static let invalidArgument = Self(rawValue: 22)
  /// `EMFILE`: this process has too many open descriptors (`RLIMIT_NOFILE`).
  public static let tooManyOpenFiles = Self(rawValue: 24)
  /// `ENOSPC`; from `bpf(2)` also "the log buffer is too small".
  public static let noSpace = Self(rawValue: 28)
  /// `EPIPE`: nobody reads any more.
  public static let brokenPipe = Self(rawValue: 32)
  /// `ERANGE`.
  public static let outOfRange = Self(rawValue: 34)
  /// `ENOSYS`.
  public static let noFunction = Self(rawValue: 38)
  /// `ENOTEMPTY`.
  public static let directoryNotEmpty = Self(rawValue: 39)
  /// `ELOOP`.
  public static let tooManySymbolicLinkLevels = Self(rawValue: 40)
  /// `EOPNOTSUPP`.
  public static let notSupported = Self(rawValue: 95)
  /// `EAFNOSUPPORT`.
  public static let addressFamilyNotSupported = Self(rawValue: 97)
  /// `ENOBUFS`: the receiver's queue was full.
  public static let noBufferSpace = Self(rawValue: 105)
  /// `ESTALE`.
  public static let stale = Self(rawValue: 116)
  /// `ENOTSUPP`, which the kernel keeps for itself and `bpf(2)` lets out all the same (`include/linux/errno.h`).
  public static let notSupportedByKernel = Self(rawValue: 524)
}
