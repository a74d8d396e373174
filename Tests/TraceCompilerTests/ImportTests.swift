import Testing

@testable import TraceCompiler
