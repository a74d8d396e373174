// swift-format-ignore-file
// Products and negatives of 64 bits, and whether they overflow
import BPFKernel

public let license: StaticString = "GPL"

var product: UInt64 = 0
var overflows: UInt8 = 0

@_transparent func tell(_ result: (partialValue: UInt64, overflow: Bool)) {
  product = result.partialValue
  overflows = result.overflow ? 1 : 0
}
@_transparent func tell(_ result: (partialValue: Int64, overflow: Bool)) {
  tell((UInt64(bitPattern: result.partialValue), result.overflow))
}

@section("raw_tp") func unsigned(_ context: RawTracepointContext) {
  tell(context[0].multipliedReportingOverflow(by: context[1]))
}
@section("raw_tp") func unsignedThousand(_ context: RawTracepointContext) {
  tell(context[0].multipliedReportingOverflow(by: 1000))
}
@section("raw_tp") func signed(_ context: RawTracepointContext) {
  tell(Int64(bitPattern: context[0]).multipliedReportingOverflow(by: Int64(bitPattern: context[1])))
}
@section("raw_tp") func signedThousand(_ context: RawTracepointContext) {
  tell(Int64(bitPattern: context[0]).multipliedReportingOverflow(by: 1000))
}
@section("raw_tp") func signedMinusThree(_ context: RawTracepointContext) {
  tell(Int64(bitPattern: context[0]).multipliedReportingOverflow(by: -3))
}
@section("raw_tp") func negated(_ context: RawTracepointContext) {
  tell(Int64(0).subtractingReportingOverflow(Int64(bitPattern: context[0])))
}
