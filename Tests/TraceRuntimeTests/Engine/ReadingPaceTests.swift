import Testing

@testable import TraceRuntime

@Suite struct ReadingPaceTests {
  /// What a reader slept, in milliseconds, when its readings ended at these times, sleeps not counted.
  private func rests(atMicroseconds times: [Int64]) -> [Int64] {
    var pace = ReadingPace()
    var slept: Int64 = 0
    return times.map { time in
      var rest: Int64 = 0
      pace.restAfterReading(
        clock: { time * 1000 + slept },
        sleep: {
          rest += $0
          slept += $0
        })
      return rest / 1_000_000
    }
  }

  @Test func readingsFarApartNeverRest() {
    #expect(rests(atMicroseconds: [0, 1000, 5000, 6000]) == [0, 0, 0, 0])
  }

  @Test func aStreamRestsFromItsSecondReadingOn() {
    #expect(rests(atMicroseconds: [0, 10, 20, 30]) == [0, 1, 1, 1])
  }

  @Test func aStreamThatEndsIsReadAtOnceAgain() {
    #expect(rests(atMicroseconds: [0, 10, 20, 50_000, 60_000]) == [0, 1, 1, 0, 0])
  }
}
