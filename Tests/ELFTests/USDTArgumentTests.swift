import Testing

@testable import ELF

@Suite struct USDTArgumentTests {
  private typealias Operand = USDTArgument.Operand

  private static func amd64(_ name: String) throws -> MachineRegister { try #require(MachineRegister(amd64: name)) }
  private static func arm(_ name: String) throws -> MachineRegister { try #require(MachineRegister(aarch64: name)) }

  private func operand(_ text: String, _ machine: ELFFile.Machine = .amd64) throws -> Operand {
    let arguments = try USDTArgument.parse("8@" + text, for: machine)
    try #require(arguments.count == 1)
    #expect(arguments[0].byteCount == 8 && !arguments[0].isSigned)
    return arguments[0].operand
  }

  @Test func sizesAndSigns() throws {
    let arguments = try USDTArgument.parse("-1@%al 2@%cx  -4@$5 8@%r8", for: .amd64)
    #expect(arguments.map(\.byteCount) == [1, 2, 4, 8])
    #expect(arguments.map(\.isSigned) == [true, false, true, false])
    #expect(try USDTArgument.parse("", for: .amd64).isEmpty)
  }

  @Test(arguments: [
    ("%rax", "rax"), ("%eax", "rax"), ("%al", "rax"), ("%dil", "rdi"), ("%r8", "r8"), ("%r15d", "r15"), ("%r9w", "r9"),
    ("%r10b", "r10"), ("%esp", "rsp"),
  ])
  func registersOfAMD64(text: String, name: String) throws {
    #expect(try operand(text) == .register(Self.amd64(name)))
  }

  @Test func constants() throws {
    #expect(try operand("$-9") == .constant(-9))
    #expect(try operand("$0x10") == .constant(16))
    #expect(try operand("$18446744073709551615") == .constant(-1))
    #expect(try operand("5", .aarch64) == .constant(5))
    #expect(try operand("#-5", .aarch64) == .constant(-5))
    #expect(try operand("wzr", .aarch64) == .constant(0))
  }

  @Test func addressesOfAMD64() throws {
    let rbp = try Self.amd64("rbp")
    let rax = try Self.amd64("rax")
    #expect(try operand("(%rbp)") == .memory(.init(base: rbp)))
    #expect(try operand("-1204(%rbp)") == .memory(.init(base: rbp, displacement: -1204)))
    #expect(try operand("0x10(%rbp)") == .memory(.init(base: rbp, displacement: 16)))
    #expect(
      try operand("-96(%rbp,%rax,8)") == .memory(.init(base: rbp, index: rax, scale: 8, displacement: -96)))
    #expect(try operand("(%rbp,%rax)") == .memory(.init(base: rbp, index: rax)))
    #expect(try operand("8(,%rax,4)") == .memory(.init(index: rax, scale: 4, displacement: 8)))
    #expect(try operand("global(%rip)") == .memory(.init(base: Self.amd64("rip"), symbol: "global")))
    #expect(
      try operand("24+mp_(%rip)") == .memory(.init(base: Self.amd64("rip"), displacement: 24, symbol: "mp_")))
    #expect(try operand("table-8(%rax)") == .memory(.init(base: rax, displacement: -8, symbol: "table")))
    #expect(try operand("global") == .memory(.init(symbol: "global")))
  }

  @Test func addressesOfAArch64() throws {
    let sp = try Self.arm("sp")
    let x0 = try Self.arm("x0")
    let x1 = try Self.arm("x1")
    #expect(try operand("w1", .aarch64) == .register(x1))
    #expect(try operand("[sp]", .aarch64) == .memory(.init(base: sp)))
    let spaced = try USDTArgument.parse("-4@[sp, 60] 8@[x0, x1, lsl 3] 4@w0", for: .aarch64)
    #expect(
      spaced.map(\.operand) == [
        .memory(.init(base: sp, displacement: 60)), .memory(.init(base: x0, index: x1, scale: 8)), .register(x0),
      ])
    #expect(try operand("[x0,#-8]", .aarch64) == .memory(.init(base: x0, displacement: -8)))
  }

  @Test(arguments: [
    "8", "8@", "@%rax", "3@%rax", "8@%ah", "8@%xmm0", "8f@%xmm0", "8@$", "8@$x", "8@(%eax)", "8@(%rax", "8@()",
    "8@(%rax,%rbx,3)", "8@(%rax,%rbx,4,5)", "4@%fs:12(%rax)", "8@4+(%rax)", "8@a+b(%rax)", "8@-a(%rax)", "8@%r16",
  ])
  func refusesOtherForms(text: String) {
    #expect {
      try USDTArgument.parse(text, for: .amd64)
    } throws: {
      guard let failure = $0 as? USDTArgument.Failure else { return false }
      return failure.argument == text && !failure.reason.isEmpty
    }
  }

  @Test(arguments: ["8@x31", "8@[w0]", "8@[x0", "8@[]", "8@[x0, x1, lsl 9]", "8@[x0, 4, 5]", "8@q0", "8@[sp, ]"])
  func refusesOtherFormsOfAArch64(text: String) {
    #expect(throws: USDTArgument.Failure.self) { try USDTArgument.parse(text, for: .aarch64) }
  }

  @Test func refusesOtherProcessors() {
    #expect(throws: USDTArgument.Failure.self) { try USDTArgument.parse("8@a0", for: .riscv) }
  }
}
