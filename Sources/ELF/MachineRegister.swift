/// A general register of a processor, by the name of all of its 64 bits.
public struct MachineRegister: Hashable, Sendable {
  /// The name: "rax", "x0", "sp".
  public let name: String

  /// Reads a name of x86-64, also one of a register's lower part: `rax`, `eax`, `ax`, `al`, `r8d`; not `ah`, which is
  /// no lower part.
  public init?(amd64 text: some StringProtocol) {
    let text = String(text)
    for (name, parts) in Self.amd64 where name == text || parts.contains(text) {
      self.name = name
      return
    }
    // r8 to r15, of which the lower parts are r8d, r8w and r8b.
    guard text.hasPrefix("r") else { return nil }
    let suffixed = text.last.map { "dwb".contains($0) } ?? false
    guard let number = Int(text.dropFirst().dropLast(suffixed ? 1 : 0)), (8...15).contains(number) else { return nil }
    name = "r\(number)"
  }

  /// Reads a name of 64-bit Arm: `x0`, `w0`, `sp`.
  public init?(aarch64 text: some StringProtocol) {
    if text == "sp" || text == "wsp" {
      name = "sp"
      return
    }
    guard let first = text.first, first == "x" || first == "w", let number = Int(text.dropFirst()),
      (0...30).contains(number)
    else { return nil }
    name = "x\(number)"
  }

  private static let amd64: [(String, [String])] = [
    ("rax", ["eax", "ax", "al"]), ("rbx", ["ebx", "bx", "bl"]), ("rcx", ["ecx", "cx", "cl"]),
    ("rdx", ["edx", "dx", "dl"]), ("rsi", ["esi", "si", "sil"]), ("rdi", ["edi", "di", "dil"]),
    ("rbp", ["ebp", "bp", "bpl"]), ("rsp", ["esp", "sp", "spl"]), ("rip", ["eip", "ip"]),
  ]
}
