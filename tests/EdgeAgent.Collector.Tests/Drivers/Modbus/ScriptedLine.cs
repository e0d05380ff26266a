using System.Buffers.Binary;
using EdgeAgent.Collector.Drivers.Modbus.Line;
using EdgeAgent.Protocols.Modbus;

namespace EdgeAgent.Collector.Tests.Drivers.Modbus;

/// <summary>A line whose devices answer as the test says; register n holds n unless told otherwise.</summary>
internal sealed class ScriptedLine : IModbusLine
{
    public List<ModbusReadRequest> Requests { get; } = [];

    public Func<ModbusReadRequest, ModbusResult> Answer { get; set; } = _ => new ModbusResult(ModbusStatus.Ok);

    public HashSet<int> Illegal { get; } = [];

    public int CountMax { get; set; } = int.MaxValue;

    public ModbusDeviceIdentity? Identity { get; set; }

    public int IdentityReads { get; private set; }

    public bool IsConnected => true;

    public string? DisconnectReason => null;

    public TimeSpan? Busy => null;

    public ValueTask ConnectAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask DisconnectAsync() => ValueTask.CompletedTask;

    public ValueTask<ModbusResult> ReadAsync(ModbusReadRequest request, Memory<byte> destination, CancellationToken cancellation)
    {
        Requests.Add(request);
        return ValueTask.FromResult(AnswerTo(request, destination.Span));
    }

    public ValueTask<ModbusResult> ProbeAsync(ModbusReadRequest request, Memory<byte> destination, int timeoutMs, CancellationToken cancellation) =>
        ReadAsync(request, destination, cancellation);

    public ValueTask<ModbusDeviceIdentity?> ReadIdentityAsync(byte unitId, CancellationToken cancellation)
    {
        IdentityReads++;
        return ValueTask.FromResult(Identity);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ModbusResult AnswerTo(in ModbusReadRequest request, Span<byte> destination)
    {
        Assert.True(request.IsValid);
        if (request.Count > CountMax)
        {
            return new ModbusResult(ModbusStatus.Exception, (byte)ModbusExceptionCode.IllegalDataValue);
        }

        for (int i = 0; i < request.Count; i++)
        {
            if (Illegal.Contains(request.Address + i))
            {
                return new ModbusResult(ModbusStatus.Exception, (byte)ModbusExceptionCode.IllegalDataAddress);
            }

            if (!request.ReadsBits)
            {
                BinaryPrimitives.WriteUInt16BigEndian(destination[(i * 2)..], (ushort)(request.Address + i));
            }
        }

        return Answer(request);
    }
}
