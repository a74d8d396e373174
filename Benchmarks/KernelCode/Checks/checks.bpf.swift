// swift-format-ignore-file
// Each kind of check in three programs of two operations: 0 of them checked, 1, 2. `checks.bpf.c` has the same in C, with
// the checks written by hand. Scripts/compare-code counts their instructions; the comment before a kind is its row.
import BPFKernel

public let license: StaticString = "GPL"

typealias Context = RawTracepointContext

var first: UInt64 = 0
var second: UInt64 = 0
var table = InlineArray<16, UInt64>(repeating: 0)
let entries = ArrayMap<UInt64>(count: 16)

@_transparent
func store(_ event: Context, _ one: (UInt64, UInt64) -> UInt64, _ two: (UInt64, UInt64) -> UInt64) {
  first = one(event[0], event[1])
  second = two(event[2], event[3])
}

@_transparent func narrow(_ number: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: number) }
@_transparent func signed(_ number: UInt64) -> Int64 { Int64(bitPattern: number) }
@_transparent func narrowSigned(_ number: UInt64) -> Int32 { Int32(truncatingIfNeeded: number) }
@_transparent func wide(_ number: Int64) -> UInt64 { UInt64(bitPattern: number) }
@_transparent func wide(_ number: Int32) -> UInt64 { UInt64(UInt32(bitPattern: number)) }

// addition of `UInt64` | `a + b`
@section("raw_tp") func addition_0(_ event: Context) { store(event, &+, &+) }
@section("raw_tp") func addition_1(_ event: Context) { store(event, +, &+) }
@section("raw_tp") func addition_2(_ event: Context) { store(event, +, +) }

// subtraction of `UInt64` | `a - b`
@section("raw_tp") func subtraction_0(_ event: Context) { store(event, &-, &-) }
@section("raw_tp") func subtraction_1(_ event: Context) { store(event, -, &-) }
@section("raw_tp") func subtraction_2(_ event: Context) { store(event, -, -) }

// multiplication of `UInt64` | `a * b`
@section("raw_tp") func multiplication_0(_ event: Context) { store(event, &*, &*) }
@section("raw_tp") func multiplication_1(_ event: Context) { store(event, *, &*) }
@section("raw_tp") func multiplication_2(_ event: Context) { store(event, *, *) }

// addition of `UInt32` | `a + b`
@section("raw_tp") func addition32_0(_ event: Context) { store(event, { UInt64(narrow($0) &+ narrow($1)) }, { UInt64(narrow($0) &+ narrow($1)) }) }
@section("raw_tp") func addition32_1(_ event: Context) { store(event, { UInt64(narrow($0) + narrow($1)) }, { UInt64(narrow($0) &+ narrow($1)) }) }
@section("raw_tp") func addition32_2(_ event: Context) { store(event, { UInt64(narrow($0) + narrow($1)) }, { UInt64(narrow($0) + narrow($1)) }) }

// multiplication of `UInt32` | `a * b`
@section("raw_tp") func multiplication32_0(_ event: Context) { store(event, { UInt64(narrow($0) &* narrow($1)) }, { UInt64(narrow($0) &* narrow($1)) }) }
@section("raw_tp") func multiplication32_1(_ event: Context) { store(event, { UInt64(narrow($0) * narrow($1)) }, { UInt64(narrow($0) &* narrow($1)) }) }
@section("raw_tp") func multiplication32_2(_ event: Context) { store(event, { UInt64(narrow($0) * narrow($1)) }, { UInt64(narrow($0) * narrow($1)) }) }

// addition of `Int64` | `a + b`
@section("raw_tp") func additionSigned_0(_ event: Context) { store(event, { wide(signed($0) &+ signed($1)) }, { wide(signed($0) &+ signed($1)) }) }
@section("raw_tp") func additionSigned_1(_ event: Context) { store(event, { wide(signed($0) + signed($1)) }, { wide(signed($0) &+ signed($1)) }) }
@section("raw_tp") func additionSigned_2(_ event: Context) { store(event, { wide(signed($0) + signed($1)) }, { wide(signed($0) + signed($1)) }) }

// addition of `Int32` | `a + b`
@section("raw_tp") func additionSigned32_0(_ event: Context) { store(event, { wide(narrowSigned($0) &+ narrowSigned($1)) }, { wide(narrowSigned($0) &+ narrowSigned($1)) }) }
@section("raw_tp") func additionSigned32_1(_ event: Context) { store(event, { wide(narrowSigned($0) + narrowSigned($1)) }, { wide(narrowSigned($0) &+ narrowSigned($1)) }) }
@section("raw_tp") func additionSigned32_2(_ event: Context) { store(event, { wide(narrowSigned($0) + narrowSigned($1)) }, { wide(narrowSigned($0) + narrowSigned($1)) }) }

