public import KernelInterface
public import LinuxSystem

/// What a kernel was configured with: the `CONFIG_…` of its `.config`.
///
/// Read from `/proc/config.gz`, or `/boot/config-<release>` as libbpf does.
public struct KernelConfiguration: Sendable {
  /// The value of an option.
  public enum Value: Hashable, Sendable {
    /// `y`.
    case yes
    /// `m`: built as a module.
    case module
    /// `n`, in the rare files that write it instead of a comment.
    case no
    /// A number, decimal or hexadecimal; a negative one in two's complement.
    case number(UInt64, isNegative: Bool)
    /// Text, without its quotes.
    case text([UInt8])

    /// Reads what stands behind `=`; nil for what no option can be.
    init?(parsing text: ArraySlice<UInt8>) {
      switch text {
      case [UInt8(ascii: "y")]: self = .yes
      case [UInt8(ascii: "m")]: self = .module
      case [UInt8(ascii: "n")]: self = .no
      default:
        if text.first == UInt8(ascii: "\"") {
          guard text.count >= 2, text.last == UInt8(ascii: "\"") else { return nil }
          var contents: [UInt8] = []
          var isEscaped = false
          for byte in text.dropFirst().dropLast() {
            if byte == UInt8(ascii: "\\"), !isEscaped {
              isEscaped = true
            } else {
              contents.append(byte)
              isEscaped = false
            }
          }
          self = .text(contents)
          return
        }
        let word = String(decoding: text, as: UTF8.self)
        if let value = Int64(word) {
          self = .number(UInt64(bitPattern: value), isNegative: value < 0)
        } else if let value = UInt64(word) {
          self = .number(value, isNegative: false)
        } else if word.hasPrefix("0x") || word.hasPrefix("0X"), let value = UInt64(word.dropFirst(2), radix: 16) {
          self = .number(value, isNegative: false)
        } else {
          return nil
        }
      }
    }
  }

  private let values: [String: Value]

  /// Reads the text of a `.config`; what is no `CONFIG_NAME=value` is a comment.
  public init(parsing text: [UInt8]) {
    var values: [String: Value] = [:]
    let prefix = Array("CONFIG_".utf8)
    for line in text.split(separator: UInt8(ascii: "\n")) where line.starts(with: prefix) {
      guard let equals = line.firstIndex(of: UInt8(ascii: "=")),
        let value = Value(parsing: line[(equals + 1)...])
      else { continue }
      values[String(decoding: line[..<equals], as: UTF8.self)] = value
    }
    self.values = values
  }

  /// Reads the running kernel's.
  ///
  /// - Throws: the error of the last file that was tried; `EBADMSG` for a `/proc/config.gz` that cannot be unpacked.
  public init(kernel: any KernelCalls = LiveKernel()) throws(SystemCallError) {
    let missing: SystemCallError
    do throws(SystemCallError) {
      let archive = try kernel.contents(of: Self.path)
      do throws(GzipArchive.Malformed) {
        self.init(parsing: try GzipArchive.unpack(archive))
        return
      } catch {
        throw SystemCallError(call: "inflate", subject: Self.path, errno: .badMessage)
      }
    } catch {
      if error.errno != .noSuchFileOrDirectory { throw error }
      missing = error
    }
    guard let release = try? SystemName.current().release else { throw missing }
    self.init(parsing: try kernel.contents(of: "/boot/config-\(release)"))
  }

  private static let path = "/proc/config.gz"

  /// The value of an option, `CONFIG_` included; nil for one that is not set.
  public subscript(name: String) -> Value? { values[name] }
}
