// BPFRun: runs a BPF object that has no user side of its own: sets its variables, loads it, attaches its programs, and
// shows the records, maps and variables by their types. It knows nothing of command lines, of compilers, nor of tracing
// languages.
