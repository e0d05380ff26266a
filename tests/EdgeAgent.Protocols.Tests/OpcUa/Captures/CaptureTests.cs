using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Channels;
using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.Protocols.OpcUa.Services.Discovery;
using EdgeAgent.Protocols.OpcUa.Services.History;
using EdgeAgent.Protocols.OpcUa.Services.MonitoredItems;
using EdgeAgent.Protocols.OpcUa.Services.Sessions;
using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;
using EdgeAgent.Protocols.OpcUa.Services.Views;
using EdgeAgent.Protocols.OpcUa.Transport;

namespace EdgeAgent.Protocols.Tests.OpcUa.Captures;

/// <summary>The bytes of a real exchange, read and written again.</summary>
public sealed class CaptureTests
{
    private delegate UaFault Read<T>(ReadOnlySpan<byte> message, out T value);

    private static readonly Dictionary<string, Func<byte[], byte[]>> s_codecs = new()
    {
        ["GetEndpointsRequest"] = Again<GetEndpointsRequest>(GetEndpointsRequest.TryRead, (r, b) => r.Write(b)),
        ["GetEndpointsResponse"] = Again<GetEndpointsResponse>(GetEndpointsResponse.TryRead, (r, b) => r.Write(b)),
        ["FindServersRequest"] = Again<FindServersRequest>(FindServersRequest.TryRead, (r, b) => r.Write(b)),
        ["FindServersResponse"] = Again<FindServersResponse>(FindServersResponse.TryRead, (r, b) => r.Write(b)),
        ["CreateSessionRequest"] = Again<CreateSessionRequest>(CreateSessionRequest.TryRead, (r, b) => r.Write(b)),
        ["CreateSessionResponse"] = Again<CreateSessionResponse>(CreateSessionResponse.TryRead, (r, b) => r.Write(b)),
        ["ActivateSessionRequest"] = Again<ActivateSessionRequest>(ActivateSessionRequest.TryRead, (r, b) => r.Write(b)),
        ["ActivateSessionResponse"] = Again<ActivateSessionResponse>(ActivateSessionResponse.TryRead, (r, b) => r.Write(b)),
        ["CloseSessionRequest"] = Again<CloseSessionRequest>(CloseSessionRequest.TryRead, (r, b) => r.Write(b)),
        ["CloseSessionResponse"] = Again<CloseSessionResponse>(CloseSessionResponse.TryRead, (r, b) => r.Write(b)),
        ["ReadRequest"] = Again<ReadRequest>(ReadRequest.TryRead, (r, b) => r.Write(b)),
        ["BrowseRequest"] = Again<BrowseRequest>(BrowseRequest.TryRead, (r, b) => r.Write(b)),
        ["BrowseResponse"] = Again(Browse(ServiceIds.BrowseResponse), (r, b) => r.Write(b, ServiceIds.BrowseResponse)),
        ["BrowseNextRequest"] = Again<BrowseNextRequest>(BrowseNextRequest.TryRead, (r, b) => r.Write(b)),
        ["BrowseNextResponse"] = Again(Browse(ServiceIds.BrowseNextResponse), (r, b) => r.Write(b, ServiceIds.BrowseNextResponse)),
        ["TranslateBrowsePathsToNodeIdsRequest"] = Again<TranslateBrowsePathsRequest>(TranslateBrowsePathsRequest.TryRead, (r, b) => r.Write(b)),
        ["TranslateBrowsePathsToNodeIdsResponse"] = Again<TranslateBrowsePathsResponse>(TranslateBrowsePathsResponse.TryRead, (r, b) => r.Write(b)),
        ["CreateSubscriptionRequest"] = Again<CreateSubscriptionRequest>(CreateSubscriptionRequest.TryRead, (r, b) => r.Write(b)),
        ["CreateSubscriptionResponse"] = Again<CreateSubscriptionResponse>(CreateSubscriptionResponse.TryRead, (r, b) => r.Write(b)),
        ["ModifySubscriptionRequest"] = Again<ModifySubscriptionRequest>(ModifySubscriptionRequest.TryRead, (r, b) => r.Write(b)),
        ["ModifySubscriptionResponse"] = Again<ModifySubscriptionResponse>(ModifySubscriptionResponse.TryRead, (r, b) => r.Write(b)),
        ["SetPublishingModeRequest"] = Again<SetPublishingModeRequest>(SetPublishingModeRequest.TryRead, (r, b) => r.Write(b)),
        ["SetPublishingModeResponse"] = Again(Results(ServiceIds.SetPublishingModeResponse), (r, b) => r.Write(b, ServiceIds.SetPublishingModeResponse)),
        ["TransferSubscriptionsRequest"] = Again<TransferSubscriptionsRequest>(TransferSubscriptionsRequest.TryRead, (r, b) => r.Write(b)),
        ["TransferSubscriptionsResponse"] = Again<TransferSubscriptionsResponse>(TransferSubscriptionsResponse.TryRead, (r, b) => r.Write(b)),
        ["DeleteSubscriptionsRequest"] = Again<DeleteSubscriptionsRequest>(DeleteSubscriptionsRequest.TryRead, (r, b) => r.Write(b)),
        ["DeleteSubscriptionsResponse"] = Again(Results(ServiceIds.DeleteSubscriptionsResponse), (r, b) => r.Write(b, ServiceIds.DeleteSubscriptionsResponse)),
        ["RepublishRequest"] = Again<RepublishRequest>(RepublishRequest.TryRead, (r, b) => r.Write(b)),
        ["CreateMonitoredItemsRequest"] = Again<CreateMonitoredItemsRequest>(CreateMonitoredItemsRequest.TryRead, (r, b) => r.Write(b)),
        ["CreateMonitoredItemsResponse"] = Again<CreateMonitoredItemsResponse>(CreateMonitoredItemsResponse.TryRead, (r, b) => r.Write(b)),
        ["ModifyMonitoredItemsRequest"] = Again<ModifyMonitoredItemsRequest>(ModifyMonitoredItemsRequest.TryRead, (r, b) => r.Write(b)),
        ["ModifyMonitoredItemsResponse"] = Again<ModifyMonitoredItemsResponse>(ModifyMonitoredItemsResponse.TryRead, (r, b) => r.Write(b)),
        ["DeleteMonitoredItemsRequest"] = Again<DeleteMonitoredItemsRequest>(DeleteMonitoredItemsRequest.TryRead, (r, b) => r.Write(b)),
        ["DeleteMonitoredItemsResponse"] = Again(Results(ServiceIds.DeleteMonitoredItemsResponse), (r, b) => r.Write(b, ServiceIds.DeleteMonitoredItemsResponse)),
        ["HistoryReadRequest"] = Again<HistoryReadRequest>(HistoryReadRequest.TryRead, (r, b) => r.Write(b)),
        ["HistoryReadResponse"] = Again<HistoryReadResponse>(HistoryReadResponse.TryRead, (r, b) => r.Write(b)),
        ["PublishRequest"] = message =>
        {
            Assert.Equal(UaFault.None, PublishRequest.TryRead(message, out RequestHeader header, out Acknowledgement[] acknowledgements));
            var target = new UaBuffer();
            PublishRequest.Write(target, header, acknowledgements);
            return target.Written.ToArray();
        },
    };

