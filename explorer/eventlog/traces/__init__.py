"""How are the histories read that programs keep of themselves: XES and OCEL, Redux DevTools, Temporal?

- `xes`: traces of process mining in XML.
- `reshaped`: JSON whose entries say what is what in a way of their own.
"""
