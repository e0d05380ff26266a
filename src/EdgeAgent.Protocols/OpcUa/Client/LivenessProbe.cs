using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;

namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>Reads the server's state: the smallest question that every server must answer.</summary>
internal sealed class LivenessProbe : IUaExchange
{
    // Server_ServerStatus_State
    private static readonly ReadTarget[] s_state = [new(new NodeId(2259), ReadTarget.ValueAttribute)];

    private readonly DataValue[] _value = new DataValue[1];

    public void WriteRequest(UaBuffer target, in RequestHeader header) => new ReadRequest(header, 0, TimestampsToReturn.Neither, s_state).Write(target);

    public StatusCode ReadResponse(ReadOnlySpan<byte> message)
    {
        UaFault fault = Services.Attributes.ReadResponse.TryRead(message, _value, out ResponseHeader header);
        return header.Result.IsBad ? header.Result : fault.ToStatus();
    }
}
