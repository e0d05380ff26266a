using EdgeAgent.Collector.Agent;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Server;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Collector.Tests.Agent;

public sealed class AgentRuntimeTests : IAsyncDisposable
{
    private readonly AgentFixture _fixture = new();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Readings_travel_from_the_device_into_a_signed_chain_on_disk_and_every_one_is_accounted_for()
    {
        ModbusTcpServer server = _fixture.NewServer(1, 2);
        ((RegisterBank)server.Units[1]!).HoldingRegisters[7] = 4711;
        await _fixture.StartAsync(_fixture.Config(AgentFixture.Endpoint("line", server.Port,
            AgentFixture.Device("press", 1, [AgentFixture.Tag(7), AgentFixture.Tag(100), AgentFixture.Tag(9, "slow")]),
            AgentFixture.Device("pump", 2, [AgentFixture.Tag(0, "slow", "ir")]))));
        await _fixture.UntilAsync(snapshot => snapshot.Counts.Good > 500 && snapshot.Online == 2, "500 good readings");
        await _fixture.StopAsync();
        AgentSnapshot end = _fixture.Agent.Snapshot();

        List<DecodedBatch> batches = await _fixture.ReadBufferAsync();
        ScanAccount total = AgentFixture.Sum(batches);
        Assert.True(end.Counts.Balances, end.Counts.ToString());
        Assert.Equal(end.Counts.Due, total.Due);
        Assert.Equal(end.Counts.Good, total.Good);
        Assert.Equal(end.Counts.Buffered, batches.Sum(batch => batch.Readings.Count));
        PlantDefinition plant = batches[0].Definition!;
        Assert.Equal($"modbus-tcp://127.0.0.1:{server.Port}/1", plant.Devices[0].Address);
        Assert.Equal(["hr7", "hr100", "hr9", "ir0"], plant.Tags.Select(tag => tag.Name));
        Assert.All(batches.SelectMany(batch => batch.Readings.Readings.ToArray()).Where(reading => reading.TagId == 0 && reading.Quality.IsGood),
            reading => Assert.Equal(4711, reading.AsInt64));
        Assert.All(batches.Skip(1), batch => Assert.Null(batch.Definition));
    }

    [Fact]
    public async Task The_time_between_two_runs_is_booked_as_missed_while_down()
    {
        ModbusTcpServer server = _fixture.NewServer(1);
        AppConfig config = _fixture.Config(AgentFixture.Endpoint("line", server.Port, AgentFixture.Device("press", 1, [AgentFixture.Tag(0)])));
        long began = UnixTicks.Now(TimeProvider.System);
        await _fixture.StartAsync(config);
        await _fixture.UntilAsync(snapshot => snapshot.Counts.Good > 10, "readings");
        await _fixture.StopAsync();
        long stopped = UnixTicks.Now(TimeProvider.System);
        await Eventually.TrueAsync(() => UnixTicks.Now(TimeProvider.System) > stopped + (60 * UnixTicks.PerMillisecond), "some instants passed while nothing ran");

        await _fixture.StartAsync(config);
        await _fixture.UntilAsync(snapshot => snapshot.Counts.Good > 10, "readings again");
        await _fixture.StopAsync();
        long ended = UnixTicks.Now(TimeProvider.System);
        List<DecodedBatch> batches = await _fixture.ReadBufferAsync();
        ScanAccount total = AgentFixture.Sum(batches);
        Assert.True(total.MissedWhileDown > 0, "the pause between the runs was not booked");

        // Every instant of the grid is there once, one each 20 ms: from the first to the last reading at least, and no more than from the start to
        // the stop. Before and after, a busy machine may have missed some.
        DecodedBatch[] withReadings = [.. batches.Where(batch => batch.Readings.Count > 0)];
        long first = withReadings[0].Readings.Readings[0].SourceTicks;
        long last = withReadings[^1].Readings.Readings[^1].SourceTicks;
        long least = ((last - first) / (20 * UnixTicks.PerMillisecond)) + 1;
        long most = ((ended - began) / (20 * UnixTicks.PerMillisecond)) + 1;
        Assert.InRange(total.Due, least - 3, most + 3);
        Assert.True(last > stopped);
    }

    /// <summary>Complaint 10: settings of one publisher disconnect devices.</summary>
    [Fact]
    public async Task A_data_directory_serves_the_agent_that_began_it_and_no_other()
    {
        AppConfig config = _fixture.Config();
        await _fixture.StartAsync(config);
        await _fixture.StopAsync();

        var refused = Assert.Throws<AgentStartException>(() => AgentRuntime.Create(config with { Site = "elsewhere" }, new AgentServices { Loggers = NullLoggerFactory.Instance }));
        Assert.Contains("site/gw", refused.Message, StringComparison.Ordinal);
        Assert.Contains("elsewhere/gw", refused.Message, StringComparison.Ordinal);

        await _fixture.StartAsync(config);
        await _fixture.StopAsync();
    }

