import BPF
public import KernelInterface
import LinuxSystem
public import TraceCompiler

/// What the kernel's verifier says about a script's programs, which are loaded for that and nothing else.
///
///     for program in try ProgramVerification.logs(of: script) { print(program.name, program.log) }
public enum ProgramVerification {
  /// A program's name, that of its first probe, and the verifier's log.
  public typealias Log = (name: String, log: String)

  /// Loads each program and gives what was said about it, every path with the registers on it.
  ///
  /// - Throws: ``TraceFailure`` when a map cannot be made or a program is refused.
  public static func logs(
    of script: CompiledScript, kernel: any KernelCalls = LiveKernel()
  ) throws(TraceFailure) -> [Log] {
    let machine: MachineFacts
    do throws(SystemCallError) { machine = try MachineFacts(kernel) } catch { throw .system(error) }
    let maps = try ScriptMaps(script, on: machine, kernel: kernel)
    let loader = ProgramLoader(
      kernel: kernel, maps: maps.maps, configuration: script.configuration, log: .always([.everyPath, .statistics]))
    var logs: [Log] = []
    for program in script.programs {
      do throws(BPFError) {
        let loaded = try loader.load(program)
        logs.append((program.attachments.first?.probes.first?.name ?? program.name, loaded.log?.text ?? ""))
      } catch {
        guard case .programRefused(let refusal) = error else { throw .map(error) }
        throw .programRefused(.programRefused(program, refusal, in: script.source), log: refusal.log.text)
      }
    }
    return logs
  }
}
