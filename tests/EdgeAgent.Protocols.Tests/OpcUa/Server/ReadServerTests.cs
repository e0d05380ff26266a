using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Server;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.Protocols.OpcUa.Services.History;
using EdgeAgent.Protocols.OpcUa.Services.Views;

namespace EdgeAgent.Protocols.Tests.OpcUa.Server;

/// <summary>Reading, browsing, paths and history.</summary>
public sealed class ReadServerTests
{
    private const uint BrowseNameAttribute = 3;
    private const uint HistorizingAttribute = 20;

    [Fact]
    public async Task Attributes_and_elements_are_read_and_what_is_wrong_is_wrong_alone()
    {
        await using var test = new ServerUnderTest();
        using RawUaClient client = test.Connect();
        DataValue[] values = Read(
            client,
            new ReadTarget(test.Array, 13, "1:2"),
            new ReadTarget(test.Matrix, 13, "1,0:1"),
            new ReadTarget(test.Array, 13, "3:9"),
            new ReadTarget(test.Array, 13, "4"),
            new ReadTarget(test.Array, 13, "2:1"),
            new ReadTarget(test.Constant, 13, "0"),
            new ReadTarget(test.Seconds, BrowseNameAttribute),
            new ReadTarget(test.Seconds, HistorizingAttribute),
            new ReadTarget(new NodeId(85), 13),
            new ReadTarget(new NodeId(2, "Nobody"), 13));
        Assert.Equal([11, 12], (int[])values[0].Value.Elements!);
        Assert.Equal([4, 5], (int[])values[1].Value.Elements!);
        Assert.Equal([1, 2], values[1].Value.Dimensions.ToArray());
        Assert.Equal([13], (int[])values[2].Value.Elements!);
        Assert.Equal(
            [StatusCodes.BadIndexRangeNoData, StatusCodes.BadIndexRangeInvalid, StatusCodes.BadIndexRangeInvalid],
            values[3..6].Select(v => v.Status.Value));
        Assert.Equal(new QualifiedName(2, "Seconds"), values[6].Value.ToObject());
        Assert.Equal(true, values[7].Value.ToObject());
        Assert.Equal([StatusCodes.BadAttributeIdInvalid, StatusCodes.BadNodeIdUnknown], values[8..].Select(v => v.Status.Value));
    }

    [Fact]
    public async Task More_than_the_operation_limits_allow_is_refused_and_the_limits_can_be_read()
    {
        await using var test = new ServerUnderTest(new OpcUaServerOptions { Limits = new OpcUaServerLimits { NodesPerReadMax = 2 } });
        using RawUaClient client = test.Connect();
        Assert.Equal(2u, Read(client, new ReadTarget(new NodeId(11705), 13))[0].Value.ToObject());
        ReadTarget target = new(test.Constant, 13);
        byte[] answer = client.Call(new ReadRequest(client.Header, 0, TimestampsToReturn.Neither, [target, target, target]).Write);
        Assert.Equal(StatusCodes.BadTooManyOperations, RawUaClient.ResultOf(answer).Value);
    }

    [Fact]
    public async Task Browsing_goes_on_page_by_page_and_a_point_is_good_once()
    {
        await using var test = new ServerUnderTest();
        using RawUaClient client = test.Connect();
        BrowseResult page = Browse(client, new NodeId(2, "Test"), pageSize: 2);
        List<string?> names = [.. page.References!.Select(r => r.BrowseName.Name)];
        byte[] firstPoint = page.ContinuationPoint!;
        while (page.ContinuationPoint is { } point)
        {
            page = BrowseNext(client, point);
            names.AddRange(page.References!.Select(r => r.BrowseName.Name));
        }
        Assert.Equal(["Seconds", "Constant", "Percent", "Array", "Matrix"], names);
        Assert.Equal(StatusCodes.BadContinuationPointInvalid, BrowseNext(client, firstPoint).Status.Value);
        Assert.Equal(StatusCodes.BadNodeIdUnknown, Browse(client, new NodeId(9, "x"), 0).Status.Value);
    }

    [Theory]
    [InlineData("Test/Percent/EURange", StatusCodes.Good)]
    [InlineData("Test/Percent/Nobody", StatusCodes.BadNoMatch)]
    public async Task Browse_paths_lead_to_nodes(string path, uint expected)
    {
        await using var test = new ServerUnderTest();
        using RawUaClient client = test.Connect();
        RelativePathElement[] elements = [.. path.Split('/').Select(name =>
            new RelativePathElement(new NodeId(33), false, true, new QualifiedName((ushort)(name == "EURange" ? 0 : 2), name)))];
        byte[] answer = client.Call(new TranslateBrowsePathsRequest(client.Header, [new BrowsePath(new NodeId(85), elements)]).Write);
        Assert.Equal(UaFault.None, TranslateBrowsePathsResponse.TryRead(answer, out TranslateBrowsePathsResponse response));
        Assert.Equal(expected, Assert.Single(response.Results!).Status.Value);
    }

