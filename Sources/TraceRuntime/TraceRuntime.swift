// TraceRuntime: runs a compiled script: creates its maps, loads and attaches its programs, reads their events,
// formats and symbolises values, prints maps. It never looks at a syntax tree except for the spans it reports.
