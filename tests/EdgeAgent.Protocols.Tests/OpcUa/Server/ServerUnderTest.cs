using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Server;
using EdgeAgent.TestKit;

namespace EdgeAgent.Protocols.Tests.OpcUa.Server;

/// <summary>A server whose clock the test owns, with a few variables below Objects/Test.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    public const string Uri = "urn:test:nodes";

    public ServerUnderTest(OpcUaServerOptions? options = null)
    {
        Server = new OpcUaServer((options ?? new OpcUaServerOptions()) with { HistoryInterval = TimeSpan.FromSeconds(1) }, Build, Time);
        Server.Start();
    }

    public FakeTimeProvider Time { get; } = new();

    public OpcUaServer Server { get; }

    /// <summary>Counts seconds since the clock's first instant.</summary>
    public NodeId Seconds { get; } = new(2, "Seconds");

    public NodeId Constant { get; } = new(2, "Constant");

    /// <summary>0 to 100 and the range says so: ten more each second.</summary>
    public NodeId Percent { get; } = new(2, "Percent");

    public NodeId Array { get; } = new(2, "Array");

    public NodeId Matrix { get; } = new(2, "Matrix");

    public RawUaClient Connect(double timeoutMs = 60_000) => RawUaClient.Start(Server.Port, Time, timeoutMs);

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();

    private AddressSpace Build(int extraNamespaces)
    {
        var space = new AddressSpace("urn:test");
        for (int i = 0; i < extraNamespaces; i++)
        {
            space.AddNamespace($"urn:extra:{i}");
        }
        ushort index = space.AddNamespace(Uri);
        DateTime start = Time.GetUtcNow().UtcDateTime;
        UaNode folder = space.AddFolder(space.Objects, new NodeId(index, "Test"), "Test");
        Add(new UaVariable(new NodeId(index, "Seconds"), "Seconds", BuiltInType.Int32, utc => new DataValue(Variant.From((int)(utc - start).TotalSeconds)))
        {
            History = new HistoryRing(100),
        });
        Add(new UaVariable(new NodeId(index, "Constant"), "Constant", BuiltInType.Int32, _ => new DataValue(Variant.From(42))));
        Add(new UaVariable(new NodeId(index, "Percent"), "Percent", BuiltInType.Double, utc => new DataValue(Variant.From((utc - start).TotalSeconds * 10)))
        {
            Range = (0, 100),
        });
        Add(new UaVariable(new NodeId(index, "Array"), "Array", BuiltInType.Int32, _ => new DataValue(Variant.FromArray<int>([10, 11, 12, 13]))) { ValueRank = 1 });
        Add(new UaVariable(new NodeId(index, "Matrix"), "Matrix", BuiltInType.Int32, _ => new DataValue(Variant.FromArray([1, 2, 3, 4, 5, 6], 2, 3))) { ValueRank = 2 });
        return space;

        void Add(UaVariable variable) => space.AddVariable(folder, variable);
    }
}
