public import BPF
internal import Bytecode
internal import Diagnostics
public import KernelInterface
internal import LinuxSystem

extension FeatureReport {
  /// Tries what a network device can run by itself.
  public init(of device: NetworkInterface, isFull: Bool, kernel: any KernelCalls) {
    let nothing: [Instruction] = [.move(.r0, 2), .exit]
    self.init(hasSystemCall: Answer(name: "bpf()", isAvailable: true))
    for type in [ProgramType.schedulerClassifier, .xdp] {
      let answer = Self.trial("\(type)", nothing, as: type, onDevice: device.index, kernel)
      programs.append(answer)
      let names = HelperFunction.all.compactMap { helper -> String? in
        guard answer.isAvailable, let name = helper.name, isFull || !Self.loudHelpers.contains(name) else { return nil }
        return Self.isKnown(helper, to: type, on: device, kernel) ? "bpf_\(name)" : nil
      }
      helpers.append((type, names))
    }
    for type in [MapType.hash, .array] {
      var creation = MapCreation(type: type, keySize: 4, valueSize: 4, maxEntries: 1)
      creation.deviceIndex = device.index
      var answer = Answer(name: "\(type)", isAvailable: true)
      do throws(SystemCallError) { _ = try kernel.createMap(creation) } catch {
        answer.isAvailable = false
        answer.reason = "\(error)"
      }
      maps.append(answer)
    }
    let long = [Instruction](repeating: .move(.r0, 1), count: 4096) + [.exit]
    let loop: [Instruction] = [
      .move(.r0, 10), .arithmetic(.subtract, .r0, 1), .jump(if: .notEqual, .r0, 0, -2), .exit,
    ]
    for (name, code) in [("programs of more than 4096 instructions", long), ("bounded loops", loop)] {
      abilities.append(Self.trial(name, code, as: .schedulerClassifier, onDevice: device.index, kernel))
    }
    for version in 2...3 { abilities.append(Self.instructionSet(version, onDevice: device.index, kernel)) }
  }

  /// Whether the verifier refuses a call for its arguments, if at all, and not for the helper.
  private static func isKnown(
    _ helper: HelperFunction, to type: ProgramType, on device: NetworkInterface, _ kernel: any KernelCalls
  ) -> Bool {
    var load = ProgramLoad(
      type: type, instructions: [Instruction.call(helper), .move(.r0, 0), .exit].encoded())
    load.deviceIndex = device.index
    do throws(ProgramRefusal) {
      _ = try kernel.loadProgram(load, log: .always(.failingPath))
      return true
    } catch {
      let log = String(decoding: error.log, as: UTF8.self)
      return !["invalid func", "unknown func", "cannot use helper", "unsupported function", "not supported by FW"]
        .contains { log.contains(text: $0) } && !log.isEmpty
    }
  }
}
