// TraceLanguage: the trace language's words: lexer, parser and syntax tree. It knows nothing of types, of BPF
// or of a kernel: a script is only text here.
