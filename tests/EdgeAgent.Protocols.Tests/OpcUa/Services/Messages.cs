using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.Protocols.OpcUa.Services.Discovery;
using EdgeAgent.Protocols.OpcUa.Services.Sessions;
using EdgeAgent.Protocols.OpcUa.Services.Views;

namespace EdgeAgent.Protocols.Tests.OpcUa.Services;

/// <summary>One of each message with every field filled, and a way to read it and write it again.</summary>
internal static class Messages
{
    private static readonly DateTime s_instant = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly RequestHeader s_request = new(new NodeId(1, [1, 2, 3]), s_instant, 7, 5000);
    private static readonly ResponseHeader s_response = new(s_instant, 7, StatusCodes.Good);

    private static readonly ApplicationDescription s_application =
        new("urn:a", "urn:p", new LocalizedText("en", "A"), ApplicationType.ClientAndServer, "urn:g", "urn:d", ["opc.tcp://h:1", null]);

    private static readonly EndpointDescription s_endpoint = new(
        "opc.tcp://h:1", s_application, [1, 2], MessageSecurityMode.Sign, SecurityPolicy.Basic256Sha256.Uri,
        [new("anonymous", UserTokenType.Anonymous, null, null, null), new("name", UserTokenType.UserName, "t", "u", "p")], "urn:t", 3);

    private static readonly SignatureData s_signature = new("urn:s", [4, 5]);

    private static readonly BrowseResult[] s_browsed =
    [
        new(StatusCodes.Good, [1, 2],
        [
            new(new NodeId(35), true, new ExpandedNodeId(new NodeId(2, "Press"), "urn:n", 1), new QualifiedName(2, "Press"), new LocalizedText(null, "Press"), 1,
                new ExpandedNodeId(new NodeId(61))),
        ]),
        new(StatusCodes.BadNodeIdUnknown, null, null),
    ];

    /// <summary>Reads a message and, when it is right, writes it anew.</summary>
    public delegate UaFault Reread(ReadOnlySpan<byte> message, UaBuffer target);

    public static IReadOnlyDictionary<string, (byte[] Bytes, Reread Reread)> All { get; } = Make();