    public static TheoryData<int, string> Messages
    {
        get
        {
            var data = new TheoryData<int, string>();
            foreach (Capture capture in Capture.All.Where(c => s_codecs.ContainsKey(c.Name)))
            {
                data.Add(capture.Number, capture.Name);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_reads_and_writes_again_byte_for_byte(int number, string name)
    {
        byte[] message = Capture.All[number].Message;
        byte[] again = s_codecs[name](message);
        if (name is "CreateSessionResponse" or "ActivateSessionResponse")
        {
            // Their empty lists of software certificates, and of results for them, are passed over and come back as absent ones.
            Assert.Equal(4, Canonical(message).Zip(Canonical(again)).Count(pair => pair.First != pair.Second));
            Assert.Equal(message.Length, again.Length);
            return;
        }
        Assert.Equal(Convert.ToHexString(Canonical(message)), Convert.ToHexString(Canonical(again)));
    }

    [Fact]
    public void Hello_and_acknowledge()
    {
        Assert.True(HelloMessage.TryRead(Capture.Of("Hello").Frame, out HelloMessage hello));
        Assert.Equal("opc.tcp://127.0.0.1:48411", hello.EndpointUrl);
        var target = new UaBuffer();
        hello.Write(target);
        Assert.Equal(Capture.Of("Hello").Frame, target.Written.ToArray());
        Assert.True(AcknowledgeMessage.TryRead(Capture.Of("Acknowledge").Frame, out AcknowledgeMessage acknowledge));
        Assert.True(UaTcpLimits.Default.TryAgree(acknowledge.Limits, out AgreedLimits agreed));
        Assert.Equal(65_536, agreed.SendChunkBytesMax);
    }

    [Fact]
    public void The_opening_of_the_channel()
    {
        byte[] request = Capture.Of("OpenSecureChannelRequest").Frame;
        Assert.Equal(ChannelFault.None, AsymmetricChunk.Open(request, SecurityPolicy.None, null, null, out uint channel, out SequenceHeader sequence, out ReadOnlySpan<byte> body));
        Assert.Equal((0u, 1u), (channel, sequence.RequestId));
        Assert.Equal(UaFault.None, OpenSecureChannelRequest.TryRead(body, out OpenSecureChannelRequest opening));
        Assert.Equal((MessageSecurityMode.None, 3_600_000u, false), (opening.Mode, opening.LifetimeMs, opening.IsRenewal));
        var written = new UaBuffer();
        opening.Write(written);
        Assert.Equal(body.ToArray(), written.Written.ToArray());

        byte[] response = Capture.Of("OpenSecureChannelResponse").Frame;
        Assert.Equal(ChannelFault.None, AsymmetricChunk.Open(response, SecurityPolicy.None, null, null, out channel, out _, out body));
        Assert.Equal(UaFault.None, OpenSecureChannelResponse.TryRead(body, out OpenSecureChannelResponse opened, out StatusCode refusal));
        Assert.False(refusal.IsBad);
        Assert.Equal((channel, 1u), (opened.ChannelId, opened.TokenId));
    }

    [Fact]
    public void Values_of_every_type()
    {
        var values = new DataValue[21];
        Assert.Equal(UaFault.None, ReadResponse.TryRead(Capture.Of("ReadResponse", 1).Message, values, out _));
        Assert.Equal(Enumerable.Range(1, 21).Select(t => (BuiltInType)t), values.Select(v => v.Value.Type).Order());
        Assert.Equal(Variant.From(-320000), values[5].Value);
        Assert.Equal(Variant.From("压力机 Press"), values[11].Value);
        var matrices = new DataValue[23];
        Assert.Equal(UaFault.None, ReadResponse.TryRead(Capture.Of("ReadResponse", 2).Message, matrices, out _));
        Assert.All(matrices[..21], v => Assert.Equal([2, 3], v.Value.Dimensions.ToArray()));
        Assert.Equal(StatusCodes.BadNodeIdUnknown, matrices[21].Status.Value);
        Assert.Equal(BuiltInType.ExtensionObject, matrices[22].Value.Type);
    }

    [Fact]
    public void Notifications_keep_alives_and_faults()
    {
        Assert.Equal(UaFault.None, PublishResponse.TryRead(Capture.Of("PublishResponse").Message, out PublishResponse first));
        Assert.Equal((1u, 1u, false), (first.Message.SequenceNumber, first.AvailableSequenceNumbers[0], first.Message.IsKeepAlive));
        var handles = new List<uint>();
        DataChanges changes = first.Message.Changes;
        while (changes.TryNext(out uint handle, out DataValue value))
        {
            handles.Add(handle);
            Assert.True(value.Status.IsGood);
        }
        Assert.Equal(UaFault.None, changes.Fault);
        Assert.Equal([1u, 2u], handles.Distinct().Order());

        Assert.Equal(UaFault.None, PublishResponse.TryRead(Capture.Of("PublishResponse", 2).Message, out PublishResponse third));
        Assert.Equal(2, third.ResultCount);
        Assert.True(third.ResultAt(0).IsGood);
        Assert.True(third.ResultAt(1).IsBad);

        Assert.Equal(UaFault.None, RepublishResponse.TryRead(Capture.Of("RepublishResponse").Message, out RepublishResponse again));
        Assert.Equal(1u, again.Message.SequenceNumber);
        Assert.Equal(UaFault.None, RepublishResponse.TryRead(Capture.Of("ServiceFault").Message, out RepublishResponse gone));
        Assert.True(gone.Header.Result.IsBad);
    }

    // Absent and empty mean the same in the two places where servers differ: the texts of the response header and the diagnostics at the end.
    private static byte[] Canonical(byte[] message)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        NodeId type = reader.ReadNodeId();
        bool isRequest = !s_responses.Contains(type.Number);
        if (isRequest)
        {
            return message;
        }
        reader.ReadDateTime();
        reader.ReadUInt32();
        reader.ReadStatusCode();
        reader.ReadDiagnosticInfo();
        int texts = reader.Position;
        byte[] canonical = [.. message];
        canonical.AsSpan(texts, 4).Clear();
        if (canonical.AsSpan(^4..).SequenceEqual(stackalloc byte[] { 0xFF, 0xFF, 0xFF, 0xFF }))
        {
            canonical.AsSpan(^4..).Clear();
        }
        return canonical;
    }

    private static readonly HashSet<uint> s_responses = [.. Capture.All.Where(c => !c.IsToServer && c.Frame.Length > 28).Select(c => new UaReader(c.Message, UaDecodeLimits.Default).ReadNodeId().Number)];

    private static Func<byte[], byte[]> Again<T>(Read<T> read, Action<T, UaBuffer> write) => message =>
    {
        Assert.Equal(UaFault.None, read(message, out T value));
        var target = new UaBuffer();
        write(value, target);
        return target.Written.ToArray();
    };

    private static Read<BrowseResponse> Browse(uint service) => (ReadOnlySpan<byte> message, out BrowseResponse response) => BrowseResponse.TryRead(message, service, out response);

    private static Read<StatusResultsResponse> Results(uint service) =>
        (ReadOnlySpan<byte> message, out StatusResultsResponse response) => StatusResultsResponse.TryRead(message, service, out response);
}
