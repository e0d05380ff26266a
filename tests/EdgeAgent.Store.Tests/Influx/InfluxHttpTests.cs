using System.Net;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Store.Influx;
using EdgeAgent.Store.Tests.StoreContract;
using EdgeAgent.TestKit;

namespace EdgeAgent.Store.Tests.Influx;

/// <summary>What goes over the wire, and what is done about each answer.</summary>
public sealed class InfluxHttpTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly TestAgent _agent = new();

    public void Dispose()
    {
        _agent.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Version_1_writes_to_a_policy_compressed_and_with_the_marker_last()
    {
        using var server = new StubInflux(_ => StubAnswer.Fine);
        await AppendAsync(server, o => o with { User = "u", Password = "p" }, 500);
        StubRequest[] writes = [.. server.Requests.Where(r => r.IsWrite)];
        Assert.StartsWith("/influx/write?db=plant&rp=raw&precision=ns", writes[0].PathAndQuery, StringComparison.Ordinal);
        Assert.Equal((500, true, "Basic dTpw"), (writes.Sum(w => w.Readings), writes[0].Gzip, writes[0].Authorization));
        Assert.StartsWith("batch,", writes[^1].Body, StringComparison.Ordinal);
        Assert.Contains("rp=ledger", writes[^1].PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_2_writes_to_buckets_with_a_token()
    {
        using var server = new StubInflux(_ => StubAnswer.Fine);
        await AppendAsync(server, o => o with { Api = InfluxApi.V2, Organization = "my org", Token = "secret" }, 1);
        StubRequest[] writes = [.. server.Requests.Where(r => r.IsWrite)];
        Assert.Equal("/influx/api/v2/write?org=my%20org&bucket=plant&precision=ns", writes[0].PathAndQuery);
        Assert.Equal("/influx/api/v2/write?org=my%20org&bucket=plant_ledger&precision=ns", writes[^1].PathAndQuery);
        Assert.All(server.Requests, r => Assert.Equal("Token secret", r.Authorization));
    }

    [Fact]
    public async Task A_busy_server_is_asked_again_after_the_time_it_names()
    {
        int refusals = 2;
        using var server = new StubInflux(r => r.IsWrite && refusals-- > 0 ? new StubAnswer(HttpStatusCode.TooManyRequests, "busy", "7") : StubAnswer.Fine);
        var time = new FakeTimeProvider();
        long start = time.GetTimestamp();
        Task appending = AppendAsync(server, o => o with { TimeoutMs = 1_000_000 }, 1, time);
        await Eventually.TrueAsync(
            () =>
            {
                // The clock runs in small steps until everything is written; two pauses of 7 s must lie in it.
                time.Advance(TimeSpan.FromMilliseconds(500));
                return appending.IsCompleted;
            },
            "the batch is written");
        Assert.True(time.GetElapsedTime(start) >= TimeSpan.FromSeconds(14));
        Assert.Equal(2, server.Requests.GroupBy(r => r.Body).Sum(g => g.Count() - 1));
        await appending;
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.NotFound)]
    public async Task A_server_that_goes_on_refusing_counts_as_down(HttpStatusCode status)
    {
        using var server = new StubInflux(r => r.IsWrite ? new StubAnswer(status, "no", "0") : StubAnswer.Fine);
        StoreUnavailableException e = await Assert.ThrowsAsync<StoreUnavailableException>(() => AppendAsync(server, o => o, 1));
        Assert.Contains(((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture), e.Message, StringComparison.Ordinal);
        Assert.Equal(status == HttpStatusCode.ServiceUnavailable ? 3 : 1, Writes(server));
    }

    [Fact]
    public async Task A_server_that_is_not_there_counts_as_down()
    {
        var server = new StubInflux(_ => StubAnswer.Fine);
        server.Dispose();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => AppendAsync(server, o => o, 1));
    }

    [Fact]
    public async Task A_silent_server_counts_as_down_after_the_time_limit()
    {
        using var silence = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        silence.Start();
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)silence.LocalEndpoint).Port}");
        await using var store = new InfluxStore(Options(url) with { TimeoutMs = 100 }, TimeProvider.System);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.InitializeAsync(default));
    }

    [Fact]
    public async Task The_lines_that_are_refused_are_found_and_the_others_written()
    {
        // Refuses every request that holds reading 13 or 27, as a server does that tells only how many lines it dropped.
        using var server = new StubInflux(r => r.IsRawWrite && (r.Body.Contains("value=13,", StringComparison.Ordinal) || r.Body.Contains("value=27,", StringComparison.Ordinal))
            ? new StubAnswer(HttpStatusCode.BadRequest, "{\"error\":\"partial write: field type conflict dropped=1\"}")
            : StubAnswer.Fine);
        InfluxStore store = await AppendAsync(server, o => o, 100);
        Assert.Equal(2, store.RefusedLines);
        string kept = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(_directory.Path, "*.lp")));
        Assert.Contains("value=13,", kept, StringComparison.Ordinal);
        Assert.Contains("value=27,", kept, StringComparison.Ordinal);
        Assert.Contains("# {\"error\":\"partial write: field type conflict dropped=1\"}", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("value=14,", kept, StringComparison.Ordinal);
        string written = string.Concat(server.Requests.Where(r => r.IsRawWrite && !r.Body.Contains("value=13,", StringComparison.Ordinal) && !r.Body.Contains("value=27,", StringComparison.Ordinal)).Select(r => r.Body));
        Assert.All(Enumerable.Range(0, 100).Where(i => i is not (13 or 27)), i => Assert.Contains($"value={i},", written, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_sent_in_pieces()
    {
        using var server = new StubInflux(r => r.IsRawWrite && r.Readings > 60 ? new StubAnswer(HttpStatusCode.RequestEntityTooLarge) : StubAnswer.Fine);
        InfluxStore store = await AppendAsync(server, o => o, 200);
        Assert.Equal(0, store.RefusedLines);
        Assert.Equal(200, server.Requests.Where(r => r.IsRawWrite && r.Readings <= 60).Sum(r => r.Readings));
    }

    [Theory]
    [InlineData("<html>Sign in</html>")]
    [InlineData("{\"results\":5}")]
    [InlineData("{\"results\":[{\"series\":[{\"columns\":[\"time\"],\"values\":[[\"now\"]]}]}]}")]
    [InlineData("{\"results\":[{\"series\":[{}]}]}")]
    [InlineData("{\"results\":[{\"error\":\"engine is closed\"}]}")]
    public async Task An_answer_that_makes_no_sense_counts_as_down(string body)
    {
        using var server = new StubInflux(r => r.IsWrite ? StubAnswer.Fine : new StubAnswer(HttpStatusCode.OK, body));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => AppendAsync(server, o => o, 1));
    }

    [Fact]
    public async Task A_reader_changes_nothing_on_the_server()
    {
        using var server = new StubInflux(_ => StubAnswer.Fine);
        await using var store = new InfluxStore(Options(server.Url) with { ReadOnly = true }, TimeProvider.System);
        await store.InitializeAsync(default);
        Assert.All(server.Requests, r => Assert.StartsWith("q=SHOW", r.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_marker_is_an_outage()
    {
        using var server = new StubInflux(r => r.IsWrite && r.Body.StartsWith("batch,", StringComparison.Ordinal)
            ? new StubAnswer(HttpStatusCode.BadRequest, "field type conflict")
            : StubAnswer.Fine);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => AppendAsync(server, o => o, 1));
    }

    private static int Writes(StubInflux server)
    {
        lock (server.Requests)
        {
            return server.Requests.Count(r => r.IsWrite);
        }
    }

    private async Task<InfluxStore> AppendAsync(StubInflux server, Func<InfluxOptions, InfluxOptions> change, int readings, TimeProvider? time = null)
    {
        var store = new InfluxStore(change(Options(server.Url)), time ?? TimeProvider.System);
        await store.AppendAsync([_agent.NextRamp(TestAgent.At(0), readings)], default);
        return store;
    }

    private InfluxOptions Options(Uri url) => new() { Url = url, Database = "plant", RefusedDirectory = _directory.Path };
}
