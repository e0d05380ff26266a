using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Hosting;
using EdgeAgent.Store;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Hosting;

/// <summary>Whether pages have to say that figures are simulated, as a hub learns it from its store.</summary>
public sealed class EdgeStatusTests : IAsyncLifetime
{
    private static readonly TimeSpan LooksAgainAfter = TimeSpan.FromSeconds(31);

    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 11, 20, 4, 0, 0, TimeSpan.Zero));
    private HubRole _hub = null!;
    private RoleService _roles = null!;
    private EdgeStatus _status = null!;

    public async Task InitializeAsync()
    {
        HubConfig config = new() { DataDirectory = _directory.File("hub"), Store = new StoreConfig { Path = _directory.File("store") } };
        _hub = new HubRole(config, () => throw new InvalidOperationException("no broker is asked for"), _time, NullLoggerFactory.Instance);
        // The roles have started; that of the hub is not among them, so that its store is opened when the test says so.
        _roles = new RoleService([], new NoLifetime(), NullLogger<RoleService>.Instance);
        await _roles.StartAsync(CancellationToken.None);
        await _roles.Started.WaitAsync(TimeSpan.FromSeconds(60));
        _status = new EdgeStatus("plant", null, _hub, _roles, _time);
    }

    public async Task DisposeAsync()
    {
        await _roles.StopAsync(CancellationToken.None);
        _roles.Dispose();
        await _hub.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task While_the_store_is_being_opened_nothing_is_known_and_the_next_caller_asks_again()
    {
        Assert.False(await _status.IsSimulatedAsync(CancellationToken.None));
        Assert.False(await _status.IsSimulatedAsync(CancellationToken.None));

        await _hub.Store.InitializeAsync(CancellationToken.None);
        await StoreAsync(Provenance.Simulated);

        // No time has passed since the questions before.
        Assert.True(await _status.IsSimulatedAsync(CancellationToken.None));
    }

    [Fact]
    public async Task An_answer_that_was_got_is_kept_for_a_while_and_then_looked_for_again()
    {
        await _hub.Store.InitializeAsync(CancellationToken.None);
        Assert.False(await _status.IsSimulatedAsync(CancellationToken.None));
        await StoreAsync(Provenance.Simulated);
        Assert.False(await _status.IsSimulatedAsync(CancellationToken.None));
        _time.Advance(LooksAgainAfter);
        Assert.True(await _status.IsSimulatedAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Live_data_is_no_simulated_data()
    {
        await _hub.Store.InitializeAsync(CancellationToken.None);
        await StoreAsync(Provenance.Live);
        Assert.False(await _status.IsSimulatedAsync(CancellationToken.None));
    }

    private async Task StoreAsync(Provenance provenance)
    {
        PlantDefinition definition = DefinitionCodec.Create(
            [new DeviceDefinition("press", "modbus-tcp", "modbus-tcp://10.0.0.1:502/1", "A-1")], [new TagDefinition(0, "count", ValueKind.Int64, "", 1000)]);
        ReadingBatch readings = new();
        BatchBuilder builder = new();
        builder.SetDefinition(definition);
        long now = UnixTicks.Now(_time);
        readings.Add(Reading.Int64(0, Quality.Good, now, 1));
        foreach (ref readonly Reading reading in readings.Readings)
        {
            builder.Add(readings, reading);
        }

        ScanAccount account = new(0, UnixTicks.HourOf(now), provenance, 1, 1, 0, 0, 0, 0, 0, 1, 1);
        builder.AddAccount(account);
        using EcdsaBatchSigner signer = EcdsaBatchSigner.CreateEphemeral();
        Guid incarnation = Guid.NewGuid();
        SealedBatch sealedBatch = builder.Seal(new BatchHeader("plant", "gw-01", incarnation, 1, new byte[BatchFormat.HashBytes], now, definition.ConfigHash), signer);
        StoredBatch batch = new(
            new AgentKey("plant", "gw-01"), incarnation, 1, sealedBatch.Signed.ToArray(), sealedBatch.Hash.ToArray(), new byte[32], now, definition, definition, readings, [account], []);
        Assert.Equal([AppendOutcome.Stored], await _hub.Store.AppendAsync([batch], CancellationToken.None));
    }

    private sealed class NoLifetime : Microsoft.Extensions.Hosting.IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => new(canceled: true);

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}
