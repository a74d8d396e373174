import Testing
import TraceCompiler

@testable import TraceRuntime

@Suite struct PrintfFormatterTests {
  /// One conversion of one value.
  private func printed(
    _ type: WireType, _ bytes: [UInt8], _ conversion: PrintfSpecifier.Conversion,
    _ change: (inout PrintfSpecifier) -> Void = { _ in }
  ) -> String {
    var specifier = PrintfSpecifier(conversion: conversion)
    change(&specifier)
    let printf = PrintfFormatter(
      template: PrintfTemplate(pieces: [.argument(specifier)]), arguments: [WireField(offset: 0, type: type)])
    return written(printf, bytes)
  }

  private func written(_ printf: PrintfFormatter, _ bytes: [UInt8]) -> String {
    var output = ByteBuffer()
    let formatter = ValueFormatter(context: ScriptedContext(), configuration: ScriptConfiguration())
    printf.write(bytes.span.bytes, with: formatter, to: &output)
    return output.text
  }

  @Test func textAndArguments() {
    let printf = PrintfFormatter(
      template: PrintfTemplate(pieces: [
        .argument(.init(conversion: .string)), .text(" "), .argument(.init(conversion: .signedDecimal)), .text("%\n"),
      ]),
      arguments: [WireField(offset: 8, type: .string(capacity: 16)), WireField(offset: 24, type: .uint32)])
    #expect(written(printf, packed(UInt64(0)) + packed("bash", capacity: 16) + packed(UInt32(42))) == "bash 42%\n")
  }

  @Test func integersAreCutTo32BitsWithoutAModifier() {
    let minusOne = packed(Int64(-1))
    #expect(printed(.int64, minusOne, .signedDecimal) == "-1")
    #expect(printed(.int64, minusOne, .unsignedDecimal) == "4294967295")
    #expect(printed(.int64, minusOne, .hexadecimal) == "ffffffff")
    #expect(printed(.int64, minusOne, .unsignedDecimal) { $0.integerByteCount = 8 } == "18446744073709551615")
    #expect(printed(.int64, minusOne, .hexadecimal) { $0.integerByteCount = 8 } == "ffffffffffffffff")
    #expect(printed(.int64, packed(Int64(0x12_3456_7890)), .signedDecimal) == "878082192")
    #expect(printed(.int64, packed(Int64(0x12_3456_7890)), .signedDecimal) { $0.integerByteCount = 8 } == "78187493520")
    #expect(printed(.int64, packed(Int64(511)), .signedDecimal) { $0.integerByteCount = 1 } == "-1")
    #expect(printed(.int64, packed(Int64(65537)), .signedDecimal) { $0.integerByteCount = 2 } == "1")
    #expect(printed(.int8, packed(Int8(-1)), .unsignedDecimal) == "4294967295")
    #expect(printed(.uint64, packed(UInt64.max), .signedDecimal) { $0.integerByteCount = 8 } == "-1")
    #expect(printed(.boolean, [1], .signedDecimal) == "1")
    let named = WireType.enumeration(byteCount: 4, isSigned: false, name: "e", values: [1: "ONE"])
    #expect(printed(named, packed(UInt32(1)), .signedDecimal) == "1")
    #expect(printed(named, packed(UInt32(1)), .string) == "ONE")
  }

