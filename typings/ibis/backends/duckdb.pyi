from ibis import Table, Value

class Backend:
    def compile(self, expression: Table | Value) -> str: ...