    [Fact]
    public async Task History_is_read_forwards_backwards_and_in_parts()
    {
        await using var test = new ServerUnderTest(new OpcUaServerOptions { Limits = new OpcUaServerLimits { HistoryValuesPerNodeMax = 4 } });
        DateTime start = test.Time.GetUtcNow().UtcDateTime;
        using RawUaClient client = test.Connect();
        test.Time.Advance(TimeSpan.FromSeconds(10)); // 1 to 10 are kept.
        HistoryReadResult part = History(client, test.Seconds, start, start.AddSeconds(7), 0);
        Assert.Equal([1, 2, 3, 4], Values(part));
        part = History(client, test.Seconds, start, start.AddSeconds(7), 0, part.ContinuationPoint);
        Assert.Equal([5, 6], Values(part));
        Assert.Null(part.ContinuationPoint);
        Assert.Equal([9, 8, 7], Values(History(client, test.Seconds, start.AddSeconds(9), start.AddSeconds(6), 0)));
        Assert.Equal([10, 9], Values(History(client, test.Seconds, default, start.AddSeconds(60), 2)));
        Assert.Equal([10, 9, 8], Values(History(client, test.Seconds, DateTime.MaxValue, start.AddSeconds(7), 0)));
        Assert.Equal(StatusCodes.GoodNoData, History(client, test.Seconds, start.AddSeconds(20), start.AddSeconds(30), 0).Status.Value);
        Assert.Equal(StatusCodes.BadHistoryOperationUnsupported, History(client, test.Constant, start, start.AddSeconds(30), 0).Status.Value);
    }

    [Fact]
    public async Task A_session_that_is_silent_for_too_long_is_over()
    {
        await using var test = new ServerUnderTest();
        using RawUaClient client = test.Connect(timeoutMs: 5_000);
        test.Time.Advance(TimeSpan.FromSeconds(4));
        client.Round();
        test.Time.Advance(TimeSpan.FromSeconds(6));
        byte[] answer = client.Call(new ReadRequest(client.Header, 0, TimestampsToReturn.Neither, [new ReadTarget(test.Constant, 13)]).Write);
        Assert.Equal(StatusCodes.BadSessionIdInvalid, RawUaClient.ResultOf(answer).Value);
    }

    [Fact]
    public async Task A_session_serves_nobody_before_it_is_activated()
    {
        await using var test = new ServerUnderTest();
        using RawUaClient client = RawUaClient.Open(test.Server.Port, test.Time);
        client.Create(60_000);
        byte[] answer = client.Call(new ReadRequest(client.Header, 0, TimestampsToReturn.Neither, [new ReadTarget(test.Constant, 13)]).Write);
        Assert.Equal(StatusCodes.BadSessionNotActivated, RawUaClient.ResultOf(answer).Value);
    }

    internal static DataValue[] Read(RawUaClient client, params ReadTarget[] targets)
    {
        byte[] answer = client.Call(new ReadRequest(client.Header, 0, TimestampsToReturn.Neither, targets).Write);
        var values = new DataValue[targets.Length];
        Assert.Equal(UaFault.None, ReadResponse.TryRead(answer, values, out ResponseHeader header));
        Assert.Equal(StatusCodes.Good, header.Result.Value);
        return values;
    }

    private static BrowseResult Browse(RawUaClient client, NodeId node, uint pageSize)
    {
        var target = new BrowseTarget(node, BrowseDirection.Forward, new NodeId(33), true, 0);
        byte[] answer = client.Call(new BrowseRequest(client.Header, pageSize, [target]).Write);
        Assert.Equal(UaFault.None, BrowseResponse.TryRead(answer, ServiceIds.BrowseResponse, out BrowseResponse response));
        return Assert.Single(response.Results!);
    }

    private static BrowseResult BrowseNext(RawUaClient client, byte[] point)
    {
        byte[] answer = client.Call(new BrowseNextRequest(client.Header, false, [point]).Write);
        Assert.Equal(UaFault.None, BrowseResponse.TryRead(answer, ServiceIds.BrowseNextResponse, out BrowseResponse response));
        return Assert.Single(response.Results!);
    }

    private static HistoryReadResult History(RawUaClient client, NodeId node, DateTime start, DateTime end, uint countMax, byte[]? point = null)
    {
        var details = new RawHistoryDetails(false, start, end, countMax, false);
        byte[] answer = client.Call(new HistoryReadRequest(client.Header, details, TimestampsToReturn.Source, false, [new HistoryReadTarget(node, null, point)]).Write);
        Assert.Equal(UaFault.None, HistoryReadResponse.TryRead(answer, out HistoryReadResponse response));
        return Assert.Single(response.Results!);
    }

    private static int[] Values(HistoryReadResult result) => [.. result.Values!.Select(v => (int)v.Value.ToObject()!)];
}
