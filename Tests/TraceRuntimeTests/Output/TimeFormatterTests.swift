import Testing
import TraceCompiler

@testable import TraceRuntime

@Suite struct TimeFormatterTests {
  private func written(_ nanoseconds: Int64, _ format: String) -> String {
    var output = ByteBuffer()
    TimeFormatter.write(nanoseconds, format: format, with: ScriptedContext(), to: &output)
    return output.text
  }

  /// 2026-03-05 07:08:09.123456789 UTC.
  @Test(arguments: [
    ("%H:%M:%S.%f", "07:08:09.123456"), ("%k %l", "123456789 123"), ("%F %T", "2026-03-05 07:08:09"),
    ("100%% %%f", "100% %f"), ("", ""),
  ])
  func conversions(format: String, expected: String) {
    #expect(written(ScriptedContext.moment, format) == expected)
  }

  @Test func fractionsCountUpwardsBefore1970Too() {
    #expect(written(-1, "%S.%k") == "59.999999999")
    #expect(!written(.min, "%f").isEmpty)
  }

  @Test func timestampsOfTheBootClock() {
    #expect(shown(.timestamp(format: "%H:%M:%S.%f"), packed(UInt64(2_000_000_000))).text == "07:08:10.123456")
  }
}