  @Test func widthAndFlags() {
    let value = packed(Int64(42))
    #expect(printed(.int64, value, .signedDecimal) { $0.width = 5 } == "   42")
    #expect(
      printed(.int64, value, .signedDecimal) {
        $0.width = 5
        $0.isLeftAligned = true
      } == "42   ")
    #expect(
      printed(.int64, packed(Int64(-42)), .signedDecimal) {
        $0.width = 5
        $0.isZeroPadded = true
      } == "00-42")
    #expect(printed(.int64, value, .signedDecimal) { $0.showsPlus = true } == "+42")
    #expect(printed(.int64, value, .signedDecimal) { $0.showsBlank = true } == "42")
    #expect(printed(.int64, value, .signedDecimal) { $0.precision = 5 } == "42")
    #expect(
      printed(.int64, packed(Int64(255)), .hexadecimal) {
        $0.isAlternate = true
        $0.isZeroPadded = true
        $0.width = 8
      } == "00000xff")
    #expect(printed(.int64, packed(Int64(255)), .upperHexadecimal) { $0.isAlternate = true } == "0XFF")
    #expect(printed(.int64, packed(Int64(8)), .octal) { $0.isAlternate = true } == "010")
    #expect(printed(.int64, packed(Int64(0)), .hexadecimal) { $0.isAlternate = true } == "0")
    #expect(printed(.int64, value, .signedDecimal) { $0.width = Int.max }.utf8.count == 65_536)
  }

  @Test func pointersAndCharacters() {
    #expect(printed(.pointer, packed(UInt64(0)), .pointer) == "0")
    #expect(printed(.pointer, packed(UInt64(0xffff_8881_0000_0000)), .pointer) == "0xffff888100000000")
    #expect(printed(.int64, packed(Int64(255)), .pointer) { $0.width = 8 } == "    0xff")
    #expect(printed(.int64, packed(Int64(65)), .character) == "A")
    #expect(printed(.int64, packed(Int64(66)), .character) { $0.width = 3 } == "  B")
  }

  @Test func stringsOfAnything() {
    let hello = packed("hello", capacity: 8)
    #expect(printed(.string(capacity: 8), hello, .string) { $0.width = 8 } == "   hello")
    #expect(printed(.string(capacity: 8), hello, .string) { $0.precision = 2 } == "hello")
    #expect(printed(.uint64, packed(UInt64.max), .string) == "18446744073709551615")
    let pair = WireType.tuple([WireField(offset: 0, type: .int8), WireField(offset: 1, type: .int8)], byteCount: 2)
    #expect(printed(pair, [1, 2], .string) == "(1, 2)")
    #expect(
      printed(pair, [1, 2], .string) {
        $0.width = 4
        $0.isLeftAligned = true
      } == "(   1, 2)")
    #expect(
      printed(.record([WireField(name: "a", offset: 0, type: .int8)], byteCount: 1), [1], .string) == "{ .a = 1 }")
  }

  @Test func buffers() {
    let bytes = packed(UInt32(3)) + [0x61, 0x01, 0x62, 0]
    #expect(printed(.buffer(capacity: 4), bytes, .buffer) == #"a\x01b"#)
    #expect(printed(.buffer(capacity: 4), bytes, .escapedBuffer) == #"\x61\x01\x62"#)
    #expect(printed(.buffer(capacity: 4), bytes, .hexadecimalBuffer) == "61 01 62")
    #expect(printed(.buffer(capacity: 4), bytes, .string) == #"a\x01b"#)
    #expect(printed(.array(.uint8, count: 2), [0x61, 0xff], .hexadecimalBuffer) == "61 ff")
  }

  @Test func allocationFlags() {
    #expect(printed(.uint32, packed(UInt32(0xcc0)), .allocationFlags) == "GFP_KERNEL")
    #expect(printed(.uint32, packed(UInt32(0xdc0)), .allocationFlags) == "GFP_KERNEL|__GFP_ZERO")
    #expect(printed(.uint32, packed(UInt32(0)), .allocationFlags) == "none")
    #expect(printed(.uint32, packed(UInt32(0x8000_0000)), .allocationFlags) == "0x80000000")
  }

  @Test func whatDoesNotFitIsSaid() {
    #expect(printed(.int64, [1, 2, 3], .signedDecimal) == "!{value outside its event}")
    #expect(printed(.string(capacity: 4), packed("abc", capacity: 4), .signedDecimal) == "!{abc}")
    #expect(printed(.int64, packed(Int64(7)), .buffer) == "!{7}")
    let printf = PrintfFormatter(
      template: PrintfTemplate(pieces: [.argument(.init(conversion: .string))]), arguments: [])
    #expect(written(printf, []) == "!{missing argument}")
  }
}
