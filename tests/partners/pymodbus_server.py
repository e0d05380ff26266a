"""A Modbus device by pymodbus (2.5 or 3.0 API of Debian), for interoperability tests.

usage: pymodbus_server.py --port N | --serial PATH [--baud 9600] [--framing mbap|rtu|ascii] [--udp] [--units 1,2,3] [--size 2000]

On a serial line it says nothing to requests for units that it does not have, as the devices of a line do.

Every unit holds, at zero-based address a below --size:
  holding register  (a * 7 + 1) mod 65536        input register  (-(a + 1) * 3) mod 65536
  coil              a mod 3 = 0 or a mod 7 = 2    discrete input  the opposite of the coil
Prints "listening" when it accepts requests.
"""
import argparse
import asyncio

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.device import ModbusDeviceIdentification
from pymodbus.server import async_io
from pymodbus.transaction import ModbusAsciiFramer, ModbusRtuFramer, ModbusSocketFramer

FRAMERS = {"mbap": ModbusSocketFramer, "rtu": ModbusRtuFramer, "ascii": ModbusAsciiFramer}


def unit(size):
    coils = [a % 3 == 0 or a % 7 == 2 for a in range(size)]
    return ModbusSlaveContext(
        hr=ModbusSequentialDataBlock(0, [(a * 7 + 1) % 65536 for a in range(size)]),
        ir=ModbusSequentialDataBlock(0, [(-(a + 1) * 3) % 65536 for a in range(size)]),
        co=ModbusSequentialDataBlock(0, coils),
        di=ModbusSequentialDataBlock(0, [not coil for coil in coils]),
        zero_mode=True,
    )


def identity():
    device = ModbusDeviceIdentification()
    device.VendorName = "pymodbus"
    device.ProductCode = "PM"
    device.MajorMinorRevision = "3.0"
    device.VendorUrl = "https://example.invalid/" + "u" * 100
    device.ProductName = "interop partner " + "n" * 100
    device.ModelName = "model " + "m" * 100
    return device


async def serve_line(options, units):
    server = await async_io.StartAsyncSerialServer(
        context=ModbusServerContext(slaves=units, single=False),
        identity=identity(),
        port=options.serial,
        baudrate=options.baud,
        framer=FRAMERS[options.framing],
        ignore_missing_slaves=True,
        defer_start=True,
    )
    await server.start()
    print("listening", flush=True)
    await server.serve_forever()


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int)
    parser.add_argument("--serial")
    parser.add_argument("--baud", type=int, default=9600)
    parser.add_argument("--framing", choices=FRAMERS, default="mbap")
    parser.add_argument("--udp", action="store_true")
    parser.add_argument("--units", default="1")
    parser.add_argument("--size", type=int, default=2000)
    options = parser.parse_args()

    units = {int(u): unit(options.size) for u in options.units.split(",")}
    if options.serial:
        await serve_line(options, units)
        return

    start = async_io.StartAsyncUdpServer if options.udp else async_io.StartAsyncTcpServer
    server = await start(
        context=ModbusServerContext(slaves=units, single=False),
        identity=identity(),
        address=("127.0.0.1", options.port),
        framer=FRAMERS[options.framing],
        allow_reuse_address=True,
        defer_start=True,
    )
    serving = asyncio.ensure_future(server.serve_forever())
    await asyncio.wait({serving, asyncio.ensure_future(asyncio.shield(server.serving))}, return_when=asyncio.FIRST_COMPLETED)
    print("listening", flush=True)
    await serving


asyncio.run(main())
