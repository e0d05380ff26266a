"""A Modbus TCP server, built on pymodbus, whose registers tell how often they were read.

usage: counting_server.py PORT UNITS [REGISTERS]

Each unit 1..UNITS has REGISTERS (default 100) holding registers. Registers 0 and 1 hold, high word first, the number of the
read that is being answered (1, 2, 3 ...); register r >= 2 holds (number + r) modulo 60000. So whoever stores register pair 0
stores 1, 2, 3 ... without a gap if and only if no answered read was lost.

Prints 'listening PORT', and on SIGUSR1 one line 'reads UNIT=N ...'.
"""

import asyncio
import signal
import sys

from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext
from pymodbus.datastore.store import BaseModbusDataBlock
from pymodbus.server import StartAsyncTcpServer


class CountingBlock(BaseModbusDataBlock):
    def __init__(self, registers):
        self.registers = registers
        self.reads = 0
        self.address = 0
        self.values = [0] * registers
        self.default_value = 0

    def validate(self, address, count=1):
        return 0 <= address and address + count <= self.registers

    def getValues(self, address, count=1):
        if address == 0:
            self.reads += 1
        number = self.reads
        all_values = [number >> 16 & 0xFFFF, number & 0xFFFF] + [(number + r) % 60000 for r in range(2, self.registers)]
        return all_values[address : address + count]

    def setValues(self, address, values):
        pass


async def main():
    port = int(sys.argv[1])
    units = int(sys.argv[2])
    registers = int(sys.argv[3]) if len(sys.argv) > 3 else 100
    blocks = {unit: CountingBlock(registers) for unit in range(1, units + 1)}
    context = ModbusServerContext(
        slaves={unit: ModbusSlaveContext(hr=block, ir=block, zero_mode=True) for unit, block in blocks.items()}, single=False
    )
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(
        signal.SIGUSR1, lambda: print("reads " + " ".join(f"{u}={b.reads}" for u, b in blocks.items()), flush=True)
    )
    loop.call_later(0.2, lambda: print(f"listening {port}", flush=True))
    await StartAsyncTcpServer(context=context, address=("127.0.0.1", port), allow_reuse_address=True)


asyncio.run(main())
