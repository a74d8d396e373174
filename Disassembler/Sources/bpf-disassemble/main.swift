// bpf-disassemble ARCHITECTURE: reads machine code from its standard input, to the end, and writes a line for each
// instruction: its place and its number of bytes, decimal, then operation and operands, with tabs between them.
// ARCHITECTURE is x86_64 (written as AT&T does) or arm64. Bytes that are no instruction are written as such (.byte).
// Ends with 0, or 2 when it was called wrongly.
import CCapstone
import Glibc

func end(_ message: String) -> Never {
  let text = "bpf-disassemble: \(message)\n"
  _ = write(2, text, text.utf8.count)
  exit(2)
}

func readInput() -> [UInt8] {
  var bytes: [UInt8] = []
  var room = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = read(0, &room, room.count)
    if count < 0, errno == EINTR { continue }
    if count < 0 { end("cannot read the code: error \(errno)") }
    if count == 0 { return bytes }
    bytes += room.prefix(count)
  }
}

let architectures: [String: (cs_arch, cs_mode)] = [
  "x86_64": (CS_ARCH_X86, CS_MODE_64), "arm64": (CS_ARCH_ARM64, CS_MODE_LITTLE_ENDIAN),
]
guard CommandLine.arguments.count == 2, let (architecture, mode) = architectures[CommandLine.arguments[1]] else {
  end("expected one of \(architectures.keys.sorted().joined(separator: ", "))")
}
var handle: csh = 0
guard cs_open(architecture, mode, &handle) == CS_ERR_OK else { end("this Capstone has no \(CommandLine.arguments[1])") }
if architecture == CS_ARCH_X86 { cs_option(handle, CS_OPT_SYNTAX, Int(CS_OPT_SYNTAX_ATT.rawValue)) }
cs_option(handle, CS_OPT_SKIPDATA, Int(CS_OPT_ON.rawValue))

let code = readInput()
var instructions: UnsafeMutablePointer<cs_insn>?
let count = cs_disasm(handle, code, code.count, 0, 0, &instructions)
for index in 0..<count {
  guard var instruction = instructions?[index] else { break }
  let operation = withUnsafeBytes(of: &instruction.mnemonic) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  let operands = withUnsafeBytes(of: &instruction.op_str) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  print("\(instruction.address)\t\(instruction.size)\t\(operation)\t\(operands)")
}
if let instructions { cs_free(instructions, count) }
cs_close(&handle)
