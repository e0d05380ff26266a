using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>One request on its way through the server: what came, from whom, and where the response is to be written.</summary>
internal readonly ref struct ServiceCall
{
    public required ServerCore Core { get; init; }

    public required ServerConnection Connection { get; init; }

    public required uint RequestId { get; init; }

    public required RequestHeader Header { get; init; }

    public required ReadOnlySpan<byte> Message { get; init; }

    public required UaBuffer Response { get; init; }

    /// <summary>The session; only there for services that need one.</summary>
    public ServerSession Session { get; init; }

    public ServerChannel Channel => Connection.Channel!;

    /// <summary>The header of a response that went well.</summary>
    public ResponseHeader Answer() => new(Core.UtcNow, Header.RequestHandle, StatusCodes.Good);
}
