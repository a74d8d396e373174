import LinuxSystem
import TraceCompiler

@testable import TraceRuntime

/// Answers from tables, with fixed clocks: 2026-03-05 07:08:09.123456789 UTC at boot plus one second.
final class ScriptedContext: ValueContext {
  var stacks: [UInt64: [UInt64]] = [:]
  var kernelSymbols: [UInt64: SymbolicAddress] = [:]
  var userSymbols: [UInt64: SymbolicAddress] = [:]
  var files: [UInt64: FileAddress] = [:]
  var users: [UInt32: String] = [0: "root"]
  var probes = ["begin", "tracepoint:syscalls:sys_enter_openat"]
  var cgroups: [UInt64: String] = [:]
  static let moment: Int64 = 1_772_694_489_123_456_789

  func frames(ofStack hash: UInt64, count: Int) -> [UInt64]? { stacks[hash].map { Array($0.prefix(count)) } }
  func kernelSymbol(at address: UInt64) -> SymbolicAddress { kernelSymbols[address] ?? .init(address: address) }
  func userSymbol(at address: UInt64, inProcess process: UInt32) -> SymbolicAddress {
    userSymbols[address] ?? .init(address: address)
  }
  func fileAddress(at address: UInt64, inProcess process: UInt32) -> FileAddress? { files[address] }
  func userName(of id: UInt32) -> String? { users[id] }
  func probeName(at index: UInt64) -> String? { index < UInt64(probes.count) ? probes[Int(index)] : nil }
  func cgroupPath(of id: UInt64) -> String? { cgroups[id] }
  func wallClock(atBootTime nanoseconds: UInt64) -> Int64 { Self.moment - 1_000_000_000 + Int64(nanoseconds) }
  func currentTime() -> Int64 { Self.moment }
  func timeText(at nanoseconds: Int64, format: String) -> String {
    LocalTime(nanoseconds: nanoseconds, utc: true)?.formatted(format) ?? "?"
  }
}

/// The bytes of integers one after the other, as this machine lays them out.
func packed(_ values: any FixedWidthInteger...) -> [UInt8] {
  func bytes<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] { withUnsafeBytes(of: value) { Array($0) } }
  return values.flatMap { bytes($0) }
}

/// A string in a field of `capacity` bytes, filled up with NUL.
func packed(_ text: String, capacity: Int) -> [UInt8] {
  Array((Array(text.utf8) + Array(repeating: 0, count: capacity)).prefix(capacity))
}

/// A reference to a stack, or a user symbol.
func packedStack(_ hash: UInt64, frames: Int32, process: UInt32 = 0) -> [UInt8] { packed(hash, frames, process) }

/// Text and JSON of a value.
func shown(
  _ type: WireType, _ bytes: [UInt8], context: ScriptedContext = ScriptedContext(),
  configuration: ScriptConfiguration = ScriptConfiguration()
) -> (text: String, json: String) {
  let formatter = ValueFormatter(context: context, configuration: configuration)
  var text = ByteBuffer()
  var json = ByteBuffer()
  formatter.write(type, in: bytes.span.bytes, to: &text)
  formatter.writeJSON(WireField(offset: 0, type: type), in: bytes.span.bytes, to: &json)
  return (text.text, json.text)
}

extension WireType {
  static let int8 = WireType.integer(byteCount: 1, isSigned: true)
  static let int32 = WireType.integer(byteCount: 4, isSigned: true)
  static let uint32 = WireType.integer(byteCount: 4, isSigned: false)
  static let int64 = WireType.integer(byteCount: 8, isSigned: true)
  static let uint64 = WireType.integer(byteCount: 8, isSigned: false)
  static let uint8 = WireType.integer(byteCount: 1, isSigned: false)
}
