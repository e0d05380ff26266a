using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;

namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>A Read of some of the caller's targets, straight into the caller's memory; used again and again.</summary>
internal sealed class ReadExchange : IUaExchange
{
    private IReadOnlyList<ReadTarget> _targets = [];
    private Memory<DataValue> _values;
    private TimestampsToReturn _timestamps;
    private double _ageMsMax;
    private int _start;

    public void Prepare(IReadOnlyList<ReadTarget> targets, int start, Memory<DataValue> values, TimestampsToReturn timestamps, double ageMsMax)
    {
        _targets = targets;
        _start = start;
        _values = values;
        _timestamps = timestamps;
        _ageMsMax = ageMsMax;
    }

    /// <summary>Lets go of what belongs to the caller.</summary>
    public void Release() => Prepare([], 0, default, default, 0);

    public void WriteRequest(UaBuffer target, in RequestHeader header)
    {
        header.Write(target, ServiceIds.ReadRequest);
        target.WriteDouble(_ageMsMax);
        target.WriteInt32((int)_timestamps);
        target.WriteInt32(_values.Length);
        for (int i = 0; i < _values.Length; i++)
        {
            _targets[_start + i].Write(target);
        }
    }

    public StatusCode ReadResponse(ReadOnlySpan<byte> message)
    {
        UaFault fault = Services.Attributes.ReadResponse.TryRead(message, _values.Span, out ResponseHeader header);
        return header.Result.IsBad ? header.Result : fault.ToStatus();
    }
}
