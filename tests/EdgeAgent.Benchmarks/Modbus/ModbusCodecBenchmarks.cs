using BenchmarkDotNet.Attributes;
using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Framing;
using EdgeAgent.Protocols.Modbus.Pdu;
using EdgeAgent.Protocols.Modbus.Registers;

namespace EdgeAgent.Benchmarks.Modbus;

/// <summary>One answer of 125 registers: framing, checking, and decoding its values.</summary>
[MemoryDiagnoser]
public class ModbusCodecBenchmarks
{
    private const int RegisterCount = 125;

    private readonly ModbusReadRequest _request = new(1, ModbusFunction.ReadHoldingRegisters, 0, RegisterCount);
    private readonly byte[] _mbap = new byte[7 + 2 + (RegisterCount * 2)];
    private readonly byte[] _rtu = new byte[1 + 2 + (RegisterCount * 2) + 2];
    private readonly byte[] _registers = new byte[RegisterCount * 2];

    [GlobalSetup]
    public void Setup()
    {
        new Random(1).NextBytes(_registers);
        byte[] pdu = [(byte)_request.Function, RegisterCount * 2, .. _registers];
        MbapFrame.WriteHeader(_mbap, new MbapHeader(7, _request.UnitId, pdu.Length));
        pdu.CopyTo(_mbap, 7);
        pdu.CopyTo(_rtu, 1);
        RtuFrame.Seal(_rtu, _request.UnitId, pdu.Length);
        if (ReadMbap() != RegisterCount * 2 || ReadRtu() != RegisterCount * 2)
        {
            throw new InvalidOperationException("The prepared answers are not read as what they are.");
        }
    }

    [Benchmark]
    public int ReadMbap()
    {
        MbapFrame.Read(_mbap, out _, out ReadOnlySpan<byte> pdu);
        ReadPdu.ReadResponse(_request, pdu, out ReadOnlySpan<byte> data);
        return data.Length;
    }

    [Benchmark]
    public int ReadRtu()
    {
        RtuFrame.ReadResponse(_rtu, out _, out ReadOnlySpan<byte> pdu);
        ReadPdu.ReadResponse(_request, pdu, out ReadOnlySpan<byte> data);
        return data.Length;
    }

    [Benchmark(OperationsPerInvoke = RegisterCount / 2)]
    public ulong DecodeFloat32SwappedWords()
    {
        ulong sum = 0;
        for (int at = 0; at + 4 <= _registers.Length; at += 4)
        {
            RegisterDecoder.TryDecode(_registers.AsSpan(at, 4), ModbusValueType.Float32, ModbusOrder.SwapWords, out ulong bits);
            sum += bits;
        }

        return sum;
    }
}
