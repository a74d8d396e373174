import Bytecode
import KernelInterface
import Testing

@testable import BPF

/// Attachments that fail, most of them when something is open already.
enum TracingFailure: String, Codable, Sendable {
  case tracepoint, rawTracepoint, laterEvent, iterator
  case uprobe, uprobeOfTraceFS, laterPlace, uprobeMulti
  case kprobe, kprobeOfTraceFS, kprobeMulti

  /// The program that cannot be attached so, and its maps where it reads the arguments of USDT probes.
  func program() throws -> (Program, USDTMaps?) {
    switch self {
    case .laterEvent: (try HitCounter(.perfEvent).program, nil)
    case .laterPlace: try TracingAttachment.readerOfPlaces(many: false, places: 1)
    case .uprobeMulti, .kprobeMulti: (try HitCounter(.kprobe).program, nil)
    case .tracepoint, .rawTracepoint, .iterator, .uprobe, .uprobeOfTraceFS, .kprobe, .kprobeOfTraceFS:
      (try HitCounter(.xdp, keepsCookie: false).program, nil)
    }
  }

  /// Tries to attach it.
  func attach(_ program: Program, _ maps: USDTMaps?) throws -> Link {
    switch self {
    case .tracepoint: try program.attach(toTracepoint: "syscalls", "sys_enter_getpgid")
    case .rawTracepoint: try program.attach(toRawTracepoint: "sys_enter")
    // No machine has the second processor.
    case .laterEvent: try program.attach(toEvent: .software(.minorFaults, .period(1 << 40)), cpus: [0, 1 << 20])
    case .iterator: try program.attachIterator()
    case .uprobe: try toWork(program, .probeUnit)
    case .uprobeOfTraceFS: try toWork(program, .traceFS)
    // The probe has two places, and the map of places room for one.
    case .laterPlace:
      try program.attach(
        toUSDT: "twice", of: "markers", in: TracingAttachment.target(), maps: #require(maps))
    case .uprobeMulti: try program.attach(toUprobes: "work*", in: TracingAttachment.target())
    case .kprobe: try toSystemCall(program, .probeUnit)
    case .kprobeOfTraceFS: try toSystemCall(program, .traceFS)
    case .kprobeMulti: try program.attach(to: TracingAttachment.functions())
    }
  }

  private func toWork(_ program: Program, _ way: ProbeOptions.Way) throws -> Link {
    try program.attach(
      toUprobe: .function("work"), in: TracingAttachment.target(), options: ProbeOptions(way: way))
  }

  private func toSystemCall(_ program: Program, _ way: ProbeOptions.Way) throws -> Link {
    try program.attach(toKprobe: .systemCall("getpgid"), options: ProbeOptions(way: way))
  }
}
