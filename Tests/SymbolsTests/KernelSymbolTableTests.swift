import Symbols
import Testing

@Suite struct KernelSymbolTableTests {
  static let text = """
    0000000000000000 A fixed_percpu_data
    ffffffff81000000 T _stext
    ffffffff81000000 T _text
    ffffffff81000010 t do_nanosleep
    ffffffff81000100 W weak_one
    ffffffff82000000 D jiffies
    ffffffffc0000000 t ext4_read\t[ext4]
    ffffffffc0001000 t bpf_prog_6deef7357e7b4530\t[bpf]
    not a line
    ffffffff81000080 T late_in_the_text

    """

  static func table(_ text: String = Self.text) -> KernelSymbolTable {
    Array(text.utf8).withUnsafeBytes { KernelSymbolTable(parsing: $0) }
  }

  @Test(
    arguments: [
      (0xffff_ffff_8100_0000, "_stext", nil, 0),
      (0xffff_ffff_8100_000f, "_stext", nil, 15),
      (0xffff_ffff_8100_0011, "do_nanosleep", nil, 1),
      (0xffff_ffff_8100_0090, "late_in_the_text", nil, 16),
      (0xffff_ffff_c000_0004, "ext4_read", "ext4", 4),
      (0xffff_ffff_c000_1234, "bpf_prog_6deef7357e7b4530", "bpf", 0x234),
    ] as [(UInt64, String, String?, UInt64)])
  func findsAddresses(address: UInt64, name: String, module: String?, offset: UInt64) throws {
    let location = try #require(Self.table().location(of: address))
    #expect(location.name == name)
    #expect(location.module == module)
    #expect(location.offset == offset)
  }

  @Test func knowsNothingBeforeTheFirstSymbol() {
    #expect(Self.table().location(of: 0xffff_0000) == nil)
    #expect(Self.table("").location(of: 0xffff_0000) == nil)
  }

  @Test func findsNames() {
    let symbols = Self.table().symbols(named: "jiffies")
    #expect(symbols.map(\.address) == [0xffff_ffff_8200_0000])
    #expect(symbols.first?.isFunction == false)
    #expect(Self.table().symbols(named: "ext4_read").first?.module == "ext4")
    #expect(Self.table().symbols(named: "jiff").isEmpty)
    #expect(Self.table().symbols(named: "").isEmpty)
  }

  @Test func givesFunctionsInOrderOfAddress() {
    var names: [String] = []
    let table = Self.table()
    table.forEachFunction { name, module in
      names.append(String(decoding: name, as: UTF8.self) + (module == 0 ? "" : "@" + table.modules[module]))
    }
    #expect(
      names == [
        "_stext", "_text", "do_nanosleep", "late_in_the_text", "weak_one", "ext4_read@ext4",
        "bpf_prog_6deef7357e7b4530@bpf",
      ])
  }

  @Test func tellsThatAddressesAreHidden() {
    let hidden = Self.table("0000000000000000 T _stext\n0000000000000000 T _text\n")
    #expect(hidden.hidesAddresses)
    #expect(hidden.location(of: 5) == nil)
    #expect(hidden.count == 2)
    #expect(!Self.table().hidesAddresses)
  }
}
