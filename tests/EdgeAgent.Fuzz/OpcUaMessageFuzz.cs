using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Channels;
using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.Protocols.OpcUa.Services.Discovery;
using EdgeAgent.Protocols.OpcUa.Services.Sessions;
using EdgeAgent.Protocols.OpcUa.Services.Views;
using EdgeAgent.Protocols.OpcUa.Transport;

namespace EdgeAgent.Fuzz;

/// <summary>Damaged OPC UA messages, as a client meets them from a broken server: refused quietly, and for little memory.</summary>
public sealed class OpcUaMessageFuzz
{
    private const int Mutations = 300_000;

    // A reference with its node ids takes 18 bytes on the wire and some 220 in memory; an endpoint 50 and some 250.
    private const int AllocationFactor = 80;
    private const int AllocationFloorBytes = 2048;

    private static readonly ResponseHeader s_header = new(default, 7, StatusCodes.Good);

    private readonly DataValue[] _values = new DataValue[2];

    [Fact]
    public void Damaged_messages_are_refused_quietly()
    {
        byte[][] seeds = [.. Seeds()];
        var mutations = new SeededMutations(20251123, seeds);
        int refused = 0;
        for (int i = 0; i < Mutations; i++)
        {
            ReadOnlySpan<byte> bytes = mutations.Next();
            long before = GC.GetAllocatedBytesForCurrentThread();
            UaFault fault = Decode(bytes);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            refused += fault != UaFault.None ? 1 : 0;
            if (allocated > AllocationFloorBytes + (long)AllocationFactor * bytes.Length)
            {
                Assert.Fail($"mutation {i}: {allocated} bytes for {Convert.ToHexString(bytes)}");
            }
        }
        Assert.InRange(refused, Mutations / 10, Mutations * 99 / 100);
    }

    [Fact]
    public void Damaged_chunks_are_refused_quietly()
    {
        using var token = new ChannelToken(3, null, null, TimeSpan.FromHours(1), TimeProvider.System);
        var target = new UaBuffer();
        SymmetricChunk.Write(target, MessageSecurityMode.None, 7, token, UaTcpMessageType.Message, ChunkKind.Final, new SequenceHeader(1, 2), [1, 2, 3]);
        byte[] message = target.Written.ToArray();
        target.Clear();
        AsymmetricChunk.Write(target, SecurityPolicy.None, null, null, 7, new SequenceHeader(1, 2), [1, 2, 3]);
        byte[] open = target.Written.ToArray();
        target.Clear();
        new HelloMessage(UaTcpLimits.Default, "opc.tcp://h:4840").Write(target);
        var mutations = new SeededMutations(20251124, [message, open, target.Written.ToArray()]);
        int refused = 0;
        for (int i = 0; i < Mutations; i++)
        {
            byte[] bytes = mutations.Next().ToArray();
            FrameStatus status = UaTcpFrame.Read(bytes, 8192, out UaTcpFrame frame);
            bool isRefused = status != FrameStatus.Complete;
            if (!isRefused)
            {
                Span<byte> chunk = bytes.AsSpan(0, frame.SizeBytes);
                isRefused = frame.Type switch
                {
                    UaTcpMessageType.Message => SymmetricChunk.Open(chunk, MessageSecurityMode.None, token, out _, out _) != ChannelFault.None,
                    UaTcpMessageType.OpenSecureChannel => AsymmetricChunk.Open(chunk, SecurityPolicy.None, null, null, out _, out _, out _) != ChannelFault.None,
                    UaTcpMessageType.Hello => !HelloMessage.TryRead(chunk, out _),
                    UaTcpMessageType.Acknowledge => !AcknowledgeMessage.TryRead(chunk, out _),
                    _ => !ErrorMessage.TryRead(chunk, out _),
                };
            }
            refused += isRefused ? 1 : 0;
        }
        Assert.InRange(refused, Mutations / 10, Mutations * 99 / 100);
    }

    private UaFault Decode(ReadOnlySpan<byte> bytes)
    {
        var head = new UaReader(bytes, UaDecodeLimits.Default);
        return head.ReadNodeId().Number switch
        {
            ServiceIds.ReadResponse => ReadResponse.TryRead(bytes, _values, out _),
            ServiceIds.BrowseResponse => BrowseResponse.TryRead(bytes, ServiceIds.BrowseResponse, out _),
            ServiceIds.GetEndpointsResponse => GetEndpointsResponse.TryRead(bytes, out _),
            ServiceIds.CreateSessionResponse => CreateSessionResponse.TryRead(bytes, out _),
            ServiceIds.ActivateSessionResponse => ActivateSessionResponse.TryRead(bytes, out _),
            _ => OpenSecureChannelResponse.TryRead(bytes, out _, out _),
        };
    }

    private static IEnumerable<byte[]> Seeds()
    {
        var application = new ApplicationDescription("urn:a", "urn:p", new LocalizedText("en", "A"), ApplicationType.Server, null, null, ["opc.tcp://h:1"]);
        var endpoint = new EndpointDescription(
            "opc.tcp://h:1", application, [1, 2], MessageSecurityMode.Sign, SecurityPolicy.Basic256Sha256.Uri,
            [new("anonymous", UserTokenType.Anonymous, null, null, null)], "urn:t", 3);
        var reference = new ReferenceDescription(
            new NodeId(35), true, new ExpandedNodeId(new NodeId(2, "Press")), new QualifiedName(2, "Press"), new LocalizedText(null, "Press"), 1, default);
        yield return Bytes(target => ReadResponse.Write(target, s_header, [new(Variant.From(1.5)), new(Variant.From("a"), 5u)]));
        yield return Bytes(target => new BrowseResponse(s_header, [new(0u, [1], [reference, reference]), new(5u, null, null)]).Write(target, ServiceIds.BrowseResponse));
        yield return Bytes(new GetEndpointsResponse(s_header, [endpoint, endpoint]).Write);
        yield return Bytes(new CreateSessionResponse(s_header, new NodeId(1, 2), new NodeId(1, [9]), 1, [1], [2], [endpoint], new("urn:s", [4]), 5).Write);
        yield return Bytes(new ActivateSessionResponse(s_header, [1, 2]).Write);
        yield return Bytes(new OpenSecureChannelResponse(s_header, 1, 2, default, 60_000, [1, 2]).Write);
    }

    private static byte[] Bytes(Action<UaBuffer> write)
    {
        var target = new UaBuffer();
        write(target);
        return target.Written.ToArray();
    }
}
