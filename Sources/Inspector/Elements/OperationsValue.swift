public import BPF
public import BTF
public import KernelInterface
public import LinuxSystem

/// What a map of operations (`struct_ops`) holds, and the kernel's facts about it, by the kernel's own types.
public struct OperationsValue {
  private let facts: PrintedValue
  private let value: PrintedValue
  private let name: String

  /// Reads the value of a map; where its struct has functions, the kernel answers the numbers of programs.
  ///
  /// - Parameter types: the kernel's or the module's that declares the struct.
  public init(of map: Map, types: TypeGraph, kernel: any KernelCalls) throws(InspectorError) {
    let info: MapInfo
    let bytes: [UInt8]
    do throws(BPFError) {
      info = try map.info()
      bytes = try map.value(of: [0, 0, 0, 0]) ?? []
    } catch { throw .library(error) }
    name = types.name(of: TypeID(info.kernelValueTypeID))
    do throws(BTFError) {
      value = try Self.read(TypeID(info.kernelValueTypeID), types, bytes, kernel)
      guard let type = types.id(named: "bpf_map_info", kind: .structure) else {
        facts = .structure([])
        return
      }
      let size = try types.size(of: type)
      facts = try Self.read(type, types, (try? kernel.mapInfoBytes(map.descriptor, size: size)) ?? [], kernel)
    } catch { throw .failed("struct_ops map '\(info.name)': \(error)") }
  }

  private static func read(
    _ type: TypeID, _ types: TypeGraph, _ bytes: [UInt8], _ kernel: any KernelCalls
  ) throws(BTFError) -> PrintedValue {
    let result: Result<PrintedValue, BTFError> = bytes.withUnsafeBytes { bytes in
      Result { () throws(BTFError) in
        try PrintedValue(of: type, in: types, bytes) { prototype, id in
          "\(FunctionSignature(of: prototype, in: types).text) \(program(id, kernel))"
        }
      }
    }
    return try result.get()
  }

  private static func program(_ id: UInt64, _ kernel: any KernelCalls) -> String {
    guard let number = UInt32(exactly: id), number > 0, let program = try? kernel.open(.program, id: number),
      let info = try? kernel.programInfo(program, withMaps: false)
    else { return "\(id)" }
    return "\(ProgramName.full(of: program, info, kernel))/prog_id:\(id)"
  }

  /// As two JSON objects: the facts, and the value under its type's name; pointers in decimal or as `"0x…"`.
  public func write(to json: inout JSONWriter, decimalPointers: Bool) throws(SystemCallError) {
    for (name, value) in [("bpf_map_info", facts), (name, value)] {
      try json.object { json throws(SystemCallError) in
        try json.name(name)
        try value.write(to: &json, decimalPointers: decimalPointers)
      }
    }
  }
}