// multiplication of `Int32` | `a * b`
@section("raw_tp") func multiplicationSigned32_0(_ event: Context) { store(event, { wide(narrowSigned($0) &* narrowSigned($1)) }, { wide(narrowSigned($0) &* narrowSigned($1)) }) }
@section("raw_tp") func multiplicationSigned32_1(_ event: Context) { store(event, { wide(narrowSigned($0) * narrowSigned($1)) }, { wide(narrowSigned($0) &* narrowSigned($1)) }) }
@section("raw_tp") func multiplicationSigned32_2(_ event: Context) { store(event, { wide(narrowSigned($0) * narrowSigned($1)) }, { wide(narrowSigned($0) * narrowSigned($1)) }) }

// negation of `Int64` | `-a`
@section("raw_tp") func negation_0(_ event: Context) { store(event, { a, _ in wide(0 &- signed(a)) }, { a, _ in wide(0 &- signed(a)) }) }
@section("raw_tp") func negation_1(_ event: Context) { store(event, { a, _ in wide(-signed(a)) }, { a, _ in wide(0 &- signed(a)) }) }
@section("raw_tp") func negation_2(_ event: Context) { store(event, { a, _ in wide(-signed(a)) }, { a, _ in wide(-signed(a)) }) }

// conversion to fewer bits | `UInt32(a)`
@section("raw_tp") func conversion_0(_ event: Context) { store(event, { a, _ in UInt64(narrow(a)) }, { a, _ in UInt64(narrow(a)) }) }
@section("raw_tp") func conversion_1(_ event: Context) { store(event, { a, _ in UInt64(UInt32(a)) }, { a, _ in UInt64(narrow(a)) }) }
@section("raw_tp") func conversion_2(_ event: Context) { store(event, { a, _ in UInt64(UInt32(a)) }, { a, _ in UInt64(UInt32(a)) }) }

// conversion of a signed number | `UInt64(a)`
@section("raw_tp") func sign_0(_ event: Context) { store(event, { a, _ in wide(signed(a)) }, { a, _ in wide(signed(a)) }) }
@section("raw_tp") func sign_1(_ event: Context) { store(event, { a, _ in UInt64(signed(a)) }, { a, _ in wide(signed(a)) }) }
@section("raw_tp") func sign_2(_ event: Context) { store(event, { a, _ in UInt64(signed(a)) }, { a, _ in UInt64(signed(a)) }) }

// division by zero | `a / b`
@section("raw_tp") func division_0(_ event: Context) { store(event, { $0.dividedReportingOverflow(by: $1).partialValue }, { $0.dividedReportingOverflow(by: $1).partialValue }) }
@section("raw_tp") func division_1(_ event: Context) { store(event, /, { $0.dividedReportingOverflow(by: $1).partialValue }) }
@section("raw_tp") func division_2(_ event: Context) { store(event, /, /) }

// index of an array | `table[i]`
@section("raw_tp") func index_0(_ event: Context) { store(event, { a, _ in table[Int(a & 15)] }, { a, _ in table[Int(a & 15)] }) }
@section("raw_tp") func index_1(_ event: Context) { store(event, { a, _ in table[Int(truncatingIfNeeded: a)] }, { a, _ in table[Int(a & 15)] }) }
@section("raw_tp") func index_2(_ event: Context) { store(event, { a, _ in table[Int(truncatingIfNeeded: a)] }, { a, _ in table[Int(truncatingIfNeeded: a)] }) }

// unwrapping `nil` | `pointer!`
@section("raw_tp") func unwrap_0(_ event: Context) { store(event, { a, _ in entries.pointer(at: narrow(a))?.pointee ?? 0 }, { a, _ in entries.pointer(at: narrow(a))?.pointee ?? 0 }) }
@section("raw_tp") func unwrap_1(_ event: Context) { store(event, { a, _ in entries.pointer(at: narrow(a))!.pointee }, { a, _ in entries.pointer(at: narrow(a))?.pointee ?? 0 }) }
@section("raw_tp") func unwrap_2(_ event: Context) { store(event, { a, _ in entries.pointer(at: narrow(a))!.pointee }, { a, _ in entries.pointer(at: narrow(a))!.pointee }) }

// a condition of one's own | `precondition(a < b)`
@section("raw_tp") func condition_0(_ event: Context) { store(event, { a, _ in a }, { a, _ in a }) }
@section("raw_tp") func condition_1(_ event: Context) { store(event, { precondition($0 < $1); return $0 }, { a, _ in a }) }
@section("raw_tp") func condition_2(_ event: Context) { store(event, { precondition($0 < $1); return $0 }, { precondition($0 < $1); return $0 }) }

// shift by any number | `a << b`
@section("raw_tp") func shift_0(_ event: Context) { store(event, &<<, &<<) }
@section("raw_tp") func shift_1(_ event: Context) { store(event, <<, &<<) }
@section("raw_tp") func shift_2(_ event: Context) { store(event, <<, <<) }