    private static Dictionary<string, (byte[] Bytes, Reread Reread)> Make()
    {
        var all = new Dictionary<string, (byte[] Bytes, Reread Reread)>();
        void Add(string name, Action<UaBuffer> write, Reread reread)
        {
            var target = new UaBuffer();
            write(target);
            all.Add(name, (target.Written.ToArray(), reread));
        }
        UaFault Again(UaFault fault, Action write)
        {
            if (fault == UaFault.None)
            {
                write();
            }
            return fault;
        }

        Add("OpenSecureChannelRequest", new OpenSecureChannelRequest(s_request, true, MessageSecurityMode.Sign, [1, 2], 60_000).Write,
            (m, t) => Again(OpenSecureChannelRequest.TryRead(m, out var read), () => read.Write(t)));
        Add("OpenSecureChannelResponse", new OpenSecureChannelResponse(s_response, 1, 2, s_instant, 60_000, [1, 2]).Write,
            (m, t) => Again(OpenSecureChannelResponse.TryRead(m, out var read, out _), () => read.Write(t)));
        Add("FindServersRequest", new FindServersRequest(s_request, "opc.tcp://h:1", ["en"], ["urn:a"]).Write,
            (m, t) => Again(FindServersRequest.TryRead(m, out var read), () => read.Write(t)));
        Add("FindServersResponse", new FindServersResponse(s_response, [s_application]).Write,
            (m, t) => Again(FindServersResponse.TryRead(m, out var read), () => read.Write(t)));
        Add("GetEndpointsRequest", new GetEndpointsRequest(s_request, "opc.tcp://h:1", null, []).Write,
            (m, t) => Again(GetEndpointsRequest.TryRead(m, out var read), () => read.Write(t)));
        Add("GetEndpointsResponse", new GetEndpointsResponse(s_response, [s_endpoint, s_endpoint]).Write,
            (m, t) => Again(GetEndpointsResponse.TryRead(m, out var read), () => read.Write(t)));
        Add("CreateSessionRequest", new CreateSessionRequest(s_request, s_application, "urn:s", "opc.tcp://h:1", "edge", [1], [2], 60_000, 65_536).Write,
            (m, t) => Again(CreateSessionRequest.TryRead(m, out var read), () => read.Write(t)));
        Add("CreateSessionResponse", new CreateSessionResponse(
            s_response, new NodeId(1, 2), new NodeId(1, [9]), 60_000, [1], [2], [s_endpoint], s_signature, 65_536).Write,
            (m, t) => Again(CreateSessionResponse.TryRead(m, out var read), () => read.Write(t)));
        Add("ActivateSessionRequest", new ActivateSessionRequest(s_request, s_signature, ["zh-CN"], AnonymousIdentity.Token("anonymous"), default).Write,
            (m, t) => Again(ActivateSessionRequest.TryRead(m, out var read), () => read.Write(t)));
        Add("ActivateSessionResponse", new ActivateSessionResponse(s_response, [1, 2]).Write,
            (m, t) => Again(ActivateSessionResponse.TryRead(m, out var read), () => read.Write(t)));
        Add("CloseSessionRequest", new CloseSessionRequest(s_request, true).Write,
            (m, t) => Again(CloseSessionRequest.TryRead(m, out var read), () => read.Write(t)));
        Add("CloseSessionResponse", new CloseSessionResponse(s_response).Write,
            (m, t) => Again(CloseSessionResponse.TryRead(m, out var read), () => read.Write(t)));
        Add("ReadRequest", new ReadRequest(s_request, 0, TimestampsToReturn.Source, [new(new NodeId(2, "Press.Count"), ReadTarget.ValueAttribute, "0:4")]).Write,
            (m, t) => Again(ReadRequest.TryRead(m, out var read), () => read.Write(t)));
        Add("ReadResponse", t => ReadResponse.Write(t, s_response, [new(Variant.From(1.5), 0u, s_instant), new(default, StatusCodes.BadNodeIdUnknown)]),
            (m, t) =>
            {
                var values = new DataValue[2];
                return Again(ReadResponse.TryRead(m, values, out var header), () => ReadResponse.Write(t, header, values));
            });
        Add("BrowseRequest", new BrowseRequest(s_request, 100, [new(new NodeId(85), BrowseDirection.Both, new NodeId(33), true, 3)]).Write,
            (m, t) => Again(BrowseRequest.TryRead(m, out var read), () => read.Write(t)));
        Add("BrowseResponse", t => new BrowseResponse(s_response, s_browsed).Write(t, ServiceIds.BrowseResponse),
            (m, t) => Again(BrowseResponse.TryRead(m, ServiceIds.BrowseResponse, out var read), () => read.Write(t, ServiceIds.BrowseResponse)));
        Add("BrowseNextRequest", new BrowseNextRequest(s_request, true, [[1, 2], null]).Write,
            (m, t) => Again(BrowseNextRequest.TryRead(m, out var read), () => read.Write(t)));
        Add("BrowseNextResponse", t => new BrowseResponse(s_response, s_browsed).Write(t, ServiceIds.BrowseNextResponse),
            (m, t) => Again(BrowseResponse.TryRead(m, ServiceIds.BrowseNextResponse, out var read), () => read.Write(t, ServiceIds.BrowseNextResponse)));
        var fields = new SubscriptionMessages.Fields(new NodeId(2, "Press"), "2", 0x0102_0304, 500, true, [1, 2], s_instant, new(Variant.From(1.5f), StatusCodes.UncertainInitialValue, s_instant));
        foreach ((string name, Action<UaBuffer> write, Reread reread) in SubscriptionMessages.From(s_request, s_response, fields))
        {
            Add(name, write, reread);
        }
        return all;
    }
}