    [Fact]
    public async Task A_change_of_a_publisher_touches_no_device()
    {
        ModbusTcpServer server = _fixture.NewServer(1);
        AppConfig config = _fixture.Config(AgentFixture.Endpoint("line", server.Port, AgentFixture.Device("press", 1, [AgentFixture.Tag(0)])));
        await _fixture.StartAsync(config);
        await _fixture.UntilAsync(snapshot => snapshot.Counts.Good > 10, "readings");
        ReloadResult result = await _fixture.Agent.ReloadAsync(
            config with { Agent = config.Agent! with { Publishers = [config.Agent.Publishers[0] with { Brokers = ["mqtt://127.0.0.1:2"] }] } },
            CancellationToken.None);
        Assert.True(result.Applied);
        Assert.Equal(["line"], result.Kept);
        long good = _fixture.Agent.Snapshot().Counts.Good;
        await _fixture.UntilAsync(snapshot => snapshot.Counts.Good > good + 10, "more readings");
        Assert.Equal(1, server.AcceptedCount);
        Assert.Equal(0, _fixture.Agent.Snapshot().Counts.Bad);
    }

    [Fact]
    public async Task A_publisher_more_or_less_touches_no_device_and_loses_no_batch()
    {
        ModbusTcpServer server = _fixture.NewServer(1);
        AppConfig config = _fixture.Config(AgentFixture.Endpoint("line", server.Port, AgentFixture.Device("press", 1, [AgentFixture.Tag(0)])));
        PublisherConfig hub = config.Agent!.Publishers[0];
        await _fixture.StartAsync(config);
        await _fixture.UntilAsync(snapshot => snapshot.Counts.Good > 10, "readings");
        foreach (PublisherConfig[] publishers in new[] { [hub, hub with { Name = "second" }], new[] { hub } })
        {
            ReloadResult result = await _fixture.Agent.ReloadAsync(
                config with { Agent = config.Agent with { Publishers = publishers } }, CancellationToken.None);
            Assert.True(result is { Applied: true, NeedsRestart: false });
            Assert.Equal(publishers.Select(publisher => publisher.Name), _fixture.Agent.Snapshot().Publishers.Select(publisher => publisher.Name));
            long good = _fixture.Agent.Snapshot().Counts.Good;
            await _fixture.UntilAsync(snapshot => snapshot.Counts.Good > good + 10, "more readings");
        }

        await _fixture.StopAsync();
        Assert.Equal(1, server.AcceptedCount);
        AgentSnapshot end = _fixture.Agent.Snapshot();
        Assert.Equal(0, end.Counts.Bad);
        List<DecodedBatch> batches = await _fixture.ReadBufferAsync();
        Assert.Equal(end.Counts.Due, AgentFixture.Sum(batches).Due);
    }

    /// <summary>Complaint 5: a late reply answers the next request for ever.</summary>
    [Fact]
    public async Task Late_doubled_and_foreign_answers_never_become_values_of_another_tag()
    {
        ModbusTcpServer server = _fixture.NewServer(1, 2);
        foreach (byte unit in new byte[] { 1, 2 })
        {
            for (int address = 0; address < 1000; address++)
            {
                ((RegisterBank)server.Units[unit]!).HoldingRegisters[address] = (ushort)((unit * 1000) + address);
            }
        }

        ModbusFaultKind[] faults = [ModbusFaultKind.Late, ModbusFaultKind.Duplicate, ModbusFaultKind.WrongUnit, ModbusFaultKind.WrongTransaction, ModbusFaultKind.Silent];
        int requests = 0;
        server.Faults.Plan = _ => Interlocked.Increment(ref requests) % 10 == 0 ? new ModbusFault(faults[requests / 10 % faults.Length], DelayMs: 150) : default;
        TagConfig[] tags = [.. Enumerable.Range(0, 8).Select(i => AgentFixture.Tag(i * 100))];
        EndpointConfig endpoint = AgentFixture.Endpoint("line", server.Port, AgentFixture.Device("press", 1, tags), AgentFixture.Device("pump", 2, tags));
        await _fixture.StartAsync(_fixture.Config(endpoint with
        {
            Settings = AgentFixture.Json($$"""{"host":"127.0.0.1","port":{{server.Port}},"responseTimeoutMs":100,"maxInFlight":4}"""),
        }));
        await _fixture.UntilAsync(snapshot => snapshot.Counts.Good > 2000 && snapshot.Counts.Bad > 50, "good and bad readings");
        await _fixture.StopAsync();
        foreach (Reading reading in (await _fixture.ReadBufferAsync()).SelectMany(batch => batch.Readings.Readings.ToArray()).Where(reading => reading.Quality.IsGood))
        {
            Assert.Equal(((reading.TagId / 8) + 1) * 1000 + (reading.TagId % 8 * 100), reading.AsInt64);
        }
    }

