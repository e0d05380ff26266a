using System.Text;
using EdgeAgent.Configuring;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Store;
using EdgeAgent.Store.Agents;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Configuring;

/// <summary>The hub's side of a configuration from afar, with messages carried by hand.</summary>
public sealed class ConfigPusherTests : IDisposable
{
    private static readonly AgentKey Agent = new("plant", "gw-01");

    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));
    private readonly EcdsaBatchSigner _hub = EcdsaBatchSigner.CreateEphemeral();
    private readonly EcdsaBatchSigner _agent = EcdsaBatchSigner.CreateEphemeral();
    private readonly AgentRegistry _registry;
    private readonly ConfigPusher _pusher;

    public ConfigPusherTests()
    {
        _registry = AgentRegistry.Open(_directory.Path, _time);
        _registry.Enrol(Agent, _agent.PublicKey.Span, "test");
        _pusher = NewPusher();
    }

    public void Dispose()
    {
        _registry.Dispose();
        _hub.Dispose();
        _agent.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_push_is_sent_again_until_it_is_answered_and_its_application_is_confirmed()
    {
        PushRecord record = Push();
        Assert.Single(_pusher.Due());
        Assert.Empty(_pusher.Due());
        _time.Advance(TimeSpan.FromSeconds(4));
        (string topic, byte[] bytes) = Assert.Single(_pusher.Due());
        Assert.Equal("edgeagent/v1/plant/gw-01/config", topic);
        Assert.True(RemoteConfigEnvelope.TryOpen(bytes, out RemoteConfigMessage? push, out string fingerprint, out _));
        Assert.Equal((RemoteConfigKind.Push, record.Revision, _pusher.Fingerprint), (push.Kind, push.Revision, fingerprint));

        byte[]? confirm = _pusher.Take(Agent, Answer(record.Revision, RemoteConfigOutcome.Applied));
        Assert.True(RemoteConfigEnvelope.TryOpen(confirm, out RemoteConfigMessage? confirmed, out _, out _));
        Assert.Equal((RemoteConfigKind.Confirm, record.Revision), (confirmed.Kind, confirmed.Revision));
        Assert.Equal(PushStage.Confirming, _pusher.Find(Agent)!.Stage);
        Assert.Empty(_pusher.Due());
        Assert.NotNull(_pusher.Take(Agent, Answer(record.Revision, RemoteConfigOutcome.Applied))); // The confirmation was lost: once more.

        Assert.Null(_pusher.Take(Agent, Answer(record.Revision, RemoteConfigOutcome.Kept)));
        Assert.Equal(PushStage.Kept, _pusher.Find(Agent)!.Stage);
        Assert.Equal(PushStage.Kept, NewPusher().Find(Agent)!.Stage); // Also after a restart.
    }

    [Fact]
    public void What_the_agent_found_wrong_is_kept_for_the_page()
    {
        PushRecord record = Push();
        _pusher.Take(Agent, Answer(record.Revision, RemoteConfigOutcome.Refused, "端口有误", "b"));
        Assert.Equal((PushStage.Refused, "端口有误"), (_pusher.Find(Agent)!.Stage, _pusher.Find(Agent)!.Problems[0]));
        Assert.True(Push().Revision > record.Revision);
    }

    [Fact]
    public void Answers_of_other_keys_of_other_agents_and_about_other_revisions_change_nothing()
    {
        PushRecord record = Push();
        using EcdsaBatchSigner stranger = EcdsaBatchSigner.CreateEphemeral();
        Assert.Null(_pusher.Take(Agent, Answer(record.Revision, RemoteConfigOutcome.Applied, stranger)));
        Assert.Null(_pusher.Take(new AgentKey("plant", "gw-02"), Answer(record.Revision, RemoteConfigOutcome.Applied)));
        Assert.Null(_pusher.Take(Agent, Answer(record.Revision - 1, RemoteConfigOutcome.Applied)));
        byte[] tampered = Answer(record.Revision, RemoteConfigOutcome.Applied);
        tampered[20] ^= 1;
        Assert.Null(_pusher.Take(Agent, tampered));
        _registry.Revoke(Agent);
        Assert.Null(_pusher.Take(Agent, Answer(record.Revision, RemoteConfigOutcome.Applied)));
        Assert.Equal(PushStage.Sent, _pusher.Find(Agent)!.Stage);
    }

    [Fact]
    public void A_push_that_nobody_answers_expires_and_one_that_is_too_large_is_not_begun()
    {
        Push();
        _time.Advance(ConfigPusher.ValidFor);
        Assert.Empty(_pusher.Due());
        Assert.Equal(PushStage.Expired, _pusher.Find(Agent)!.Stage);
        byte[] noise = new byte[2 << 20];
        new Random(1).NextBytes(noise);
        Assert.Null(_pusher.Push(Agent, new ConfigBundle(noise, new Dictionary<string, byte[]>()), new string('a', 64), "me", ""));
    }

    private PushRecord Push() =>
        _pusher.Push(Agent, new ConfigBundle(Encoding.UTF8.GetBytes("""{ "site": "plant" }"""), new Dictionary<string, byte[]>()), new string('a', 64), "me", "why")!;

    private ConfigPusher NewPusher() => new(_hub, () => _registry, new PushBook(_directory.Path), _time, NullLogger<ConfigPusher>.Instance);

    private byte[] Answer(long revision, RemoteConfigOutcome outcome, params string[] problems) => Answer(revision, outcome, _agent, problems);

    private byte[] Answer(long revision, RemoteConfigOutcome outcome, EcdsaBatchSigner signer, params string[] problems)
    {
        long now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        return RemoteConfigEnvelope.Seal(
            new RemoteConfigMessage
            {
                Kind = RemoteConfigKind.Answer, Site = Agent.Site, Agent = Agent.Agent, Revision = revision, IssuedMs = now, ExpiresMs = now + 1000,
                Hash = new string('b', 64), Outcome = outcome, Problems = problems,
            },
            signer);
    }
}
