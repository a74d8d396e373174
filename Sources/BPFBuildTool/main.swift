import BuildCommand
import LinuxSystem

ProcessEnd.exit(BuildInvocation(Array(CommandLine.arguments.dropFirst()), calledAs: "bpf-build").run())
