// InspectorCommand: the inspector's words (prog, map, link, btf …), as bpftool has them: one table of objects, words and
// arguments, from which calls, help and completion come. It turns words into questions to the Inspector room and writes
// the answers. It knows nothing of tracing, nor of the other words of the command.
