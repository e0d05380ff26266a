"""Reads a Modbus device with pymodbus and prints what it got, for interoperability tests of our simulated device.

usage: pymodbus_client.py --port N [--framing mbap|rtu|ascii] --unit U

Prints one line each: the function's name and the values, blank-separated; then the identity; then the exception code of an illegal read.
"""
import argparse

from pymodbus.client import ModbusTcpClient
from pymodbus.mei_message import ReadDeviceInformationRequest
from pymodbus.transaction import ModbusAsciiFramer, ModbusRtuFramer, ModbusSocketFramer

FRAMERS = {"mbap": ModbusSocketFramer, "rtu": ModbusRtuFramer, "ascii": ModbusAsciiFramer}


def values(kind, numbers):
    print(kind, *[int(n) for n in numbers])


parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int, required=True)
parser.add_argument("--framing", choices=FRAMERS, default="mbap")
parser.add_argument("--unit", type=int, required=True)
options = parser.parse_args()

client = ModbusTcpClient("127.0.0.1", port=options.port, framer=FRAMERS[options.framing], timeout=10)
assert client.connect()
values("coils", client.read_coils(3, 100, slave=options.unit).bits[:100])
values("discrete", client.read_discrete_inputs(3, 100, slave=options.unit).bits[:100])
values("holding", client.read_holding_registers(100, 125, slave=options.unit).registers)
values("input", client.read_input_registers(100, 125, slave=options.unit).registers)
information = client.execute(ReadDeviceInformationRequest(read_code=1, object_id=0, unit=options.unit)).information
print("identity", *[information[i].decode().replace(" ", "_") for i in sorted(information)])
print("exception", client.read_holding_registers(0xFFFF, 2, slave=options.unit).exception_code)
client.close()
