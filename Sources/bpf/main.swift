import BPFCommand
import LinuxSystem

Invocation(CommandLine.arguments, environment: Environment.all).run()
