using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

/// <summary>A Publish request that is sent again and again, with whatever is to be acknowledged at that moment.</summary>
internal sealed class PublishExchange(SubscriptionEngine engine) : IUaExchange
{
    private Acknowledgement[] _acknowledgements = [];
    private int _count;

    public void WriteRequest(UaBuffer target, in RequestHeader header)
    {
        _count = engine.TakeAcknowledgements(ref _acknowledgements);
        PublishRequest.Write(target, header, _acknowledgements.AsSpan(0, _count));
    }

    public StatusCode ReadResponse(ReadOnlySpan<byte> message) => engine.TakeResponse(message);

    /// <summary>Puts back what a failed request may not have acknowledged.</summary>
    public void GiveBack(List<Acknowledgement> acknowledgements)
    {
        acknowledgements.AddRange(_acknowledgements.AsSpan(0, _count));
        _count = 0;
    }
}
