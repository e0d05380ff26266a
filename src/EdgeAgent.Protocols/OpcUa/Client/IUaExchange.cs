using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services;

namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>One request and its response. It may be used again once its call has completed, and owns whatever it reads into.</summary>
internal interface IUaExchange
{
    /// <summary>Writes the whole request, its header included. Called once per call, while nothing else can be sent, so it must not call back.</summary>
    void WriteRequest(UaBuffer target, in RequestHeader header);

    /// <summary>
    /// Reads a whole response on the connection's event loop, where every other response waits for it; the bytes are gone
    /// afterwards. The status becomes the result of the call: a ServiceFault's result, or what the decoder found wrong.
    /// Not called when no response came.
    /// </summary>
    StatusCode ReadResponse(ReadOnlySpan<byte> message);

    /// <summary>
    /// What awaits the call goes on right on the event loop, which saves a change of threads: only for code of ours that
    /// never blocks.
    /// </summary>
    bool ContinuesOnEventLoop => false;
}
