import BPF
import BTF
import Bytecode
import Diagnostics
import KernelInterface
import LinuxSystem
import TraceLanguage

@testable import TraceCompiler

/// A compiled script in the kernel: its maps, its programs, what they printed.
struct KernelScript {
  let script: CompiledScript
  let maps: [Map]
  let events: RingBuffer?

  /// The program's bytecode and the end of the verifier's log, where it was refused.
  struct Refused: Error, CustomStringConvertible {
    var reason: String
    var description: String
  }

  /// CPUs that per-CPU maps have values for.
  static let possibleCPUCount = (try? CPUList.possible().cpus.count) ?? 1

  init(_ script: CompiledScript) throws {
    self.script = script
    let maps = try script.maps.map { map in
      let type: MapType =
        switch map.storage {
        case .hash: .hash
        case .perCPUHash: .perCPUHash
        case .lruHash: .lruHash
        case .lruPerCPUHash: .lruPerCPUHash
        case .array: .array
        case .perCPUArray: .perCPUArray
        case .ringBuffer: .ringBuffer
        }
      let isEvents = map.role == .events
      let made = try Map(
        MapSpec(
          name: "oracle", type: type, keySize: map.keyByteCount, valueSize: map.valueByteCount,
          maxEntries: isEvents ? 1 << 20 : max(1, map.maximumEntries),
          flags: type == .hash || type == .perCPUHash ? .noPreallocation : []))
      if case .table(let bytes) = map.role { try made.update([UInt8](repeating: 0, count: 4), to: bytes) }
      return made
    }
    self.maps = maps
    events = try script.maps.firstIndex { $0.role == .events }.map { try RingBuffer(maps[$0]) }
  }

  // MARK: Running

  /// Loads the programs and runs each once, in their order.
  func run() throws {
    for program in try load() { try program.run(TestRun(context: [UInt8](repeating: 0, count: 64))) }
  }

  /// Has the kernel check the programs.
  @discardableResult
  func load() throws -> [Program] {
    try script.programs.map { program in
      let code = program.code
      var spec = ProgramSpec(
        name: program.name, type: program.kind.type, expectedAttachType: program.kind.attachType,
        code: Assembly(instructions: code.instructions, relocations: code.relocations),
        attachTypeID: program.kind.attachTypeID)
      if code.functions.count > 1 { spec.types = try Self.types(of: code.functions) }
      let loaded: Program
      do throws(BPFError) {
        loaded = try Program(spec, maps: maps)
      } catch {
        var text = "\(error)"
        if case .programRefused(let refusal) = error {
          text += "\n\(code.listing(beside: script.source))\n\(refusal.log.text.suffix(3000))"
        }
        throw Refused(reason: "\(error)", description: text)
      }
      return loaded
    }
  }

  private static func types(of functions: [ProgramCode.Function]) throws -> ProgramSpec.TypeInformation {
    var builder = TypeGraphBuilder()
    let result = try builder.addInteger(named: "int", size: 4, isSigned: true)
    let prototype = try builder.addFunctionPrototype(returning: result, parameters: [])
    var records: [UInt8] = []
    for function in functions {
      let type = try builder.addFunction(named: function.name, prototype: prototype)
      for word in [UInt32(function.range.lowerBound), type.rawValue] {
        withUnsafeBytes(of: word) { records += $0 }
      }
    }
    return ProgramSpec.TypeInformation(
      btf: try builder.build(), functions: ProgramLoad.InfoRecords(bytes: records, recordSize: 8))
  }

  // MARK: Results

  /// Every map of the script as lines of text, one per entry, in the interpreter's form.
  func contents() throws -> [String: Set<String>] {
    var result: [String: Set<String>] = [:]
    for (index, description) in script.maps.enumerated() {
      guard case .script(let name, let keyType, let value) = description.role else { continue }
      var lines: Set<String> = []
      try maps[index].forEach { keyBytes, valueBytes in
        let key = keyType.map { Self.value(keyBytes.copy, at: 0, $0) }
        let text: String =
          switch value {
          case .plain(let type): Self.value(valueBytes.copy, at: 0, type).description
          case .aggregation(let aggregation): Self.text(valueBytes.copy, maps[index].valueStride, aggregation)
          }
        lines.insert(ScriptInterpreter.line(key, text))
      }
      result[name] = lines
    }
    return result
  }

  /// The values of each record that prints, in order.
  func printed() throws -> [[OracleValue]] {
    var result: [[OracleValue]] = []
    try events?.consume { record in
      let bytes = Array(record)
      guard case .number(let action) = Self.value(bytes, at: 0, .integer(byteCount: 4, isSigned: false)) else { return }
      switch script.actions[Int(action)] {
      case .formatted(let output): result.append(output.arguments.map { Self.value(bytes, at: $0.offset, $0.type) })
      case .printValue(let field): result.append([Self.value(bytes, at: field.offset, field.type)])
      default: break
      }
    }
    return result
  }

