import BTF

/// The types of the invented machine's kernel: a task with every kind of member, and functions over it.
enum InventedTypes {
  private struct Built: Sendable {
    var bytes: [UInt8]
    var function: TypeID
    var boolean: TypeID
    var taskPointer: TypeID
  }

  private static let built: Built? = try? build()

  static var functionID: TypeID? { built?.function }
  static var booleanID: TypeID? { built?.boolean }
  static var taskPointerID: TypeID? { built?.taskPointer }

  static func graph() -> TypeGraph? {
    guard let built else { return nil }
    return try? TypeGraph(bytes: built.bytes)
  }

  private static func build() throws(BTFError) -> Built {
    var types = TypeGraphBuilder()
    let int = try types.addInteger(named: "int", size: 4, isSigned: true)
    let unsigned = try types.addInteger(named: "unsigned int", size: 4)
    let long = try types.addInteger(named: "long unsigned int", size: 8)
    let char = try types.addInteger(named: "char", size: 1, isSigned: true, isCharacter: true)
    let byte = try types.addInteger(named: "unsigned char", size: 1)
    let boolean = try types.addInteger(named: "_Bool", size: 1, isBoolean: true)
    let pid = try types.addTypedef(named: "pid_t", for: int)
    let state = try types.addEnumeration(named: "state", values: [("RUNNING", 0), ("SLEEPING", 1), ("DEAD", 4)])
    let bytes = try types.addArray(of: byte, count: 4, indexedBy: int)
    let name = try types.addArray(of: char, count: 16, indexedBy: int)
    let tail = try types.addArray(of: long, count: 0, indexedBy: int)
    let text = try types.addPointer(to: char)
    let parts = try types.addUnion(
      named: "", size: 4, members: [.init("whole", unsigned, bitOffset: 0), .init("bytes", bytes, bitOffset: 0)])
    // The task is announced by the id that it will get, one behind its pointer.
    let task = TypeID(types.nextID.rawValue + 1)
    let taskPointer = try types.addPointer(to: task)
    try types.addStructure(
      named: "task_struct", size: 80,
      members: [
        .init("pid", pid, bitOffset: 0), .init("tgid", pid, bitOffset: 32), .init("parent", taskPointer, bitOffset: 64),
        .init("comm", name, bitOffset: 128), .init("state", state, bitOffset: 256),
        .init("low", unsigned, bitOffset: 288, bitFieldSize: 3),
        .init("high", unsigned, bitOffset: 291, bitFieldSize: 29), .init("", parts, bitOffset: 320),
        .init("flag", boolean, bitOffset: 352), .init("text", text, bitOffset: 384),
        .init("start", long, bitOffset: 448), .init("tail", tail, bitOffset: 640),
      ])
    let prototype = try types.addFunctionPrototype(
      returning: int, parameters: [.init("task", taskPointer), .init("count", long), .init("flag", boolean)])
    let function = try types.addFunction(named: "vfs_read", prototype: prototype)
    return Built(bytes: try types.build(), function: function, boolean: boolean, taskPointer: taskPointer)
  }
}
