using System.Net;
using System.Text.Json;
using EdgeAgent.Core.Configuration;
using EdgeAgent.TestKit;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Plant;
using EdgeAgent.Web.Plant.Live;
using EdgeAgent.Web.Plant.Overview;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Web.Plant;

public sealed class LiveHubTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_page_gets_the_whole_state_and_then_what_changed_at_most_four_times_a_second_once_each()
    {
        using BoardPlant plant = new(devices: 2);
        plant.Commit(0, 0, 1);
        plant.Commit(1, 0, 1);
        await using Served served = await Served.StartAsync(plant);
        using StreamReader stream = await served.OpenAsync("/api/live?topics=values&device=gw-01/d0");

        JsonElement whole = await NextAsync(stream, "values");
        Assert.True(whole.GetProperty("whole").GetBoolean());
        Assert.Equal("d0", Assert.Single(whole.GetProperty("items").EnumerateArray()).GetProperty("device").GetString());

        plant.Commit(0, 0, 2);
        plant.Commit(0, 0, 3);
        plant.Commit(1, 0, 9);
        await served.TickAsync();
        JsonElement changed = await NextAsync(stream, "values");
        Assert.False(changed.GetProperty("whole").GetBoolean());
        Assert.Equal(3, Assert.Single(changed.GetProperty("items").EnumerateArray()).GetProperty("value").GetDouble());
    }

    [Fact]
    public async Task Tiles_are_told_when_a_device_stands_otherwise_and_not_because_time_passes()
    {
        using BoardPlant plant = new(devices: 3);
        plant.Commit(0, 0, 1);
        plant.Commit(1, 0, 1);
        await using Served served = await Served.StartAsync(plant);
        using StreamReader stream = await served.OpenAsync("/api/live?topics=devices");
        Assert.Equal(3, (await NextAsync(stream, "devices")).GetProperty("items").GetArrayLength());

        for (int second = 0; second < 20; second++)
        {
            plant.Commit(0, 0, second);
            for (int round = 0; round < 4; round++)
            {
                await served.TickAsync();
            }
        }

        JsonElement changed = await NextAsync(stream, "devices");
        JsonElement tile = Assert.Single(changed.GetProperty("items").EnumerateArray());
        Assert.Equal(("d1", "stale"), (tile.GetProperty("device").GetString(), tile.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_heartbeat_comes_though_nothing_happens_and_nothing_runs_when_the_last_page_is_closed()
    {
        using BoardPlant plant = new();
        await using Served served = await Served.StartAsync(plant);
        using (StreamReader stream = await served.OpenAsync("/api/live?topics=values"))
        {
            await NextAsync(stream, "values");
            for (int round = 0; round < 61; round++)
            {
                await served.TickAsync();
            }

            await NextAsync(stream, "heartbeat");
            Assert.True(plant.Board.CollectsChanges);
        }

        await Eventually.TrueAsync(() => served.Hub.Clients == 0, "the client is gone");
        Assert.False(plant.Board.CollectsChanges);
    }

    [Fact]
    public async Task A_page_whose_state_cannot_be_told_at_first_gets_all_of_it_with_the_next_round()
    {
        using BoardPlant plant = new();
        plant.Commit(0, 0, 1);
        bool fails = true;
        await using Served served = await Served.StartAsync(plant, () => fails ? throw new InvalidOperationException("not yet") : OverviewWriter.Write(plant.State, new AlarmCountsView(0, 0, 0, 0, 0)));
        Task<StreamReader> opening = served.OpenAsync("/api/live?topics=overview,values");
        await Eventually.TrueAsync(() => served.Hub.Clients == 1, "the client is there, and nothing could be told");
        fails = false;
        await served.TickAsync();
        using StreamReader stream = await opening.WaitAsync(Hang);
        Assert.True((await NextAsync(stream, "values")).GetProperty("whole").GetBoolean());
    }

    [Fact]
    public async Task A_topic_that_does_not_exist_is_refused()
    {
        using BoardPlant plant = new();
        await using Served served = await Served.StartAsync(plant);

        Assert.Equal(HttpStatusCode.BadRequest, (await served.Client.GetAsync("/api/live?topics=everything")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await served.Client.GetAsync("/api/live?topics=values&device=d0")).StatusCode);
    }

    [Fact]
    public async Task A_client_that_is_too_slow_loses_what_waits_and_needs_the_whole_state()
    {
        LiveClient client = new(new LiveTopics(false, false, true, false, null), isAnonymous: false);
        client.BeginState();
        byte[] message = new byte[1 << 20];
        for (int i = 0; i < 5; i++)
        {
            client.Put(message);
        }

        Assert.True(client.NeedsState);
        Assert.Equal(1, client.Overruns);
        Assert.Empty(await client.TakeAsync(CancellationToken.None));
    }

    /// <summary>The data of the next event of a topic.</summary>
    private static async Task<JsonElement> NextAsync(StreamReader stream, string topic)
    {
        using CancellationTokenSource limit = new(Hang);
        while (await stream.ReadLineAsync(limit.Token) is { } line)
        {
            if (line == $"event: {topic}")
            {
                string data = (await stream.ReadLineAsync(limit.Token))!;
                return JsonDocument.Parse(data["data: ".Length..]).RootElement;
            }
        }

        throw new EndOfStreamException("The stream ended.");
    }

    private sealed class Served(WebApplication app, TempDirectory directory, BoardPlant plant, LiveHub hub) : IAsyncDisposable
    {
        public HttpClient Client { get; } = new() { BaseAddress = new Uri(app.Urls.Single()) };

        public LiveHub Hub => hub;

        public static async Task<Served> StartAsync(BoardPlant plant, Func<OverviewView>? overview = null)
        {
            WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            builder.Services.AddRoutingCore();
            WebApplication app = builder.Build();
            app.UseRouting();
            TempDirectory directory = new();
            ApiGate gate = new(new WebAccess(directory.Path, directory.File("access.jsonl"), "plant", AnonymousAccess.State, plant.Time), NullLogger<ApiGate>.Instance);
            OverviewView Overview() => OverviewWriter.Write(plant.State, new AlarmCountsView(0, 0, 0, 0, 0));
            LiveHub hub = new(plant.State, overview ?? Overview, () => 0, _ => [], plant.Time, NullLogger<LiveHub>.Instance);
            new ApiBuilder(app, gate).MapPlant(plant.State, hub, Overview);
            await app.StartAsync();
            return new Served(app, directory, plant, hub);
        }

        public async Task<StreamReader> OpenAsync(string address) => new(await Client.GetStreamAsync(address));

        /// <summary>One round of the pump: waits until it sleeps, then lets its time pass.</summary>
        public async Task TickAsync()
        {
            await Eventually.TrueAsync(() => plant.Time.ArmedTimers > 0, "the pump waits");
            plant.Time.Advance(LiveHub.ValuesEvery);
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await app.DisposeAsync();
            directory.Dispose();
        }
    }
}
