import Testing
import TraceCompiler

@testable import TraceRuntime

@Suite struct ValueFormatterTests {
  @Test(
    arguments: [
      (WireType.int8, packed(Int8(-5)), "-5", "-5"),
      (.int32, packed(Int32.min), "-2147483648", "-2147483648"),
      (.int64, packed(Int64.min), "-9223372036854775808", "-9223372036854775808"),
      (.int64, packed(Int64.max), "9223372036854775807", "\"9223372036854775807\""),
      (.uint64, packed(UInt64.max), "18446744073709551615", "\"18446744073709551615\""),
      (.uint64, packed(UInt64(1) << 53), "9007199254740992", "9007199254740992"),
      (.uint64, packed(UInt64(1) << 53 + 1), "9007199254740993", "\"9007199254740993\""),
      (.boolean, [1], "true", "true"),
      (.boolean, [0], "false", "false"),
      (.pointer, packed(UInt64(0xffff_8881_0000_0001)), "0xffff888100000001", "\"18446612686364999681\""),
      (.pointer, packed(UInt64(255)), "0xff", "255"),
      (.enumeration(byteCount: 4, isSigned: true, name: "e", values: [-1: "MINUS"]), packed(Int32(-1)), "MINUS", "-1"),
      (.enumeration(byteCount: 4, isSigned: false, name: "e", values: [1: "ONE"]), packed(UInt32(7)), "7", "7"),
      (.macAddress, [0x0f, 0x1f, 0, 0xab, 0xcd, 0xff], "0F:1F:00:AB:CD:FF", "\"0F:1F:00:AB:CD:FF\""),
      (.username, packed(UInt64(0)), "root", "\"root\""),
      (.username, packed(UInt64(4711)), "4711", "\"4711\""),
      (
        .probeName, packed(UInt64(1)), "tracepoint:syscalls:sys_enter_openat",
        "\"tracepoint:syscalls:sys_enter_openat\""
      ),
      (.probeName, packed(UInt64.max), "18446744073709551615", "\"18446744073709551615\""),
      (.cgroupPath, packed(UInt64(9)), "9", "\"9\""),
    ] as [(WireType, [UInt8], String, String)])
  func numbers(type: WireType, bytes: [UInt8], text: String, json: String) {
    #expect(shown(type, bytes) == (text, json))
  }

  @Test func strings() {
    #expect(shown(.string(capacity: 8), packed("hello", capacity: 8)) == ("hello", "\"hello\""))
    #expect(shown(.string(capacity: 4), packed("full", capacity: 4)) == ("full", "\"full\""))
    #expect(shown(.string(capacity: 1), [0]) == ("", "\"\""))
    #expect(shown(.string(capacity: 8), packed("a\"\\\t\u{1}", capacity: 8)).json == #""a\"\\\t\u0001""#)
    #expect(shown(.string(capacity: 3), [0xff, 0x41, 0]).json == "\"\u{fffd}A\"")
  }

  @Test func stringsThatWereCutSaySo() {
    var configuration = ScriptConfiguration()
    configuration.maximumStringLength = 8
    let full = packed("1234567", capacity: 8)
    #expect(shown(.string(capacity: 8), full, configuration: configuration).text == "1234567..")
    #expect(shown(.string(capacity: 8), packed("123456", capacity: 8), configuration: configuration).text == "123456")
    // A field of another size was not filled by str() with its limit.
    #expect(shown(.string(capacity: 4), packed("abc", capacity: 4), configuration: configuration).text == "abc")
    let tail = packed(UInt16(4), UInt16(7)) + Array("1234567".utf8)
    #expect(shown(.tailString(capacity: 8), tail, configuration: configuration).text == "1234567..")
    #expect(shown(.tailString(capacity: 1024), tail, configuration: configuration).text == "1234567")
  }

