import Glibc
import Testing

@testable import LinuxSystem

@Suite struct WaitingTests {
  @Test func timersRunOut() throws {
    let timer = try TimerDescriptor()
    #expect(try timer.expirations() == 0)
    try timer.set(first: 1, period: 0)
    let epoll = try Epoll()
    try epoll.add(timer.descriptor, token: .max)
    #expect(try epoll.wait(milliseconds: 10_000) == [Epoll.Ready(token: .max, events: .readable)])
    #expect(try timer.expirations() == 1)
    #expect(try epoll.wait(milliseconds: 0).isEmpty)
    try epoll.remove(timer.descriptor)
  }

  @Test func signalsAreRead() throws {
    let signals = try SignalDescriptor([.user2])
    #expect(try signals.next() == nil)
    // To this very thread, which blocks it.
    raise(SIGUSR2)
    #expect(try signals.next() == SignalDescriptor.Arrival(signal: .user2, sender: CurrentProcess.id))
    #expect(try signals.next() == nil)
  }

  @Test func signalNames() {
    #expect(Signal.terminate.description == "SIGTERM")
    #expect(Signal(name: "sigusr1") == .user1)
    #expect(Signal(name: "KILL") == .kill)
    #expect(Signal(name: "nothing") == nil)
    #expect(Signal(rawValue: 34).description == "signal 34")
  }

  @Test func clocksAgree() {
    let boot = SystemClock.boot.nanoseconds
    #expect(SystemClock.boot.nanoseconds >= boot)
    #expect(boot >= SystemClock.monotonic.nanoseconds - 1_000_000_000)
    let guess = SystemClock.monotonic.nanoseconds + SystemClock.monotonic.offsetToRealtime
    #expect(abs(SystemClock.realtime.nanoseconds - guess) < 1_000_000_000)
  }
}

@Suite struct LocalTimeTests {
  @Test func formats() throws {
    let moment = try #require(LocalTime(nanoseconds: 1_000_000_000 * 86_400 * 365, utc: true))
    #expect(moment.formatted("%Y-%m-%d %H:%M:%S") == "1971-01-01 00:00:00")
    #expect(moment.formatted("").isEmpty)
    #expect(moment.formatted("é%%") == "é%")
    #expect(moment.formatted(String(repeating: "%Y", count: 500)).count == 2000)
    #expect(LocalTime(nanoseconds: -1, utc: true)?.formatted("%F %T") == "1969-12-31 23:59:59")
  }
}
