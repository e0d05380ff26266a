using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Publishing;
using EdgeAgent.Collector.Publishing.Batch;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Collector.Tests.Publishing;

/// <summary>A buffer with real signed batches and a publisher with short times.</summary>
internal sealed class PublisherFixture : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly BatchBuilder _builder = new();
    private readonly ReadingBatch _readings = new();
    private readonly EcdsaBatchSigner _signer = EcdsaBatchSigner.CreateEphemeral();

    public PublisherFixture(string broker, Func<PublisherConfig, PublisherConfig>? change = null, Func<HubPublisherOptions, HubPublisherOptions>? times = null)
    {
        Config = new PublisherConfig { Name = "hub", Brokers = [broker], EnrolmentToken = new Secret("token") };
        Config = change?.Invoke(Config) ?? Config;
        Options = new HubPublisherOptions
        {
            StallMin = TimeSpan.FromMilliseconds(300),
            StallMax = TimeSpan.FromMilliseconds(600),
            NoListenerRetry = TimeSpan.FromMilliseconds(50),
            ProblemPause = TimeSpan.FromMilliseconds(50),
        };
        Options = times?.Invoke(Options) ?? Options;
        Buffer = BatchBuffer.Open(
            new BufferOptions { Directory = Path.Combine(_directory.Path, "buffer"), Cursors = ["hub"], AcknowledgeDelayMs = 5 },
            TimeProvider.System, NullLogger.Instance);
        Publisher = CreatePublisher();
    }

    public PublisherConfig Config { get; }

    public HubPublisherOptions Options { get; }

    public BatchBuffer Buffer { get; }

    public HubPublisher Publisher { get; private set; }

    public void Append(int batches = 1, int readings = 10)
    {
        for (int i = 0; i < batches; i++)
        {
            long now = UnixTicks.Now(TimeProvider.System);
            _builder.Clear();
            _readings.Clear();
            for (int j = 0; j < readings; j++)
            {
                _builder.Add(_readings, Reading.Int64(j, Quality.Good, now, j));
            }

            var header = new BatchHeader(
                "plant", "gw-01", Buffer.Incarnation, Buffer.NextSequence, Buffer.LastHash, now, new byte[32]);
            SealedBatch batch = _builder.Seal(header, _signer);
            Assert.Equal(AppendStatus.Appended, Buffer.Append(batch.Signed, new BatchRecord(
                header.Incarnation, header.Sequence, batch.Hash.ToArray(), now, now, now, readings, false,
                new DiscardedAccount[] { new("press-01", UnixTicks.HourOf(now), Provenance.Live, readings, readings) })));
        }
    }

    public PublisherFixture Start()
    {
        Publisher.Announce(new PublishedPlant(new byte[32], [new BirthDevice("press-01", "modbus-tcp", "modbus-tcp://127.0.0.1:502/1", "", "live", [])]));
        Publisher.Start();
        return this;
    }

    public async Task DrainedAsync()
    {
        try
        {
            await Eventually.TrueAsync(() => Buffer.ReadStatistics().PendingBatches == 0, "the buffer is empty");
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}; {Publisher.Statistics}; {Buffer.ReadStatistics()}");
        }
    }

    /// <summary>Ends the publisher as an agent that is started again does.</summary>
    public async Task RestartPublisherAsync()
    {
        await Publisher.DisposeAsync();
        Publisher = CreatePublisher();
        Start();
    }

    public async ValueTask DisposeAsync()
    {
        await Publisher.DisposeAsync();
        await Buffer.DisposeAsync();
        _signer.Dispose();
        _directory.Dispose();
    }

    private HubPublisher CreatePublisher() => new(
        Config, new PublisherIdentity("plant", "gw-01", "1.0", _signer.PublicKey), Buffer, TimeProvider.System,
        NullLogger<HubPublisher>.Instance, Options);
}