  @Test func compoundValues() {
    #expect(shown(.array(.int32, count: 2), packed(Int32(1), Int32(-2))) == ("[1,-2]", "[1,-2]"))
    #expect(shown(.array(.int32, count: 0), []) == ("[]", "[]"))
    let inner = WireType.tuple([WireField(offset: 0, type: .int8), WireField(offset: 1, type: .int8)], byteCount: 2)
    let tuple = WireType.tuple(
      [
        WireField(offset: 0, type: .int64), WireField(offset: 8, type: .string(capacity: 6)),
        WireField(offset: 14, type: inner),
      ], byteCount: 16)
    #expect(
      shown(tuple, packed(Int64(1)) + packed("hello", capacity: 6) + [2, 3])
        == ("(1, hello, (2, 3))", #"[1,"hello",[2,3]]"#))
    let record = WireType.record(
      [
        WireField(name: "a", offset: 0, type: .array(.uint8, count: 2)), WireField(name: "b", offset: 4, type: .int32),
        WireField(name: "low", offset: 8, type: .uint32, bits: .init(offset: 0, count: 3)),
        WireField(name: "high", offset: 8, type: .int32, bits: .init(offset: 3, count: 2)),
      ], byteCount: 12)
    #expect(
      shown(record, [7, 8, 0, 0] + packed(Int32(-1), UInt32(0b10_101)))
        == ("{ .a = [7,8], .b = -1, .low = 5, .high = -2 }", #"{ "a": [7,8], "b": -1, "low": 5, "high": -2 }"#))
    #expect(shown(.record([], byteCount: 0), []) == ("{}", "{}"))
  }

  @Test func buffers() {
    let bytes = packed(UInt32(4)) + [0x61, 0x62, 0x01, 0xff, 0, 0]
    #expect(shown(.buffer(capacity: 6), bytes) == (#"ab\x01\xff"#, "[97,98,1,255]"))
  }

  @Test func internetAddresses() {
    func address(_ family: UInt32, _ groups: [UInt16]) -> String {
      shown(.internetAddress, packed(family) + groups.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }).text
    }
    #expect(address(2, [0x7f00, 1, 0, 0, 0, 0, 0, 0]) == "127.0.0.1")
    #expect(address(10, [0, 0, 0, 0, 0, 0, 0, 1]) == "::1")
    #expect(address(10, [0, 0, 0, 0, 0, 0, 0, 0]) == "::")
    #expect(address(10, [0x2001, 0xdb8, 0, 0, 1, 0, 0, 1]) == "2001:db8::1:0:0:1")
    #expect(address(10, [0x2001, 0xdb8, 0, 1, 1, 1, 1, 1]) == "2001:db8:0:1:1:1:1:1")
    #expect(address(10, [0x2001, 0, 0, 1, 0, 0, 0, 1]) == "2001:0:0:1::1")
    #expect(address(10, [0xfe80, 0, 0, 0, 0, 0, 0, 0]) == "fe80::")
    #expect(address(10, [0, 0, 0, 0, 0, 0xffff, 0xc0a8, 0x0102]) == "::ffff:192.168.1.2")
  }

  @Test func stacks() {
    let context = ScriptedContext()
    context.stacks[7] = [0x10, 0x20, 0x30]
    context.kernelSymbols[0x10] = SymbolicAddress(address: 0x10, name: "do_nanosleep", offset: 1)
    context.userSymbols[0x20] = SymbolicAddress(address: 0x20, name: "main", offset: 0, module: "/bin/x")
    context.files[0x20] = FileAddress(buildID: [0xab, 1], offset: 0x1234)
    func kernel(_ mode: StackFormat.Mode) -> String {
      shown(.kernelStack(StackFormat(mode: mode, limit: 3)), packedStack(7, frames: 2), context: context).text
    }
    func user(_ mode: StackFormat.Mode) -> String {
      shown(
        .userStack(StackFormat(mode: mode, limit: 3)), packedStack(7, frames: 2, process: 5), context: context
      ).text
    }
    #expect(kernel(.bpftrace) == "\n        do_nanosleep+1\n        0x20\n")
    #expect(kernel(.perf) == "\n\t10 do_nanosleep+1\n\t20 0x20 ([unknown])\n")
    #expect(kernel(.raw) == "\n10\n20\n")
    #expect(user(.bpftrace) == "\n        0x10\n        main+0\n")
    #expect(user(.perf) == "\n\t10 0x10 ([unknown])\n\t20 main+0 (/bin/x)\n")
    #expect(user(.buildID) == "\n0x10\nab01 0x1234\n")
    let failed = shown(.kernelStack(StackFormat(mode: .bpftrace, limit: 3)), packedStack(0, frames: -14))
    #expect(failed.text == "\n        <unwind failure>\n")
    let empty = shown(.kernelStack(StackFormat(mode: .bpftrace, limit: 3)), packedStack(0, frames: 0))
    #expect(empty.text.isEmpty)
    let forgotten = shown(.kernelStack(StackFormat(mode: .bpftrace, limit: 3)), packedStack(99, frames: 2))
    #expect(forgotten.text == "\n        <unwind failure>\n")
  }

  @Test func symbols() {
    let context = ScriptedContext()
    context.kernelSymbols[0x10] = SymbolicAddress(address: 0x10, name: "do_exit", offset: 5)
    context.userSymbols[0x20] = SymbolicAddress(address: 0x20, name: "main", offset: 0, module: "/bin/x")
    #expect(shown(.kernelSymbol, packed(UInt64(0x10)), context: context) == ("do_exit", "\"do_exit\""))
    #expect(shown(.kernelSymbol, packed(UInt64(5)), context: context).text == "0x5")
    #expect(shown(.userSymbol, packedStack(0x20, frames: 9), context: context).text == "main")
  }

  /// Whatever is cut off, and wherever offsets point, there is an answer.
  @Test func damagedValuesAreSaidToBe() {
    let outside = "!{value outside its event}"
    let types: [WireType] = [
      .int8, .int64, .boolean, .pointer, .string(capacity: 16), .tailString(capacity: 64), .buffer(capacity: 8),
      .kernelStack(StackFormat(mode: .bpftrace, limit: 3)), .userSymbol, .internetAddress, .macAddress, .username,
      .timestamp(format: "%H"), .probeName, .cgroupPath,
    ]
    for type in types {
      // The padding behind a user id and behind a process id may be missing.
      var needed = type.byteCount
      if type == .username || type == .userSymbol { needed -= 4 }
      for count in 0..<needed { #expect(shown(type, Array(repeating: 0xff, count: count)).text == outside) }
    }
    #expect(shown(.tailString(capacity: 8), packed(UInt16(6), UInt16(9))).text == outside)
    #expect(shown(.integer(byteCount: 3, isSigned: true), [1, 2, 3, 4]).text == outside)
    let far = WireType.tuple([WireField(offset: Int.max, type: .int64)], byteCount: 8)
    #expect(shown(far, [1, 2, 3]).text == "(\(outside))")
    #expect(shown(.tuple([WireField(offset: -8, type: .int64)], byteCount: 8), [1]).json == "[\"\(outside)\"]")
  }
}