    [Fact]
    public async Task A_reload_touches_only_what_changed_and_brings_a_new_definition_into_the_chain()
    {
        ModbusTcpServer first = _fixture.NewServer(1);
        ModbusTcpServer second = _fixture.NewServer(1);
        ModbusTcpServer third = _fixture.NewServer(1);
        EndpointConfig a = AgentFixture.Endpoint("a", first.Port, AgentFixture.Device("press", 1, [AgentFixture.Tag(0)]));
        EndpointConfig b = AgentFixture.Endpoint("b", second.Port, AgentFixture.Device("pump", 1, [AgentFixture.Tag(0)]));
        EndpointConfig c = AgentFixture.Endpoint("c", third.Port, AgentFixture.Device("fan", 1, [AgentFixture.Tag(1), AgentFixture.Tag(2)]));
        ((RegisterBank)second.Units[1]!).HoldingRegisters[0] = 222;
        await _fixture.StartAsync(_fixture.Config(a, b));
        await _fixture.UntilAsync(snapshot => snapshot.Devices.All(device => device.Counts.Good > 10), "readings");

        // "a" goes, "c" comes and takes its place, so that the ids of "b" move.
        ReloadResult result = await _fixture.Agent.ReloadAsync(_fixture.Config(c, b), CancellationToken.None);
        Assert.True(result.Applied);
        Assert.Equal(["b"], result.Kept);
        Assert.Equal(["a", "c"], result.Restarted.Order());
        await _fixture.UntilAsync(snapshot => snapshot.Devices.All(device => device.Counts.Good > 50), "readings of the new plant");
        Assert.Equal(1, second.AcceptedCount);
        Assert.Equal(0, first.ConnectionCount);
        await _fixture.StopAsync();
        AgentSnapshot end = _fixture.Agent.Snapshot();

        List<DecodedBatch> batches = await _fixture.ReadBufferAsync();
        Assert.Equal(2, batches.Count(batch => batch.Definition is not null));
        PlantDefinition plant = batches[0].Definition!;
        foreach (DecodedBatch batch in batches)
        {
            plant = batch.Definition ?? plant;
            Assert.Equal(plant.ConfigHash.ToArray(), batch.ConfigHash.ToArray());
            foreach (Reading reading in batch.Readings.Readings.ToArray().Where(reading => reading.Quality.IsGood))
            {
                bool isPump = plant.Devices[plant.Tags[reading.TagId].DeviceId].Name == "pump";
                Assert.Equal(isPump ? 222 : 0, reading.AsInt64);
            }
        }

        Assert.Equal(end.Counts.Due, AgentFixture.Sum(batches).Due);
        Assert.True(end.Counts.Balances);
    }

    [Fact]
    public async Task A_changed_tag_keeps_the_connection_of_its_endpoint()
    {
        ModbusTcpServer server = _fixture.NewServer(1);
        AppConfig Config(int address) => _fixture.Config(AgentFixture.Endpoint("line", server.Port, AgentFixture.Device("press", 1, [AgentFixture.Tag(address)])));
        await _fixture.StartAsync(Config(0));
        await _fixture.UntilAsync(snapshot => snapshot.Counts.Good > 10, "readings");
        ReloadResult result = await _fixture.Agent.ReloadAsync(Config(1), CancellationToken.None);
        Assert.Equal(["line"], result.Restarted);
        long good = _fixture.Agent.Snapshot().Counts.Good;
        await _fixture.UntilAsync(snapshot => snapshot.Counts.Good > good + 10, "more readings");
        Assert.Equal(1, server.AcceptedCount);
        Assert.Equal(0, _fixture.Agent.Snapshot().Counts.Bad);
    }

    /// <summary>Complaint 8: every reload leaves a session behind, until the device accepts no more.</summary>
    [Fact]
    public async Task Reload_after_reload_leaves_one_connection_at_the_device()
    {
        ModbusTcpServer server = _fixture.NewServer(1);
        AppConfig Config(int timeoutMs) => _fixture.Config(AgentFixture.Endpoint("line", server.Port, AgentFixture.Device("press", 1, [AgentFixture.Tag(0)])) with
        {
            Settings = AgentFixture.Json($$"""{"host":"127.0.0.1","port":{{server.Port}},"responseTimeoutMs":{{timeoutMs}}}"""),
        });
        await _fixture.StartAsync(Config(500));
        await _fixture.UntilAsync(snapshot => snapshot.Online == 1, "the device answers");
        for (int reload = 1; reload <= 10; reload++)
        {
            ReloadResult result = await _fixture.Agent.ReloadAsync(Config(500 + reload), CancellationToken.None);
            Assert.Equal(["line"], result.Restarted);
            await _fixture.UntilAsync(snapshot => server.AcceptedCount == reload + 1 && snapshot.Online == 1, "the device answers again");
        }

        await _fixture.UntilAsync(_ => server.ConnectionCount == 1, "the connections of before are closed");
    }