  /// Reads a value as the compiler says that it lies there.
  static func value(_ bytes: [UInt8], at offset: Int, _ type: WireType) -> OracleValue {
    switch type {
    case .boolean: return .number(Int64(bytes[offset]))
    case .integer(let byteCount, let isSigned):
      var word: UInt64 = 0
      for index in (0..<byteCount).reversed() { word = word << 8 | UInt64(bytes[offset + index]) }
      let shift = UInt64(64 - 8 * byteCount)
      return .number(isSigned ? Int64(bitPattern: word << shift) >> Int64(shift) : Int64(bitPattern: word))
    case .string(let capacity): return .text(Array(bytes[offset..<offset + capacity].prefix { $0 != 0 }))
    case .tailString:
      let start = value(bytes, at: offset, .integer(byteCount: 2, isSigned: false)).number
      let count = value(bytes, at: offset + 2, .integer(byteCount: 2, isSigned: false)).number
      return .text(Array(bytes[Int(start)..<Int(start + count)]))
    case .tuple(let fields, _), .record(let fields, _):
      return .tuple(fields.map { value(bytes, at: offset + $0.offset, $0.type) })
    default: return .text(Array("\(type)".utf8))
    }
  }

  /// Puts the values of all CPUs together.
  private static func text(_ bytes: [UInt8], _ stride: Int, _ aggregation: Aggregation) -> String {
    func word(_ offset: Int) -> Int64 { value(bytes, at: offset, .integer(byteCount: 8, isSigned: true)).number }
    let parts = Array(Swift.stride(from: 0, to: bytes.count, by: stride))
    func total(_ offset: Int) -> Int64 { parts.reduce(0) { $0 &+ word($1 + offset) } }
    switch aggregation {
    case .count, .sum: return String(total(0))
    case .average, .stats: return "\(total(0)) in \(total(8))"
    case .min(let isSigned), .max(let isSigned):
      let values = parts.filter { word($0 + 8) != 0 }.map { word($0) }
      let sorted = values.sorted { isSigned ? $0 < $1 : UInt64(bitPattern: $0) < UInt64(bitPattern: $1) }
      if case .min = aggregation { return sorted.first.map(String.init) ?? "none" }
      return sorted.last.map(String.init) ?? "none"
    case .histogram(let layout):
      var buckets: [OracleAccumulator.Bucket: UInt64] = [:]
      for index in 0..<layout.count where total(8 * index) != 0 {
        let range = layout.range(ofBucket: index)
        let bucket = OracleAccumulator.Bucket(
          low: range.map { Int64(bitPattern: $0.lowerBound) },
          high: range.map { Int64(bitPattern: $0.upperBound) } ?? -1)
        buckets[bucket] = UInt64(bitPattern: total(8 * index))
      }
      return OracleAccumulator.text(buckets)
    case .linearHistogram(let layout):
      var buckets: [OracleAccumulator.Bucket: UInt64] = [:]
      for index in 0..<layout.count where total(8 * index) != 0 {
        let low = layout.minimum + Int64(index - 1) * layout.step
        let bucket: OracleAccumulator.Bucket =
          index == 0
          ? .init(low: nil, high: layout.minimum - 1)
          : index == layout.count - 1
            ? .init(low: layout.maximum, high: nil) : .init(low: low, high: low + layout.step - 1)
        buckets[bucket] = UInt64(bitPattern: total(8 * index))
      }
      return OracleAccumulator.text(buckets)
    }
  }
}

extension CompiledProgram.Kind {
  fileprivate var type: ProgramType {
    switch self {
    case .testRun, .rawTracepoint: .rawTracepoint
    case .tracepoint: .tracepoint
    case .typedRawTracepoint, .trampoline: .tracing
    case .kprobe: .kprobe
    case .perfEvent: .perfEvent
    }
  }

  fileprivate var attachType: AttachType? {
    switch self {
    case .typedRawTracepoint: .traceRawTracepoint
    case .trampoline(_, let isExit): isExit ? .traceFexit : .traceFentry
    default: nil
    }
  }

  fileprivate var attachTypeID: UInt32 {
    switch self {
    case .typedRawTracepoint(let typeID), .trampoline(let typeID, _): typeID
    default: 0
    }
  }
}

extension RawSpan {
  fileprivate var copy: [UInt8] { withUnsafeBytes { Array($0) } }
}
