using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.Protocols.OpcUa.Services.History;
using EdgeAgent.Protocols.OpcUa.Services.MonitoredItems;
using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;
using EdgeAgent.Protocols.OpcUa.Services.Views;

namespace EdgeAgent.Protocols.Tests.OpcUa.Server;

/// <summary>A damaged request costs its answer, never the connection or the server.</summary>
public sealed class DamagedRequestTests
{
    private const int Rounds = 4_000;
    private const int Seed = 20251122;

    [Fact]
    public async Task Each_damaged_request_is_answered()
    {
        await using var test = new ServerUnderTest();
        using RawUaClient client = test.Connect();
        uint id = client.Subscribe(publishingMs: 1_000);
        byte[][] requests = [.. Requests(test, client, id).Select(Encode)];
        // What comes before is the request's header with the session's name.
        int header = Encode(target => client.Header.Write(target, ServiceIds.ReadRequest)).Length;
        var random = new Random(Seed);
        for (int i = 0; i < Rounds; i++)
        {
            byte[] damaged = [.. requests[i % requests.Length]];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                damaged[random.Next(header, damaged.Length)] = (byte)random.Next(256);
            }
            byte[] answer = client.Call(target => target.WriteRaw(random.Next(8) == 0 ? damaged.AsSpan(0, random.Next(header, damaged.Length)) : damaged));
            Assert.NotEmpty(answer);
        }
        client.Round();
    }

    private static IEnumerable<Action<UaBuffer>> Requests(ServerUnderTest test, RawUaClient client, uint subscription)
    {
        DateTime start = test.Time.GetUtcNow().UtcDateTime;
        RequestHeader header = client.Header;
        yield return new ReadRequest(header, 0, TimestampsToReturn.Both, [new ReadTarget(test.Matrix, 13, "0:1,1:2"), new ReadTarget(test.Array, 13, "1")]).Write;
        yield return new BrowseRequest(header, 2, [new BrowseTarget(new NodeId(2, "Test"), BrowseDirection.Both, new NodeId(33), true, 0)]).Write;
        yield return new BrowseNextRequest(header, false, [new byte[8]]).Write;
        yield return new TranslateBrowsePathsRequest(header, [new BrowsePath(new NodeId(85), [new RelativePathElement(new NodeId(33), false, true, new QualifiedName(2, "Test"))])]).Write;
        yield return new HistoryReadRequest(
            header, new RawHistoryDetails(false, start, start.AddHours(1), 3, true), TimestampsToReturn.Source, false, [new HistoryReadTarget(test.Seconds)]).Write;
        var parameters = new MonitoringParameters(1, 1_000, new DataChangeFilter(DataChangeTrigger.StatusValue, DeadbandKind.Absolute, 1), 10, true);
        var item = new MonitoredItemCreation(new ReadTarget(test.Percent, 13), MonitoringMode.Reporting, parameters);
        yield return new CreateMonitoredItemsRequest(header, subscription, TimestampsToReturn.Both, [item]).Write;
        yield return new ModifyMonitoredItemsRequest(header, subscription, TimestampsToReturn.Both, [new MonitoredItemChange(1, parameters)]).Write;
        yield return new ModifySubscriptionRequest(header, subscription, 1_000, 30, 10, 100, 0).Write;
        yield return new RepublishRequest(header, subscription, 1).Write;
    }

    private static byte[] Encode(Action<UaBuffer> write)
    {
        var buffer = new UaBuffer();
        write(buffer);
        return buffer.Written.ToArray();
    }
}