    [Fact]
    public async Task A_wrong_configuration_leaves_the_old_one_running()
    {
        ModbusTcpServer server = _fixture.NewServer(1);
        await _fixture.StartAsync(_fixture.Config(AgentFixture.Endpoint("line", server.Port, AgentFixture.Device("press", 1, [AgentFixture.Tag(0)]))));
        EndpointConfig wrong = AgentFixture.Endpoint("line", server.Port, AgentFixture.Device("press", 1,
            [new TagConfig { Name = "x", Address = "zz:1" }, new TagConfig { Name = "y", Address = "hr:1", Order = "CADB", Type = TagType.Float32 }]));
        ReloadResult result = await _fixture.Agent.ReloadAsync(_fixture.Config(wrong), CancellationToken.None);
        Assert.False(result.Applied);
        Assert.Equal(2, result.Errors.Count);
        await _fixture.UntilAsync(snapshot => snapshot.Counts.Good > 10, "readings of the old configuration");
    }

    [Fact]
    public async Task A_simulator_is_known_by_its_identity_whatever_the_configuration_says()
    {
        ModbusTcpServer server = _fixture.NewServer(1, 2);
        ((RegisterBank)server.Units[1]!).Identity = new ModbusDeviceIdentity("EdgeAgent Simulator", "press", "1");
        await _fixture.StartAsync(_fixture.Config(AgentFixture.Endpoint("line", server.Port,
            AgentFixture.Device("press", 1, [AgentFixture.Tag(0)]), AgentFixture.Device("pump", 2, [AgentFixture.Tag(0)]))));
        await _fixture.UntilAsync(snapshot => snapshot.Devices.All(device => device.Counts.Good > 10), "readings");
        Assert.Equal(Provenance.Simulated, _fixture.Device("press").Provenance);
        Assert.Equal(Provenance.Live, _fixture.Device("pump").Provenance);
        await _fixture.StopAsync();
        List<DecodedBatch> batches = await _fixture.ReadBufferAsync();
        Assert.All(batches.SelectMany(batch => batch.Accounts).Where(account => account.Good > 0),
            account => Assert.Equal(account.DeviceId == 0 ? Provenance.Simulated : Provenance.Live, account.Provenance));
    }

    [Fact]
    public async Task A_device_that_goes_away_is_bad_and_comes_back_by_itself()
    {
        ModbusTcpServer server = _fixture.NewServer(1, 2);
        await _fixture.StartAsync(_fixture.Config(AgentFixture.Endpoint("line", server.Port,
            AgentFixture.Device("press", 1, [AgentFixture.Tag(0)]), AgentFixture.Device("pump", 2, [AgentFixture.Tag(0)]))));
        await _fixture.UntilAsync(snapshot => snapshot.Online == 2, "both answer");
        server.Faults.Set(1, new ModbusFault(ModbusFaultKind.Silent));
        await _fixture.UntilAsync(_ => _fixture.Device("press").Quarantined, "the silent one is quarantined");
        long good = _fixture.Device("pump").Counts.Good;
        await _fixture.UntilAsync(_ => _fixture.Device("pump").Counts.Good > good + 50, "the other one goes on");
        server.Faults.Clear(1);
        await _fixture.UntilAsync(_ => _fixture.Device("press").Online, "it is back");
        Assert.Equal(1, server.AcceptedCount);
    }

    [Fact]
    public async Task Test_read_shows_values_and_what_is_wrong()
    {
        ModbusTcpServer server = _fixture.NewServer(1);
        ((RegisterBank)server.Units[1]!).HoldingRegisters[5] = 250;
        TagConfig scaled = AgentFixture.Tag(5) with { Scale = 0.1, Decimals = 1, Unit = "°C" };
        AppConfig config = _fixture.Config(AgentFixture.Endpoint("line", server.Port,
            AgentFixture.Device("press", 1, [scaled]), AgentFixture.Device("pump", 9, [AgentFixture.Tag(0)])));
        IReadOnlyList<TestReadResult> results = await TestReader.ReadAsync(
            config.Agent!, new AgentServices { Loggers = Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance }, null, null, CancellationToken.None);
        Assert.Equal("25.0", results[0].Value);
        Assert.Equal(Quality.BadTimeout, results[1].Quality);
        Assert.Equal("no answer", results[1].Problem);
    }
}
